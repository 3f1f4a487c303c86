//! What a customer wrote in letters, handed out or forgotten: as they came, with all that stands in them.

use kernel::{CustomerId, Result, ShopId};
use platform::{
    App, Tx,
    archive::Archive,
    files,
    personal_data::{Moved, PersonalData, any_row_in},
};

use crate::store::{letters, threads};

const TABLES: [&str; 2] = ["channels_letters", "channels_threads"];

/// This room's part. Nothing of it has to stay: the conversation keeps that somebody wrote.
pub fn ours() -> PersonalData {
    PersonalData {
        export: |app, shop, id, archive| Box::pin(add(app, shop, id, archive)),
        erase: |tx, shop, id| Box::pin(forget(tx, shop, id)),
        holds: |tx, shop, id| Box::pin(any_row_in(tx, &TABLES, shop, id)),
        follow: |tx, moved| Box::pin(follow(tx, moved)),
    }
}

async fn add(app: App, shop: ShopId, customer: CustomerId, mut archive: Archive) -> Result<Archive> {
    let letters = app.read(async move |tx: &mut Tx<'_>| letters::came_as(tx, shop, customer).await).await?;
    for letter in letters {
        if let Some(key) = &letter.key {
            let raw = app.files().get(key.parse()?).await?;
            archive.add(&format!("letters/{}.eml", letter.id), &raw).await?;
        }
    }
    Ok(archive)
}

async fn forget(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<()> {
    for key in letters::forget(tx, shop, customer).await? {
        files::release(tx, key.parse()?).await?;
    }
    threads::forget(tx, shop, customer).await
}

async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let letters = letters::follow(tx, moved).await?;
    Ok(letters + threads::follow(tx, Moved { most: moved.most - letters as i64, ..moved }).await?)
}
