//! Hostile bytes for every parser that meets the network. A target is a function of bytes that panics when something that
//! must hold does not. Tests run each with its corpus and a fixed number of seeded changes of it; `cargo xtask fuzz` runs
//! one for as long as one likes, guided by what the code does (`src/bin/guided.rs`).

mod house;
mod mutation;
mod targets;

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use mutation::Mutator;

/// A parser, and what must hold whatever it is given.
pub struct Target {
    pub name: &'static str,
    pub run: fn(&[u8]),
    /// How many changed inputs a test tries; so many that it takes seconds.
    rounds: usize,
    /// What its inputs are made of.
    words: &'static [&'static str],
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target { name: "html", run: targets::text::html, rounds: 1_000, words: targets::text::TAGS },
    Target { name: "plain", run: targets::text::plain, rounds: 3_000, words: targets::text::LETTERS },
    Target { name: "template", run: targets::template::template, rounds: 500, words: targets::template::WORDS },
    Target { name: "jwt", run: targets::token::jwt, rounds: 3_000, words: targets::token::WORDS },
    Target { name: "link", run: targets::token::link, rounds: 5_000, words: &[] },
    Target { name: "id", run: targets::id::id, rounds: 10_000, words: targets::id::WORDS },
    Target { name: "search", run: targets::text::search, rounds: 5_000, words: targets::text::LETTERS },
    Target { name: "file", run: targets::file::file, rounds: 300, words: targets::file::WORDS },
    Target { name: "address", run: targets::address::address, rounds: 5_000, words: targets::address::WORDS },
    Target { name: "headers", run: targets::headers::headers, rounds: 5_000, words: targets::headers::WORDS },
    Target { name: "backup", run: targets::backup::backup, rounds: 60, words: targets::backup::WORDS },
    Target { name: "vendure", run: targets::shop_system::vendure, rounds: 10_000, words: targets::shop_system::WORDS },
    Target { name: "woocommerce", run: targets::shop_system::woocommerce, rounds: 10_000, words: targets::shop_system::WORDS },
    Target { name: "shopify", run: targets::shop_system::shopify, rounds: 10_000, words: targets::shop_system::WORDS },
    Target { name: "medusa", run: targets::shop_system::medusa, rounds: 10_000, words: targets::shop_system::WORDS },
    Target { name: "mail", run: targets::mail::mail, rounds: 2_000, words: targets::mail::WORDS },
    Target { name: "partners", run: targets::partners::partners, rounds: 10_000, words: targets::partners::WORDS },
    Target { name: "calls", run: targets::calls::calls, rounds: 10_000, words: targets::calls::WORDS },
    Target { name: "request", run: targets::request::request, rounds: 250, words: targets::request::WORDS },
    Target { name: "frames", run: targets::frames::frames, rounds: 80, words: targets::frames::WORDS },
];

/// The target of this name.
pub fn named(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}

/// Where the corpus of a target lies.
pub fn corpus_of(target: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target)
}

/// Runs a target with its corpus, and then with changes of it: the same ones each time.
///
/// Panics with the input, when something that must hold did not.
pub fn try_all(target: &Target) {
    let corpus = read_corpus(target.name);
    let changed = Mutator::new(target.name, &corpus, target.words).take(target.rounds);
    for input in corpus.iter().cloned().chain(changed) {
        if catch_unwind(AssertUnwindSafe(|| (target.run)(&input))).is_err() {
            panic!("{} does not hold for\n{}\n{input:?}", target.name, input.escape_ascii());
        }
    }
}

fn read_corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = corpus_of(target);
    let mut paths: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{target} has a corpus");
    paths.iter().map(|path| fs::read(path).expect("a file of the corpus")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No file of a corpus is larger, in bytes.
    const LARGEST: usize = 4 * 1_024;

    macro_rules! hold {
        ($($name:ident),*) => {
            $(#[test]
            fn $name() {
                try_all(named(stringify!($name)).unwrap());
            })*
            const TESTED: &[&str] = &[$(stringify!($name)),*];
        };
    }
    hold!(
        html,
        plain,
        template,
        jwt,
        link,
        id,
        search,
        file,
        address,
        headers,
        backup,
        vendure,
        woocommerce,
        shopify,
        medusa,
        mail,
        partners,
        calls,
        request,
        frames
    );

    #[test]
    fn every_target_is_tried_and_every_corpus_is_small() {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        assert_eq!(names, TESTED);
        for name in names {
            let corpus = read_corpus(name);
            assert!(corpus.len() <= 60, "{name}: {}", corpus.len());
            assert!(corpus.iter().all(|input| input.len() <= LARGEST), "{name}");
        }
    }
}
