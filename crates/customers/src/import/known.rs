//! Whom the rows of a batch may be about: looked up for all of them at once.

use std::collections::{BTreeSet, HashMap};

use kernel::{CustomerId, FieldError, Result, ShopId, say};
use platform::Tx;

use super::{
    columns::ImportField,
    row::{Plan, Said},
};
use crate::{
    consent::Word,
    customer::AddressKind,
    person::{self, Person},
    store,
};

/// What is known of those a batch may be about.
pub(crate) struct Known {
    accounts: HashMap<String, CustomerId>,
    /// Who has proved an e-mail address.
    emails: HashMap<String, CustomerId>,
    /// Who is the guest of one, by the shop's books.
    guests: HashMap<String, CustomerId>,
    persons: HashMap<CustomerId, Person>,
    pub tags: HashMap<CustomerId, Vec<kernel::CustomerTagId>>,
    pub values: HashMap<CustomerId, store::attributes::Known>,
    pub notes: HashMap<CustomerId, Vec<String>>,
    pub consents: HashMap<CustomerId, Vec<Word>>,
}

impl Known {
    pub async fn of(tx: &mut Tx<'_>, shop: ShopId, rows: &[&Said]) -> Result<Known> {
        let keys = |kind, of: fn(&Said) -> Option<&String>| -> Vec<String> {
            let keys: BTreeSet<String> = rows.iter().filter_map(|said| of(said)).map(|address| store::key(kind, address)).collect();
            keys.into_iter().collect()
        };
        let accounts = keys(AddressKind::Account, |said| said.account.as_ref());
        let addresses = keys(AddressKind::Email, |said| said.email.as_ref());
        let accounts = store::verified_owners(tx, shop, AddressKind::Account, &accounts).await?;
        let emails = store::verified_owners(tx, shop, AddressKind::Email, &addresses).await?;
        let guests = store::verified_owners(tx, shop, AddressKind::Guest, &addresses).await?;
        let named = rows.iter().filter_map(|said| said.id);
        let ids: Vec<CustomerId> = accounts.values().chain(emails.values()).chain(guests.values()).copied().chain(named).collect();
        let persons = person::by_ids(tx, shop, &ids).await?;

        let whole: BTreeSet<CustomerId> = persons.values().map(|person| person.id).collect();
        let whole: Vec<CustomerId> = whole.into_iter().collect();
        let about = |there: bool| if there { whole.as_slice() } else { &[] };
        Ok(Known {
            tags: store::tags::of_each(tx, shop, about(rows.iter().any(|said| !said.tags.is_empty()))).await?,
            values: store::attributes::values_of_each(tx, shop, about(rows.iter().any(|said| !said.values.is_empty()))).await?,
            notes: store::notes::texts_of_each(tx, shop, about(rows.iter().any(|said| said.note.is_some()))).await?,
            consents: store::consents::of_each(tx, shop, about(rows.iter().any(|said| !said.consents.is_empty()))).await?,
            accounts,
            emails,
            guests,
            persons,
        })
    }

    /// Who a row is about, if there is such a customer already: by Ombud's own id, by the account, or by an address that was
    /// proved or stands in the shop's books. What somebody only claimed finds nobody.
    ///
    /// Errors: what stands in the way of writing anything down about them.
    pub fn recognise(&self, said: &Said, plan: &Plan) -> Result<Option<&Person>, FieldError> {
        let person = |id: &CustomerId| self.persons.get(id);
        let by_id = said.id.as_ref().and_then(person);
        let by_account = self.owner_of_account(said).as_ref().and_then(person);
        let by_email = match (&said.account, self.owner_of_email(said)) {
            // an account says who it is; an address that nobody has proved says nothing against it
            (Some(_), owner) if plan.mapping.proved => owner,
            (Some(_), _) => None,
            (None, owner) => owner.or_else(|| self.guest(said)),
        };
        if let (Some(by_id), Some(by_account)) = (by_id, by_account)
            && by_id.id != by_account.id
        {
            return Err(FieldError { field: plan.heading(ImportField::Account), message: say!("import-account-of-another") });
        }
        let found = by_id.or(by_account).or_else(|| by_email.as_ref().and_then(person));
        if found.is_some_and(|person| person.erased_at.is_some()) {
            return Err(FieldError { field: String::new(), message: say!("customer-erased") });
        }
        if said.odd_phone.as_ref().is_some_and(|phone| !found.is_some_and(|person| person.has(AddressKind::Phone, phone))) {
            return Err(FieldError { field: plan.heading(ImportField::Phone), message: say!("not-a-phone-number") });
        }
        if found.is_none() && said.account.is_none() && said.email.is_none() {
            return Err(FieldError { field: plan.heading(ImportField::Id), message: say!("import-id-of-nobody") });
        }
        Ok(found)
    }

    /// Who has the account a row names.
    pub fn owner_of_account(&self, said: &Said) -> Option<CustomerId> {
        self.accounts.get(&store::key(AddressKind::Account, said.account.as_ref()?)).copied()
    }

    /// Who has proved the address a row names.
    pub fn owner_of_email(&self, said: &Said) -> Option<CustomerId> {
        self.emails.get(&store::key(AddressKind::Email, said.email.as_ref()?)).copied()
    }

    fn guest(&self, said: &Said) -> Option<CustomerId> {
        self.guests.get(&store::key(AddressKind::Guest, said.email.as_ref()?)).copied()
    }
}
