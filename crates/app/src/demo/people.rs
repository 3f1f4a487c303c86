//! What the demo shop knows of its customers beside what they wrote, as `demo/people.json` tells it.

use std::collections::HashMap;

use commerce::{
    credit::{self, Gift},
    payment::Why,
};
use customers::{
    attribute::{self, AttributeKind, Values},
    birthday::Birthday,
    channel::Channel,
    consent::{self, Evidence, Purpose, Source, Word},
    correction::{self, Correction},
    note, tag,
};
use kernel::{Currency, CustomerId, CustomerTagId, Error, Money, Result};
use platform::Tx;
use serde::Deserialize;

use super::tell::Told;

#[derive(Debug, Deserialize)]
pub(super) struct People {
    tags: Vec<String>,
    attributes: Vec<WrittenAttribute>,
    /// By the key of the story they come from.
    people: HashMap<String, Known>,
}

#[derive(Debug, Clone, Deserialize)]
struct WrittenAttribute {
    key: String,
    label: String,
    kind: AttributeKind,
    #[serde(default)]
    choices: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Known {
    tags: Vec<String>,
    values: Values,
    birthday: Option<Birthday>,
    notes: Vec<WrittenNote>,
    consents: Vec<Said>,
    credit: Option<WrittenGift>,
}

#[derive(Debug, Clone, Deserialize)]
struct WrittenNote {
    by: String,
    text: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Said {
    purpose: Purpose,
    channel: Channel,
    source: Source,
    given: bool,
    wording: String,
}

#[derive(Debug, Clone, Deserialize)]
struct WrittenGift {
    minor: i64,
    currency: Currency,
    by: String,
    reason: String,
}

fn read() -> Result<People> {
    serde_json::from_str(include_str!("../../demo/people.json")).map_err(Error::broken)
}

impl Told {
    /// The shop's own tags and attributes, and what is known of whom.
    pub(super) async fn get_to_know(&mut self) -> Result<()> {
        let People { tags, attributes, people } = read()?;
        for name in tags {
            let who = self.owner.clone();
            let made = self.app.write(async move |tx: &mut Tx<'_>| tag::create(tx, &who, name.clone()).await).await?;
            self.customer_tags.insert(made.name, made.id);
        }
        for WrittenAttribute { key, label, kind, choices } in attributes {
            let who = self.owner.clone();
            let make = async move |tx: &mut Tx<'_>| attribute::create(tx, &who, key.clone(), label.clone(), kind, choices.clone()).await;
            self.app.write(make).await?;
        }
        self.known = people;
        Ok(())
    }

    /// Writes down what is known of whoever the story is about.
    pub(super) async fn know(&self, story: &str, customer: CustomerId) -> Result<()> {
        let Some(known) = self.known.get(story).cloned() else { return Ok(()) };
        let mut notes = Vec::new();
        for WrittenNote { by, text } in known.notes {
            notes.push((self.agent(&by)?, text));
        }
        let gift = known.credit.map(|gift| self.agent(&gift.by).map(|who| (who, gift))).transpose()?;
        let tags: Vec<CustomerTagId> = known.tags.iter().filter_map(|name| self.customer_tags.get(name).copied()).collect();
        let (who, story, now) = (self.owner.clone(), story.to_owned(), self.app.now());
        let (values, birthday, consents) = (known.values, known.birthday, known.consents);
        self.app
            .write(async move |tx: &mut Tx<'_>| {
                tag::replace(tx, &who, customer, &tags).await?;
                attribute::learn(tx, &who, customer, &values).await?;
                correction::correct(tx, &who, customer, Correction { birthday: birthday.map(Some), ..Correction::default() }).await?;
                for (who, text) in &notes {
                    note::write(tx, who, customer, text.clone()).await?;
                }
                for Said { purpose, channel, source, given, wording } in consents.clone() {
                    let evidence = Evidence { wording: Some(wording), ..Evidence::default() };
                    consent::record(tx, &who, customer, Word { channel, purpose, given, source, evidence, at: now }).await?;
                }
                if let Some((who, gift)) = &gift {
                    let why = Why { reason: gift.reason.clone(), key: format!("demo {story}") };
                    let amount = Money { minor: gift.minor, currency: gift.currency };
                    credit::grant(tx, who, customer, &Gift { amount, expires_at: None, why }).await?;
                }
                Ok(())
            })
            .await
    }
}
