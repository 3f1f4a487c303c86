# What several scripts share; sourced, never run.
# shellcheck shell=bash

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # used by those who source this
cache=${XDG_CACHE_HOME:-$HOME/.cache}/ombud

die() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# Where cargo leaves what it builds.
target_dir() {
  local dir=${CARGO_TARGET_DIR:-target}
  case $dir in /*) echo "$dir" ;; *) echo "$root/$dir" ;; esac
}

# A port nobody listens on now.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# wait_until SECONDS COMMAND…: repeats the command until it succeeds.
wait_until() {
  local tries=$(($1 * 10))
  shift
  until "$@" >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.1
  done
}

# npm_packages FOLDER OPTION…: its packages, fetched again only when the lock file has changed since.
npm_packages() {
  local folder=$root/$1
  shift
  local lock=$folder/package-lock.json marker=$folder/node_modules/.package-lock.json
  if [ ! -f "$marker" ] || [ "$lock" -nt "$marker" ]; then
    npm --prefix "$folder" ci --no-audit --no-fund "$@"
    touch "$marker"
  fi
}
web_packages() { npm_packages web; }

# beside_shop NAME TITLE VARIABLE COMMAND…: runs the command beside the shop system in scripts/NAME, with its address in the
# variable. It is served at PORT, says `ready` when it is, and ends with the command.
beside_shop() {
  local name=$1 title=$2 variable=$3 port
  shift 3
  [ $# -gt 0 ] || die "which command?"
  [ -z "${!variable:-}" ] || exec "$@"
  [ -n "${OMBUD_TEST_POSTGRES:-}" ] || exec "$root/scripts/with-postgres" "$0" "$@"
  [ -d "$root/scripts/$name/node_modules" ] || die "$title is missing; run scripts/install-test-tools"

  shop_log=$(mktemp "${TMPDIR:-/tmp}/ombud-$name.XXXXXX") shop=
  close_shop() {
    if [ -n "$shop" ]; then
      kill "$shop" 2>/dev/null || true
      wait "$shop" 2>/dev/null || true
    fi
    rm -f "$shop_log"
  }
  trap close_shop EXIT
  trap 'exit 130' INT TERM HUP

  port=$(free_port)
  PORT=$port setpriv --pdeathsig TERM node "$root/scripts/$name/index.mjs" >"$shop_log" 2>&1 &
  shop=$!
  is_ready() { grep -qx ready "$shop_log" || ! kill -0 "$shop"; }
  wait_until 120 is_ready || true
  grep -qx ready "$shop_log" || { tail -n 20 "$shop_log" >&2; die "$title did not start"; }

  export "$variable=http://127.0.0.1:$port"
  "$@"
}
