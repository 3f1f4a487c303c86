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
