//! System mail: invitations, password links. Written down first, sent by a job, kept where the demo can show it.

use kernel::{MailId, Result, ShopId, Timestamp, days, say};
use serde::{Deserialize, Serialize};

use crate::{
    App,
    db::Tx,
    job::{Job, JobKind, Lease, When},
    mail::Mail,
    sweep::{PIECE, Sweep},
};

/// A mail that has left is kept for so long.
const KEPT: i64 = days(30);

/// A mail to be sent.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub to: String,
    pub subject: String,
    pub text: String,
}

#[derive(Serialize, Deserialize)]
struct SendMail {
    mail: MailId,
}
impl Job for SendMail {
    const KIND: &'static str = "send_mail";
    const OUTGOING: bool = true;
}

/// Writes the mail down; it leaves after the commit.
pub async fn post(tx: &mut Tx<'_>, shop: ShopId, mail: Outgoing) -> Result<MailId> {
    let id: MailId = tx.new_id();
    let now = tx.now();
    tx.execute(
        "INSERT INTO platform_mails (shop_id, id, recipient, subject, body, state, created_at) VALUES ($1, $2, $3, $4, $5, 'queued', $6)",
        &[&shop, &id, &mail.to, &mail.subject, &mail.text, &now],
    )
    .await?;
    tx.enqueue(shop, &SendMail { mail: id }, When::default()).await?;
    Ok(id)
}

/// The jobs of this page, for the platform's own module.
pub fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(send)]
}

async fn send(app: App, job: SendMail, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.mail);
    let mail = app
        .read(async move |tx: &mut Tx<'_>| {
            let sql = "SELECT recipient, subject, body FROM platform_mails WHERE shop_id = $1 AND id = $2";
            let row = tx.found(say!("mail-not-found"), sql, &[&shop, &id]).await?;
            Ok(Outgoing { to: row.get(0)?, subject: row.get(1)?, text: row.get(2)? })
        })
        .await?;
    // the same id on every try, so that a mail server can tell a repetition
    let sent = app.mailer().send(&Mail { id, to: mail.to, subject: mail.subject, text: mail.text }).await?;
    app.write(async move |tx: &mut Tx<'_>| {
        let (state, now) = (if sent { "sent" } else { "kept" }, tx.now());
        tx.execute("UPDATE platform_mails SET state = $1, sent_at = $2 WHERE shop_id = $3 AND id = $4", &[&state, &now, &shop, &id])
            .await?;
        if sent {
            // the links in it open something, and nobody but its reader needs them any more
            tx.execute("UPDATE platform_mails SET body = '' WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await?;
        }
        lease.done(tx).await
    })
    .await
}

/// Sweeps out mails that left long ago; one that never left is not among them.
pub(crate) fn sweep() -> Sweep {
    Sweep::of_rows("mails", |tx| Box::pin(forget_old(tx)))
}

async fn forget_old(tx: &mut Tx<'_>) -> Result<u64> {
    let over = tx.now() - KEPT;
    let sql = "DELETE FROM platform_mails WHERE (shop_id, id) IN \
               (SELECT shop_id, id FROM platform_mails WHERE created_at < $1 AND state <> 'queued' LIMIT $2)";
    tx.execute(sql, &[&over, &PIECE]).await
}

/// A mail as it was written down; one that was sent has no body any more.
#[derive(Debug, Serialize)]
pub struct Posted {
    pub recipient: String,
    pub subject: String,
    pub body: String,
    pub state: String,
    pub created_at: Timestamp,
}

/// The newest mails of the whole installation, for the demo's page.
pub async fn newest_of_all(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Posted>> {
    let sql = "SELECT recipient, subject, body, state, created_at FROM platform_mails ORDER BY id DESC LIMIT $1";
    let rows = tx.rows(sql, &[&limit]).await?;
    rows.iter()
        .map(|row| {
            let mut c = row.columns();
            Ok(Posted { recipient: c.take()?, subject: c.take()?, body: c.take()?, state: c.take()?, created_at: c.take()? })
        })
        .collect()
}
