//! Transactions.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering::Relaxed},
    },
};

use ::platform::Tx;
use futures::future::join_all;
use kernel::{Error, Result, ShopId, conflict, say};
use story_macro::story;

use super::diary::{Diary, write_page};
use crate::story::Engine;

#[story]
async fn a_write_is_seen_by_the_next_read(diary: Diary) {
    for n in 0..20 {
        diary.write(&format!("page {n}")).await.unwrap();
        assert_eq!(diary.pages().await.len(), n + 1);
    }
}

#[story]
async fn an_error_rolls_everything_back(diary: Diary) {
    let shop = diary.shop;
    let written: Result<()> = diary
        .app
        .write(async move |tx: &mut Tx<'_>| {
            write_page(tx, shop, "never").await?;
            Err(conflict(say!("changed-meanwhile")))
        })
        .await;

    assert!(matches!(written, Err(Error::Conflict { .. })));
    assert!(diary.pages().await.is_empty());
    assert_eq!(diary.after(0).await, 0, "no reaction to what did not happen");
}

#[story]
async fn a_panic_in_a_transaction_is_answered_and_the_next_write_works(diary: Diary) {
    let shop = diary.shop;
    let written: Result<()> = diary
        .app
        .write(async move |tx: &mut Tx<'_>| {
            write_page(tx, shop, "never").await?;
            panic!("a bug in a room; this panic is part of the story")
        })
        .await;

    assert!(matches!(written, Err(Error::Broken(_))));
    diary.write("afterwards").await.unwrap();
    assert_eq!(diary.pages().await, ["afterwards"]);
}

#[story]
async fn a_panic_while_reading_is_answered_and_the_next_read_works(diary: Diary) {
    // more often than there are readers, so that each has had one
    for _ in 0..8 {
        let read: Result<()> = diary.app.read(async |_: &mut Tx<'_>| panic!("this panic is part of the story")).await;
        assert!(matches!(read, Err(Error::Broken(_))));
    }
    assert!(diary.pages().await.is_empty());
}

#[story]
async fn awaiting_anything_foreign_in_a_transaction_fails_at_once_on_sqlite(diary: Diary) {
    if diary.engine == Engine::Postgres {
        return; // there it only holds a connection for too long; the same code is told on SQLite
    }
    let shop = diary.shop;
    let written: Result<()> = diary
        .app
        .write(async move |tx: &mut Tx<'_>| {
            write_page(tx, shop, "never").await?;
            pending().await
        })
        .await;

    assert!(written.unwrap_err().to_string().contains("awaited"));
    assert!(diary.pages().await.is_empty());
    diary.write("afterwards").await.unwrap();
}

#[story]
async fn a_read_cannot_write(diary: Diary) {
    let shop = diary.shop;
    let read = diary.app.read(async move |tx: &mut Tx<'_>| write_page(tx, shop, "never").await).await;
    assert!(matches!(read, Err(Error::Broken(_))));
    assert!(diary.pages().await.is_empty());
}

#[story]
async fn two_hundred_writers_at_once_are_each_answered_once(diary: Diary) {
    let writers = (0..200).map(|n| {
        let diary = &diary;
        async move { diary.write(&n.to_string()).await }
    });
    let answers = join_all(writers).await;

    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 200);
    let mut pages: Vec<u32> = diary.pages().await.iter().map(|page| page.parse().unwrap()).collect();
    pages.sort_unstable();
    assert_eq!(pages, (0..200).collect::<Vec<_>>());
}

#[story]
async fn one_that_fails_does_not_undo_those_beside_it(diary: Diary) {
    let shop = diary.shop;
    let writers = (0..60).map(|n| {
        diary.app.write(async move |tx: &mut Tx<'_>| {
            write_page(tx, shop, &n.to_string()).await?;
            match n % 3 {
                0 => Err(conflict(say!("changed-meanwhile"))),
                1 if n % 5 == 0 => panic!("this panic is part of the story"),
                _ => Ok(n),
            }
        })
    });
    let answers = join_all(writers).await;

    let answered: Vec<String> = answers.into_iter().filter_map(Result::ok).map(|n| n.to_string()).collect();
    let mut pages = diary.pages().await;
    pages.sort_by_key(|page| page.parse::<u32>().unwrap());
    assert_eq!(pages, answered);
    assert_eq!(pages.len(), 36);
}

