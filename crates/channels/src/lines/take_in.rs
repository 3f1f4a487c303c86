//! Takes in what a partner tells: a message becomes one of a conversation, a receipt is noted at the message it is of.

use customers::{
    consent::{self, Evidence, Purpose, Source, Word},
    customer::Details,
};
use inbox::{
    conversation::{self, Conversation},
    delivery,
    file::{self, StoredFile},
    message::{self, Accepted, Incoming, Opening},
};
use kernel::{ArrivalId, CustomerId, Error, MessageId, Result, ShopId, minutes};
use platform::{
    App, Tx,
    event::Actor,
    form::Settings,
    html::clean_line,
    job::{Job, Lease},
    trouble::{Fault, Trouble},
};
use serde::{Deserialize, Serialize};

use super::{
    Arrival, Comment, Dialog, Line, Reference,
    comment::{self, wonder},
    dialog, named, told,
};
use crate::{
    partner::{Arriving, News, Of, Partner, Reached, Receipt, SERVICE},
    store::{arrivals, comments, dialogs, lines},
};

/// What a partner says when asked for a name is kept up to so many characters.
const LONGEST_NAME: usize = 200;
/// A file that cannot be had just now is waited for so long; then its message stands without it.
const FILES_WITHIN: i64 = minutes(2);
/// A receipt that overtook the answer to its message is waited with for so long.
const OVERTAKES_BY: i64 = minutes(2);

/// Takes in one of the things a call tells.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct TakeIn {
    pub arrival: ArrivalId,
    pub nth: usize,
}
impl Job for TakeIn {
    const KIND: &'static str = "take_in_news";
}

pub async fn take_in(app: App, job: TakeIn, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    let found = app.read(async move |tx: &mut Tx<'_>| found(tx, shop, job.arrival).await).await?;
    let Some((arrival, line)) = found else {
        return app
            .write(async move |tx: &mut Tx<'_>| {
                lease.done(tx).await?;
                arrivals::let_go(tx, shop, job.arrival).await
            })
            .await;
    };
    let partner = named(&line.channel)?;
    let mut all = told(partner, &line.key, arrival.body.as_deref().unwrap_or_default()).map_err(Error::broken)?;
    match (job.nth < all.len()).then(|| all.swap_remove(job.nth)) {
        Some(News::Message(arriving)) => message(app, lease, partner, &arrival, line, arriving).await,
        Some(News::Receipt(receipt)) => {
            app.write(async move |tx: &mut Tx<'_>| {
                ends(tx, &lease, &arrival).await?;
                note(tx, &arrival, &line, &receipt).await
            })
            .await
        }
        Some(News::Turn(turn)) => {
            app.write(async move |tx: &mut Tx<'_>| {
                ends(tx, &lease, &arrival).await?;
                comment::turn(tx, &arrival, &line, &turn).await
            })
            .await
        }
        Some(News::Line) => {
            app.write(async move |tx: &mut Tx<'_>| {
                ends(tx, &lease, &arrival).await?;
                line.look_now(tx).await
            })
            .await
        }
        None => app.write(async move |tx: &mut Tx<'_>| ends(tx, &lease, &arrival).await).await,
    }
}

/// What is to be read, unless its line is gone.
async fn found(tx: &mut Tx<'_>, shop: ShopId, id: ArrivalId) -> Result<Option<(Arrival, Line)>> {
    let Some(arrival) = arrivals::maybe(tx, shop, id).await?.filter(|arrival| arrival.body.is_some()) else { return Ok(None) };
    let line = lines::maybe(tx, shop, arrival.line).await?;
    Ok(line.map(|line| (arrival, line)))
}

async fn ends(tx: &mut Tx<'_>, lease: &Lease, arrival: &Arrival) -> Result<()> {
    lease.clone().done(tx).await?;
    arrivals::one_less(tx, arrival.shop, arrival.id).await
}

