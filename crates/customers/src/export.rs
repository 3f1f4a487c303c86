//! Exports: the list of customers as it is narrowed, as a table that is sent while it is read.

use std::collections::HashMap;

use axum::response::Response;
use kernel::{CustomerId, CustomerTagId, Result, ShopId};
use platform::{Agent, App, Tx, keyed};
use serde_json::Value;

use crate::{
    attribute::{self, Attribute},
    channel::Channel,
    consent::{self, Purpose, Word},
    customer::AddressKind,
    events::CustomersExported,
    import::cell,
    list::{self, Filter},
    store,
    table::Table,
    tag,
    view::Profile,
};

/// Customers read at once.
const PIECE: i64 = 500;
/// So many are looked for by words.
const MOST_FOUND: i64 = 1_000;

keyed! {
    /// What a table of customers can say of them.
    pub enum ExportColumn {
        Id = "id",
        Account = "account",
        Name = "name",
        Email = "email",
        Phone = "phone",
        Language = "language",
        Country = "country",
        Birthday = "birthday",
        Tags = "tags",
        /// One column for each of the shop's own attributes.
        Attributes = "attributes",
        /// One column for each channel and purpose that outreach asks for.
        Consents = "consents",
        CreatedAt = "created_at",
        LastSeenAt = "last_seen_at",
    }
}

/// What is taken out when nobody says what: all that can be brought in again as it is.
pub(crate) const USUAL: [ExportColumn; 10] = {
    use ExportColumn::*;
    [Id, Account, Name, Email, Phone, Language, Country, Birthday, Tags, Attributes]
};

/// What of consent a table says: what outreach asks for, in the order of the headings.
const CONSENTS: [(Channel, Purpose); 12] = {
    use Channel::{Email, Phone, Sms, Whatsapp};
    use Purpose::{Feedback, Marketing, Service};
    [
        (Email, Marketing),
        (Phone, Marketing),
        (Sms, Marketing),
        (Whatsapp, Marketing),
        (Email, Service),
        (Phone, Service),
        (Sms, Service),
        (Whatsapp, Service),
        (Email, Feedback),
        (Phone, Feedback),
        (Sms, Feedback),
        (Whatsapp, Feedback),
    ]
};

/// Which customers, and what of them.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    pub filter: Filter,
    /// Words that lead to them.
    pub query: Option<String>,
    pub columns: Vec<ExportColumn>,
}

/// Writes down who takes out what; [`table`] is it.
pub(crate) async fn hand_out(tx: &mut Tx<'_>, who: &Agent, wanted: &Wanted) -> Result<()> {
    let columns = wanted.columns.iter().map(|column| column.key().to_owned()).collect();
    tx.announce(who, CustomersExported { columns }).await.map(drop)
}

