//! Fetches what is new in a mailbox. A letter, its place and the job that reads it are kept in one transaction, so whatever dies
//! in between goes on where it stopped: by number, whatever else is done to the mailbox.

use std::time::Duration;

use kernel::{MailboxId, Result, ShopId, minutes, say};
use platform::{
    App, Tx, files,
    job::{Job, Lease, When},
    trouble::{Fault, Trouble},
};
use serde::{Deserialize, Serialize};

use super::{
    imap::Inbox,
    letter::{Letter, State},
    mailbox::{Mailbox, Place},
    sign_in,
    take_in::TakeIn,
    watch,
};
use crate::store::{letters, mailboxes};

/// It is looked into so often, whether its server rings or not.
const EVERY: i64 = minutes(1);
/// So many letters before the next look: others wait for a worker too.
const AT_ONCE: usize = 20;
/// A letter that cannot be fetched is tried so often.
const TRIES: i64 = 3;
/// A look may take so long.
pub const AS_LONG_AS: Duration = Duration::from_mins(10);

/// Looks into a mailbox.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Fetch {
    pub mailbox: MailboxId,
    /// Which time it was set going.
    pub run: i64,
}
impl Job for Fetch {
    const KIND: &'static str = "fetch_mail";
}

pub async fn fetch(app: App, job: Fetch, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    let known = app.read(async move |tx: &mut Tx<'_>| mailboxes::maybe(tx, shop, job.mailbox).await).await?;
    let Some(mailbox) = known.filter(|known| known.goes_on(job.run)) else {
        return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await;
    };
    let looked = match sign_in::access::keep_open(&app, mailbox).await {
        Ok(mailbox) => look(&app, job, &mailbox).await,
        Err(fault) => Err(fault),
    };
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let known = mailboxes::maybe(tx, shop, job.mailbox).await?;
        let Some(mut mailbox) = known.filter(|known| known.goes_on(job.run)) else { return Ok(()) };
        let now = tx.now();
        let turned = match &looked {
            Ok(left) => {
                mailbox.backlog = *left;
                mailbox.answered(now)
            }
            Err(fault) => mailbox.failed(fault.clone(), now),
        };
        mailboxes::save(tx, &mut mailbox).await?;
        let next = match &mailbox.trouble {
            Some(noted) => noted.next_try_at,
            None if mailbox.backlog > 0 => now,
            None => now + EVERY,
        };
        mailbox.read_on(tx, next).await?;
        if turned { mailbox.announce_turn(tx).await } else { Ok(()) }
    })
    .await
}

/// Keeps what is new; how many letters are left.
async fn look(app: &App, job: Fetch, mailbox: &Mailbox) -> Result<i64, Fault> {
    let proof = mailbox.opened(app)?.incoming();
    let mut inbox = Inbox::open(app, &mailbox.settings.incoming, &proof).await?;
    let place = match mailbox.place {
        Some(place) if place.uid_validity == inbox.uid_validity => place,
        // its letters were numbered anew: all are looked at again, and those that are there already are left out
        Some(_) => Place { uid_validity: inbox.uid_validity, uid: 0 },
        // what lay there before is not ours to answer
        None => Place { uid_validity: inbox.uid_validity, uid: inbox.uid_next.saturating_sub(1) },
    };
    if mailbox.place != Some(place) {
        go_on_from(app, job, mailbox.shop, place).await?;
    }
    let new = inbox.after(place.uid).await?;
    for uid in new.iter().copied().take(AT_ONCE) {
        let at = Place { uid, ..place };
        match keep(app, job, mailbox.shop, &mut inbox, at).await {
            // the line is out of step now: the rest is for the next look
            Err(fault) if fault.trouble == Trouble::NotUnderstood && is_stuck(mailbox) => {
                put_aside(app, job, mailbox.shop, at, 0, fault.detail).await?;
                return Ok(new.iter().filter(|one| **one > uid).count() as i64);
            }
            kept => kept?,
        }
    }
    watch::begin(app, job, mailbox, inbox);
    Ok(new.len().saturating_sub(AT_ONCE) as i64)
}

/// Whether its server has handed out the same letter so often in a way nobody understands that it is left to people.
fn is_stuck(mailbox: &Mailbox) -> bool {
    mailbox.trouble.as_ref().is_some_and(|noted| noted.kind == Trouble::NotUnderstood && noted.tries >= TRIES)
}

/// Keeps a letter as it was sent.
async fn keep(app: &App, job: Fetch, shop: ShopId, inbox: &mut Inbox, place: Place) -> Result<(), Fault> {
    let size = inbox.size(place.uid).await?.unwrap_or_default();
    if size as usize > mail::LONGEST {
        let why = say!("letter-too-large", megabytes = mail::LONGEST / 1024 / 1024).to_string();
        return put_aside(app, job, shop, place, i64::from(size), why).await;
    }
    let Some(raw) = inbox.letter(place.uid).await?.filter(|raw| !raw.is_empty()) else {
        // it was deleted meanwhile
        return go_on_from(app, job, shop, place).await;
    };
    let size = raw.len() as i64;
    let kept = files::keep(app, shop, raw.into(), async move |tx: &mut Tx<'_>, key| {
        let known = letters::has_content(tx, shop, job.mailbox, &key.to_string()).await?;
        let letter = Letter { key: Some(key.to_string()), ..new(tx, job, shop, place, size) };
        if !known && is_current(tx, job, shop).await? && letters::insert(tx, &letter).await? {
            tx.enqueue(shop, &TakeIn { letter: letter.id }, When::default()).await?;
        } else {
            files::release(tx, key).await?;
        }
        note_place(tx, job, shop, place).await
    });
    Ok(kept.await?)
}

fn new(tx: &Tx<'_>, job: Fetch, shop: ShopId, place: Place, size: i64) -> Letter {
    Letter {
        shop,
        id: tx.new_id(),
        mailbox: job.mailbox,
        uid_validity: place.uid_validity.into(),
        uid: place.uid.into(),
        key: None,
        size,
        state: State::Kept,
        fault: None,
        let_in: false,
        name_key: None,
        customer: None,
        customer_first: None,
        conversation: None,
        message: None,
        received_at: tx.now(),
    }
}

async fn put_aside(app: &App, job: Fetch, shop: ShopId, place: Place, size: i64, why: String) -> Result<(), Fault> {
    let noted = app.write(async move |tx: &mut Tx<'_>| {
        let letter = Letter { state: State::Aside, fault: Some(why.clone()), ..new(tx, job, shop, place, size) };
        if letters::insert(tx, &letter).await? {
            letter.announce_aside(tx).await?;
        }
        note_place(tx, job, shop, place).await
    });
    Ok(noted.await?)
}

async fn go_on_from(app: &App, job: Fetch, shop: ShopId, place: Place) -> Result<(), Fault> {
    Ok(app.write(async move |tx: &mut Tx<'_>| note_place(tx, job, shop, place).await).await?)
}

/// Whether nobody has set the mailbox going anew meanwhile.
async fn is_current(tx: &mut Tx<'_>, job: Fetch, shop: ShopId) -> Result<bool> {
    Ok(mailboxes::maybe(tx, shop, job.mailbox).await?.is_some_and(|known| known.goes_on(job.run)))
}

async fn note_place(tx: &mut Tx<'_>, job: Fetch, shop: ShopId, place: Place) -> Result<()> {
    let known = mailboxes::maybe(tx, shop, job.mailbox).await?;
    let Some(mut mailbox) = known.filter(|known| known.goes_on(job.run)) else { return Ok(()) };
    mailbox.place = Some(place);
    mailboxes::save(tx, &mut mailbox).await
}
