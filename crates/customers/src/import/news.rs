//! What of a row is news about somebody who is known: decided without looking anywhere.

use kernel::{AttributeId, CustomerTagId};
use serde_json::Value;

use super::{
    columns::{ConsentColumn, Existing},
    known::Known,
    row::{Plan, Said},
};
use crate::{
    address,
    consent::{self, Word},
    correction::Correction,
    customer::AddressKind,
    person::Person,
};

/// What a row adds to what is known; empty when it adds nothing.
#[derive(Default)]
pub(crate) struct News {
    pub correction: Correction,
    /// Addresses, and whether they are proved.
    pub addresses: Vec<(AddressKind, String, bool)>,
    pub tags: Vec<CustomerTagId>,
    pub values: Vec<(AttributeId, Value)>,
    pub note: Option<String>,
    pub consents: Vec<(ConsentColumn, bool)>,
}

impl News {
    /// Whether it adds nothing.
    pub fn is_none(&self) -> bool {
        let Correction { name, language, country, birthday, .. } = &self.correction;
        let said = name.is_some() || language.is_some() || country.is_some() || birthday.is_some();
        let lists = [self.addresses.is_empty(), self.tags.is_empty(), self.values.is_empty(), self.consents.is_empty()];
        !said && self.note.is_none() && lists.iter().all(|empty| *empty)
    }

    /// What is news about this person; `tags` are those the row names.
    pub fn about(person: &Person, said: &Said, tags: &[CustomerTagId], known: &Known, plan: &Plan) -> News {
        let overwrite = plan.mapping.existing == Existing::Overwrite;
        let id = person.id;
        let carried = known.tags.get(&id).map_or(&[][..], Vec::as_slice);
        let (values, noted) = (known.values.get(&id), known.notes.get(&id));
        News {
            correction: Correction {
                name: news(&person.name, &said.name, overwrite),
                language: news(&person.language, &said.language, overwrite),
                country: news(&person.country, &said.country, overwrite).or_else(|| news(&person.country, &plan.mapping.country, false)),
                birthday: news(&person.birthday, &said.birthday, overwrite),
                ..Correction::default()
            },
            addresses: addresses(person, said, known, plan.mapping.proved, overwrite),
            tags: tags.iter().filter(|tag| !carried.contains(tag)).copied().collect(),
            values: said
                .values
                .iter()
                .filter(|(attribute, value)| match values.and_then(|values| values.get(attribute)) {
                    Some(there) => overwrite && !same(there, value),
                    None => true,
                })
                .cloned()
                .collect(),
            note: said.note.clone().filter(|note| !noted.is_some_and(|notes| notes.contains(note))),
            consents: consents(known.consents.get(&id).map_or(&[][..], Vec::as_slice), &said.consents),
        }
    }
}

fn news<T: Clone + PartialEq>(there: &Option<T>, said: &Option<T>, overwrite: bool) -> Option<Option<T>> {
    let is_news = said.is_some() && (there.is_none() || overwrite && there != said);
    is_news.then(|| said.clone())
}

/// Numbers are the same however they are written.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => one == other,
        _ => one == other,
    }
}

fn addresses(person: &Person, said: &Said, known: &Known, proved: bool, overwrite: bool) -> Vec<(AddressKind, String, bool)> {
    let mut addresses = Vec::new();
    let mut add = |kind, address: &Option<String>, verified: bool, wanted: bool| {
        addresses.extend(address.clone().filter(|_| wanted).map(|address| (kind, address, verified)));
    };
    let is_theirs = |kind, address: &Option<String>| address.as_ref().is_some_and(|address| person.has(kind, address));
    // one they have is enough, unless what the file says counts for more
    let lacks = |kind, address: &Option<String>| !is_theirs(kind, address) && (overwrite || person.address(kind).is_none());
    let room = person.identities.len() + 2 < address::MOST;

    let to_prove = proved && known.owner_of_email(said).is_none();
    let claimed = lacks(AddressKind::Email, &said.email) && room;
    add(AddressKind::Email, &said.email, to_prove, claimed || (to_prove && is_theirs(AddressKind::Email, &said.email)));
    add(AddressKind::Phone, &said.phone, false, lacks(AddressKind::Phone, &said.phone) && room);
    // the shop knows them by it, and nobody else
    add(AddressKind::Account, &said.account, true, known.owner_of_account(said).is_none() && room);
    addresses
}

/// A yes is news where nobody was asked: what was taken back only they bring back. A no is, unless it holds already.
fn consents(words: &[Word], said: &[(ConsentColumn, bool)]) -> Vec<(ConsentColumn, bool)> {
    let standing = consent::standing(words);
    let is_news = |about: &ConsentColumn, given: bool| {
        let holds = standing.iter().find(|holds| holds.channel == about.channel && holds.purpose == about.purpose);
        holds.is_none_or(|holds| !given && holds.given)
    };
    said.iter().filter(|(about, given)| is_news(about, *given)).cloned().collect()
}

/// Somebody new, as a row tells of them: all of it is news.
pub(crate) fn all_of(said: &Said, known: &Known, tags: Vec<CustomerTagId>, plan: &Plan) -> News {
    let mut addresses = Vec::new();
    if let Some(account) = &said.account {
        addresses.push((AddressKind::Account, account.clone(), true));
    }
    if let Some(email) = &said.email {
        addresses.push((AddressKind::Email, email.clone(), plan.mapping.proved && known.owner_of_email(said).is_none()));
        if said.account.is_none() {
            // by which the next file finds them, and a guest's order
            addresses.push((AddressKind::Guest, email.clone(), true));
        }
    }
    addresses.extend(said.phone.clone().map(|phone| (AddressKind::Phone, phone, false)));
    News {
        correction: Correction {
            name: said.name.clone().map(Some),
            language: said.language.map(Some),
            country: said.country.clone().or_else(|| plan.mapping.country.clone()).map(Some),
            birthday: said.birthday.map(Some),
            ..Correction::default()
        },
        addresses,
        tags,
        values: said.values.clone(),
        note: said.note.clone(),
        consents: said.consents.clone(),
    }
}
