//! Somebody has gone to sign in, and comes back: once, in the browser they went from, and soon.

use kernel::{Error, MailboxId, MemberId, Result, SessionId, ShopId, Timestamp, conflict, minutes, say};
use platform::{
    Agent, App, Tx,
    sweep::Sweep,
    token::{Token, TokenHash},
    trouble::{Fault, Trouble},
};

use super::{
    Provider, SignedIn, client,
    grant::{self, Granted, Secrets},
};
use crate::{
    email::{
        mailbox::{self, Mailbox},
        opening::Tokens,
    },
    store::{mailboxes, sign_ins as store},
};

/// Whoever has not come back by then begins anew.
const OPEN_FOR: i64 = minutes(10);

/// A sign-in that was begun.
#[derive(Debug)]
pub struct Attempt {
    pub shop: ShopId,
    /// By what whoever comes back is known.
    pub state_hash: String,
    pub member: MemberId,
    /// Only the browser that went comes back.
    pub session: SessionId,
    pub provider: Provider,
    /// Which mailbox is to be opened by it; a new one where none is named.
    pub mailbox: Option<MailboxId>,
    pub sealed: String,
    pub expires_at: Timestamp,
}

/// What somebody came back with.
#[derive(Clone)]
pub struct Returned {
    pub state: String,
    pub answer: Answer,
}

/// What the provider gave them.
#[derive(Clone)]
pub enum Answer {
    Code(String),
    /// They said no there, or it did not let them in; in the provider's word.
    Refused(String),
}

fn place(shop: ShopId, state_hash: &str) -> String {
    format!("{shop}/channels/sign_ins/{state_hash}")
}

/// Begins a sign-in; where to go. What was begun before in the same browser is given up.
///
/// Errors: `Conflict` where the shop has no client there, `NotFound` where there is no such mailbox, `Forbidden` for a program.
pub async fn begin(app: &App, who: &Agent, provider: Provider, mailbox: Option<MailboxId>) -> Result<String> {
    let session = team::session::of(who)?;
    let state = Token::mint("sign", app.rng());
    let secret = || data_encoding::BASE64URL_NOPAD.encode(&app.rng().bytes::<32>());
    let secrets = Secrets { verifier: secret(), nonce: secret() };
    let (shop, member, state_hash) = (who.shop, who.id, state.hash().hex());
    let sealed = app.secrets().seal_value(&place(shop, &state_hash), &secrets, app.rng())?;
    let begun = async move |tx: &mut Tx<'_>| {
        let client = client::of_shop(tx, shop, provider).await?;
        let known = match mailbox {
            Some(id) => Some(mailboxes::mailbox(tx, shop, id).await?.account().to_owned()),
            None => None,
        };
        let (state_hash, sealed, expires_at) = (state_hash.clone(), sealed.clone(), tx.now() + OPEN_FOR);
        store::begin(tx, &Attempt { shop, state_hash, member, session, provider, mailbox, sealed, expires_at }).await?;
        Ok((client, known))
    };
    let (client, known) = app.write(begun).await?;
    grant::address(app, &client, state.expose(), &secrets, known.as_deref())
}

/// Ends a sign-in: what the provider gave opens a mailbox from now on.
///
/// Errors: `Conflict` where nobody went from here, where the provider did not let them in, or where it is another account than the
/// mailbox's; `Outside` where the provider cannot be asked.
pub async fn complete(app: &App, who: &Agent, returned: Returned) -> Result<Mailbox> {
    let (shop, member, session) = (who.shop, who.id, team::session::of(who)?);
    let state_hash = TokenHash::of(&returned.state).hex();
    let taken = app.write(async move |tx: &mut Tx<'_>| {
        let now = tx.now();
        let is_theirs = |attempt: &Attempt| (attempt.member, attempt.session) == (member, session) && attempt.expires_at > now;
        let Some(attempt) = store::take(tx, shop, &state_hash).await?.filter(is_theirs) else { return Ok(None) };
        let client = client::of_shop(tx, shop, attempt.provider).await?;
        Ok(Some((attempt, client)))
    });
    let (attempt, client) = taken.await?.ok_or_else(|| conflict(say!("sign-in-not-begun-here")))?;
    let (provider, into) = (attempt.provider, attempt.mailbox);
    let code = match returned.answer {
        Answer::Code(code) => code,
        Answer::Refused(said) => return Err(conflict(say!("sign-in-refused-there", provider = provider.title(), said))),
    };
    let secrets: Secrets = app.secrets().open_value(&place(shop, &attempt.state_hash), &attempt.sealed)?;
    let exchanged = grant::exchanged(app, &client, code, secrets).await;
    let (Granted { access, refresh, access_ends_at, ends_at }, account) = exchanged.map_err(|fault| in_words(provider, fault))?;
    let tokens = Tokens { access, refresh: refresh.unwrap_or_default() };
    let signed_in = SignedIn { provider, account, at: app.now(), access_ends_at, ends_at, renewing_until: None, fault: None };
    let (inside, who) = (app.clone(), who.clone());
    app.write(async move |tx: &mut Tx<'_>| mailbox::sign_in(tx, &inside, &who, into, &signed_in, &tokens).await).await
}

fn in_words(provider: Provider, fault: Fault) -> Error {
    let provider = provider.title();
    match fault.trouble {
        Trouble::NotAllowed => conflict(say!("sign-in-not-allowed", provider, said = fault.detail)),
        Trouble::Unreachable | Trouble::Failing => conflict(say!("sign-in-unanswered", provider, said = fault.detail)),
        _ => conflict(say!("sign-in-refused-there", provider, said = fault.detail)),
    }
}

/// Sweeps out what nobody came back to.
pub fn sweep() -> Sweep {
    Sweep::of_rows("sign_ins", |tx| Box::pin(store::forget_over(tx)))
}
