//! A long past for the demo shop: what Ombud is like with as many conversations as a shop has after years.

use commerce::order::{self, Facts};
use customers::{
    Buyer,
    customer::{self, Details},
};
use inbox::{
    conversation,
    message::{self, Incoming, Opening},
};
use kernel::{CustomerId, Result, ShopId, minutes};
use platform::{Agent, Tx, db::Lane};

use super::{
    Past,
    stories::{Stories, Story},
    tell::{FOUNDED_AGO, Told},
};
use channels::webchat::NAME;

/// Told in one transaction.
const AT_ONCE: usize = 200;
/// One in so many has not been settled yet.
const SETTLED_BUT: usize = 40;

impl Told {
    /// Tells so many conversations of earlier days, with the customers, the words and the orders of the stories.
    ///
    /// The chat is not open yet, so nobody is answered automatically.
    pub(super) async fn remember(&self, stories: &Stories, past: Past) -> Result<()> {
        let Past { conversations, orders_each } = past;
        let orders = self.sold_in(stories)?;
        // up to where the stories themselves begin
        let newest = stories.conversations.iter().flat_map(|story| &story.messages).map(|said| minutes(said.minutes_ago)).max();
        let (from, upto) = (self.now - FOUNDED_AGO, self.now - newest.unwrap_or_default());
        for first in (0..conversations).step_by(AT_ONCE) {
            self.clock.set(from + (upto - from) / conversations as i64 * first as i64);
            let (shop, owner, told, orders) = (self.shop, self.owner.clone(), stories.conversations.clone(), orders.clone());
            let last = conversations.min(first + AT_ONCE);
            self.app
                .db()
                .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
                    for n in first..last {
                        let story = &told[n % told.len()];
                        let bought = (0..orders_each).map(|at| (at, &orders[(n + at) % orders.len()]));
                        let customer = match buy(tx, &owner, n, bought).await? {
                            Some(customer) => customer,
                            None => customer::appear(tx, shop, details(story)).await?.id,
                        };
                        tell(tx, shop, (&owner, customer), story, n).await?;
                    }
                    Ok(())
                })
                .await?;
        }
        self.app.work_off().await.map(drop)
    }
}

fn details(story: &Story) -> Details {
    let c = story.customer.clone();
    Details { name: c.name, language: Some(c.language), country: c.country, ..Details::default() }
}

/// Tells that somebody bought this; who they are, if it was anything.
async fn buy(
    tx: &mut Tx<'_>,
    owner: &Agent,
    n: usize,
    bought: impl Iterator<Item = (usize, &(Buyer, Facts))>,
) -> Result<Option<CustomerId>> {
    let mut customer = None;
    for (at, (buyer, facts)) in bought {
        // nobody else has the address of somebody, however many are called alike
        let details = Details { email: Some(format!("{}@earlier.example", 100_000 + n)), ..buyer.details.clone() };
        let buyer = Buyer { account: Some(format!("earlier {n}")), details, ..buyer.clone() };
        let number = format!("{}/{at}", 100_000 + n);
        let now = tx.now();
        let facts = Facts {
            reference: number.clone(),
            number,
            placed_at: now,
            changed_at: now,
            parcels: Vec::new(),
            disputes: Vec::new(),
            ..facts.clone()
        };
        customer = Some(order::record(tx, owner, buyer, facts).await?.0.customer);
    }
    Ok(customer)
}

async fn tell(tx: &mut Tx<'_>, shop: ShopId, (owner, customer): (&Agent, CustomerId), story: &Story, n: usize) -> Result<()> {
    let said = story.messages.first().map(|said| said.text.as_str()).unwrap_or_default();
    // the number makes each of them one that can be searched for
    let text = format!("{said} ({})", 100_000 + n);
    let incoming = Incoming { text, ..Incoming::of(shop, customer, NAME, format!("earlier {n}")) };
    let opening = Opening { language: Some(story.customer.language), ..Opening::default() };
    let id = message::open(tx, incoming, opening).await?.conversation.id;
    if !n.is_multiple_of(SETTLED_BUT) {
        conversation::resolve(tx, owner, id).await?;
    }
    Ok(())
}
