//! Statements on clients at providers, and on sign-ins that were begun.

use kernel::{Result, ShopId};
use platform::{Tx, db::Row, sweep::PIECE};

use crate::email::sign_in::{Attempt, MailClient, Provider};

fn read_client(row: &Row) -> Result<MailClient> {
    let mut c = row.columns();
    Ok(MailClient { shop: c.take()?, provider: c.take()?, client_id: c.take()?, sealed: c.take()?, changed_at: c.take()? })
}

pub async fn clients(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<MailClient>> {
    let sql = "SELECT shop_id, provider, client_id, sealed, changed_at FROM channels_mail_clients WHERE shop_id = $1";
    tx.rows(sql, &[&shop]).await?.iter().map(read_client).collect()
}

pub async fn client(tx: &mut Tx<'_>, shop: ShopId, provider: Provider) -> Result<Option<MailClient>> {
    let sql = "SELECT shop_id, provider, client_id, sealed, changed_at FROM channels_mail_clients WHERE shop_id = $1 AND provider = $2";
    tx.row(sql, &[&shop, &provider]).await?.map(|row| read_client(&row)).transpose()
}

pub async fn keep_client(tx: &mut Tx<'_>, c: &MailClient) -> Result<()> {
    let sql = "INSERT INTO channels_mail_clients (shop_id, provider, client_id, sealed, changed_at) VALUES ($1, $2, $3, $4, $5) \
               ON CONFLICT (shop_id, provider) DO UPDATE SET client_id = excluded.client_id, sealed = excluded.sealed, \
               changed_at = excluded.changed_at";
    tx.one(sql, &[&c.shop, &c.provider, &c.client_id, &c.sealed, &c.changed_at]).await
}

pub async fn remove_client(tx: &mut Tx<'_>, shop: ShopId, provider: Provider) -> Result<()> {
    tx.one("DELETE FROM channels_mail_clients WHERE shop_id = $1 AND provider = $2", &[&shop, &provider]).await
}

/// Notes that somebody goes to sign in; what was begun in the same browser before is given up.
pub async fn begin(tx: &mut Tx<'_>, a: &Attempt) -> Result<()> {
    tx.execute("DELETE FROM channels_sign_ins WHERE shop_id = $1 AND session_id = $2", &[&a.shop, &a.session]).await?;
    let sql = "INSERT INTO channels_sign_ins (shop_id, state_hash, member_id, session_id, provider, mailbox_id, sealed, expires_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.one(sql, &[&a.shop, &a.state_hash, &a.member, &a.session, &a.provider, &a.mailbox, &a.sealed, &a.expires_at]).await
}

/// Takes out what was begun under this state: nobody else comes back to it.
pub async fn take(tx: &mut Tx<'_>, shop: ShopId, state_hash: &str) -> Result<Option<Attempt>> {
    let sql = "DELETE FROM channels_sign_ins WHERE shop_id = $1 AND state_hash = $2 \
               RETURNING shop_id, state_hash, member_id, session_id, provider, mailbox_id, sealed, expires_at";
    let row = tx.row(sql, &[&shop, &state_hash]).await?;
    row.map(|row| {
        let mut c = row.columns();
        Ok(Attempt {
            shop: c.take()?,
            state_hash: c.take()?,
            member: c.take()?,
            session: c.take()?,
            provider: c.take()?,
            mailbox: c.take()?,
            sealed: c.take()?,
            expires_at: c.take()?,
        })
    })
    .transpose()
}

/// Forgets what nobody came back to.
pub async fn forget_over(tx: &mut Tx<'_>) -> Result<u64> {
    let sql = "DELETE FROM channels_sign_ins WHERE (shop_id, state_hash) IN \
               (SELECT shop_id, state_hash FROM channels_sign_ins WHERE expires_at <= $1 LIMIT $2)";
    let now = tx.now();
    tx.execute(sql, &[&now, &PIECE]).await
}
