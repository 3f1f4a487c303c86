//! What others have written and we build upon: on which terms, and where it comes from.

use serde_json::Value;
use spdx::{Expression, ParseMode};

use super::{
    house::{root, run},
    nothing_wrong,
};

/// Terms under which something may stand in Ombud, or build and test it.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    // data: the certificates browsers trust
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    // asks for the source of its own files when they are changed; we change none
    "MPL-2.0",
    "NCSA",
    // a typeface
    "OFL-1.1",
    "Python-2.0",
    "Unicode-3.0",
    "Zlib",
];

/// What says nothing a machine can read, and what its own text says.
const READ_BY_HAND: [(&str, &str); 3] = [("decko", "MIT"), ("stickyfill", "MIT"), ("url-template", "BSD-3-Clause")];

/// What must not come in, and why.
const BANNED: [(&str, &str); 4] = [
    ("native-tls", "TLS is rustls, everywhere"),
    ("openssl", "TLS is rustls, everywhere"),
    ("openssl-sys", "TLS is rustls, everywhere"),
    ("async-std", "there is one runtime, tokio"),
];

/// Why these terms do not do, if they do not.
fn objection(terms: &str) -> Option<String> {
    // as crates.io wrote “or” once
    let mode = ParseMode { allow_slash_as_or_operator: true, ..ParseMode::STRICT };
    match Expression::parse_mode(terms, mode) {
        Err(error) => Some(format!("“{terms}” cannot be read: {}", error.reason)),
        Ok(terms) => {
            let allowed = terms.evaluate(|one| one.license.id().is_some_and(|id| ALLOWED.contains(&id.name)));
            (!allowed).then(|| format!("“{terms}” is not among the terms we may build upon"))
        }
    }
}

#[test]
fn terms_are_understood() {
    for fine in ["MIT", "MIT/Apache-2.0", "GPL-2.0-only OR Apache-2.0", "(MIT OR GPL-3.0-only) AND ISC", "Apache-2.0 WITH LLVM-exception"] {
        assert_eq!(objection(fine), None);
    }
    for wrong in ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "SSPL-1.0", "BSD", "Our own"] {
        assert!(objection(wrong).is_some(), "{wrong}");
    }
}

#[test]
fn every_crate_we_build_upon_comes_from_crates_io_on_terms_we_may_use() {
    let platform = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let arguments = ["metadata", "--locked", "--all-features", "--format-version", "1", "--filter-platform", &platform];
    let metadata: Value = serde_json::from_str(&run(env!("CARGO"), &arguments)).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let mut wrong = Vec::new();
    for package in packages {
        let name = format!("{} {}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap());
        match package["source"].as_str() {
            None => continue, // our own
            Some("registry+https://github.com/rust-lang/crates.io-index") => (),
            Some(elsewhere) => wrong.push(format!("{name} comes from {elsewhere}")),
        }
        if let Some(objection) = objection(package["license"].as_str().unwrap_or_default()) {
            wrong.push(format!("{name}: {objection}"));
        }
        if let Some((_, why)) = BANNED.iter().find(|(banned, _)| package["name"] == *banned) {
            wrong.push(format!("{name} must not come in: {why}"));
        }
    }
    assert!(packages.len() > 200, "only {} crates were found", packages.len());
    nothing_wrong(wrong);
}

#[test]
fn every_package_of_the_web_comes_from_npm_on_terms_we_may_use() {
    let lock = std::fs::read_to_string(root().join("web/package-lock.json")).unwrap();
    let lock: Value = serde_json::from_str(&lock).unwrap();
    let packages = lock["packages"].as_object().unwrap();
    let mut wrong = Vec::new();
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let name = path.rsplit("node_modules/").next().unwrap();
        let by_hand = READ_BY_HAND.iter().find(|(read, _)| *read == name).map(|(_, terms)| *terms);
        let terms = by_hand.or(package["license"].as_str()).unwrap_or_default();
        if let Some(objection) = objection(terms) {
            wrong.push(format!("{name}: {objection}"));
        }
        if package["resolved"].as_str().is_some_and(|source| !source.starts_with("https://registry.npmjs.org/")) {
            wrong.push(format!("{name} comes from {}", package["resolved"]));
        }
        if package["integrity"].as_str().is_none_or(|sum| !sum.starts_with("sha512-")) {
            wrong.push(format!("{name} has no checksum"));
        }
    }
    assert!(packages.len() > 100, "only {} packages were found", packages.len());
    nothing_wrong(wrong);
}
