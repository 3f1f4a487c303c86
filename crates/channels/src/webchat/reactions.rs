//! What the chat does when something is announced: it tells the customer at once that they were heard.

use inbox::{events::ConversationStarted, message};
use kernel::{Language, Result};
use platform::{Tx, event::Told, reaction::Reaction, reactions, template};
use serde_json::json;

use super::{NAME, settings};

pub fn reactions() -> Vec<Reaction> {
    reactions![ConversationStarted => acknowledge]
}

/// Answers the first message by itself: that it arrived, and when somebody will answer.
async fn acknowledge(tx: &mut Tx<'_>, told: Told<ConversationStarted>) -> Result<()> {
    if told.event.channel != NAME {
        return Ok(());
    }
    let shop = team::shop::get(tx, told.shop).await?;
    let widget = settings::of_shop(tx, told.shop).await?;
    let conversation = inbox::conversation::by_id(tx, told.shop, told.event.conversation).await?;
    let language = conversation.language.unwrap_or(shop.language);
    let hours = team::schedule::open_state(tx, told.shop, told.event.department, told.at).await?;
    let texts = if hours.open { &widget.settings.acknowledgement } else { &widget.settings.away_message };
    let Some(text) = texts.get(language, shop.language) else { return Ok(()) };
    let opens = hours.changes_at.filter(|_| !hours.open).map(|at| at.calendar().to_zoned(shop.zone()));
    let facts = json!({
        "shop": { "name": shop.name },
        "reply_minutes": widget.settings.reply_minutes,
        "opens_date": opens.as_ref().map(|at| at.strftime(date_format(language)).to_string()),
        "opens_time": opens.as_ref().map(|at| at.strftime("%H:%M").to_string()),
    });
    let rendered = template::render(text, &facts)?;
    message::answer_automatically(tx, told.shop, conversation.id, "acknowledgement", rendered.text.trim().to_owned()).await
}

fn date_format(language: Language) -> &'static str {
    match language {
        Language::En => "%-d/%-m",
        Language::Nb => "%-d.%-m.",
        Language::Tr => "%d.%m",
        Language::Zh => "%-m月%-d日",
    }
}
