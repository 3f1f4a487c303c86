//! A backup is of one moment, whatever is written meanwhile, and is restored whole or not at all.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
};

use ::platform::{
    App, Migrations, Tx,
    backup::{self, Manifest},
    config::Config,
    db::{Db, Schema},
    doctor::{self, Verdict},
    files::FileKey,
    job::When,
    pause,
    secret::SecretBox,
};
use kernel::{Result, hours, minutes};
use refinery::{Migration, Runner};
use story_macro::story;
use tempfile::TempDir;
use tokio::{runtime::Handle, task::spawn_blocking};

use super::diary::{Diary, later_migrations, tear_out};
use crate::{
    ground,
    story::{Place, Setting},
};

const WRITERS: usize = 4;
/// Pages of a writer at once: each new one takes the place of the one so many before it.
const KEPT: usize = 5;

/// Writes numbered pages from `from` on, each when the one before is acknowledged, until told to stop.
async fn write_on(diary: Arc<Diary>, writer: usize, from: usize, stop: Arc<AtomicBool>) {
    for number in from.. {
        if stop.load(SeqCst) {
            return;
        }
        let torn_out = number.checked_sub(KEPT).map(|old| format!("{writer}: {old}"));
        diary.write_with_file(format!("{writer}: {number}"), torn_out).await.unwrap();
        diary.after(0).await;
    }
}

fn migrations() -> Vec<Migrations> {
    Diary::modules().into_iter().filter_map(|module| module.migrations).collect()
}

/// The diary's own folder has no key, because its ground has one.
fn put_key(diary: &Diary) {
    fs::write(Path::new(&diary.config.data).join(::platform::backup::KEY), [7; 32]).unwrap();
}

/// A backup of the diary, beside it.
async fn back_up(diary: &Diary) -> (TempDir, PathBuf, Manifest) {
    let beside = tempfile::tempdir().unwrap();
    let (config, file, now) = (diary.config.clone(), beside.path().join("backup"), diary.now());
    let to = file.clone();
    // another thread, as it is another process
    let made = spawn_blocking(move || Handle::current().block_on(backup::take(&config, &to, now))).await;
    (beside, file, made.unwrap().unwrap())
}

async fn restore(to: &Config, file: &Path, migrations: &[Migrations]) -> Result<Manifest> {
    backup::restore(to, file, migrations, ground::MORNING).await
}