#[story]
async fn counting_at_the_same_time_loses_no_count(diary: Diary) {
    let counts = (0..200).map(|n| diary.add(if n % 2 == 0 { "tents" } else { "stoves" }));
    for answer in join_all(counts).await {
        answer.unwrap();
    }
    assert_eq!((diary.counter("tents").await, diary.counter("stoves").await), (100, 100));
}

const COUNTERS: &str = "SELECT value FROM diary_counters WHERE shop_id = $1 AND name = 'tents'";

async fn begin_counting(tx: &mut Tx<'_>, shop: ShopId) -> Result<()> {
    tx.one("INSERT INTO diary_counters (shop_id, name, value) VALUES ($1, 'tents', 1)", &[&shop]).await
}

#[story]
async fn one_who_has_looked_for_a_key_finds_it_when_another_was_faster(diary: Diary) {
    if diary.engine == Engine::Sqlite {
        return; // there nobody comes in between
    }
    let (shop, app, runs) = (diary.shop, diary.app.clone(), Arc::new(AtomicU32::new(0)));
    let run = runs.clone();
    let found = diary.app.write(async move |tx: &mut Tx<'_>| {
        let there = tx.row(COUNTERS, &[&shop]).await?.is_some();
        if run.fetch_add(1, Relaxed) == 0 {
            app.write(async move |tx: &mut Tx<'_>| begin_counting(tx, shop).await).await?;
        }
        if !there {
            begin_counting(tx, shop).await?;
        }
        Ok(there)
    });
    assert!(found.await.unwrap());
    assert_eq!((runs.load(Relaxed), diary.counter("tents").await), (2, 1));
}

#[story]
async fn one_who_takes_the_next_number_gets_one_however_many_are_faster(diary: Diary) {
    if diary.engine == Engine::Sqlite {
        return; // there nobody comes in between
    }
    const OTHERS: i64 = 5;
    let (shop, app) = (diary.shop, diary.app.clone());
    let number = async |tx: &mut Tx<'_>, shop: ShopId, n: i64| {
        tx.one("INSERT INTO diary_counters (shop_id, name, value) VALUES ($1, $2, 0)", &[&shop, &format!("number {n}")]).await
    };
    let taken = diary.app.write(async move |tx: &mut Tx<'_>| {
        let next = 1 + tx.value::<i64>("SELECT COUNT(*) FROM diary_counters WHERE shop_id = $1", &[&shop]).await?;
        if next <= OTHERS {
            app.write(async move |tx: &mut Tx<'_>| number(tx, shop, next).await).await?;
        }
        number(tx, shop, next).await?;
        Ok(next)
    });
    assert_eq!(taken.await.unwrap(), OTHERS + 1);
}

#[story]
async fn a_key_that_stays_in_the_way_is_soon_said_to_be(diary: Diary) {
    let (shop, runs) = (diary.shop, Arc::new(AtomicU32::new(0)));
    diary.app.write(async move |tx: &mut Tx<'_>| begin_counting(tx, shop).await).await.unwrap();
    let run = runs.clone();
    let begun = diary.app.write(async move |tx: &mut Tx<'_>| {
        run.fetch_add(1, Relaxed);
        begin_counting(tx, shop).await
    });
    assert!(begun.await.unwrap_err().to_string().to_lowercase().contains("unique"));
    assert_eq!(runs.load(Relaxed), if diary.engine == Engine::Sqlite { 1 } else { 2 });
}

#[story]
async fn who_loses_the_database_in_the_middle_is_told_so_and_the_next_one_has_it_again(diary: Diary) {
    if diary.engine == Engine::Sqlite {
        return; // it is part of the process
    }
    let shop = diary.shop;
    let left = diary.app.write(async move |tx: &mut Tx<'_>| {
        write_page(tx, shop, "never").await?;
        tx.rows("SELECT pg_terminate_backend(pg_backend_pid())", &[]).await.map(drop)
    });
    let left = left.await;
    assert!(matches!(left, Err(Error::Unavailable(_))), "{left:?}");
    diary.write("afterwards").await.unwrap();
    assert_eq!(diary.pages().await, ["afterwards"]);
}
