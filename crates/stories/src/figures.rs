//! What an operator's tools read at `/metrics`.

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use story_macro::story;
use tower::ServiceExt;

use crate::{
    architecture::{figures_in, figures_on_the_board},
    world::World,
};

async fn figures(world: &World) -> String {
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let answer = world.router().clone().oneshot(request).await.unwrap();
    String::from_utf8(to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec()).unwrap()
}

#[story]
async fn all_that_the_board_shows_is_told(world: World) {
    world.shopper("Mara").begins("Where is my parcel?").await;
    world.settle().await;
    // counted when it has been answered
    figures(&world).await;

    let told = figures(&world).await;

    let on_sqlite = world.app.read(async |tx: &mut ::platform::Tx<'_>| Ok(tx.twin("sqlite", "") == "sqlite")).await.unwrap();
    let there = figures_in(&told);
    let missing: Vec<String> = figures_on_the_board().into_iter().filter(|figure| !there.contains(figure)).collect();
    // PostgreSQL gathers no batches
    let meant: &[&str] = if on_sqlite { &[] } else { &["ombud_write_batch_transactions"] };
    // another story of this process may be told on SQLite
    assert!(missing.iter().all(|figure| meant.contains(&figure.as_str())), "{missing:?} of\n{told}");
}
