//! A backup is of one moment, whatever is written meanwhile.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};

use ::platform::{Tx, backup, job::When};
use kernel::ShopId;
use story_macro::story;

use super::diary::{Diary, write_page};
use crate::story::{Engine, Setting};

const WRITERS: usize = 4;

/// The numbers of one writer's pages, in the order they were written.
fn written_by(writer: usize, pages: &[String]) -> Vec<usize> {
    pages.iter().filter_map(|page| page.strip_prefix(&format!("{writer}: "))?.parse().ok()).collect()
}

/// Writes numbered pages, each when the one before is acknowledged, until told to stop.
async fn write_on(diary: Arc<Diary>, writer: usize, from: usize, stop: Arc<AtomicBool>) {
    let shop: ShopId = diary.shop;
    for number in from.. {
        if stop.load(SeqCst) {
            return;
        }
        let text = format!("{writer}: {number}");
        diary.app.write(async move |tx: &mut Tx<'_>| write_page(tx, shop, &text).await).await.unwrap();
    }
}

fn data_of(diary: &Diary) -> &Path {
    Path::new(&diary.config.data)
}

#[story]
async fn a_backup_under_load_holds_all_that_was_acknowledged_and_no_half_of_anything(diary: Diary) {
    if diary.engine == Engine::Postgres {
        let refused = backup::take(&diary.config, &data_of(&diary).join("backup"), diary.now()).unwrap_err();
        assert!(refused.to_string().contains("pg_dump"));
        return;
    }
    fs::write(data_of(&diary).join("secret.key"), [7; 32]).unwrap();
    for writer in 0..WRITERS {
        for number in 0..25 {
            diary.write(&format!("{writer}: {number}")).await.unwrap();
        }
    }
    diary.enqueue(diary.shop, "a letter", When::default()).await;
    let (diary, stop, beside) = (Arc::new(diary), Arc::new(AtomicBool::new(false)), tempfile::tempdir().unwrap());
    let writers: Vec<_> = (0..WRITERS).map(|writer| tokio::spawn(write_on(diary.clone(), writer, 25, stop.clone()))).collect();

    let (config, file, now) = (diary.config.clone(), beside.path().join("backup"), diary.now());
    let to = file.clone();
    let made = tokio::task::spawn_blocking(move || backup::take(&config, &to, now)).await.unwrap().unwrap();
    stop.store(true, SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }

    let elsewhere = beside.path().join("restored");
    let config = ::platform::config::Config { data: elsewhere.display().to_string(), ..Default::default() };
    let migrations: Vec<_> = Diary::modules().into_iter().filter_map(|module| module.migrations).collect();
    assert_eq!(backup::restore(&config, &file, &migrations, now).unwrap(), made);
    let restored = Diary::in_folder(&elsewhere).await;
    let (pages, all) = (restored.pages().await, diary.pages().await);
    for writer in 0..WRITERS {
        let (theirs, written) = (written_by(writer, &pages), written_by(writer, &all));
        assert!(theirs.len() >= 25, "what was acknowledged before it began");
        assert_eq!(theirs, written[..theirs.len()], "and from there on a beginning of what came later");
    }
    // each page came with its event and the job of its reaction; the letter waits
    assert_eq!(made.holds.rows["platform_events"], pages.len() as i64);
    restored.after(0).await;
    assert_eq!(restored.counter("pages").await, pages.len() as i64);
    assert!(restored.partner().heard().is_empty());
}
