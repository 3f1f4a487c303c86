//! A comment: what a customer wrote where everybody reads it, and what the shop had posted there.

use inbox::message;
use kernel::{ConversationId, CustomerId, Error, LineId, MessageId, Result, ShopId, Timestamp, hours, minutes, say};
use platform::{
    Agent, App, Tx,
    html::clean_text,
    job::{Job, Lease, When},
    trouble::{Fault, Trouble},
};
use serde::{Deserialize, Serialize};

use super::{Arrival, Line, is_a_link, named};
use crate::{
    partner::{Place, Post, SERVICE, Turn, Turned},
    store::{comments as store, lines},
};

/// A post that could not be had is asked for again with a comment that comes so much later.
const ASKED_AGAIN: i64 = hours(1);
/// That a comment turned may be told before the comment itself is taken in: it is waited with for so long.
const OVERTAKES_BY: i64 = minutes(2);
/// So much of a post is kept, in characters.
const LONGEST_POST: usize = 2_000;

/// What a customer wrote where everybody reads it.
#[derive(Debug, Clone)]
pub struct Comment {
    pub shop: ShopId,
    pub line: LineId,
    /// The partner's id of it.
    pub name: String,
    pub conversation: ConversationId,
    pub message: MessageId,
    pub customer: CustomerId,
    pub customer_first: CustomerId,
    /// The partner's id of the shop's post it stands under.
    pub post: Option<String>,
    pub link: Option<String>,
    pub may_hide: bool,
    pub written_at: Timestamp,
    pub hidden: bool,
    pub removed: bool,
    /// The answer in private that was given to it.
    pub private_reply: Option<MessageId>,
}

/// Has what is known of a comment's post asked for, unless it is known or was asked for just now: many may write under it at once.
pub async fn wonder(tx: &mut Tx<'_>, line: &Line, place: &Place) -> Result<()> {
    let Some(post) = &place.post else { return Ok(()) };
    let now = tx.now();
    let is_known =
        store::post(tx, line.shop, line.id, post).await?.is_some_and(|known| known.facts.is_some() || now - known.asked_at < ASKED_AGAIN);
    if is_known {
        return Ok(());
    }
    store::put_post(tx, line.shop, line.id, post, None).await?;
    tx.enqueue(line.shop, &LookAtPost { line: line.id, post: post.clone() }, When::default()).await
}

/// Asks a partner what the shop posted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct LookAtPost {
    pub line: LineId,
    pub post: String,
}
impl Job for LookAtPost {
    const KIND: &'static str = "look_at_post";
}

pub async fn look_at_post(app: App, job: LookAtPost, lease: Lease) -> Result<()> {
    let (shop, id) = (lease.shop, job.line);
    let line = app.read(async move |tx: &mut Tx<'_>| lines::maybe(tx, shop, id).await).await?;
    let found = match &line {
        Some(line) => asked(&app, line, &job.post).await,
        None => None,
    };
    app.write(async move |tx: &mut Tx<'_>| {
        lease.clone().done(tx).await?;
        match &found {
            Some(post) => store::put_post(tx, shop, id, &job.post, Some(post)).await,
            None => Ok(()),
        }
    })
    .await
}

/// A comment is read and answered without what it stands under too.
async fn asked(app: &App, line: &Line, post: &str) -> Option<Post> {
    let (settings, _) = line.opened(app).ok()?;
    let public = named(&line.channel).ok()?.public()?;
    let found = public.post(app, &settings, post).await;
    let Post { text, link } = found.inspect_err(|fault| tracing::info!(trouble = ?fault.trouble, "a post could not be had")).ok()?;
    let text = text.map(|text| clean_text(&text).trim().chars().take(LONGEST_POST).collect());
    Some(Post { text: text.filter(|text: &String| !text.is_empty()), link: link.filter(|link| is_a_link(link)) })
}

/// Takes in that a comment reads otherwise, is gone, or is hidden.
///
/// Errors: `Outside`, temporary, while the comment itself may still come.
pub async fn turn(tx: &mut Tx<'_>, arrival: &Arrival, line: &Line, turn: &Turn) -> Result<()> {
    let Some(comment) = store::named(tx, line.shop, line.id, &turn.reference).await? else {
        if tx.now() - arrival.received_at < OVERTAKES_BY {
            return Err(Error::Outside { service: SERVICE, temporary: true, detail: "It told of a comment that is not known yet.".into() });
        }
        return Ok(());
    };
    match &turn.to {
        Turned::Edited(text) => message::alter(tx, comment.shop, comment.message, Some(text.clone())).await,
        Turned::Removed => {
            store::save(tx, &Comment { removed: true, link: None, ..comment.clone() }).await?;
            message::alter(tx, comment.shop, comment.message, None).await
        }
        Turned::Hidden(hidden) => store::save(tx, &Comment { hidden: *hidden, ..comment }).await,
    }
}

/// Hides what a customer wrote in a conversation from everybody but them, or shows it again; comes back once the partner has.
///
/// Errors: `NotFound`, `Conflict` where there is nothing the shop may hide, `Outside` where the partner did not.
pub async fn hide(app: &App, who: &Agent, id: ConversationId, hidden: bool) -> Result<()> {
    let shop = who.shop;
    let found = app.read(async move |tx: &mut Tx<'_>| {
        inbox::conversation::by_id(tx, shop, id).await?;
        let mut comments = store::of(tx, shop, id).await?;
        comments.retain(|one| one.may_hide && !one.removed);
        match comments.first() {
            Some(first) => Ok(lines::maybe(tx, shop, first.line).await?.map(|line| (line, comments))),
            None => Ok(None),
        }
    });
    let (line, comments) = found.await?.ok_or_else(|| kernel::conflict(say!("nothing-to-hide")))?;
    let (settings, _) = line.opened(app)?;
    let public = named(&line.channel)?.public().ok_or_else(|| kernel::conflict(say!("nothing-to-hide")))?;
    let otherwise: Vec<Comment> = comments.into_iter().filter(|one| one.hidden != hidden).collect();
    if otherwise.is_empty() {
        return Ok(());
    }
    for Comment { line, name, .. } in otherwise {
        public.hide(app, &settings, &name, hidden).await.map_err(refused)?;
        app.write(async move |tx: &mut Tx<'_>| {
            // whatever became of it while the partner was asked stays
            match store::named(tx, shop, line, &name).await? {
                Some(comment) => store::save(tx, &Comment { hidden, ..comment }).await,
                None => Ok(()),
            }
        })
        .await?;
    }
    let who = who.clone();
    app.write(async move |tx: &mut Tx<'_>| inbox::public::hidden(tx, &who, id, hidden).await).await
}

fn refused(fault: Fault) -> Error {
    let temporary = matches!(fault.trouble, Trouble::Unreachable | Trouble::TooManyRequests | Trouble::Failing);
    Error::Outside { service: SERVICE, temporary, detail: fault.detail }
}
