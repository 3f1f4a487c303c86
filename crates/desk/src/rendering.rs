//! A macro filled in for one conversation: facts are read first, the text is made after the transaction is over.

use customers::{Person, customer::AddressKind};
use inbox::conversation::{self, Conversation};
use kernel::{ConversationId, Error, Language, MacroId, Result, say};
use platform::{Agent, App, Tx, html, template};
use serde_json::{Value, json};
use team::shop::Shop;

use crate::{
    macros::{self, Macro},
    store,
};

/// A reply ready to be looked at before it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    pub text: String,
    pub html: String,
    pub language: Language,
    /// What the text asks for and nobody knows, such as `customer.first_name`.
    pub missing: Vec<String>,
}

/// Fills a macro in for a conversation, and counts that it was used.
///
/// Errors: `NotFound` when there is no such macro or conversation for this member, `Invalid` when the text cannot be filled in.
pub async fn render(app: &App, who: Agent, id: MacroId, conversation: ConversationId) -> Result<Rendering> {
    let shop = who.shop;
    let facts = app.read(async move |tx: &mut Tx<'_>| Facts::load(tx, &who, id, conversation).await).await?;
    // a text meant to do harm takes its time; it must not take the time of others
    let rendering = tokio::task::spawn_blocking(move || facts.fill_in()).await.map_err(Error::broken)??;
    app.write(async move |tx: &mut Tx<'_>| store::count_use(tx, shop, id).await).await?;
    Ok(rendering)
}

/// Everything a rendering is made of.
struct Facts {
    saved: Macro,
    agent: String,
    shop: Shop,
    conversation: Conversation,
    customer: Person,
}

impl Facts {
    async fn load(tx: &mut Tx<'_>, who: &Agent, id: MacroId, conversation: ConversationId) -> Result<Facts> {
        let saved = macros::by_id(tx, who, id).await?;
        let shop = team::shop::get(tx, who.shop).await?;
        let conversation = conversation::by_id(tx, who.shop, conversation).await?;
        let customer = customers::person::by_id(tx, who.shop, conversation.customer_first).await?;
        Ok(Facts { saved, agent: who.name.to_string(), shop, conversation, customer })
    }

    fn fill_in(&self) -> Result<Rendering> {
        let wanted = self.conversation.language.or(self.customer.language).unwrap_or(self.shop.language);
        let (language, text) = self.saved.text(wanted, self.shop.language).ok_or(Error::NotFound(say!("macro-without-text")))?;
        let filled = template::render(text, &self.values())?;
        Ok(Rendering { html: html::from_text(&filled.text), text: filled.text, language, missing: filled.missing })
    }

    fn values(&self) -> Value {
        json!({
            "customer": {
                "name": self.customer.name,
                "first_name": self.customer.first_name(),
                "email": self.customer.address(AddressKind::Email).map(|email| &email.address),
            },
            "agent": { "name": self.agent, "first_name": self.agent.split_whitespace().next() },
            "shop": { "name": self.shop.name },
            "conversation": { "number": self.conversation.number },
        })
    }
}
