//! A batch of rows: recognised together, decided one by one, written with few statements.

use std::collections::HashMap;

use kernel::{CustomerId, CustomerTagId, FieldError, ImportId, MemberId, Result, Sentence, ShopId, Timestamp, say};
use platform::{Tx, event::Actor, search};

use super::{
    columns::{ConsentColumn, ImportField},
    known::Known,
    news::{News, all_of},
    row::{Plan, Said, Wrong},
};
use crate::{
    consent::{Consent, Evidence, Source, Word},
    customer::{Customer, Identity},
    events::CustomersImported,
    note::Note,
    person::{self, CUSTOMER},
    store, tag,
};

/// What became of a row.
#[derive(Debug)]
pub(crate) enum Outcome {
    New,
    Changed,
    Unchanged,
    Refused(Wrong),
}

/// On whose behalf rows are written down, and how.
pub(crate) struct Batch<'a> {
    pub shop: ShopId,
    pub import: ImportId,
    pub by: MemberId,
    pub who: Actor,
    pub plan: &'a Plan,
    pub new_tags: bool,
    /// When what the file says was so.
    pub said_at: Timestamp,
    /// Whether nobody is changed.
    pub dry: bool,
}

impl Batch<'_> {
    /// Writes down what is news; what became of each row.
    pub async fn take(&self, tx: &mut Tx<'_>, rows: &[&Said]) -> Result<Vec<Outcome>> {
        let known = Known::of(tx, self.shop, rows).await?;
        let tags = self.tags(tx, rows).await?;
        let (mut outcomes, mut appeared, mut changed) = (Vec::with_capacity(rows.len()), Newcomers::default(), Vec::new());
        for said in rows {
            let outcome = match self.decide(said, &known, &tags) {
                Err(wrong) => Outcome::Refused(wrong),
                Ok((Some(_), news)) if news.is_none() => Outcome::Unchanged,
                Ok((Some(id), news)) => {
                    if !self.dry {
                        self.change(tx, id, news).await?;
                        changed.push(id);
                    }
                    Outcome::Changed
                }
                Ok((None, news)) => {
                    if !self.dry {
                        self.welcome(tx, &mut appeared, news);
                    }
                    Outcome::New
                }
            };
            outcomes.push(outcome);
        }
        let came: Vec<CustomerId> = appeared.customers.iter().map(|customer| customer.id).collect();
        appeared.write(tx, self.shop).await?;
        if !came.is_empty() || !changed.is_empty() {
            tx.announce(&self.who, CustomersImported { import: self.import, appeared: came, changed }).await?;
        }
        Ok(outcomes)
    }

    fn decide(&self, said: &Said, known: &Known, tags: &Tags) -> Result<(Option<CustomerId>, News), Wrong> {
        let person = known.recognise(said, self.plan).map_err(|wrong| vec![wrong])?;
        let named: Result<Vec<CustomerTagId>, Sentence> = said.tags.iter().map(|name| tags.named(name)).collect();
        let named = named.map_err(|message| vec![FieldError { field: self.plan.heading(ImportField::Tags), message }])?;
        Ok(match person {
            Some(person) => (Some(person.id), News::about(person, said, &named, known, self.plan)),
            None => (None, all_of(said, known, named, self.plan)),
        })
    }

    /// The shop's tags, with those the rows name that were not there.
    async fn tags(&self, tx: &mut Tx<'_>, rows: &[&Said]) -> Result<Tags> {
        let mut tags = Tags::default();
        if rows.iter().all(|said| said.tags.is_empty()) {
            return Ok(tags);
        }
        for tag in tag::all(tx, self.shop).await? {
            tags.ids.insert(tag.name.to_lowercase(), tag.id);
        }
        for name in rows.iter().flat_map(|said| &said.tags) {
            let key = name.to_lowercase();
            if tags.ids.contains_key(&key) {
                continue;
            }
            if !self.new_tags || tags.ids.len() >= tag::MOST {
                tags.are_all = tags.ids.len() >= tag::MOST;
                continue;
            }
            let id = if self.dry { tx.new_id() } else { tag::create(tx, &self.who, name.clone()).await?.id };
            tags.ids.insert(key, id);
        }
        Ok(tags)
    }

    async fn change(&self, tx: &mut Tx<'_>, id: CustomerId, news: News) -> Result<()> {
        let mut customer = store::customer(tx, self.shop, id).await?;
        news.correction.set_right(&mut customer);
        store::save(tx, &customer).await?;
        for (kind, address, verified) in &news.addresses {
            store::add_identity(tx, &customer, *kind, address, *verified).await?;
        }
        for tag in &news.tags {
            store::tags::put(tx, self.shop, id, *tag).await?;
        }
        for (attribute, value) in &news.values {
            store::attributes::put(tx, self.shop, id, *attribute, Some(value)).await?;
        }
        store::notes::insert_all(tx, &self.notes(tx, id, news.note)).await?;
        store::consents::insert_all(tx, &self.consents(tx, id, news.consents)).await?;
        person::make_findable(tx, self.shop, id).await
    }

    /// Gathers what somebody new is written down with.
    fn welcome(&self, tx: &Tx<'_>, newcomers: &mut Newcomers, news: News) {
        let mut customer = Customer::new(self.shop, tx.new_id(), tx.now());
        let id = customer.id;
        news.correction.set_right(&mut customer);
        customer.identities = news
            .addresses
            .into_iter()
            .map(|(kind, address, verified)| Identity { id: tx.new_id(), kind, address, verified, since: tx.now() })
            .collect();
        newcomers.tagged.extend(news.tags.into_iter().map(|tag| (id, tag)));
        newcomers.values.extend(news.values.into_iter().map(|(attribute, value)| (id, attribute, value)));
        newcomers.notes.extend(self.notes(tx, id, news.note));
        newcomers.consents.extend(self.consents(tx, id, news.consents));
        newcomers.customers.push(customer);
    }

    fn notes(&self, tx: &Tx<'_>, about: CustomerId, text: Option<String>) -> Vec<Note> {
        let note =
            |text| Note { shop: self.shop, id: tx.new_id(), customer: about, author: self.by, text, written_at: tx.now(), edited_at: None };
        text.map(note).into_iter().collect()
    }

    fn consents(&self, tx: &Tx<'_>, customer: CustomerId, said: Vec<(ConsentColumn, bool)>) -> Vec<Consent> {
        let consent = |(about, given): (ConsentColumn, bool)| {
            let ConsentColumn { channel, purpose, origin } = about;
            let evidence = Evidence { origin: Some(origin), ..Evidence::default() };
            let word = Word { channel, purpose, given, source: Source::Import, evidence, at: self.said_at };
            Consent { shop: self.shop, id: tx.new_id(), customer, customer_first: customer, word, by: Some(self.by) }
        };
        said.into_iter().map(consent).collect()
    }
}

