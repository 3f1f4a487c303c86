//! The demo: an invented outdoor shop, its page, and small stories told through the real verbs.

mod catalog;
mod checkout;
mod history;
mod lines;
mod orders;
mod pages;
mod partners;
mod people;
pub mod post;
mod products;
mod sign_in;
mod stories;
mod telephone;
mod tell;
mod till;
mod voice;

pub use partners::beside;
pub use till::Till;

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use kernel::{Error, Result, ShopId, Timestamp};
use platform::{App, Module, config::Config};
use sandbox::PostOffice;
use serde::{Deserialize, Serialize};

/// How to get in; kept beside the data, so that a second start says the same.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInCard {
    pub shop: ShopId,
    pub email: String,
    pub password: String,
    /// A token of the API.
    pub token: String,
    /// The widget key of the shop.
    key: String,
}

impl SignInCard {
    /// The card as it was written when the demo was told.
    fn read(path: &Path) -> Result<SignInCard> {
        serde_json::from_slice(&std::fs::read(path).map_err(Error::broken)?).map_err(Error::broken)
    }
}

/// The demo's pages; none outside the demo.
pub fn module(app: &App) -> Module {
    let config = app.config();
    // what partners number is never numbered twice
    let first = app.now().micros().unsigned_abs();
    let pages = config.demo.then(|| {
        pages::routes(card_path(config))
            .merge(checkout::routes(card_path(config)))
            .merge(partners::routes(card_path(config), first))
            .merge(telephone::routes(card_path(config), first))
    });
    Module { name: "demo", pages, ..Module::default() }
}

fn card_path(config: &Config) -> PathBuf {
    Path::new(&config.data).join("demo.json")
}

/// What is told of earlier days.
#[derive(Debug, Clone, Copy, Default)]
pub struct Past {
    pub conversations: usize,
    /// Of the customer of each.
    pub orders_each: usize,
}

/// Tells the stories on the first start as if it were `now`, and of earlier days; later starts find them there.
pub async fn prepare(config: &Config, office: &PostOffice, past: Past, now: Timestamp) -> Result<SignInCard> {
    let path = card_path(config);
    if let Ok(card) = fs::read(&path) {
        return serde_json::from_slice(&card).map_err(Error::broken);
    }
    eprintln!("Telling the stories of the demo shop …");
    let card = tell::all(config, office, past, now).await?;
    let text = serde_json::to_vec_pretty(&card).map_err(Error::broken)?;
    keep(&path, &text).map_err(Error::broken)?;
    Ok(card)
}

/// Writes beside the file and renames, so that a power cut leaves all of it or none: the shop is of no use without it.
fn keep(path: &Path, text: &[u8]) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(text)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// Says where everything is.
pub fn greet(config: &Config, card: &SignInCard, json: bool) {
    let (shop, console, api) = (config.url("/demo/shop"), config.url("/console"), config.url("/api/"));
    if json {
        let SignInCard { email, password, token, .. } = card;
        println!(
            "{}",
            serde_json::json!({ "shop": shop, "console": console, "api": api, "email": email, "password": password, "token": token })
        );
        return;
    }
    let partners = config.url("/demo/partners");
    println!("\n  Shop page      {shop}\n  Telephones     {partners}\n  Console        {console}\n  API reference  {api}\n");
    println!("  Sign in as     {}\n  Password       {}\n", card.email, card.password);
}
