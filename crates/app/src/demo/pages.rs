//! The demo shop's page, and the mail it would have sent.

use std::{path::PathBuf, sync::Arc};

use askama::Template;
use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::{Error, Language, Result, say};
use platform::{
    App, Tx,
    http::{Answer, Failure},
    outbox,
};
use rust_embed::RustEmbed;
use serde::Deserialize;

use super::{
    SignInCard,
    catalog::{self, Product, Words},
};
use crate::page::Page;

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/demo"]
#[include = "*.css"]
#[include = "*.js"]
#[include = "pictures/*.svg"]
struct Files;

/// The shop's own policy: our scripts and sockets, nothing inline.
const SHOP_CSP: &str = "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

pub fn routes(card: PathBuf) -> Router<App> {
    let card = Arc::new(card);
    Router::new()
        .route("/demo/shop", get(move |page, query| shop(card.clone(), page, query)))
        .route("/demo/mail", get(mail))
        .route("/demo/{*path}", get(file))
}

/// A product in one language.
struct Shown {
    slug: String,
    name: String,
    blurb: String,
    about: String,
    /// In the smallest unit of the currency.
    minor: i64,
    price: String,
    picture: String,
    sizes: Vec<String>,
}

struct LanguageLink {
    code: &'static str,
    name: &'static str,
}

const LANGUAGES: [LanguageLink; 4] = [
    LanguageLink { code: "nb", name: "Norsk" },
    LanguageLink { code: "en", name: "English" },
    LanguageLink { code: "tr", name: "Türkçe" },
    LanguageLink { code: "zh", name: "中文" },
];

#[derive(Template)]
#[template(path = "shop.html")]
struct ShopPage {
    lang: &'static str,
    key: String,
    currency: String,
    languages: &'static [LanguageLink],
    words: Words,
    products: Vec<Shown>,
    chosen: Shown,
}

#[derive(Deserialize)]
struct Asked {
    product: Option<String>,
}

async fn shop(card: Arc<PathBuf>, page: Page, Query(asked): Query<Asked>) -> Answer<Response> {
    let card = SignInCard::read(&card)?;
    page.answer(&shown(page.language, card.key, asked.product.as_deref())?, SHOP_CSP)
}

fn shown(language: Language, key: String, product: Option<&str>) -> Result<ShopPage> {
    let catalog = catalog::read()?;
    let missing = || Error::broken("the catalogue of the demo shop lacks a part");
    let lang = language.code();
    let words = catalog.page.get(lang).ok_or_else(missing)?.clone();
    let currency = &catalog.countries.get(lang).ok_or_else(missing)?.currency;
    let show = |p: &Product| -> Result<Shown> {
        let texts = p.texts.get(&language).ok_or_else(missing)?.clone();
        let minor = *p.prices.get(currency).ok_or_else(missing)?;
        let (price, picture) = (price(minor, currency), p.picture_path());
        let (slug, sizes) = (p.slug.clone(), p.sizes.clone());
        Ok(Shown { slug, name: texts.name, blurb: texts.blurb, about: texts.about, minor, price, picture, sizes })
    };
    let products = catalog.products.iter().map(show).collect::<Result<Vec<_>>>()?;
    let chosen = catalog.products.iter().find(|p| Some(p.slug.as_str()) == product).or(catalog.products.first()).ok_or_else(missing)?;
    Ok(ShopPage { lang, key, currency: currency.clone(), languages: &LANGUAGES, words, products, chosen: show(chosen)? })
}

/// A price as the country writes it; whole amounts carry no decimals.
pub(super) fn price(minor: i64, currency: &str) -> String {
    let (group, point) = match currency {
        "NOK" => ("\u{a0}", ","),
        "TRY" => (".", ","),
        _ => (",", "."),
    };
    let whole = (minor / 100).to_string();
    let mut amount = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            amount.push_str(group);
        }
        amount.push(digit);
    }
    if minor % 100 != 0 {
        amount.push_str(&format!("{point}{:02}", minor % 100));
    }
    match currency {
        "NOK" => format!("{amount}\u{a0}kr"),
        "TRY" => format!("₺{amount}"),
        "CNY" => format!("¥{amount}"),
        _ => format!("£{amount}"),
    }
}

async fn file(Path(path): Path<String>) -> Response {
    match Files::get(&path) {
        Some(file) => {
            let kind = mime_guess::from_path(&path).first_or_octet_stream().to_string();
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache".to_owned())], file.data.into_owned()).into_response()
        }
        None => Failure(Error::NotFound(say!("page-file-not-found"))).into_response(),
    }
}

#[derive(Template)]
#[template(path = "mail.html")]
struct MailPage {
    page: Page,
    mails: Vec<outbox::Posted>,
}

async fn mail(State(app): State<App>, page: Page) -> Answer<Response> {
    let mails = app.read(async |tx: &mut Tx<'_>| outbox::newest_of_all(tx, 50).await).await?;
    const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'";
    page.answer(&MailPage { page, mails }, CSP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_look_as_they_do_in_each_country() {
        for (minor, currency, text) in [
            (449_000, "NOK", "4\u{a0}490\u{a0}kr"),
            (1_690_000, "TRY", "₺16.900"),
            (299_000, "CNY", "¥2,990"),
            (33_950, "GBP", "£339.50"),
            (9_900, "GBP", "£99"),
        ] {
            assert_eq!(price(minor, currency), text);
        }
    }

    #[test]
    fn the_page_exists_in_every_language_with_every_product() {
        for language in Language::ALL {
            let html = shown(language, "wk_test".into(), Some("tent")).unwrap().render().unwrap();
            assert!(html.contains("data-shop=\"wk_test\""), "{language}");
        }
    }
}
