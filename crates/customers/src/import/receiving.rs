//! A file is received: put away piece by piece while it comes, and known for what it is once all of it is here.

use axum::body::Body;
use futures::StreamExt;
use kernel::{Error, ImportId, Result, ShopId, invalid, say};
use platform::{App, Tx, files, http::Agent};

use super::{
    Import, ImportState, KEPT, Kept, Step,
    intake::{Intake, Piece, Shape},
    must_have_room,
};
use crate::{events::CustomerImportChanged, store::imports as store};

/// Takes a file in. What was refused half-way is forgotten; what a crash left is swept out.
///
/// Errors: `Invalid` when it is no table; `TooLarge`; `Conflict` when there are too many files already.
pub(crate) async fn receive(app: &App, who: &Agent, name: String, body: Body) -> Result<Import> {
    let (shop, by) = (who.shop, who.id);
    let begun = app.write(async move |tx: &mut Tx<'_>| {
        must_have_room(tx, shop).await?;
        let now = tx.now();
        let import = Import {
            shop,
            id: tx.new_id(),
            by,
            name: name.clone(),
            state: ImportState::Receiving,
            shape: None,
            mapping: None,
            going: None,
            created_at: now,
            expires_at: now + KEPT,
            version: 1,
        };
        store::insert(tx, &import).await?;
        Ok(import)
    });
    let id = begun.await?.id;
    match take_in(app, shop, id, body).await {
        Ok(shape) => keep_shape(app, who.clone(), id, shape).await,
        Err(error) => {
            app.write(async move |tx: &mut Tx<'_>| super::forget(tx, shop, id).await).await?;
            Err(error)
        }
    }
}

async fn take_in(app: &App, shop: ShopId, id: ImportId, body: Body) -> Result<Shape> {
    let (mut intake, mut stream) = (Intake::new(), body.into_data_stream());
    while let Some(bytes) = stream.next().await {
        let bytes = bytes.map_err(|_| broken_off())?;
        for piece in intake.take(&bytes)? {
            put_away(app, shop, id, piece).await?;
        }
    }
    let (pieces, shape) = intake.end()?;
    for piece in pieces {
        put_away(app, shop, id, piece).await?;
    }
    Ok(shape)
}

async fn put_away(app: &App, shop: ShopId, id: ImportId, piece: Piece) -> Result<()> {
    let Piece { first, rows, text } = piece;
    files::keep(app, shop, text, async move |tx: &mut Tx<'_>, key| {
        // somebody may have deleted it meanwhile
        store::one(tx, shop, id).await?;
        store::insert_piece(tx, shop, id, &Kept { first, rows, key, repeats: Vec::new() }).await
    })
    .await
}

async fn keep_shape(app: &App, who: Agent, id: ImportId, shape: Shape) -> Result<Import> {
    app.write(async move |tx: &mut Tx<'_>| {
        let here = store::one(tx, who.shop, id).await?.next(Step::Received(shape.clone()))?;
        store::save(tx, &here).await?;
        tx.announce(&who, CustomerImportChanged { import: id }).await?;
        store::one(tx, who.shop, id).await
    })
    .await
}

fn broken_off() -> Error {
    invalid("file", say!("import-broken-off"))
}
