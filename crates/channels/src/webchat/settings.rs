//! How a shop's chat looks and behaves.

use kernel::{Result, ShopId, Texts, say};
use platform::{
    Agent, Tx, directory,
    http::{Check, Validate},
    keyed,
    token::TokenHash,
};
use serde::{Deserialize, Serialize};

use super::strings;
use crate::{events::WidgetChanged, store};

keyed! {
    /// Whether something is asked before the chat.
    #[derive(Default)]
    pub enum Asked {
        No = "no",
        #[default]
        Optional = "optional",
        Required = "required",
    }
}

keyed! {
    /// Where the button sits.
    #[derive(Default)]
    pub enum Position {
        #[default]
        Right = "right",
        Left = "left",
    }
}

keyed! {
    /// Whether the shop signs its visitors in.
    #[derive(Default)]
    pub enum IdentityMode {
        Off = "off",
        #[default]
        Optional = "optional",
        Required = "required",
    }
}

keyed! {
    /// Whether what visitors do on the shop's pages is kept.
    #[derive(Default)]
    pub enum Browsing {
        Never = "never",
        #[default]
        Agreed = "agreed",
        /// Where no law asks for consent; a browser that says it wants none of it (Global Privacy Control) is still asked.
        Always = "always",
    }
}

/// What a member can set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The shop's pages the chat may run on, such as `https://shop.example`; Ombud's own address always may.
    pub origins: Vec<String>,
    /// The accent, as `#rrggbb`.
    pub color: String,
    pub position: Position,
    pub greeting: Texts,
    /// The answer to the first message while open; Liquid, with `reply_minutes`.
    pub acknowledgement: Texts,
    /// The answer to the first message while closed; Liquid, with `opens_date` and `opens_time`.
    pub away_message: Texts,
    pub ask_name: Asked,
    pub ask_email: Asked,
    #[schema(required)]
    pub privacy_url: Option<String>,
    /// How soon somebody usually answers.
    #[schema(required)]
    pub reply_minutes: Option<i64>,
    /// Whether visitors choose a department.
    pub departments_choice: bool,
    pub identity: IdentityMode,
    /// Whether visitors must agree before anything is kept.
    pub needs_consent: bool,
    /// Whether what they do on the shop's pages is kept.
    pub browsing: Browsing,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            origins: Vec::new(),
            color: "#0b6b5a".into(),
            position: Position::Right,
            greeting: strings::texts("default-greeting"),
            acknowledgement: strings::texts("default-acknowledgement"),
            away_message: strings::texts("default-away"),
            ask_name: Asked::Optional,
            ask_email: Asked::Optional,
            privacy_url: None,
            reply_minutes: Some(5),
            departments_choice: true,
            identity: IdentityMode::Optional,
            needs_consent: false,
            browsing: Browsing::Agreed,
        }
    }
}

impl Validate for Settings {
    fn check(&mut self, check: &mut Check) {
        check.at_most("origins", &self.origins, 50);
        for origin in &mut self.origins {
            *origin = origin.trim().trim_end_matches('/').to_lowercase();
            let fine = origin.split_once("://").is_some_and(|(scheme, host)| {
                matches!(scheme, "https" | "http")
                    && !host.is_empty()
                    && host.len() <= 253
                    && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
            });
            check.that(fine, "origins", say!("origin-not-an-address", origin = &*origin));
        }
        let color = self.color.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()));
        check.that(color, "color", say!("color-not-readable"));
        check.texts("greeting", &mut self.greeting, 500);
        for (field, texts) in [("acknowledgement", &mut self.acknowledgement), ("away_message", &mut self.away_message)] {
            check.texts(field, texts, 1_000);
            for (language, text) in &texts.0 {
                if let Err(error) = platform::template::check(text) {
                    check.that(false, &format!("{field}.{language}"), error.sentence());
                }
            }
        }
        check.maybe_line("privacy_url", &mut self.privacy_url, 500);
        let url = self.privacy_url.as_deref().is_none_or(|url| url.starts_with("https://") || url.starts_with("http://"));
        check.that(url, "privacy_url", say!("address-not-whole"));
        check.that(self.reply_minutes.is_none_or(|m| (1..=10_080).contains(&m)), "reply_minutes", say!("reply-minutes-out-of-range"));
    }
}

/// A shop's chat.
#[derive(Debug, Clone)]
pub struct Widget {
    pub shop: ShopId,
    /// Names the shop in the script tag; no secret.
    pub key: String,
    pub settings: Settings,
    pub version: i64,
}

/// A shop's chat, made on first sight.
pub async fn of_shop(tx: &mut Tx<'_>, shop: ShopId) -> Result<Widget> {
    if let Some(widget) = store::widget(tx, shop).await? {
        return Ok(widget);
    }
    let key = format!("wk_{}", tx.new_id::<kernel::KeyId>().to_string().trim_start_matches("key_"));
    let widget = Widget { shop, key, settings: Settings::default(), version: 1 };
    store::insert_widget(tx, &widget).await?;
    directory::enter(tx, "widget", &TokenHash::of(&widget.key).hex(), shop).await?;
    Ok(widget)
}

/// The chat this key names.
pub async fn by_key(tx: &mut Tx<'_>, key: &str) -> Result<Option<Widget>> {
    match directory::find(tx, "widget", &TokenHash::of(key).hex()).await? {
        Some(shop) if team::shop::is_open(tx, shop).await? => store::widget(tx, shop).await,
        _ => Ok(None),
    }
}

/// Replaces a shop's settings.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, settings: Settings) -> Result<Widget> {
    let mut widget = of_shop(tx, who.shop).await?;
    if widget.settings == settings {
        return Ok(widget);
    }
    widget.settings = settings;
    store::save_widget(tx, &widget).await?;
    tx.announce(who, WidgetChanged { shop: who.shop }).await?;
    Ok(widget)
}
