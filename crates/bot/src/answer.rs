//! What the bot says: facts are read first, the text is made after the transaction is over.

use kernel::{Error, Language, OrderId, Result, ShopId, Timestamp, VisitorId, say};
use platform::{App, Tx, template};
use serde_json::json;
use team::{
    schedule::{self, Schedule},
    shop::Shop,
};

use crate::{
    hours,
    quick_replies::{self, Reply, Topic},
    said::{self, Said},
};

/// What the bot says, and the same under the shop's seal for the browser to keep.
#[derive(Debug, Clone)]
pub struct Answer {
    pub said: Said,
    pub sealed: String,
}

impl Answer {
    /// Said to this visitor alone, or to anybody.
    pub(crate) fn new(
        app: &App,
        shop: ShopId,
        asked: String,
        text: &str,
        to: Option<VisitorId>,
        trouble: Option<OrderId>,
    ) -> Result<Answer> {
        let answered = text.trim().chars().take(said::LONGEST).collect();
        let said = Said { asked, answered, at: app.now(), to, trouble };
        Ok(Answer { sealed: said.sealed(app, shop)?, said })
    }
}

/// What the bot says to a topic, in this language or else in the shop's.
///
/// Errors: `NotFound` when the shop does not offer it.
pub async fn answer(app: &App, shop: ShopId, language: Option<Language>, topic: Topic) -> Result<Answer> {
    let facts = app.read(async move |tx: &mut Tx<'_>| Facts::load(tx, shop, language, topic).await).await?;
    let asked = topic.label(facts.language);
    // a text meant to do harm takes its time; it must not take the time of others
    let text = tokio::task::spawn_blocking(move || facts.words()).await.map_err(Error::broken)??;
    Answer::new(app, shop, asked, &text, None, None)
}

/// Everything an answer is made of.
struct Facts {
    shop: Shop,
    language: Language,
    reply: Reply,
    schedule: Schedule,
    now: Timestamp,
}

impl Facts {
    async fn load(tx: &mut Tx<'_>, shop: ShopId, language: Option<Language>, topic: Topic) -> Result<Facts> {
        let shop = team::shop::get(tx, shop).await?;
        let language = language.unwrap_or(shop.language);
        let reply = quick_replies::of_shop(tx, shop.id).await?.reply(topic, language, shop.language);
        let reply = reply.ok_or(Error::NotFound(say!("quick-reply-not-offered")))?;
        let schedule = schedule::all(tx, shop.id).await?.into_iter().next().ok_or(Error::NotFound(say!("quick-reply-not-offered")))?;
        Ok(Facts { shop, language, reply, schedule, now: tx.now() })
    }

    fn words(&self) -> Result<String> {
        match &self.reply {
            Reply::Written(text) => Ok(template::render(text, &json!({ "shop": { "name": self.shop.name } }))?.text),
            Reply::Hours => Ok(hours::in_words(&self.schedule, self.language, self.now)),
        }
    }
}
