//! What opens a mailbox that was signed in to ends within the hour. It is renewed before it does, by one worker at a time: a
//! provider may hold it for theft when a token that renews is spent twice. What it hands out is written down before it is used.

use kernel::{Error, MailboxId, Result, ShopId, Timestamp, minutes};
use platform::{
    App, Tx,
    trouble::{Fault, Trouble},
};

use super::{
    MailClient, NotRenewed, SignedIn,
    grant::{self, Granted, NotGranted},
};
use crate::{
    email::{
        mailbox::Mailbox,
        opening::{Opening, Tokens},
    },
    store::{mailboxes as store, sign_ins},
};

/// What ends sooner is renewed: a mailbox in trouble is looked into every quarter of an hour.
const RENEWED_BEFORE: i64 = minutes(20);
/// Whoever renews has so long. If their process dies meanwhile, what they spent is tried once more: providers forgive that.
const CLAIMED_FOR: i64 = minutes(1);
/// A mailbox that others change at the same moment is saved at one of so many tries.
const TRIES: usize = 5;

/// The mailbox as it can be opened now, renewed where that was due.
///
/// Errors: why nothing opens it.
pub async fn keep_open(app: &App, mailbox: Mailbox) -> Result<Mailbox, Fault> {
    if !is_due(&mailbox, app.now()) {
        return still_open(app, mailbox, None);
    }
    let (shop, id) = (mailbox.shop, mailbox.id);
    let Some(Claim { tokens, client }) = claim(app, shop, id).await? else { return still_open(app, mailbox, None) };
    let outcome = grant::renewed(app, &client, tokens.refresh.clone()).await;
    let fault = match &outcome {
        Ok(_) => None,
        Err(NotGranted::Later(fault)) => Some(fault.clone()),
        Err(NotGranted::Over(said)) => Some(Fault::new(Trouble::SignInRefused, said)),
    };
    let renewed = settle_with(app, (shop, id), &tokens, &outcome).await?;
    still_open(app, renewed.unwrap_or(mailbox), fault)
}

/// Whether it is to be renewed now: it ends soon, or the mail server does not take it any more.
fn is_due(mailbox: &Mailbox, now: Timestamp) -> bool {
    let Some(signed_in) = &mailbox.signed_in else { return false };
    // once: what is refused although it is new is not put right by another
    let is_refused = mailbox.trouble.as_ref().is_some_and(|trouble| trouble.kind == Trouble::SignInRefused && trouble.tries == 1);
    let is_claimed = signed_in.renewing_until.is_some_and(|until| until > now);
    !signed_in.is_over() && !is_claimed && (is_refused || signed_in.access_ends_at - now < RENEWED_BEFORE)
}

fn still_open(app: &App, mailbox: Mailbox, fault: Option<Fault>) -> Result<Mailbox, Fault> {
    match mailbox.signed_in.as_ref().map(|signed_in| signed_in.opens(app.now())) {
        None | Some(Ok(())) => Ok(mailbox),
        Some(Err(known)) => Err(fault.unwrap_or(known)),
    }
}

impl SignedIn {
    /// Errors: why it opens nothing now.
    pub fn opens(&self, now: Timestamp) -> Result<(), Fault> {
        match &self.fault {
            Some(fault) if fault.is_over => Err(Fault::new(Trouble::SignInRefused, &fault.said)),
            _ if self.access_ends_at > now => Ok(()),
            Some(fault) => Err(Fault::new(Trouble::Unreachable, &fault.said)),
            None => Err(Fault::new(Trouble::Unreachable, "What opens the mailbox has ended and is being renewed.")),
        }
    }
}

/// What is renewed, and by which client.
struct Claim {
    tokens: Tokens,
    client: MailClient,
}

/// Says that we are the one who renews it; nothing where somebody else does, has, or need not any more.
async fn claim(app: &App, shop: ShopId, id: MailboxId) -> Result<Option<Claim>> {
    let inside = app.clone();
    let ours = async move |tx: &mut Tx<'_>| {
        let now = tx.now();
        let known = store::maybe(tx, shop, id).await?;
        let Some(mut mailbox) = known.filter(|mailbox| is_due(mailbox, now)) else { return Ok(None) };
        let Opening::SignIn(tokens) = mailbox.opened(&inside)? else { return Ok(None) };
        let Some(signed_in) = &mut mailbox.signed_in else { return Ok(None) };
        signed_in.renewing_until = Some(now + CLAIMED_FOR);
        let client = sign_ins::client(tx, shop, signed_in.provider).await?;
        store::save(tx, &mut mailbox).await?;
        Ok(client.map(|client| Claim { tokens, client }))
    };
    match app.write(ours).await {
        // somebody was faster
        Err(Error::Conflict { .. }) => Ok(None),
        claimed => claimed,
    }
}

async fn settle_with(app: &App, at: (ShopId, MailboxId), used: &Tokens, outcome: &Result<Granted, NotGranted>) -> Result<Option<Mailbox>> {
    for _ in 0..TRIES {
        let (inside, used, outcome) = (app.clone(), used.clone(), outcome.clone());
        match app.write(async move |tx: &mut Tx<'_>| settle(tx, &inside, at, &used, &outcome).await).await {
            // new tokens must not be lost because somebody changed the mailbox meanwhile
            Err(Error::Conflict { .. }) => (),
            settled => return settled,
        }
    }
    Err(Error::broken("a mailbox was changed by others again and again while its sign-in was renewed"))
}

/// Writes down what became of a renewal, unless people have signed in again meanwhile; nothing where the mailbox is gone.
async fn settle(
    tx: &mut Tx<'_>,
    app: &App,
    (shop, id): (ShopId, MailboxId),
    used: &Tokens,
    outcome: &Result<Granted, NotGranted>,
) -> Result<Option<Mailbox>> {
    let Some(mut mailbox) = store::maybe(tx, shop, id).await? else { return Ok(None) };
    let is_same = matches!(mailbox.opened(app)?, Opening::SignIn(tokens) if tokens == *used);
    let Some(signed_in) = mailbox.signed_in.as_mut().filter(|_| is_same) else { return Ok(Some(mailbox)) };
    let before = signed_in.fault.clone();
    signed_in.renewing_until = None;
    signed_in.note(outcome, tx.now());
    let turned = signed_in.fault.as_ref().map(|fault| fault.is_over) != before.map(|fault| fault.is_over);
    if let Ok(granted) = outcome {
        let refresh = granted.refresh.clone().unwrap_or_else(|| used.refresh.clone());
        mailbox.seal(app, &Opening::SignIn(Tokens { access: granted.access.clone(), refresh }))?;
    }
    store::save(tx, &mut mailbox).await?;
    if turned {
        mailbox.announce_turn(tx).await?;
    }
    Ok(Some(mailbox))
}

impl SignedIn {
    fn note(&mut self, outcome: &Result<Granted, NotGranted>, now: Timestamp) {
        let (said, is_over) = match outcome {
            Ok(granted) => {
                (self.access_ends_at, self.fault) = (granted.access_ends_at, None);
                self.ends_at = granted.ends_at.or(self.ends_at);
                return;
            }
            Err(NotGranted::Later(fault)) => (fault.detail.clone(), false),
            Err(NotGranted::Over(said)) => (said.clone(), true),
        };
        let since = self.fault.as_ref().map_or(now, |fault| fault.since);
        self.fault = Some(NotRenewed { since, said, is_over });
    }
}
