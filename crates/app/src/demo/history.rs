//! A long past for the demo shop: what Ombud is like with as many conversations as a shop has after years.

use customers::customer::{self, Details};
use inbox::{
    conversation,
    message::{self, Incoming, Opening},
};
use kernel::{Result, ShopId, minutes};
use platform::{Agent, Tx, db::Lane};

use super::{
    stories::{Stories, Story},
    tell::{FOUNDED_AGO, Told},
};
use channels::webchat::NAME;

/// Told in one transaction.
const AT_ONCE: usize = 200;
/// One in so many has not been settled yet.
const SETTLED_BUT: usize = 40;

impl Told {
    /// Tells so many conversations of earlier days, with the customers and the words of the stories.
    ///
    /// The chat is not open yet, so nobody is answered automatically.
    pub(super) async fn remember(&self, stories: &Stories, conversations: usize) -> Result<()> {
        // up to where the stories themselves begin
        let newest = stories.conversations.iter().flat_map(|story| &story.messages).map(|said| minutes(said.minutes_ago)).max();
        let (from, upto) = (self.now - FOUNDED_AGO, self.now - newest.unwrap_or_default());
        for first in (0..conversations).step_by(AT_ONCE) {
            self.clock.set(from + (upto - from) / conversations as i64 * first as i64);
            let (shop, owner, told) = (self.shop, self.owner.clone(), stories.conversations.clone());
            let last = conversations.min(first + AT_ONCE);
            self.app
                .db()
                .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
                    for n in first..last {
                        tell(tx, shop, &owner, &told[n % told.len()], n).await?;
                    }
                    Ok(())
                })
                .await?;
        }
        self.app.work_off().await.map(drop)
    }
}

async fn tell(tx: &mut Tx<'_>, shop: ShopId, owner: &Agent, story: &Story, n: usize) -> Result<()> {
    let c = story.customer.clone();
    let details = Details { name: c.name, language: Some(c.language), country: c.country, ..Details::default() };
    let customer = customer::appear(tx, shop, details).await?.id;
    let said = story.messages.first().map(|said| said.text.as_str()).unwrap_or_default();
    // the number makes each of them one that can be searched for
    let text = format!("{said} ({})", 100_000 + n);
    let incoming = Incoming { shop, customer, channel: NAME, client_id: format!("earlier {n}"), text, files: Vec::new() };
    let opening = Opening { language: Some(c.language), ..Opening::default() };
    let id = message::open(tx, incoming, opening).await?.conversation.id;
    if !n.is_multiple_of(SETTLED_BUT) {
        conversation::resolve(tx, owner, id).await?;
    }
    Ok(())
}
