//! What the doctor finds in a database.

use ::platform::{
    Tx,
    clock::{Clock, HandClock, SystemClock},
    doctor::{self, Verdict},
    files::FileKey,
    job::When,
    pause,
};
use kernel::{minutes, seconds};
use story_macro::story;

use super::diary::{Answer, Diary};

/// What is not as it should be.
async fn complaints(diary: &Diary) -> Vec<(&'static str, Verdict)> {
    let findings = doctor::database(&diary.app).await;
    assert!(findings.iter().all(|finding| (finding.verdict == Verdict::Ok) == finding.advice.is_none()), "a complaint says what to do");
    findings.into_iter().filter(|one| one.verdict != Verdict::Ok).map(|one| (one.about, one.verdict)).collect()
}

#[story]
async fn the_doctor_says_what_waits_for_whom(diary: Diary) {
    diary.write("a page").await.unwrap();
    diary.after(0).await;
    assert_eq!(complaints(&diary).await, []);

    diary.partner().will(Answer::No);
    diary.enqueue(diary.shop, "refused", When::default()).await;
    diary.after(0).await;
    assert_eq!(complaints(&diary).await, [("failed work", Verdict::Warn)]);

    diary.enqueue(diary.shop, "nobody does it", When::default()).await;
    diary.clock.advance(minutes(6));
    assert_eq!(complaints(&diary).await, [("failed work", Verdict::Warn), ("late work", Verdict::Warn)]);

    // what is kept back on purpose is not late
    diary.app.write(async |tx: &mut Tx<'_>| pause::everywhere(tx).await).await.unwrap();
    assert_eq!(complaints(&diary).await, [("failed work", Verdict::Warn), ("sending", Verdict::Warn)]);
}

#[story]
async fn the_doctor_misses_a_file_that_was_lost(diary: Diary) {
    diary.write_with_file("a page".into(), None).await.unwrap();
    diary.after(0).await;
    assert_eq!(complaints(&diary).await, []);
    let key = FileKey::of(diary.shop, b"a page");
    std::fs::remove_file(format!("{}/files/{key}", diary.config.data)).unwrap();
    assert_eq!(complaints(&diary).await, [("stored files", Verdict::Fail)]);
}

#[story]
async fn the_doctor_compares_the_clock_of_a_node_with_the_databases(diary: Diary) {
    let now = SystemClock::new().now();
    let found = async |apart| doctor::shared_clock(&diary.config, &HandClock::at(now + apart)).await;
    if diary.config.database_url.is_empty() {
        assert_eq!(found(minutes(60)).await, None, "one process has one clock");
        return;
    }
    // the tests' database has this machine's clock, and some seconds may pass until it is asked
    for apart in [0, -seconds(5), seconds(10)] {
        assert_eq!(found(apart).await.unwrap().verdict, Verdict::Ok, "{apart}");
    }
    for apart in [-seconds(11), minutes(60)] {
        let finding = found(apart).await.unwrap();
        assert_eq!(finding.verdict, Verdict::Fail, "{apart}");
        assert!(finding.advice.unwrap().contains("a node that is ahead takes over work"));
    }
}
