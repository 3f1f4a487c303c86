//! The audit chain: what was altered afterwards is found.

use ::platform::{
    Tx,
    event::{self, Actor, AuditWalk, Recorded, Sought},
};
use kernel::EventId;
use story_macro::story;

use super::diary::{Diary, PageTornOut};

/// Tears pages out, among other things that are not audited; the audited events, oldest first.
async fn tear_out(diary: &Diary, pages: usize) -> Vec<EventId> {
    let shop = diary.shop;
    for n in 0..pages {
        diary.write("kept").await.unwrap();
        let torn =
            diary.app.write(async move |tx: &mut Tx<'_>| tx.announce(&Actor::system(shop), PageTornOut { page: n.to_string() }).await);
        torn.await.unwrap();
        if n % 2 == 0 {
            diary.after(0).await;
        }
    }
    diary.after(0).await;
    let newest_first: Vec<Recorded> =
        diary.app.read(async move |tx: &mut Tx<'_>| event::audit_before(tx, shop, &Sought::default(), i64::MAX, 100).await).await.unwrap();
    newest_first.iter().rev().map(|event| event.id).collect()
}

async fn walk(diary: &Diary) -> AuditWalk {
    let shop = diary.shop;
    diary.app.read(async move |tx: &mut Tx<'_>| event::verify_audit(tx, shop).await).await.unwrap()
}

/// What somebody with the database's password could do.
async fn tamper(diary: &Diary, sql: &'static str, id: EventId) {
    diary.app.write(async move |tx: &mut Tx<'_>| tx.one(sql, &[&id]).await).await.unwrap();
}

#[story]
async fn an_untouched_audit_log_verifies(diary: Diary) {
    let acts = tear_out(&diary, 5).await;
    assert_eq!(acts.len(), 5);
    assert_eq!(walk(&diary).await, AuditWalk { checked: 5, broken_at: None });
}

#[story]
async fn an_altered_act_is_found(diary: Diary) {
    let acts = tear_out(&diary, 5).await;
    tamper(&diary, "UPDATE platform_events SET data = '{\"page\":\"another\"}' WHERE id = $1", acts[2]).await;
    assert_eq!(walk(&diary).await, AuditWalk { checked: 2, broken_at: Some(acts[2]) });
}

#[story]
async fn an_act_blamed_on_somebody_else_is_found(diary: Diary) {
    let acts = tear_out(&diary, 3).await;
    tamper(&diary, "UPDATE platform_events SET actor_kind = 'member' WHERE id = $1", acts[0]).await;
    assert_eq!(walk(&diary).await.broken_at, Some(acts[0]));
}

#[story]
async fn a_removed_act_is_found(diary: Diary) {
    let acts = tear_out(&diary, 5).await;
    tamper(&diary, "DELETE FROM platform_events WHERE id = $1", acts[2]).await;
    assert_eq!(walk(&diary).await.broken_at, Some(acts[3]));
}

#[story]
async fn acts_cut_off_at_the_end_are_found(diary: Diary) {
    let acts = tear_out(&diary, 5).await;
    tamper(&diary, "DELETE FROM platform_events WHERE id = $1", acts[4]).await;
    assert_eq!(walk(&diary).await.broken_at, Some(acts[3]));
}

#[story]
async fn an_act_hidden_from_the_log_is_found(diary: Diary) {
    let acts = tear_out(&diary, 3).await;
    tamper(&diary, "UPDATE platform_events SET audited = FALSE WHERE id = $1", acts[1]).await;
    assert_eq!(walk(&diary).await.broken_at, Some(acts[2]));
}