/// The shop's tags by name.
#[derive(Default)]
struct Tags {
    ids: HashMap<String, CustomerTagId>,
    /// Whether there is no room for more.
    are_all: bool,
}

impl Tags {
    fn named(&self, name: &str) -> Result<CustomerTagId, Sentence> {
        let message = || match self.are_all {
            true => say!("import-no-room-for-tag", name, most = tag::MOST),
            false => say!("import-tag-not-there", name),
        };
        self.ids.get(&name.to_lowercase()).copied().ok_or_else(message)
    }
}

/// Those who were not known, with all that is written down about them.
#[derive(Default)]
struct Newcomers {
    customers: Vec<Customer>,
    tagged: Vec<(CustomerId, CustomerTagId)>,
    values: Vec<(CustomerId, kernel::AttributeId, serde_json::Value)>,
    notes: Vec<Note>,
    consents: Vec<Consent>,
}

impl Newcomers {
    async fn write(self, tx: &mut Tx<'_>, shop: ShopId) -> Result<()> {
        let now = tx.now();
        store::insert_all(tx, &self.customers).await?;
        let addresses = self.customers.iter().flat_map(|customer| customer.identities.iter().map(move |identity| (customer, identity)));
        store::add_identities(tx, &addresses.collect::<Vec<_>>()).await?;
        store::tags::put_new(tx, shop, &self.tagged).await?;
        store::attributes::put_new(tx, shop, &self.values).await?;
        store::notes::insert_all(tx, &self.notes).await?;
        store::consents::insert_all(tx, &self.consents).await?;
        let findable: Vec<_> = self.customers.iter().map(|customer| (customer.id.into(), customer.search_text())).collect();
        search::put_new(tx, shop, CUSTOMER, now, &findable).await
    }
}
