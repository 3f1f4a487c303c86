//! Where an order of the demo shop is paid that an agent has placed once more. No money moves.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use askama::Template;
use axum::{
    Router,
    extract::{Path as Named, State},
    response::{Redirect, Response},
    routing::get,
};
use commerce::{
    order::{self, Facts, Order},
    status::Payment,
};
use customers::Buyer;
use kernel::{Error, Result, say};
use platform::{App, Tx, config::Config, event::Actor, http::Answer};

use super::{SignInCard, pages::price};
use crate::page::Page;

const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// Where the order of this reference is paid.
pub(super) fn address(config: &Config, reference: &str) -> String {
    format!("{}{}", config.public_url.trim_end_matches('/'), path(reference))
}

fn path(reference: &str) -> String {
    format!("/demo/pay/{reference}")
}

pub fn routes(card: PathBuf) -> Router<App> {
    let card = Arc::new(card);
    let paid_at = card.clone();
    let shown = async move |State(app): State<App>, page: Page, Named(reference): Named<String>| shown(&app, &card, page, reference).await;
    let paid = async move |State(app): State<App>, Named(reference): Named<String>| paid(&app, &paid_at, reference).await;
    Router::new().route(&path("{reference}"), get(shown).post(paid))
}

#[derive(Template)]
#[template(path = "pay.html")]
struct PayPage {
    page: Page,
    number: String,
    lines: Vec<(i64, String)>,
    total: String,
    is_paid: bool,
}

async fn shown(app: &App, card: &Path, page: Page, reference: String) -> Answer<Response> {
    let shop = SignInCard::read(card)?.shop;
    let Order { facts, .. } = app.read(async move |tx: &mut Tx<'_>| found(tx, shop, &reference).await).await?;
    let lines = facts.lines.iter().map(|line| (line.quantity, line.title.clone())).collect();
    let total = price(facts.total, facts.currency.code());
    page.answer(&PayPage { page, number: facts.number, lines, total, is_paid: facts.payment != Payment::Unpaid }, CSP)
}

async fn paid(app: &App, card: &Path, reference: String) -> Answer<Redirect> {
    let (shop, back) = (SignInCard::read(card)?.shop, path(&reference));
    app.write(async move |tx: &mut Tx<'_>| {
        let Order { facts, .. } = found(tx, shop, &reference).await?;
        if facts.payment != Payment::Unpaid {
            return Ok(());
        }
        let facts = Facts { payment: Payment::Paid, changed_at: tx.now(), ..facts };
        order::record(tx, &Actor::system(shop), Buyer::default(), facts).await.map(drop)
    })
    .await?;
    Ok(Redirect::to(&back))
}

/// Only what was placed once more is paid here: its reference cannot be guessed.
async fn found(tx: &mut Tx<'_>, shop: kernel::ShopId, reference: &str) -> Result<Order> {
    let known = reference.parse::<kernel::ActionId>().is_ok();
    let order = if known { order::by_reference(tx, shop, reference).await? } else { None };
    order.ok_or(Error::NotFound(say!("page-file-not-found")))
}
