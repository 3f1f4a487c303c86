//! Events: numbered in order, heard by whoever listens.

use ::platform::{
    Tx,
    event::{self, Recorded},
    live::{Frame, Topic},
};
use futures::future::{join, join_all};
use kernel::ShopId;
use story_macro::story;

use super::diary::{Diary, write_page};
use crate::story::Engine;

async fn events(diary: &Diary, shop: ShopId) -> Vec<Recorded> {
    diary.app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, 0, 10_000).await).await.unwrap()
}

#[story]
async fn events_are_numbered_in_order_and_none_twice(diary: Diary) {
    let shops = [diary.shop, diary.other_shop];
    let writes = (0..200).map(|n| {
        let shop = shops[n % 2];
        diary.app.write(async move |tx: &mut Tx<'_>| write_page(tx, shop, &n.to_string()).await)
    });
    for answer in join_all(writes).await {
        answer.unwrap();
    }
    if diary.engine == Engine::Postgres {
        // two nodes number what is there, at the same time
        let second = diary.second_node().await;
        let (one, two) = join(diary.app.run_due_jobs(), second.run_due_jobs()).await;
        one.and(two).unwrap();
    }
    diary.after(0).await;

    let mut all = Vec::new();
    for shop in shops {
        let numbers: Vec<i64> = events(&diary, shop).await.iter().map(|event| event.seq.unwrap()).collect();
        assert_eq!(numbers.len(), 100);
        assert!(numbers.is_sorted());
        all.extend(numbers);
    }
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 200, "no number was given twice");
}

#[story]
async fn a_screen_hears_of_every_event_of_its_shop_in_order(diary: Diary) {
    let mut listening = diary.app.live().listen(Topic::Shop(diary.shop));
    let mut elsewhere = diary.app.live().listen(Topic::Shop(diary.other_shop));
    for n in 0..50 {
        diary.write(&n.to_string()).await.unwrap();
    }
    diary.after(0).await;

    let mut heard = Vec::new();
    while let Some(frame) = listening.try_next() {
        let Frame::Happened { seq, kind, ids } = &*frame else { panic!("a signal nobody sent") };
        assert_eq!(kind, "page_written");
        assert!(ids["page"].as_str().unwrap().starts_with("msg_"));
        heard.push(*seq);
    }
    let stored: Vec<i64> = events(&diary, diary.shop).await.iter().map(|event| event.seq.unwrap()).collect();
    assert_eq!(heard, stored);
    assert!(elsewhere.try_next().is_none(), "another shop hears nothing");
}

#[story]
async fn a_screen_hears_of_events_though_nobody_was_told_that_they_are_numbered(diary: Diary) {
    let mut listening = diary.app.live().listen(Topic::Shop(diary.shop));
    diary.write("hello").await.unwrap();
    // as a connection leaves it that is cut in the middle of the commit: done, and nobody heard so
    let unheard = diary.app.write(async |tx: &mut Tx<'_>| tx.execute("UPDATE platform_events SET seq = 1 WHERE seq IS NULL", &[]).await);
    assert_eq!(unheard.await.unwrap(), u64::from(diary.engine == Engine::Postgres));
    diary.after(0).await;

    let Frame::Happened { seq, .. } = &*listening.try_next().expect("the screen hears of it") else { panic!("a signal nobody sent") };
    assert_eq!(*seq, events(&diary, diary.shop).await[0].seq.unwrap());
    assert!(listening.try_next().is_none(), "and once");
}

#[story]
async fn a_screen_that_is_too_slow_is_cut_off_and_nobody_else(diary: Diary) {
    let mut slow = diary.app.live().listen(Topic::Shop(diary.shop));
    let mut quick = diary.app.live().listen(Topic::Shop(diary.shop));
    let mut heard = 0;
    for _ in 0..6 {
        diary.write_many(200).await;
        heard += std::iter::from_fn(|| quick.try_next()).count();
    }

    assert_eq!(heard, 1_200);
    let mut kept = 0;
    while slow.next().await.is_some() {
        kept += 1;
    }
    assert!(kept < 1_200, "the slow one learns that it must start again");
    assert_eq!(diary.app.live().listeners(), 1);
}

#[story]
async fn a_node_that_catches_up_cuts_nobody_off(diary: Diary) {
    let mut listening = diary.app.live().listen(Topic::Shop(diary.shop));
    // as much as is told at once, whoever listens
    diary.write_many(500).await;
    assert_eq!(std::iter::from_fn(|| listening.try_next()).count(), 500);
    assert_eq!(diary.app.live().listeners(), 1);
}

#[story]
async fn a_screen_that_was_away_asks_for_what_it_missed(diary: Diary) {
    diary.write("before").await.unwrap();
    diary.after(0).await;
    let shop = diary.shop;
    let seen = diary.app.read(async move |tx: &mut Tx<'_>| event::newest(tx, shop).await).await.unwrap();
    diary.write("while away").await.unwrap();
    diary.after(0).await;

    let missed = diary.app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, seen, 100).await).await.unwrap();
    assert_eq!(missed.len(), 1);
    assert_eq!(missed[0].kind, "page_written");
}
