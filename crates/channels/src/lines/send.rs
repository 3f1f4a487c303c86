//! Hands an answer to a partner, piece by piece. What has left is written down before the next piece leaves.

use inbox::{
    conversation::Conversation,
    delivery::{self, Handed, Written},
    message::{Kind, Message},
};
use kernel::{Error, MessageId, Result, hours, say};
use platform::{App, Tx, kill_point};

use super::{
    Comment, Dialog, Line, Reference,
    pieces::{pieces_of, whole},
};
use crate::{
    partner::{Partner, Piece, Public, Refusal, SERVICE, Taken, Way, Why},
    store::{comments, dialogs, lines},
};

/// Errors: `Outside` when it has surely not left, saying whether trying again may help.
pub async fn send(app: &App, partner: &dyn Partner, message: &Message, conversation: &Conversation) -> Result<Handed> {
    let (shop, talk, id) = (message.shop, conversation.id, message.id);
    let found = app.read(async move |tx: &mut Tx<'_>| {
        let Some(dialog) = dialogs::of(tx, shop, talk).await? else { return Ok(None) };
        let (line, left) = (lines::maybe(tx, shop, dialog.line).await?, dialogs::pieces(tx, shop, id).await?);
        let comment = answered(tx, &dialog, id).await?;
        Ok(line.map(|line| (dialog, line, left, comment)))
    });
    let nowhere = || Error::Outside { service: SERVICE, temporary: false, detail: say!("no-line-to-answer-from").to_string() };
    let (dialog, line, left, comment) = found.await?.ok_or_else(nowhere)?;
    let (settings, hook) = line.opened(app)?;
    let way = Way {
        settings,
        hook,
        key: line.key.clone(),
        peer: dialog.peer.clone(),
        comment: comment.map(|comment| comment.name),
        message: id,
        silent_for: app.now() - dialog.heard_at,
        by_person: message.kind == Kind::Reply,
    };
    let mut leaves = false;
    let pieces = if dialog.thread.is_some() { vec![whole(message)] } else { pieces_of(message, partner) };
    for (number, piece) in pieces.into_iter().enumerate().skip(left) {
        let piece = piece.ready(app, shop).await?;
        if !leaves {
            delivery::leaves(app, shop, id).await?;
            leaves = true;
        }
        let taken = match (&message.template, &dialog.thread, &piece) {
            (Some(template), ..) => partner.send_template(app, &way, template).await,
            (None, Some(_), Piece::Text(text)) => below(app, partner, &way, text).await,
            (None, ..) => partner.send(app, &way, &piece).await,
        };
        if taken.is_ok() && begins(partner, message, &way) {
            opens(app, &dialog).await;
        }
        match taken {
            Ok(Taken::By(name)) => {
                kill_point::reach("piece-taken");
                if let Err(error) = note(app, &dialog, message, name, number).await {
                    // it has left: whatever went wrong here, it must not leave again
                    tracing::error!(%error, "a message left, and what the partner calls it could not be written down");
                    return Ok(Handed::Unknown("It left, and that could not be written down.".into()));
                }
            }
            Ok(Taken::InDoubt(why)) => return Ok(Handed::Unknown(why)),
            Err(refusal) => return Err(refused(app, &line, refusal).await?),
        }
    }
    Ok(Handed::Over)
}

/// Whether it is the shop that begins the conversation, as the partner counts it.
fn begins(partner: &dyn Partner, message: &Message, way: &Way) -> bool {
    message.template.is_some() && partner.answered_within().is_some_and(|within| way.silent_for >= within)
}

/// Whatever goes wrong here, the message has left and must not leave again.
async fn opens(app: &App, dialog: &Dialog) {
    let (shop, conversation) = (dialog.shop, dialog.conversation);
    if let Err(error) = app.write(async move |tx: &mut Tx<'_>| dialogs::opens(tx, shop, conversation).await).await {
        tracing::error!(%error, "a conversation was begun, and that could not be written down");
    }
}

/// The comment a message answers: in public the newest that is there, in private the one that opened the way to its author.
async fn answered(tx: &mut Tx<'_>, dialog: &Dialog, message: MessageId) -> Result<Option<Comment>> {
    match dialog.thread {
        Some(_) => Ok(comments::of(tx, dialog.shop, dialog.conversation).await?.into_iter().find(|one| !one.removed)),
        None => comments::answered_by(tx, dialog.shop, message).await,
    }
}

/// Answers in public, below what the customer wrote.
async fn below(app: &App, partner: &dyn Partner, way: &Way, text: &str) -> Result<Taken, Refusal> {
    match (partner.public(), &way.comment) {
        (Some(public), Some(comment)) => public.answer(app, way, comment, text).await,
        _ => Err(Refusal::new(Why::Never, say!("comment-removed").to_string())),
    }
}

/// Errors: `Conflict` when the customer wrote too long ago, or it is not what is answered in public.
pub async fn must_take(tx: &mut Tx<'_>, partner: &dyn Partner, conversation: &Conversation, written: Written<'_>) -> Result<()> {
    let Some(dialog) = dialogs::of(tx, conversation.shop, conversation.id).await? else { return Ok(()) };
    if let (Some(_), Some(public)) = (&dialog.thread, partner.public()) {
        return must_fit_below(tx, partner.title(), public, &dialog, written).await;
    }
    let Some(within) = partner.answered_within() else { return Ok(()) };
    if tx.now() - dialog.heard_at < within {
        return Ok(());
    }
    let (channel, hours) = (partner.title(), within / hours(1));
    let detail =
        if partner.has_templates() { say!("window-closed-template", channel, hours) } else { say!("window-closed", channel, hours) };
    Err(Error::Conflict { kind: "window_closed", detail })
}

/// Errors: `Conflict` where there is nothing left to answer, or it cannot be said in one piece without files.
async fn must_fit_below(tx: &mut Tx<'_>, channel: &str, public: &dyn Public, dialog: &Dialog, written: Written<'_>) -> Result<()> {
    let refused = |kind, detail| Err(Error::Conflict { kind, detail });
    if !comments::of(tx, dialog.shop, dialog.conversation).await?.iter().any(|one| !one.removed) {
        return refused("comment_removed", say!("comment-removed"));
    }
    if written.files > 0 {
        return refused("public_files", say!("public-files", channel));
    }
    let (most, count) = (public.longest(), written.text.trim().chars().map(|c| public.measures(c)).sum::<usize>());
    if count > most {
        return refused("public_too_long", say!("public-too-long", channel, most, count));
    }
    Ok(())
}

async fn note(app: &App, dialog: &Dialog, message: &Message, name: String, piece: usize) -> Result<()> {
    let Dialog { shop, line, conversation, customer, customer_first, .. } = *dialog;
    let reference = Reference { shop, line, name, conversation, message: message.id, piece: piece as i64, customer, customer_first };
    app.write(async move |tx: &mut Tx<'_>| dialogs::note(tx, &reference).await.map(drop)).await
}

/// A line that nothing is taken from is looked after at once, so that people see what is wrong with it.
async fn refused(app: &App, line: &Line, refusal: Refusal) -> Result<Error> {
    if refusal.why == Why::Line {
        let line = line.clone();
        app.write(async move |tx: &mut Tx<'_>| line.look_now(tx).await).await?;
    }
    Ok(refusal.into())
}
