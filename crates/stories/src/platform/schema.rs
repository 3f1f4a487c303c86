//! A database knows how far it has come, and an older Ombud leaves it alone.

use ::platform::{App, db::Db, doctor};
use story_macro::story;

use super::diary::{Diary, later_migrations};
use crate::{ground, story::Setting};

#[story]
async fn an_older_ombud_refuses_a_newer_database_and_changes_nothing(diary: Diary) {
    let url = diary.config.database().unwrap();
    let open = async |later: bool| {
        let mut modules = Diary::modules();
        if later {
            modules.last_mut().unwrap().migrations = Some(later_migrations());
        }
        let (ground, _) = ground::lay_with(&diary.config, diary.clock.clone(), 3);
        App::open(diary.config.clone(), ground, &mut modules).await.map(drop)
    };
    open(true).await.unwrap();
    let newer = Db::schema(&url).await.unwrap();

    let refused = open(false).await.unwrap_err().to_string();

    assert!(refused.contains("written by a newer Ombud; start that version, or restore a backup"), "{refused}");
    assert_eq!(Db::schema(&url).await.unwrap(), newer);
    let ours: Vec<_> = Diary::modules().into_iter().filter_map(|module| module.migrations).collect();
    let found = doctor::schema(&url, &ours).await;
    assert_eq!((found.verdict, found.found.as_str()), (doctor::Verdict::Fail, "A newer Ombud wrote this database."));
}

#[story]
async fn the_doctor_leaves_an_older_database_as_it_is(diary: Diary) {
    let url = diary.config.database().unwrap();
    let before = Db::schema(&url).await.unwrap();
    let later = [::platform::module().migrations.unwrap(), later_migrations()];

    let found = doctor::schema(&url, &later).await;

    assert_eq!(found.verdict, doctor::Verdict::Warn, "{}", found.found);
    assert_eq!(Db::schema(&url).await.unwrap(), before);
}