async fn message(
    app: App,
    lease: Lease,
    partner: &'static dyn Partner,
    arrival: &Arrival,
    line: Line,
    mut arriving: Arriving,
) -> Result<()> {
    let (settings, _) = line.opened(&app)?;
    let (whose, heard) = (arriving.clone(), line.clone());
    if arriving.name.is_none() && app.read(async move |tx: &mut Tx<'_>| is_new(tx, &heard, &whose).await).await? {
        let name = partner.name_of(&app, &settings, &arriving.peer).await;
        arriving.name = name.map(|name| clean_line(&name).chars().take(LONGEST_NAME).collect()).filter(|name: &String| !name.is_empty());
    }
    let (whose, heard) = (arriving.clone(), line.clone());
    let author = app.write(async move |tx: &mut Tx<'_>| author(tx, &heard, &whose).await).await?;
    let waits = app.now() - arrival.received_at < FILES_WITHIN;
    let files = match author {
        Some(author) => fetch(&app, partner, &settings, &line, author, &mut arriving, waits).await?,
        None => Vec::new(),
    };
    let arrival = arrival.clone();
    app.write(async move |tx: &mut Tx<'_>| {
        ends(tx, &lease, &arrival).await?;
        match author {
            Some(author) => put(tx, &line, &arriving, author, files.clone()).await,
            None => Ok(()),
        }
    })
    .await
}

/// Whether they have not written here before.
async fn is_new(tx: &mut Tx<'_>, line: &Line, arriving: &Arriving) -> Result<bool> {
    Ok(dialogs::newest(tx, line.shop, line.id, &arriving.peer).await?.is_none())
}

/// Who wrote it; none where it is there already, or comes from somebody the shop does not hear.
async fn author(tx: &mut Tx<'_>, line: &Line, arriving: &Arriving) -> Result<Option<CustomerId>> {
    if dialogs::named(tx, line.shop, line.id, &arriving.reference).await?.is_some() {
        return Ok(None);
    }
    let details = Details { name: arriving.name.clone(), phone: arriving.phone.clone(), ..Details::default() };
    let handle = dialog::handle(&line.channel, &arriving.peer);
    let customer = match dialogs::newest(tx, line.shop, line.id, &arriving.peer).await? {
        Some(dialog) => customers::by_id(tx, line.shop, dialog.customer_first).await?,
        None => customers::writes_through(tx, line.shop, &handle, details).await?,
    };
    Ok((customer.blocked_at.is_none() && customer.erased_at.is_none()).then_some(customer.id))
}

/// The files it came with. What cannot be had, or is of no kind Ombud shows, is named in the text.
async fn fetch(
    app: &App,
    partner: &dyn Partner,
    settings: &Settings,
    line: &Line,
    author: CustomerId,
    arriving: &mut Arriving,
    waits: bool,
) -> Result<Vec<StoredFile>> {
    let (mut files, mut missing, mut is_away) = (Vec::new(), Vec::new(), false);
    for one in &arriving.files {
        // a partner that does not answer is not asked for each of them
        let fetched = if is_away { None } else { Some(partner.fetch(app, settings, one).await) };
        let content = match fetched {
            Some(Ok(content)) => content,
            Some(Err(fault)) if may_pass(&fault) && waits => {
                return Err(Error::Outside { service: SERVICE, temporary: true, detail: fault.detail });
            }
            other => {
                is_away |= other.is_some_and(|fetched| fetched.is_err_and(|fault| may_pass(&fault)));
                missing.push(one.name.clone());
                continue;
            }
        };
        match file::keep(app, &Actor::customer(line.shop, author), &one.name, content.to_vec()).await {
            Ok(stored) => files.push(stored),
            Err(Error::Invalid(_) | Error::TooLarge(_)) => missing.push(one.name.clone()),
            Err(error) => return Err(error),
        }
    }
    for name in missing {
        arriving.text.push_str(&format!("\n[{name}]"));
    }
    arriving.text = arriving.text.trim().to_owned();
    Ok(files)
}

fn may_pass(fault: &Fault) -> bool {
    matches!(fault.trouble, Trouble::Unreachable | Trouble::TooManyRequests | Trouble::Failing)
}

