//! What a power cut leaves of names.

use super::*;

fn dice(seed: u64) -> Dice {
    Dice::of(seed, 0, 0)
}

fn file(platter: &mut Platter, parent: u64, name: &str, text: &str) -> u64 {
    let number = platter.make(parent, name.as_ref(), 0o600, Body::File(Content::default())).unwrap();
    platter.write(number, 0, text.as_bytes()).unwrap();
    number
}

fn folder(platter: &mut Platter, parent: u64, name: &str) -> u64 {
    platter.make(parent, name.as_ref(), 0o700, Body::Folder(Folder::default())).unwrap()
}

fn text(platter: &Platter, parent: u64, name: &str) -> Option<String> {
    let content = platter.file(platter.find(parent, name.as_ref())?)?;
    Some(String::from_utf8_lossy(content.read(0, 99)).into_owned())
}

#[test]
fn a_flushed_file_keeps_the_name_it_was_made_under_and_all_it_is_in() {
    for seed in 0..50 {
        let mut platter = Platter::new();
        let inner = folder(&mut platter, ROOT, "files");
        let number = file(&mut platter, inner, "a", "kept");
        platter.flush(number).unwrap();
        platter.lose_power(&mut dice(seed));
        let inner = platter.find(ROOT, "files".as_ref()).unwrap();
        assert_eq!(text(&platter, inner, "a").as_deref(), Some("kept"));
        assert_eq!(platter.used(), 4);
    }
}

#[test]
fn a_new_name_is_there_or_not_until_its_folder_is_flushed() {
    for flushed in [false, true] {
        let mut found = std::collections::BTreeSet::new();
        for seed in 0..50 {
            let mut platter = Platter::new();
            let number = file(&mut platter, ROOT, "a#1", "new");
            platter.flush(number).unwrap();
            let old = file(&mut platter, ROOT, "a", "old");
            platter.flush(old).unwrap();
            platter.rename(ROOT, "a#1".as_ref(), ROOT, "a".as_ref()).unwrap();
            if flushed {
                platter.flush(ROOT).unwrap();
            }
            platter.lose_power(&mut dice(seed));
            found.insert((text(&platter, ROOT, "a#1"), text(&platter, ROOT, "a")));
        }
        let (old, new) = ((Some("new".to_owned()), Some("old".to_owned())), (None, Some("new".to_owned())));
        assert_eq!(found.into_iter().collect::<Vec<_>>(), if flushed { vec![new] } else { vec![new, old] });
    }
}

#[test]
fn what_was_removed_may_be_back_and_room_is_counted_anew() {
    let back = (0..50).any(|seed| {
        let mut platter = Platter::new();
        let number = file(&mut platter, ROOT, "a", "back");
        platter.flush(number).unwrap();
        platter.take_name(ROOT, "a".as_ref()).unwrap();
        assert_eq!(platter.used(), 0);
        platter.lose_power(&mut dice(seed));
        let there = text(&platter, ROOT, "a").is_some();
        assert_eq!(platter.used(), if there { 4 } else { 0 });
        there
    });
    assert!(back);
}
