//! Takes a partner's call: whoever sends it is known by its signature, and it is answered once it is kept.

use data_encoding::HEXLOWER;
use kernel::{ArrivalId, Error, LineId, Result, ShopId, say};
use platform::{App, Tx, event::Actor, http::Network, job::When, limits::Act};
use sha2::{Digest, Sha256};

use super::{Arrival, named, take_in::TakeIn, told};
use crate::{
    events::CallPutAside,
    partner::{Call, News, Of},
    store::{arrivals, lines},
};

/// No call is larger, in bytes. Meta sends up to three megabytes at once.
pub const MOST: usize = 4 << 20;

/// Takes a call; returns once it is kept. One that has come before does nothing.
///
/// Errors: `NotFound`; `SignInNeeded` when it is not the partner's, `TooMany` when that happens too often.
pub async fn receive(app: &App, shop: ShopId, id: LineId, network: Network, call: Call<'_>) -> Result<()> {
    let line = app.read(async move |tx: &mut Tx<'_>| lines::line(tx, shop, id).await).await?;
    let (partner, (settings, hook)) = (named(&line.channel)?, line.opened(app)?);
    if !partner.is_signed(&settings, &hook, &call) {
        app.limits().check(Act::ForgedWebhookFromNetwork, &network.to_string())?;
        return Err(Error::SignInNeeded(say!("call-not-signed")));
    }
    let kept = partner.kept(&call);
    let read = told(partner, &line.key, &kept);
    let digest = HEXLOWER.encode(&Sha256::digest(&kept));
    let (lanes, fault) = match read {
        Ok(news) => (news.iter().map(|one| lane(id, one)).collect::<Vec<_>>(), None),
        Err(fault) => (Vec::new(), Some(fault)),
    };
    app.write(async move |tx: &mut Tx<'_>| {
        let arrival = Arrival {
            shop,
            id: tx.new_id(),
            line: id,
            digest: digest.clone(),
            // what is understood and tells nothing is not kept
            body: Some(kept.clone()).filter(|_| fault.is_some() || !lanes.is_empty()),
            remaining: lanes.len() as i64,
            fault: fault.clone(),
            received_at: tx.now(),
        };
        if arrivals::insert(tx, &arrival).await? {
            if arrival.fault.is_some() {
                tx.announce(&Actor::system(shop), CallPutAside { line: id, arrival: arrival.id }).await?;
            }
            for (nth, lane) in lanes.iter().enumerate() {
                enqueue(tx, shop, arrival.id, nth, lane).await?;
            }
        }
        Ok(())
    })
    .await
}

async fn enqueue(tx: &mut Tx<'_>, shop: ShopId, arrival: ArrivalId, nth: usize, lane: &str) -> Result<()> {
    tx.enqueue(shop, &TakeIn { arrival, nth }, When::default().lane(lane)).await
}

/// What is told of one customer is taken in one after the other.
fn lane(line: LineId, news: &News) -> String {
    let whose = match news {
        News::Message(arriving) => &arriving.peer,
        News::Receipt(receipt) => match &receipt.of {
            Of::Ours(message) => return message.to_string(),
            Of::Theirs(name) => name,
            Of::AllTo { peer, .. } => peer,
        },
        // a comment that turned is waited for by whoever was faster
        News::Turn(turn) => &turn.reference,
        News::Line => return line.to_string(),
    };
    // what a partner calls somebody may be long, and is nobody's business in a list of jobs
    format!("{line}/{}", &HEXLOWER.encode(&Sha256::digest(whose))[..16])
}
