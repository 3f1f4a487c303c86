//! Files of conversations: what people attach, kept by content, served from a path that lets nothing run.

use axum::body::{Body, Bytes, to_bytes};
use kernel::{Error, FileId, Result, ShopId, Timestamp, days, say};
use platform::{
    App, Tx,
    event::{Acting, ActorKind},
    files,
    sweep::Sweep,
};
use serde::{Deserialize, Serialize};

use crate::store;

/// No attached file is larger, in bytes.
pub const MAX_FILE: usize = 10 * 1024 * 1024;
/// A message carries at most so many.
pub const MAX_FILES: usize = 5;
/// What no message carries after so long was never sent.
const SENT_WITHIN: i64 = days(1);

/// A stored file, as messages name it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredFile {
    pub id: FileId,
    pub key: String,
    pub name: String,
    pub media_type: String,
    pub size: i64,
    pub width: Option<i64>,
    pub height: Option<i64>,
}

/// A file as it is shown.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub struct FileView {
    pub id: FileId,
    pub name: String,
    /// Found from the content, never from the name.
    pub media_type: String,
    /// In bytes.
    pub size: i64,
    /// In pixels, for pictures.
    #[schema(required)]
    pub width: Option<i64>,
    #[schema(required)]
    pub height: Option<i64>,
    /// Works for a week without signing in; a fresh one comes with every view.
    pub url: String,
}

impl FileView {
    pub fn new(app: &App, shop: ShopId, file: &StoredFile) -> Self {
        // whole days, so that a view read again is the same view
        let until = Timestamp::from_micros((app.now().micros() / days(1) + 8) * days(1));
        let token = app.signer().sign("file", &format!("{shop}/{}", file.id), until);
        FileView {
            id: file.id,
            name: file.name.clone(),
            media_type: file.media_type.clone(),
            size: file.size,
            width: file.width,
            height: file.height,
            url: app.config().url(&format!("/files/{token}")),
        }
    }
}

/// What the file is called.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Called {
    pub name: String,
}

/// Reads a body that is a file.
pub async fn take(body: Body) -> Result<Vec<u8>> {
    Ok(to_bytes(body, MAX_FILE).await.map_err(|_| too_large())?.to_vec())
}

/// Looks into a file, stores it flushed, and then names it.
///
/// Errors: `Invalid` when its content is not of a kind we take, `TooLarge`.
pub async fn keep(app: &App, who: &impl Acting, name: &str, bytes: Vec<u8>) -> Result<StoredFile> {
    if bytes.len() > MAX_FILE {
        return Err(too_large());
    }
    let actor = who.actor();
    let found = files::sniff(&bytes, name)?;
    let name = files::safe_name(name, found.media);
    let size = bytes.len() as i64;
    files::keep(app, actor.shop, bytes.into(), async move |tx: &mut Tx<'_>, key| {
        if let (ActorKind::Customer, Some(id)) = (actor.kind, actor.id) {
            customers::by_id(tx, actor.shop, id.into()).await?.must_be_known()?;
        }
        let file = StoredFile {
            id: tx.new_id(),
            key: key.to_string(),
            name: name.clone(),
            media_type: found.media.mime().to_owned(),
            size,
            width: found.pixels.map(|(width, _)| width.into()),
            height: found.pixels.map(|(_, height)| height.into()),
        };
        store::insert_file(tx, &actor, &file).await?;
        Ok(file)
    })
    .await
}

/// The files of these ids, if they are this person's own.
///
/// Errors: `Invalid` when one is missing or somebody else's.
pub async fn own(tx: &mut Tx<'_>, who: &impl Acting, ids: &[FileId]) -> Result<Vec<StoredFile>> {
    let actor = who.actor();
    let mut files = Vec::with_capacity(ids.len());
    for id in ids {
        let file = store::file(tx, actor.shop, *id, Some((actor.kind, actor.id))).await?;
        files.push(file.ok_or_else(|| kernel::invalid("files", say!("file-not-there")))?);
    }
    Ok(files)
}

/// A message carries the file no more. One that nothing else needs goes with it.
pub(crate) async fn take_off(tx: &mut Tx<'_>, shop: ShopId, id: FileId) -> Result<()> {
    match store::carried_by_one_less(tx, shop, id).await? {
        Some((0, key)) => drop_file(tx, shop, id, &key).await,
        _ => Ok(()),
    }
}

/// Forgets a file, whatever carries it.
pub(crate) async fn drop_file(tx: &mut Tx<'_>, shop: ShopId, id: FileId, key: &str) -> Result<()> {
    store::remove_file(tx, shop, id).await?;
    files::release(tx, key.parse()?).await
}

/// Sweeps out what was uploaded and never sent.
pub(crate) fn sweep() -> Sweep {
    Sweep::of_rows("unsent_files", |tx| Box::pin(forget_unsent(tx)))
}

async fn forget_unsent(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - SENT_WITHIN;
    let keys = store::remove_unsent_files(tx, before).await?;
    for key in &keys {
        files::release(tx, key.parse()?).await?;
    }
    Ok(keys.len() as u64)
}

/// A file by the token of its address.
///
/// Errors: `NotFound` when the address is not one Ombud gave out, or has run out.
pub async fn by_token(app: &App, token: &str) -> Result<(StoredFile, Bytes)> {
    const GONE: Error = Error::NotFound(say!("file-not-found"));
    let named = app.signer().verify("file", token, app.now()).map_err(|_| GONE)?;
    let (shop, id) = named.split_once('/').ok_or(GONE)?;
    let (shop, id): (ShopId, FileId) = (shop.parse().map_err(|_| GONE)?, id.parse().map_err(|_| GONE)?);
    let file = app
        .read(async move |tx: &mut Tx<'_>| {
            let open = team::shop::is_open(tx, shop).await?;
            if open { store::file(tx, shop, id, None).await } else { Ok(None) }
        })
        .await?
        .ok_or(GONE)?;
    let bytes = app.files().get(file.key.parse()?).await?;
    Ok((file, bytes))
}

fn too_large() -> Error {
    Error::TooLarge(say!("file-too-large", megabytes = MAX_FILE / 1024 / 1024))
}
