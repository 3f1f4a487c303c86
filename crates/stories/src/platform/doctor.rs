//! What the doctor finds in a database.

use ::platform::{
    Tx,
    doctor::{self, Verdict},
    files::FileKey,
    job::When,
    pause,
};
use kernel::minutes;
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
