//! Work is done once, by whichever node has a hand free.

use std::sync::Arc;

use ::platform::{
    App, Tx,
    config::{Config, Role},
    event::{self, Recorded},
    job::When,
    live::{Frame, Topic},
};
use axum::{
    body::Body,
    http::{HeaderMap, Method},
};
use kernel::{days, seconds};
use tokio::{sync::Notify, time::timeout};

use super::{AT_ONCE, Diaries, Doorbell, IN_TIME, Town, until, with_both_doorbells};
use crate::{
    actor::send,
    ground,
    platform::{Answer, Diary, Partner, write_page},
};

with_both_doorbells! {
    a_job_enqueued_at_one_node_is_done_by_another_at_once
    a_node_that_was_stopped_cannot_finish_what_another_took_over
    numbering_goes_on_when_the_node_that_numbers_dies
    what_happens_once_a_day_happens_once_however_many_nodes
}

async fn a_job_enqueued_at_one_node_is_done_by_another_at_once<D: Doorbell>(Diaries { diary, nodes, .. }: Diaries<D>) {
    nodes[1].works();
    let heard = || nodes[1].app.plugged::<Partner>().unwrap().heard().len();
    // one might be done because the node happens to look; after that it has just looked
    for n in 1..=3 {
        diary.enqueue(diary.shop, "hello", When::default()).await;
        until(AT_ONCE, "the other node does it", async || heard() == n).await;
    }
    assert!(diary.partner().heard().is_empty());
}

async fn a_node_that_was_stopped_cannot_finish_what_another_took_over<D: Doorbell>(Diaries { diary, nodes, .. }: Diaries<D>) {
    let gate = Arc::new(Notify::new());
    diary.partner().will(Answer::Late(gate.clone()));
    diary.enqueue(diary.shop, "hello", When::default()).await;
    let app = diary.app.clone();
    let stopped = tokio::spawn(async move { app.run_due_jobs().await });
    until(IN_TIME, "it is begun", async || diary.partner().heard().len() == 1).await;

    nodes[1].works();
    diary.clock.advance(seconds(11));
    until(IN_TIME, "the other takes it over", async || diary.pages().await == ["hello"]).await;
    gate.notify_one();
    stopped.await.unwrap().unwrap();
    assert_eq!(diary.pages().await, ["hello"], "written once");
    assert_eq!(nodes[1].app.plugged::<Partner>().unwrap().heard().len(), 1);
}

async fn events(diary: &Diary, app: &App) -> Vec<Recorded> {
    let shop = diary.shop;
    app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, 0, 10_000).await).await.unwrap()
}

async fn numbering_goes_on_when_the_node_that_numbers_dies<D: Doorbell>(Diaries { diary, mut nodes, .. }: Diaries<D>) {
    let mut listening = nodes[1].app.live().listen(Topic::Shop(diary.shop));
    // as one who only gives a command does: it commits, and numbers nothing
    let passer_by = diary.second_node().await;
    let mut heard = Vec::new();
    for n in 0..20 {
        if n == 10 {
            nodes[0].dies();
        }
        if n < 10 {
            diary.write(&n.to_string()).await.unwrap();
        } else {
            let shop = diary.shop;
            passer_by.write(async move |tx: &mut Tx<'_>| write_page(tx, shop, &n.to_string()).await).await.unwrap();
        }
        if n % 5 == 4 {
            while heard.len() <= n {
                let frame = timeout(IN_TIME, listening.next()).await.expect("it is heard of in time").unwrap();
                let Frame::Happened { seq, .. } = &*frame else { continue };
                heard.push(*seq);
            }
        }
    }
    assert!(heard.is_sorted_by(|one, next| one < next), "{heard:?}");
    let stored: Vec<i64> = events(&diary, &passer_by).await.iter().filter_map(|event| event.seq).collect();
    assert_eq!(heard, stored, "each once, in order");
}

/// How many sweeps are due.
async fn due<D>(town: &Town<D>) -> i64 {
    let read = town.world.app.read(async |tx: &mut Tx<'_>| {
        let now = tx.now();
        tx.value("SELECT COUNT(*) FROM platform_jobs WHERE kind = 'sweep' AND run_at <= $1", &[&now]).await
    });
    read.await.unwrap()
}

async fn what_happens_once_a_day_happens_once_however_many_nodes<D: Doorbell>(town: Town<D>) {
    for node in &town.nodes {
        node.works();
    }
    for day in 1..=3 {
        town.world.clock.advance(days(1));
        until(IN_TIME, "somebody has swept", async || town.swept() >= day).await;
        // and written down that it is for tomorrow, before tomorrow comes
        until(IN_TIME, "it is over", async || due(&town).await == 0).await;
        // whoever else would do it looks for work before this is done
        for _ in &town.nodes {
            town.world.settle().await;
        }
        assert_eq!(town.swept(), day);
    }
}

#[tokio::test]
async fn a_worker_answers_nobody_but_the_operators_tools() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config { data: folder.path().display().to_string(), role: Role::Worker, ..Config::default() };
    let (ground, _) = ground::lay(&config);
    let (_app, built) = app::open_with(config, ground, app::modules()).await.unwrap();
    for (path, status) in
        [("//healthz", 200), ("//readyz", 200), ("//session", 404), ("/session", 404), ("//console", 404), ("//widget.js", 404)]
    {
        let answer = send(&built.router, Method::GET, path, &HeaderMap::new(), Body::empty()).await;
        assert_eq!(answer.status, status, "{path}");
    }
}
