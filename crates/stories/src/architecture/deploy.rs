//! What operators are handed: the unit for systemd, and the board of figures.

use std::{collections::BTreeSet, process::Command};

use serde_json::Value;

use super::{
    house::{files, root},
    nothing_wrong, sources,
};

/// systemd's own judgement is from 0 (shut) to 10 (open).
const MOST_EXPOSED: f64 = 2.0;

/// What the unit must say: each keeps something away from whoever has taken the process over.
const SAID: [&str; 33] = [
    "NoNewPrivileges=yes",
    "CapabilityBoundingSet=",
    "AmbientCapabilities=",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "ProtectProc=invisible",
    "ProcSubset=pid",
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "DevicePolicy=closed",
    "PrivateUsers=yes",
    "PrivateIPC=yes",
    "ProtectClock=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "ProtectControlGroups=yes",
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes",
    "NoExecPaths=/",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged @resources",
    "StateDirectoryMode=0700",
    "UMask=0077",
    "LimitCORE=0",
    "MemoryMax=1G",
    "TasksMax=512",
];

#[test]
fn the_unit_shuts_what_the_server_does_not_need() {
    let unit = std::fs::read_to_string(root().join("docs/deploy/ombud.service")).unwrap();
    let missing = SAID.iter().filter(|line| !unit.lines().any(|said| said == **line));
    let mut wrong: Vec<String> = missing.map(|line| format!("the unit does not say {line}")).collect();
    // only where systemd is; the lines above hold anywhere
    let judged = Command::new("systemd-analyze")
        .args(["security", "--offline=true", "--no-pager", "docs/deploy/ombud.service"])
        .current_dir(root())
        .output();
    if let Ok(judged) = judged.map(|out| String::from_utf8_lossy(&out.stdout).into_owned())
        && let Some((_, level)) = judged.rsplit_once("Overall exposure level for ombud.service: ")
    {
        let level: f64 = level.split_whitespace().next().unwrap().parse().unwrap();
        if level > MOST_EXPOSED {
            wrong.push(format!("systemd-analyze gives the unit {level}, more than {MOST_EXPOSED}"));
        }
    }
    nothing_wrong(wrong);
}

/// What begins with `ombud_` in a text, without what Prometheus adds to a name.
pub fn figures_in(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut rest = text;
    while let Some(at) = rest.find("ombud_") {
        let end = rest[at..].find(|letter: char| !letter.is_ascii_lowercase() && letter != '_').unwrap_or(rest.len() - at);
        found.insert(rest[at..at + end].trim_end_matches('_').to_owned());
        rest = &rest[at + end..];
    }
    found
}

/// All the board asks Prometheus for.
pub fn figures_on_the_board() -> BTreeSet<String> {
    let board = std::fs::read_to_string(root().join("docs/deploy/grafana.json")).unwrap();
    let board: Value = serde_json::from_str(&board).unwrap();
    let panels = board["panels"].as_array().unwrap();
    let asked = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap()).map(|target| target["expr"].as_str().unwrap());
    asked.flat_map(figures_in).collect()
}

#[test]
fn every_figure_is_on_the_board_and_nothing_else() {
    let mut kept = BTreeSet::new();
    for file in sources::of_rooms() {
        for call in ["counter!(\"", "gauge!(\"", "histogram!(\""] {
            kept.extend(file.text.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    assert!(kept.len() > 4, "the figures are found: {kept:?}");
    assert_eq!(figures_on_the_board(), kept);
    assert!(!files("docs/deploy/grafana.json", &[".json"]).is_empty(), "the board is in the repository");
}
