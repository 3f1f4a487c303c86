//! Who called, handed out or forgotten. What was said of a call in the inbox is handed out there.

use kernel::{CustomerId, Result, ShopId};
use platform::{
    App, Tx,
    archive::Archive,
    personal_data::{PersonalData, any_row_in},
};
use serde_json::json;

use crate::{
    store::{calls as store, lines},
    voice::discard,
};

/// This room's part. Nothing of it has to stay: the conversation keeps that somebody called.
pub fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(forget(tx, shop, id)),
        holds: |tx, shop, id| Box::pin(any_row_in(tx, &["telephony_calls"], shop, id)),
        follow: |tx, moved| Box::pin(store::follow(tx, moved)),
    }
}

/// What was spoken onto the machine and has not been fetched yet is not left with Twilio either.
async fn forget(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<()> {
    for call in store::came_as(tx, shop, customer).await? {
        if let (Some(recording), Some(line)) = (&call.recording, lines::maybe(tx, shop, call.line).await?) {
            discard::plan(tx, &line, recording).await?;
        }
    }
    store::forget(tx, shop, customer).await
}

async fn add(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let calls = app.read(async move |tx: &mut Tx<'_>| store::came_as(tx, shop, customer).await).await?;
    if !calls.is_empty() {
        let calls: Vec<_> = calls
            .iter()
            .map(|call| {
                json!({
                    "conversation": call.entry.map(|(conversation, _)| conversation), "from": call.caller, "to": call.called,
                    "named": call.reference, "rang_at": call.rang_at, "answered_at": call.answered_at, "ended_at": call.ended_at,
                    "seconds": call.seconds, "recording": call.recording,
                })
            })
            .collect();
        archive.add_json("calls.json", &calls).await?;
    }
    Ok(archive)
}