#[story]
async fn a_backup_under_load_holds_all_that_was_acknowledged_and_no_half_of_anything(diary: Diary) {
    put_key(&diary);
    diary.enqueue(diary.shop, "a letter", When::at(diary.now() + hours(1))).await;
    let (diary, stop) = (Arc::new(diary), Arc::new(AtomicBool::new(false)));
    let first = (0..2 * KEPT).flat_map(|number| (0..WRITERS).map(move |writer| (writer, number)));
    for (writer, number) in first {
        let torn_out = number.checked_sub(KEPT).map(|old| format!("{writer}: {old}"));
        diary.write_with_file(format!("{writer}: {number}"), torn_out).await.unwrap();
    }
    let writers: Vec<_> = (0..WRITERS).map(|writer| tokio::spawn(write_on(diary.clone(), writer, 2 * KEPT, stop.clone()))).collect();
    let (_beside, file, made) = back_up(&diary).await;
    stop.store(true, SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }

    let elsewhere = Place::beside(diary.engine).await;
    assert_eq!(restore(&elsewhere.config(), &file, &migrations()).await.unwrap(), made);
    let restored = Diary::open(diary.engine, elsewhere.config()).await;
    let pages = restored.pages().await;
    let mut written = 0;
    for writer in 0..WRITERS {
        let mine: Vec<usize> = pages.iter().filter_map(|page| page.strip_prefix(&format!("{writer}: "))?.parse().ok()).collect();
        let newest = *mine.last().unwrap();
        assert!(newest + 1 >= 2 * KEPT, "what was acknowledged before it began");
        assert_eq!(mine, Vec::from_iter(newest + 1 - KEPT..=newest), "one page comes as another goes");
        written += newest as i64 + 1;
    }
    for page in &pages {
        let stored = restored.app.files().get(FileKey::of(restored.shop, page.as_bytes())).await.unwrap();
        assert_eq!(stored, page.as_bytes());
    }
    assert_eq!((made.files(), made.missing.len()), (pages.len(), 0), "and no file that nobody names");
    // each page came with its event and the job of its reaction
    assert_eq!(made.holds.rows["platform_events"], written);
    restored.after(hours(2)).await;
    assert_eq!(restored.counter("pages").await, written);
    assert!(restored.partner().heard().is_empty(), "the letter waits");
    let shop = restored.shop;
    assert!(restored.app.write(async move |tx: &mut Tx<'_>| pause::end(tx, shop).await).await.unwrap());
    restored.after(0).await;
    assert_eq!(restored.partner().heard(), ["a letter"]);
    let wrong: Vec<_> = doctor::database(&restored.app).await.into_iter().filter(|one| one.verdict != Verdict::Ok).collect();
    assert_eq!(wrong, []);
    drop(restored);
    elsewhere.remove().await;
}

#[story]
async fn while_a_backup_is_made_no_file_goes_away(diary: Diary) {
    diary.write_with_file("a page".into(), None).await.unwrap();
    let (shop, key) = (diary.shop, FileKey::of(diary.shop, b"a page"));
    let lock = fs::OpenOptions::new().create(true).truncate(false).write(true).open(Path::new(&diary.config.data).join("files/.lock"));
    let backup = lock.unwrap();
    backup.lock().unwrap();
    diary.app.write(async move |tx: &mut Tx<'_>| tear_out(tx, shop, "a page").await).await.unwrap();
    diary.after(minutes(30)).await;
    assert!(diary.app.files().has(key).await.unwrap());

    drop(backup);
    diary.after(minutes(1)).await;
    assert!(!diary.app.files().has(key).await.unwrap());
}

#[story]
async fn a_restore_takes_the_place_of_nothing_and_leaves_nothing_when_it_fails(diary: Diary) {
    put_key(&diary);
    diary.write("a page").await.unwrap();
    let (beside, file, made) = back_up(&diary).await;
    let occupied = Config { data: beside.path().join("new").display().to_string(), ..diary.config.clone() };
    if !occupied.database_url.is_empty() {
        let refused = restore(&occupied, &file, &migrations()).await.unwrap_err().to_string();
        assert!(refused.contains("The database is not empty"), "{refused}");
        assert_eq!(diary.pages().await, ["a page"]);
    }

    let elsewhere = Place::beside(diary.engine).await;
    let cut = beside.path().join("cut");
    let whole = fs::read(&file).unwrap();
    fs::write(&cut, &whole[..whole.len() - 1]).unwrap();
    restore(&elsewhere.config(), &cut, &migrations()).await.unwrap_err();
    // the data is in, and what the schema needs after that goes wrong
    let wrong =
        || Runner::new(&[Migration::unapplied("V1__x", "CREATE TABLE x (id UUID)").unwrap(), Migration::unapplied("V2__x", "x").unwrap()]);
    let wrong = Migrations { room: "x", runner: wrong, ..later_migrations() };
    restore(&elsewhere.config(), &file, &[migrations(), vec![wrong]].concat()).await.unwrap_err();
    assert_eq!(fs::read_dir(elsewhere.config().data).unwrap().count(), 0);
    assert_eq!(restore(&elsewhere.config(), &file, &migrations()).await.unwrap(), made);
    elsewhere.remove().await;
}

#[story]
async fn an_older_backup_is_brought_up_to_date_and_a_newer_one_refused(diary: Diary) {
    put_key(&diary);
    diary.write("a page").await.unwrap();
    let later = || vec![::platform::module().migrations.unwrap(), later_migrations()];
    let (_older, file, _) = back_up(&diary).await;
    let elsewhere = Place::beside(diary.engine).await;
    restore(&elsewhere.config(), &file, &later()).await.unwrap();
    assert_eq!(Db::schema(&elsewhere.config().database().unwrap()).await.unwrap(), Schema::known(&later()));

    let mut modules = Diary::modules();
    modules.last_mut().unwrap().migrations = Some(later_migrations());
    let (ground, _) = ground::lay_with(&diary.config, diary.clock.clone(), 3);
    drop(App::open(diary.config.clone(), ground, &mut modules).await.unwrap());
    let (_newer, file, _) = back_up(&diary).await;
    let third = Place::beside(diary.engine).await;
    let refused = restore(&third.config(), &file, &migrations()).await.unwrap_err().to_string();
    assert!(refused.contains("made by a newer Ombud"), "{refused}");
    third.remove().await;
    elsewhere.remove().await;
}

#[story]
async fn a_database_opens_with_its_own_key_and_with_no_other(diary: Diary) {
    let open = async |secrets: SecretBox| {
        let (ground, _) = ground::lay_with(&diary.config, diary.clock.clone(), 3);
        App::open(diary.config.clone(), ::platform::Ground { secrets, ..ground }, &mut Diary::modules()).await.map(drop)
    };
    let refused = open(SecretBox::new([8; 32], [])).await.unwrap_err().to_string();
    assert!(refused.contains("Take secret.key from the backup"), "{refused}");
    open(SecretBox::new([8; 32], [[7; 32]])).await.unwrap();
    open(SecretBox::new([8; 32], [])).await.unwrap();
    assert!(open(SecretBox::new([7; 32], [])).await.is_err(), "after a rotation the older key is needed no more, and not enough");
}
