//! Whether the key file and the database belong together. Another key would open nothing that is sealed, and would be noticed
//! one secret at a time.

use data_encoding::BASE64;
use kernel::{Error, Result, ShopId};

use crate::{App, db::Tx};

const PLACE: &str = "platform/seal";

/// Holds the key against the database; the first start seals.
///
/// Errors: `Broken` when the key is another installation's.
pub(crate) async fn check(app: &App) -> Result<()> {
    let sealing = app.clone();
    app.write(async move |tx: &mut Tx<'_>| {
        let row = tx.row("SELECT sealed FROM platform_seals WHERE shop_id = $1", &[&ShopId::NONE]).await?;
        let Some(row) = row else { return seal(&sealing, tx).await };
        let sealed = BASE64.decode(row.get::<String>(0)?.as_bytes()).map_err(Error::broken)?;
        sealing.secrets().open(PLACE, &sealed).map_err(|_| {
            Error::broken(
                "The secret key is not the one this database was made with. \
                 Take secret.key from the backup, or from where the data folder was.",
            )
        })?;
        if sealing.secrets().wants_resealing(&sealed) { seal(&sealing, tx).await } else { Ok(()) }
    })
    .await
}

/// Seals once more, for whoever wants to know whether anything can be stored.
pub(crate) async fn renew(app: &App) -> Result<()> {
    let sealing = app.clone();
    app.write(async move |tx: &mut Tx<'_>| seal(&sealing, tx).await).await
}

async fn seal(app: &App, tx: &mut Tx<'_>) -> Result<()> {
    let sealed = BASE64.encode(&app.secrets().seal(PLACE, b"ombud", app.rng())?);
    let sql = "INSERT INTO platform_seals (shop_id, sealed) VALUES ($1, $2) ON CONFLICT (shop_id) DO UPDATE SET sealed = excluded.sealed";
    tx.execute(sql, &[&ShopId::NONE, &sealed]).await.map(drop)
}