async fn put(tx: &mut Tx<'_>, line: &Line, arriving: &Arriving, author: CustomerId, files: Vec<StoredFile>) -> Result<()> {
    let Line { shop, id, .. } = *line;
    // looked at here once more: the same message may be told of twice at the same moment
    if dialogs::named(tx, shop, id, &arriving.reference).await?.is_some() {
        return Ok(());
    }
    let incoming = Incoming {
        text: arriving.text.clone(),
        files,
        quiet: arriving.quiet,
        ..Incoming::of(shop, author, named(&line.channel)?.name(), format!("{id}/{}", arriving.reference))
    };
    let before = before(tx, line, arriving).await?;
    let Accepted { conversation, message, .. } = match &before {
        Some(before) if goes_on(tx, before, arriving).await? => message::arrive(tx, before.id, incoming).await?,
        _ => {
            let (department, public) = (line.shown.department, arriving.place.is_some());
            let follows = before.filter(|before| before.erased_at.is_none()).map(|before| before.id);
            message::open(tx, incoming, Opening { department, public, follows, ..Opening::default() }).await?
        }
    };
    let customer = customers::by_id(tx, shop, author).await?.person();
    let (peer, thread, heard_at) = (arriving.peer.clone(), arriving.thread().map(str::to_owned), tx.now());
    let dialog = Dialog { shop, conversation: conversation.id, line: id, peer, thread, customer, customer_first: author, heard_at };
    dialogs::put(tx, &dialog).await?;
    note_comment(tx, line, arriving, &dialog, message.id).await?;
    let name = arriving.reference.clone();
    let reference =
        Reference { shop, line: id, name, conversation: conversation.id, message: message.id, piece: 0, customer, customer_first: author };
    dialogs::note(tx, &reference).await?;
    match arriving.advertising {
        Some(given) => allow(tx, line, author, given, &arriving.text).await,
        None => Ok(()),
    }
}

/// Writes down where everybody reads it, if everybody does.
async fn note_comment(tx: &mut Tx<'_>, line: &Line, arriving: &Arriving, dialog: &Dialog, message: MessageId) -> Result<()> {
    let Some(place) = &arriving.place else { return Ok(()) };
    let Dialog { shop, conversation, customer, customer_first, heard_at: written_at, .. } = *dialog;
    let comment = Comment {
        shop,
        line: line.id,
        name: arriving.reference.clone(),
        conversation,
        message,
        customer,
        customer_first,
        post: place.post.clone(),
        link: place.link.clone(),
        may_hide: place.may_hide,
        written_at,
        hidden: false,
        removed: false,
        private_reply: None,
    };
    comments::insert(tx, &comment).await?;
    wonder(tx, line, place).await
}

/// Writes down that they allow advertising there, or forbid it.
async fn allow(tx: &mut Tx<'_>, line: &Line, author: CustomerId, given: bool, wording: &str) -> Result<()> {
    let Some(channel) = customers::channel::Channel::from_key(&line.channel) else { return Ok(()) };
    let customer = customers::by_id(tx, line.shop, author).await?;
    let evidence = Evidence { wording: Some(wording.to_owned()), ..Evidence::default() };
    let word = Word { channel, purpose: Purpose::Marketing, given, source: Source::Message, evidence, at: tx.now() };
    consent::say(tx, &Actor::customer(line.shop, author), &customer, word).await
}

/// The newest conversation with whoever wrote there.
async fn before(tx: &mut Tx<'_>, line: &Line, arriving: &Arriving) -> Result<Option<Conversation>> {
    let Some(dialog) = dialogs::newest_in(tx, line.shop, line.id, &arriving.peer, arriving.thread()).await? else { return Ok(None) };
    conversation::by_id(tx, line.shop, dialog.conversation).await.map(Some)
}

async fn goes_on(tx: &mut Tx<'_>, before: &Conversation, arriving: &Arriving) -> Result<bool> {
    Ok(before.erased_at.is_none() && message::goes_on(tx, before, arriving.quiet).await?)
}

/// Notes what became of a message of ours.
///
/// Errors: `Outside`, temporary, while it may still be handed over and what it is called there is not known yet.
async fn note(tx: &mut Tx<'_>, arrival: &Arrival, line: &Line, receipt: &Receipt) -> Result<()> {
    let message = match &receipt.of {
        Of::AllTo { peer, until } => {
            let Some(dialog) = dialogs::newest_in(tx, line.shop, line.id, peer, None).await? else { return Ok(()) };
            return delivery::all_arrived(tx, line.shop, dialog.conversation, *until, receipt.reached == Reached::Read).await;
        }
        Of::Ours(message) => Some(*message),
        Of::Theirs(name) => dialogs::named(tx, line.shop, line.id, name).await?.map(|reference| reference.message),
    };
    let Some(message) = message else {
        if tx.now() - arrival.received_at < OVERTAKES_BY {
            return Err(Error::Outside { service: SERVICE, temporary: true, detail: "It told of a message that is not known yet.".into() });
        }
        return Ok(());
    };
    match &receipt.reached {
        Reached::Delivered => delivery::arrived(tx, line.shop, message, false).await,
        Reached::Read => delivery::arrived(tx, line.shop, message, true).await,
        Reached::Failed(why) => delivery::came_back(tx, line.shop, message, why).await,
    }
}
