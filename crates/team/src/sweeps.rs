//! What is over here, and swept out.

use kernel::{Result, days};
use platform::{Tx, directory, sweep::Sweep};

use crate::{attempts, invitation, session, store, token};

/// A token that has run out is listed for so long, so that somebody sees why a program is refused.
const TOKEN_LISTED: i64 = days(30);

pub(crate) fn sweeps() -> Vec<Sweep> {
    vec![
        Sweep::of_rows("sessions", |tx| Box::pin(sessions(tx))),
        Sweep::of_rows("password_links", |tx| Box::pin(store::resets::delete_over(tx))),
        Sweep::of_rows("attempts", |tx| Box::pin(attempts::sweep(tx))),
        Sweep::of_rows("invitations", |tx| Box::pin(invitation::sweep(tx))),
        Sweep::of_rows("api_tokens", |tx| Box::pin(tokens(tx))),
    ]
}

async fn sessions(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    store::sessions::delete_over(tx, now - session::IDLE, now - session::LONGEST).await
}

/// Like revoked ones they keep their row, so that the audit log can name them.
async fn tokens(tx: &mut Tx<'_>) -> Result<u64> {
    let before = tx.now() - TOKEN_LISTED;
    let hashes = store::tokens::put_away_expired(tx, before).await?;
    for hash in &hashes {
        directory::strike(tx, token::DIRECTORY, hash).await?;
    }
    Ok(hashes.len() as u64)
}