/// The customers wanted, the oldest first. Whoever was erased is not among them.
pub(crate) fn table(app: &App, shop: ShopId, wanted: Wanted) -> Response {
    let app = app.clone();
    Table::answer("customers", async move |mut table: Table| {
        let sheet = app.read(async move |tx: &mut Tx<'_>| Sheet::of(tx, shop).await).await?;
        table.add([sheet.headings(&wanted.columns)]).await?;
        let mut after = Some(CustomerId::from(uuid::Uuid::nil()));
        while let Some(last) = after {
            let asked = wanted.clone();
            let (rows, next) = app.read(async move |tx: &mut Tx<'_>| page(tx, shop, &asked, last).await).await?;
            table.add(rows.iter().map(|known| sheet.row(&wanted.columns, known))).await?;
            after = next;
        }
        Ok(())
    })
}

/// A customer, with what stands in other tables.
struct Known {
    profile: Profile,
    values: store::attributes::Known,
    words: Vec<Word>,
}

/// Those who come after `last`, and who is the last of them if there may be more.
async fn page(tx: &mut Tx<'_>, shop: ShopId, wanted: &Wanted, last: CustomerId) -> Result<(Vec<Known>, Option<CustomerId>)> {
    let (profiles, next) = match &wanted.query {
        Some(query) => (list::find(tx, shop, &wanted.filter, query, MOST_FOUND).await?, None),
        None => list::after(tx, shop, &wanted.filter, last, PIECE).await?,
    };
    let ids: Vec<CustomerId> = profiles.iter().map(|profile| profile.person.id).collect();
    let asked = |column| if wanted.columns.contains(&column) { ids.as_slice() } else { &[] };
    let mut values = store::attributes::values_of_each(tx, shop, asked(ExportColumn::Attributes)).await?;
    let mut words = store::consents::of_each(tx, shop, asked(ExportColumn::Consents)).await?;
    let known = profiles.into_iter().filter(|profile| profile.person.erased_at.is_none()).map(|profile| {
        let id = profile.person.id;
        Known { values: values.remove(&id).unwrap_or_default(), words: words.remove(&id).unwrap_or_default(), profile }
    });
    Ok((known.collect(), next))
}

/// What the cells of a table are called by.
struct Sheet {
    tags: HashMap<CustomerTagId, String>,
    attributes: Vec<Attribute>,
}

impl Sheet {
    async fn of(tx: &mut Tx<'_>, shop: ShopId) -> Result<Sheet> {
        Ok(Sheet {
            tags: tag::all(tx, shop).await?.into_iter().map(|tag| (tag.id, tag.name)).collect(),
            attributes: attribute::all(tx, shop).await?,
        })
    }

    /// The same words as an import knows columns by.
    fn headings(&self, columns: &[ExportColumn]) -> Vec<String> {
        let of = |column: &ExportColumn| match column {
            ExportColumn::Attributes => self.attributes.iter().map(|attribute| attribute.key.clone()).collect(),
            ExportColumn::Consents => CONSENTS.iter().map(|(channel, purpose)| format!("consent_{channel}_{purpose}")).collect(),
            column => vec![column.key().to_owned()],
        };
        columns.iter().flat_map(of).collect()
    }

    fn row(&self, columns: &[ExportColumn], known: &Known) -> Vec<String> {
        let person = &known.profile.person;
        let address = |kind| person.address(kind).map(|identity| identity.address.clone()).unwrap_or_default();
        let of = |column: &ExportColumn| match column {
            ExportColumn::Id => vec![person.id.to_string()],
            ExportColumn::Account => vec![address(AddressKind::Account)],
            ExportColumn::Name => vec![person.name.clone().unwrap_or_default()],
            ExportColumn::Email => vec![address(AddressKind::Email)],
            ExportColumn::Phone => vec![address(AddressKind::Phone)],
            ExportColumn::Language => vec![person.language.map(|language| language.code().to_owned()).unwrap_or_default()],
            ExportColumn::Country => vec![person.country.clone().unwrap_or_default()],
            ExportColumn::Birthday => vec![person.birthday.map(cell::written).unwrap_or_default()],
            ExportColumn::Tags => {
                let names: Vec<&str> = known.profile.tags.iter().filter_map(|tag| self.tags.get(tag).map(String::as_str)).collect();
                vec![cell::between(&names)]
            }
            ExportColumn::Attributes => self.attributes.iter().map(|one| said(known.values.get(&one.id))).collect(),
            ExportColumn::Consents => {
                let standing = consent::standing(&known.words);
                let holds = |about: &(Channel, Purpose)| standing.iter().find(|holds| (holds.channel, holds.purpose) == *about);
                CONSENTS.iter().map(|about| holds(about).map(|holds| yes_or_no(holds.given)).unwrap_or_default()).collect()
            }
            ExportColumn::CreatedAt => vec![person.created_at.to_string()],
            ExportColumn::LastSeenAt => vec![person.last_seen_at.map(|seen| seen.to_string()).unwrap_or_default()],
        };
        columns.iter().flat_map(of).collect()
    }
}

fn said(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(answer)) => yes_or_no(*answer),
        Some(other) => other.to_string(),
    }
}

fn yes_or_no(answer: bool) -> String {
    if answer { "yes" } else { "no" }.to_owned()
}
