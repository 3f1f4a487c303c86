//! What a shop system has to pass on about personal data: that somebody asks for theirs, or wants to be forgotten.

use kernel::{ConnectionId, CustomerId, Result, ShopId};
use platform::{
    App, Tx,
    event::Actor,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use crate::{events::PrivacyWishToldOf, webhook::News};

/// Whom it is about, as the shop system knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The account, as the copy names it.
    pub account: Option<String>,
    pub email: Option<String>,
}

/// What is wished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// They want to know what is known of them; the shop answers them.
    Data(Person),
    /// They are to be forgotten.
    Redaction(Person),
    /// The shop has left; all of it is to be forgotten.
    ShopRedaction,
}

impl Wish {
    fn name(&self) -> &'static str {
        match self {
            Wish::Data(_) => "data",
            Wish::Redaction(_) => "redaction",
            Wish::ShopRedaction => "shop_redaction",
        }
    }
}

impl From<Wish> for News {
    fn from(wish: Wish) -> News {
        News::Privacy(wish)
    }
}

/// Forgets somebody as their shop system says. What stands in the way needs attention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Redact {
    /// Who they are here: what waits for people to look at it is not to say more of somebody who wants to be forgotten.
    pub customer: CustomerId,
}
impl Job for Redact {
    const KIND: &'static str = "forget_for_shop_system";
}

/// Something only a person can do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Attend {
    connection: ConnectionId,
    why: String,
}
impl Job for Attend {
    const KIND: &'static str = "privacy_request_of_shop_system";
}

/// Notes a wish, and begins with what can be done at once.
pub(crate) async fn take(tx: &mut Tx<'_>, shop: ShopId, connection: ConnectionId, wish: &Wish) -> Result<()> {
    let customer = match wish {
        Wish::Data(person) | Wish::Redaction(person) => known(tx, shop, person).await?,
        Wish::ShopRedaction => None,
    };
    tx.announce(&Actor::system(shop), PrivacyWishToldOf { connection, wish: wish.name().to_owned(), customer }).await?;
    let why = match (wish, customer) {
        (Wish::Redaction(_), Some(customer)) => return tx.enqueue(shop, &Redact { customer }, When::default()).await,
        (Wish::Redaction(_), None) => return Ok(()),
        (Wish::Data(_), Some(id)) => {
            format!("Customer {id} asked the shop for their data: export what is known of them, send it, and then discard this.")
        }
        (Wish::Data(_), None) => "Somebody unknown here asked the shop for their data: nothing has to be sent. Discard this.".to_owned(),
        (Wish::ShopRedaction, _) => {
            "The shop system asks to forget the whole shop: disconnect it with its copy erased, and then discard this.".to_owned()
        }
    };
    let attend = Attend { connection, why };
    let why = attend.why.clone();
    tx.leave_to_people(shop, &attend, &why).await
}

async fn known(tx: &mut Tx<'_>, shop: ShopId, person: &Person) -> Result<Option<CustomerId>> {
    let details = customers::customer::Details { email: person.email.clone(), ..Default::default() };
    let buyer = customers::Buyer { account: person.account.clone(), details, postcode: None };
    customers::buyer::known(tx, shop, &buyer).await
}

pub(crate) async fn redact(app: App, job: Redact, lease: Lease) -> Result<()> {
    let rooms = app.personal_data().to_vec();
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        customers::personal_data::erase(tx, &Actor::system(lease.shop), &rooms, job.customer).await.map(drop)
    })
    .await
}

/// Somebody had it tried again: it is still for people to do.
pub(crate) async fn attend(app: App, job: Attend, lease: Lease) -> Result<()> {
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        tx.leave_to_people(lease.shop, &job, &job.why).await
    })
    .await
}
