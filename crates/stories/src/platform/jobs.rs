//! Jobs: leases, lanes, retries, and what needs a person.

use std::sync::Arc;

use ::platform::{
    Tx,
    job::{self, Parked, When},
};
use kernel::{Error, Result, ShopId, hours, minutes, seconds};
use story_macro::story;
use tokio::{sync::Notify, task::JoinHandle};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::diary::{Answer, Diary};

async fn parked(diary: &Diary) -> Vec<Parked> {
    let shop = diary.shop;
    diary.app.read(async move |tx: &mut Tx<'_>| job::parked(tx, shop).await).await.unwrap()
}

/// Lets a worker begin what is due; the partner answers it when the gate is opened.
async fn begin(diary: &Diary, gate: &Arc<Notify>) -> JoinHandle<Result<usize>> {
    let heard = diary.partner().heard().len();
    diary.partner().will(Answer::Late(gate.clone()));
    let app = diary.app.clone();
    let worker = tokio::spawn(async move { app.run_due_jobs().await });
    while diary.partner().heard().len() == heard {
        tokio::task::yield_now().await;
    }
    worker
}

#[story]
async fn a_failing_job_backs_off_then_waits_for_a_person(diary: Diary) {
    for _ in 0..8 {
        diary.partner().will(Answer::Busy);
    }
    diary.enqueue(diary.shop, "hello", When::default()).await;
    assert_eq!(diary.after(0).await, 1);

    for wait in [2, 4, 8, 16, 32, 64, 128] {
        assert_eq!(diary.after(seconds(wait) - 1).await, 0, "not before {wait} s have passed");
        assert_eq!(diary.after(1).await, 1);
    }
    assert_eq!(diary.partner().heard().len(), 8);
    assert_eq!(diary.after(kernel::days(1)).await, 0, "it does not go on for ever");

    let waiting = parked(&diary).await;
    assert_eq!((waiting.len(), waiting[0].attempts), (1, 8));
    assert!(waiting[0].error.as_deref().is_some_and(|error| error.contains("The partner")));

    // the partner is well again, and a person says so
    let (shop, other, id) = (diary.shop, diary.other_shop, waiting[0].id);
    let stranger = diary.app.write(async move |tx: &mut Tx<'_>| job::retry(tx, other, id).await).await;
    assert!(matches!(stranger, Err(Error::NotFound(_))), "another shop has no say");
    diary.app.write(async move |tx: &mut Tx<'_>| job::retry(tx, shop, id).await).await.unwrap();
    assert_eq!(diary.after(0).await, 2, "the job, and the reaction to what it wrote");
    assert!(parked(&diary).await.is_empty());
    assert_eq!(diary.pages().await, ["hello"]);
}

#[story]
async fn a_job_that_meets_a_rush_has_not_been_tried(diary: Diary) {
    for _ in 0..20 {
        diary.partner().will(Answer::Rush);
    }
    diary.partner().will(Answer::Busy);
    diary.enqueue(diary.shop, "hello", When::default()).await;
    assert_eq!(diary.after(0).await, 1);
    for _ in 0..20 {
        assert_eq!(diary.after(seconds(2)).await, 1, "it comes back soon, however often");
    }
    assert!(parked(&diary).await.is_empty());
    assert_eq!(diary.after(seconds(2)).await, 2, "its first try failed, its second did not: the job, and the reaction to what it wrote");
    assert_eq!(diary.pages().await, ["hello"]);
}

#[story]
async fn a_job_that_cannot_succeed_is_parked_at_once_and_can_be_given_up(diary: Diary) {
    diary.partner().will(Answer::No);
    diary.enqueue(diary.shop, "hello", When::default()).await;
    diary.after(0).await;

    let waiting = parked(&diary).await;
    assert_eq!((waiting.len(), waiting[0].attempts), (1, 1));

    let (shop, id) = (diary.shop, waiting[0].id);
    diary.app.write(async move |tx: &mut Tx<'_>| job::discard(tx, shop, id).await).await.unwrap();
    assert!(parked(&diary).await.is_empty());
    assert!(diary.pages().await.is_empty());
}

#[story]
async fn a_slow_partner_does_not_keep_others_waiting(diary: Diary) {
    let (tasks, stop, gate) = (TaskTracker::new(), CancellationToken::new(), Arc::new(Notify::new()));
    diary.app.start_workers(&tasks, &stop);
    diary.partner().will(Answer::Late(gate.clone()));
    diary.enqueue(diary.shop, "slow", When::default()).await;
    while diary.partner().heard().is_empty() {
        tokio::task::yield_now().await;
    }

    diary.enqueue(diary.shop, "quick", When::default()).await;

    while diary.pages().await.is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(diary.pages().await, ["quick"], "while the first is still being told");
    gate.notify_one();
    stop.cancel();
    tasks.close();
    tasks.wait().await;
    assert_eq!(diary.pages().await.len(), 2, "what was begun is finished before the worker goes");
}

#[story]
async fn a_worker_that_slept_through_its_lease_changes_nothing(diary: Diary) {
    let gate = Arc::new(Notify::new());
    diary.enqueue(diary.shop, "hello", When::default()).await;
    let sleeper = begin(&diary, &gate).await;
    assert_eq!(diary.after(seconds(9)).await, 0, "it is leased");
    assert_eq!(diary.after(seconds(2)).await, 2, "the lease is over: another worker takes it, and the reaction follows");
    assert_eq!(diary.pages().await, ["hello"]);

    gate.notify_one();
    sleeper.await.unwrap().unwrap();
    assert_eq!(diary.pages().await, ["hello"], "the sleeper's page was undone");
    assert_eq!(diary.partner().heard().len(), 2);
    assert!(parked(&diary).await.is_empty());
    assert_eq!(diary.after(minutes(10)).await, 0);
}

#[story]
async fn a_worker_that_lives_keeps_its_job_however_long_it_takes(diary: Diary) {
    let gate = Arc::new(Notify::new());
    diary.enqueue(diary.shop, "hello", When::default()).await;
    let patient = begin(&diary, &gate).await;

    for _ in 0..4 {
        diary.clock.advance(seconds(9));
        assert_eq!(diary.app.renew_leases().await.unwrap(), 1);
        assert_eq!(diary.after(0).await, 0, "nobody else takes it");
    }

    gate.notify_one();
    patient.await.unwrap().unwrap();
    assert_eq!((diary.pages().await, diary.partner().heard().len()), (vec!["hello".to_owned()], 1));
    assert_eq!(diary.app.renew_leases().await.unwrap(), 0, "nothing is in hand any more");
}

#[story]
async fn a_renewal_that_comes_late_changes_nothing(diary: Diary) {
    let (slow, quick) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    diary.enqueue(diary.shop, "hello", When::default()).await;
    let sleeper = begin(&diary, &slow).await;

    diary.clock.advance(seconds(10));
    assert_eq!(diary.app.renew_leases().await.unwrap(), 0, "the lease is over");
    let successor = begin(&diary, &quick).await;
    assert_eq!(diary.app.renew_leases().await.unwrap(), 1, "the successor's; both are in hand here");

    slow.notify_one();
    quick.notify_one();
    sleeper.await.unwrap().unwrap();
    successor.await.unwrap().unwrap();
    assert_eq!((diary.pages().await, diary.partner().heard().len()), (vec!["hello".to_owned()], 2));
}

#[story]
async fn a_worker_knows_when_a_lease_will_be_over(diary: Diary) {
    let next = async || diary.app.read(async |tx: &mut Tx<'_>| job::next_due(tx).await).await.unwrap();
    assert_eq!(next().await, None);
    let (gate, began) = (Arc::new(Notify::new()), diary.now());
    diary.enqueue(diary.shop, "hello", When::default().lane("letters")).await;
    diary.enqueue(diary.shop, "behind it", When::default().lane("letters")).await;
    diary.enqueue(diary.shop, "later", When::at(began + seconds(12))).await;
    let sleeper = begin(&diary, &gate).await;

    assert_eq!(next().await, Some(began + seconds(10)), "then somebody else may take it");
    diary.clock.advance(seconds(3));
    diary.app.renew_leases().await.unwrap();
    assert_eq!(next().await, Some(began + seconds(12)), "the lease lasts longer than this one waits");

    gate.notify_one();
    sleeper.await.unwrap().unwrap();
    assert_eq!(diary.pages().await, ["hello", "behind it"]);
}

#[story]
async fn a_partner_that_never_answers_is_tried_again_and_then_left_to_a_person(diary: Diary) {
    for _ in 0..8 {
        diary.partner().will(Answer::Never);
    }
    diary.enqueue_question(diary.shop).await;
    for wait in [0, 2, 4, 8, 16, 32, 64, 128] {
        assert_eq!(diary.after(seconds(wait)).await, 1, "{wait} s later");
    }

    let waiting = parked(&diary).await;
    assert_eq!((waiting.len(), waiting[0].attempts, diary.partner().heard().len()), (1, 8, 8));
    assert_eq!(waiting[0].error.as_deref(), Some("not finished after 1ms, which is as long as this kind of job may take"));
}

#[story]
async fn a_job_that_belongs_to_no_shop_is_tried_for_ever(diary: Diary) {
    for _ in 0..20 {
        diary.partner().will(Answer::Never);
    }
    diary.enqueue_question(ShopId::NONE).await;
    for tries in 1..=20 {
        diary.after(hours(1)).await;
        assert_eq!(diary.partner().heard().len(), tries, "nobody would see it if it were parked");
    }
}

#[story]
async fn a_job_that_panics_has_failed_like_any_other(diary: Diary) {
    diary.partner().will(Answer::Nonsense);
    diary.enqueue(diary.shop, "hello", When::default()).await;
    assert_eq!(diary.after(0).await, 1);
    assert_eq!(diary.after(seconds(2)).await, 2, "it is tried again, and the reaction follows");
    assert_eq!(diary.pages().await, ["hello"]);
}

#[story]
async fn a_lane_keeps_its_order_and_holds_nobody_else_up(diary: Diary) {
    diary.partner().will(Answer::Busy);
    for text in ["first", "second", "third"] {
        diary.enqueue(diary.shop, text, When::default().lane("letters")).await;
    }
    diary.enqueue(diary.shop, "a parcel", When::default().lane("parcels")).await;
    diary.after(0).await;
    assert_eq!(diary.pages().await, ["a parcel"], "the letters wait for the first one");

    diary.after(seconds(2)).await;
    assert_eq!(diary.pages().await, ["a parcel", "first", "second", "third"]);
}

#[story]
async fn what_is_asked_for_twice_is_done_once(diary: Diary) {
    for _ in 0..3 {
        diary.enqueue(diary.shop, "good morning", When::default().once("2026-11-23")).await;
    }
    // another shop's key is another key
    diary.enqueue(diary.other_shop, "good morning", When::default().once("2026-11-23")).await;
    diary.after(0).await;
    assert_eq!(diary.partner().heard().len(), 2);
}

#[story]
async fn a_job_for_later_waits_for_its_moment(diary: Diary) {
    diary.enqueue(diary.shop, "wake up", When::at(diary.now() + minutes(5))).await;
    assert_eq!(diary.after(minutes(5) - 1).await, 0);
    assert_eq!(diary.after(1).await, 2);
    assert_eq!(diary.pages().await, ["wake up"]);
}

#[story]
async fn a_shop_with_a_backlog_does_not_hold_up_the_others(diary: Diary) {
    let (busy, quiet) = (diary.shop, diary.other_shop);
    let many: Result<()> = diary
        .app
        .write(async move |tx: &mut Tx<'_>| {
            for n in 0..500 {
                tx.enqueue(busy, &super::diary::TellPartner { text: format!("busy {n}") }, When::default()).await?;
            }
            Ok(())
        })
        .await;
    many.unwrap();
    diary.enqueue(quiet, "quiet", When::default()).await;
    diary.after(0).await;

    let heard = diary.partner().heard();
    assert_eq!(heard.len(), 501);
    let place = heard.iter().position(|text| text == "quiet").unwrap();
    assert!(place < 64, "the quiet shop's only job came in place {place}");
}
