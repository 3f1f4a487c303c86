//! What a shop's contact form asks, and what it says.

use kernel::{DepartmentId, Language, MailboxId, Result, ShopId, Texts, invalid, say};
use platform::{
    Agent, Tx,
    http::{Check, Validate},
    keyed,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::words;
use crate::{
    events::ContactFormChanged,
    store::{contact as store, mailboxes},
    webchat::settings::Asked,
};

/// Every question costs some customers.
const MOST_QUESTIONS: usize = 10;
const MOST_OPTIONS: usize = 50;

keyed! {
    /// How a question is answered.
    #[derive(Default)]
    pub enum QuestionKind {
        #[default]
        Line = "line",
        Text = "text",
        Choice = "choice",
    }
}

/// A question of the shop's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactQuestion {
    pub label: Texts,
    pub kind: QuestionKind,
    /// What can be chosen: one a line, in the same order in every language.
    pub options: Texts,
    pub required: bool,
}

/// What a member can set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactSettings {
    /// Whether anybody can write.
    pub enabled: bool,
    /// The mailbox answers come from.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")] // null is said, not left out
    pub mailbox: Option<MailboxId>,
    pub title: Texts,
    pub intro: Texts,
    /// What is said to whoever has written, on the page and by e-mail; Liquid, with `shop.name`, and `opens_date` and
    /// `opens_time` while closed. Nothing is said where it is empty.
    pub acknowledgement: Texts,
    pub ask_name: Asked,
    /// Whether they choose a department.
    pub departments_choice: bool,
    /// Who looks after what comes in, where nobody is chosen.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")]
    pub department: Option<DepartmentId>,
    pub questions: Vec<ContactQuestion>,
    pub takes_files: bool,
}

impl Default for ContactSettings {
    fn default() -> Self {
        let order =
            ContactQuestion { label: words::texts("default-order"), kind: QuestionKind::Line, options: Texts::default(), required: false };
        ContactSettings {
            enabled: false,
            mailbox: None,
            title: words::texts("default-title"),
            intro: words::texts("default-intro"),
            acknowledgement: words::texts("default-acknowledgement"),
            ask_name: Asked::Optional,
            departments_choice: false,
            department: None,
            questions: vec![order],
            takes_files: true,
        }
    }
}

impl ContactQuestion {
    /// What can be chosen, in a language.
    pub fn choices(&self, language: Language, shop: Language) -> Vec<&str> {
        self.options.get(language, shop).unwrap_or_default().lines().collect()
    }

    fn check(&mut self, check: &mut Check, field: &str) {
        let named = format!("{field}.label");
        check.texts(&named, &mut self.label, 120);
        check.that(!self.label.0.is_empty(), &named, say!("must-not-be-empty"));
        let named = format!("{field}.options");
        check.texts(&named, &mut self.options, 4_000);
        for text in self.options.0.values_mut() {
            *text = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        }
        if self.kind != QuestionKind::Choice {
            self.options = Texts::default();
            return;
        }
        let counts: Vec<usize> = self.options.0.values().map(|text| text.lines().count()).collect();
        let most = counts.iter().max().copied().unwrap_or_default();
        check.that(most > 0, &named, say!("must-not-be-empty"));
        check.that(most <= MOST_OPTIONS, &named, say!("too-many-entries", most = MOST_OPTIONS, count = most));
        check.that(counts.iter().all(|count| *count == most), &named, say!("contact-options-uneven"));
    }
}

impl Validate for ContactSettings {
    fn check(&mut self, check: &mut Check) {
        check.texts("title", &mut self.title, 120);
        check.texts("intro", &mut self.intro, 1_000);
        check.texts("acknowledgement", &mut self.acknowledgement, 1_000);
        for (language, text) in &self.acknowledgement.0 {
            if let Err(error) = platform::template::check(text) {
                check.that(false, &format!("acknowledgement.{language}"), error.sentence());
            }
        }
        check.at_most("questions", &self.questions, MOST_QUESTIONS);
        for (at, question) in self.questions.iter_mut().take(MOST_QUESTIONS).enumerate() {
            question.check(check, &format!("questions[{at}]"));
        }
        check.that(!self.enabled || self.mailbox.is_some(), "mailbox", say!("contact-needs-mailbox"));
    }
}

/// A shop's contact form, which nobody can write through until a member says so.
pub async fn of_shop(tx: &mut Tx<'_>, shop: ShopId) -> Result<ContactSettings> {
    Ok(store::settings(tx, shop).await?.map(|(settings, _)| settings).unwrap_or_default())
}

/// Replaces a shop's settings.
///
/// Errors: `Invalid` on a mailbox or a department that is not there.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, settings: ContactSettings) -> Result<ContactSettings> {
    if let Some(mailbox) = settings.mailbox
        && mailboxes::maybe(tx, who.shop, mailbox).await?.is_none()
    {
        return Err(invalid("mailbox", say!("mailbox-not-found")));
    }
    team::department::must_be_there(tx, who.shop, settings.department).await?;
    match store::settings(tx, who.shop).await? {
        Some((before, _)) if before == settings => return Ok(settings),
        Some((_, version)) => store::save(tx, who.shop, &settings, version).await?,
        None => store::insert(tx, who.shop, &settings).await?,
    }
    tx.announce(who, ContactFormChanged { shop: who.shop }).await?;
    Ok(settings)
}
