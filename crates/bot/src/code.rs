//! A one-time code: whoever can read what goes to an address shows that it is theirs. The code is kept by the shopper's own
//! browser under the shop's seal, and nothing of it is stored here.
//!
//! Whether anything was ordered with an address cannot be told from the answer, nor from how long it takes: that is looked up
//! after it, and only then is a mail sent or not.

use customers::visitor::Visitor;
use kernel::{Error, Language, Result, ShopId, Timestamp, VisitorId, invalid, minutes, say};
use platform::{
    App, Tx,
    job::{Job, Lease, When},
    limits::Act,
    outbox::{self, Outgoing},
};
use serde::{Deserialize, Serialize};

use crate::{Answer, MAILS, quick_replies, tracking};

/// Whoever has not read their mail by then asks for another.
const LASTS: i64 = minutes(10);
/// Figures of a code.
const FIGURES: u32 = 6;

/// The longest seal, in characters: of the longest address.
pub const LONGEST_SEALED: usize = 1_000;

/// A code on its way to an address.
#[derive(Serialize, Deserialize)]
struct Code {
    figures: String,
    email: String,
    /// Who asked for it: to nobody else it opens anything.
    to: VisitorId,
    at: Timestamp,
}

fn place(shop: ShopId) -> String {
    format!("{shop}/bot/code")
}

impl Code {
    fn sealed(&self, app: &App, shop: ShopId) -> Result<String> {
        app.secrets().seal_value(&place(shop), self, app.rng())
    }

    fn open(app: &App, shop: ShopId, sealed: &str) -> Option<Code> {
        let code: Code = app.secrets().open_value(&place(shop), sealed).ok()?;
        (app.now() - code.at <= LASTS).then_some(code)
    }
}

/// Sends a code, where something was ordered with its address. It waits under the seal, so no address stands in a job.
#[derive(Serialize, Deserialize)]
pub(crate) struct SendCode {
    sealed: String,
    language: Option<Language>,
}
impl Job for SendCode {
    const KIND: &'static str = "send_order_code";
}

/// Has a code sent to an address; what the browser keeps until somebody types it in.
///
/// Errors: `NotFound` when the shop does not offer it, `TooMany`.
pub async fn ask_for(app: &App, who: &Visitor, email: String, language: Option<Language>) -> Result<String> {
    app.limits().check(Act::OrderCodeToAddress, &format!("{}/{}", who.shop, email.to_lowercase()))?;
    let figures = app.rng().below(10_u64.pow(FIGURES));
    let code = Code { figures: format!("{figures:0width$}", width = FIGURES as usize), email, to: who.id, at: app.now() };
    let (shop, sealed) = (who.shop, code.sealed(app, who.shop)?);
    let job = SendCode { sealed: sealed.clone(), language };
    app.write(async move |tx: &mut Tx<'_>| {
        if !quick_replies::of_shop(tx, shop).await?.track_order {
            return Err(Error::NotFound(say!("quick-reply-not-offered")));
        }
        tx.enqueue(shop, &job, When::default()).await
    })
    .await?;
    Ok(sealed)
}

/// Tells whoever has read the code where the orders of that address are.
///
/// Errors: `Invalid` when it is another code, too old or somebody else's; `TooMany`.
pub async fn tell(app: &App, who: Visitor, sealed: &str, figures: &str) -> Result<Answer> {
    let wrong = || invalid("code", say!("code-wrong-or-over"));
    let code = Code::open(app, who.shop, sealed).filter(|code| code.to == who.id).ok_or_else(wrong)?;
    app.limits().check(Act::OrderCodeTried, &format!("{}/{}", who.id, code.email.to_lowercase()))?;
    let written: String = figures.chars().filter_map(|c| c.to_digit(10)).map(|figure| figure.to_string()).collect();
    if written != code.figures {
        return Err(wrong());
    }
    tracking::placed_with(app, who, code.email).await
}

pub(crate) async fn send(app: App, job: SendCode, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    // one that has waited for too long opens nothing any more
    let code = Code::open(&app, shop, &job.sealed);
    app.write(async move |tx: &mut Tx<'_>| {
        lease.done(tx).await?;
        let Some(Code { figures, email, .. }) = &code else { return Ok(()) };
        if commerce::order::placed_with(tx, shop, email, 1).await?.is_empty() {
            return Ok(());
        }
        let shop = team::shop::get(tx, shop).await?;
        let language = job.language.unwrap_or(shop.language);
        let values = [("code", figures.into()), ("shop", (&shop.name).into())];
        let [subject, text] = ["order-code-subject", "order-code-text"].map(|key| MAILS.text(language, key, &values));
        outbox::post(tx, shop.id, Outgoing { to: email.clone(), subject, text }).await.map(drop)
    })
    .await
}
