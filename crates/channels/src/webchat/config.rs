//! What the panel needs to know when it opens, in the visitor's language.

use std::collections::BTreeMap;

use bot::Topic;
use kernel::{DepartmentId, Language, Result, Timestamp};
use platform::Tx;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    settings::{Asked, Browsing, IdentityMode, Position, Widget},
    strings,
};

/// The longest message, in characters.
pub const MAX_TEXT: usize = 4_000;

/// The shop, as its visitors know it.
#[derive(Debug, Serialize, ToSchema)]
struct ShopName {
    name: String,
}

/// Somebody who is there to answer.
#[derive(Debug, Serialize, ToSchema)]
struct OnlineAgent {
    name: String,
}

/// A department a visitor may choose.
#[derive(Debug, Serialize, ToSchema)]
struct DepartmentChoice {
    id: DepartmentId,
    name: String,
    about: String,
    open: bool,
}

/// What the server accepts.
#[derive(Debug, Serialize, ToSchema)]
struct Limits {
    /// Characters of a message.
    text: usize,
    /// Bytes of a file.
    file_bytes: usize,
    /// Files of a message.
    files: usize,
    /// Media types of files.
    types: Vec<&'static str>,
}

/// What a visitor may ask the bot.
#[derive(Debug, Serialize, ToSchema)]
struct QuickReply {
    topic: Topic,
    /// What its button says.
    label: String,
}

/// Everything the chat panel shows before anybody has written.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChatConfig {
    shop: ShopName,
    language: Language,
    color: String,
    position: Position,
    greeting: String,
    open: bool,
    /// When somebody is there again; null while open.
    #[schema(required)]
    opens_at: Option<Timestamp>,
    #[schema(required)]
    reply_minutes: Option<i64>,
    agents: Vec<OnlineAgent>,
    departments: Vec<DepartmentChoice>,
    /// What the bot answers at once.
    quick_replies: Vec<QuickReply>,
    /// Whether codes can be sent by e-mail to whoever wants to hear of their orders.
    order_codes: bool,
    ask_name: Asked,
    ask_email: Asked,
    #[schema(required)]
    privacy_url: Option<String>,
    identity: IdentityMode,
    needs_consent: bool,
    browsing: Browsing,
    /// The words of the panel, by key.
    strings: BTreeMap<String, String>,
    limits: Limits,
}

/// Puts it together for one language.
pub async fn load(tx: &mut Tx<'_>, widget: &Widget, language: Option<Language>, order_codes: bool) -> Result<ChatConfig> {
    let shop = team::shop::get(tx, widget.shop).await?;
    let language = language.unwrap_or(shop.language);
    let now = tx.now();
    let hours = team::schedule::open_state(tx, shop.id, None, now).await?;
    let mut departments = Vec::new();
    if widget.settings.departments_choice {
        for department in team::department::all(tx, shop.id).await?.into_iter().filter(|d| d.shown_in_chat) {
            let open = team::schedule::open_state(tx, shop.id, Some(department.id), now).await?.open;
            departments.push(DepartmentChoice {
                id: department.id,
                name: department.names.get(language, shop.language).unwrap_or(&department.name).to_owned(),
                about: department.about.get(language, shop.language).unwrap_or_default().to_owned(),
                open,
            });
        }
    }
    let online = team::member::online(tx, shop.id, None).await?;
    // a visitor needs no family names
    let agents = online.iter().take(3).map(|m| OnlineAgent { name: first_name(&m.name) }).collect();
    let settings = &widget.settings;
    let quick_replies = bot::quick_replies::of_shop(tx, shop.id).await?.offered();
    let quick_replies = quick_replies.into_iter().map(|topic| QuickReply { topic, label: topic.label(language) }).collect();
    Ok(ChatConfig {
        shop: ShopName { name: shop.name },
        language,
        color: settings.color.clone(),
        position: settings.position,
        greeting: settings.greeting.get(language, shop.language).unwrap_or_default().to_owned(),
        open: hours.open,
        opens_at: if hours.open { None } else { hours.changes_at },
        reply_minutes: settings.reply_minutes,
        agents,
        departments,
        quick_replies,
        order_codes,
        ask_name: settings.ask_name,
        ask_email: settings.ask_email,
        privacy_url: settings.privacy_url.clone(),
        identity: settings.identity,
        needs_consent: settings.needs_consent,
        browsing: settings.browsing,
        strings: strings::words(language),
        limits: Limits {
            text: MAX_TEXT,
            file_bytes: inbox::file::MAX_FILE,
            files: inbox::file::MAX_FILES,
            types: platform::files::MediaType::ALL.map(|media| media.mime()).to_vec(),
        },
    })
}

/// The name a member goes by with visitors.
pub fn first_name(name: &str) -> String {
    name.split_whitespace().next().unwrap_or(name).to_owned()
}
