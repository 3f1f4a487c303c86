//! Reactions: what follows when something was announced.

use ::platform::{
    Tx,
    event::{Actor, Origin},
};
use story_macro::story;

use super::diary::{Diary, PageWritten};

#[story]
async fn a_reaction_runs_once_for_each_event(diary: Diary) {
    diary.write("Monday").await.unwrap();
    diary.write("Tuesday").await.unwrap();
    assert_eq!(diary.counter("pages").await, 0, "a reaction runs after the commit, never inside it");

    assert_eq!(diary.after(0).await, 2);
    assert_eq!(diary.counter("pages").await, 2);

    assert_eq!(diary.after(kernel::days(1)).await, 0);
    assert_eq!(diary.counter("pages").await, 2);
}

#[story]
async fn a_reaction_does_not_hear_of_imported_history(diary: Diary) {
    let shop = diary.shop;
    let page = kernel::MessageId::from(uuid::Uuid::nil()).to_string();
    let told = diary.app.write(async move |tx: &mut Tx<'_>| {
        tx.announce_from(Origin::Backfill, &Actor::system(shop), PageWritten { page: page.clone() }).await
    });
    told.await.unwrap();
    assert_eq!(diary.after(0).await, 0);
}

#[story]
async fn workers_do_what_commits_without_being_asked(diary: Diary) {
    use tokio_util::{sync::CancellationToken, task::TaskTracker};
    let (tasks, stop) = (TaskTracker::new(), CancellationToken::new());
    diary.app.start_workers(&tasks, &stop);
    diary.app.start_telling(&tasks, &stop);
    let mut listening = diary.app.live().listen(::platform::live::Topic::Shop(diary.shop));

    diary.write("Monday").await.unwrap();
    assert!(listening.next().await.is_some(), "the screen hears of it");

    stop.cancel();
    tasks.close();
    tasks.wait().await;
    // what the worker had not begun is still there to be done
    diary.after(0).await;
    assert_eq!(diary.counter("pages").await, 1);
}
