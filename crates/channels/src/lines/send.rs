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
    pieces::{Part, pieces_of, whole},
};
use crate::{
    outflow::{self, Turn, WayOut},
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
    let pieces = if dialog.thread.is_some() { vec![whole(message)] } else { pieces_of(message, partner) };
    let is_tried = match turn(app, partner, &dialog, pieces.len().saturating_sub(left)).await? {
        Turn::Wait { until, why } => return Ok(Handed::Waits { until, why }),
        Turn::Go { is_tried } => is_tried,
    };
    let end = leave(app, partner, message, (&dialog, &way), pieces, left).await?;
    let way_out = WayOut { app, shop, way: line.id.to_string(), is_tried };
    Ok(match end {
        End::Over => {
            way_out.works().await;
            Handed::Over
        }
        End::Lost => Handed::Unknown("It left, and that could not be written down.".into()),
        End::InDoubt(why) => {
            way_out.failed(Refusal::new(Why::Later, &why).fault()).await;
            Handed::Unknown(why)
        }
        End::Refused(refusal) => refused(app, &line, &way_out, refusal).await?,
    })
}

/// Whether it may leave now: no faster than the partner takes messages of the line, and those for one customer, and not while it is
/// left alone.
async fn turn(app: &App, partner: &dyn Partner, dialog: &Dialog, pieces: usize) -> Result<Turn> {
    let Dialog { shop, line, conversation, .. } = *dialog;
    // what is said in public is counted apart, and nobody says how fast it may be
    let is_private = dialog.thread.is_none();
    let (pace, to_each) = (partner.pace().filter(|_| is_private), partner.pace_to_each().filter(|_| is_private));
    app.write(async move |tx: &mut Tx<'_>| {
        let (pieces, now) = (pieces as i64, tx.now());
        let to_them = match to_each {
            Some(pace) => match pace.take(dialogs::used_up(tx, shop, conversation).await?, pieces, now) {
                Ok(used_up) => Some(used_up),
                Err(until) => return Ok(Turn::Wait { until, why: None }),
            },
            None => None,
        };
        let turn = outflow::turn(tx, shop, &line.to_string(), pace, pieces).await?;
        if let (Turn::Go { .. }, Some(used_up)) = (&turn, to_them) {
            dialogs::use_up(tx, shop, conversation, used_up).await?;
        }
        Ok(turn)
    })
    .await
}

/// How handing a message over ended.
enum End {
    Over,
    /// It left, and what it is called there is not known here.
    Lost,
    /// It may have left.
    InDoubt(String),
    Refused(Refusal),
}

/// Hands one piece over after the other; so many have left before.
async fn leave(
    app: &App,
    partner: &dyn Partner,
    message: &Message,
    (dialog, way): (&Dialog, &Way),
    pieces: Vec<Part<'_>>,
    left: usize,
) -> Result<End> {
    let shop = message.shop;
    let mut leaves = false;
    for (number, piece) in pieces.into_iter().enumerate().skip(left) {
        let piece = piece.ready(app, shop).await?;
        if !leaves {
            delivery::leaves(app, shop, message.id).await?;
            leaves = true;
        }
        let taken = match (&message.template, &dialog.thread, &piece) {
            (Some(template), ..) => partner.send_template(app, way, template).await,
            (None, Some(_), Piece::Text(text)) => below(app, partner, way, text).await,
            (None, ..) => partner.send(app, way, &piece).await,
        };
        if taken.is_ok() && begins(partner, message, way) {
            opens(app, dialog).await;
        }
        match taken {
            Ok(Taken::By(name)) => {
                kill_point::reach("piece-taken");
                if let Err(error) = note(app, dialog, message, name, number).await {
                    // it has left: whatever went wrong here, it must not leave again
                    tracing::error!(%error, "a message left, and what the partner calls it could not be written down");
                    return Ok(End::Lost);
                }
            }
            Ok(Taken::InDoubt(why)) => return Ok(End::InDoubt(why)),
            Err(refusal) => return Ok(End::Refused(refusal)),
        }
    }
    Ok(End::Over)
}

/// A line that nothing is taken from is looked after at once, so that people see what is wrong with it.
///
/// Errors: `Outside`, where it waits for nothing in particular.
async fn refused(app: &App, line: &Line, way_out: &WayOut<'_>, refusal: Refusal) -> Result<Handed> {
    if refusal.why == Why::Line {
        let line = line.clone();
        app.write(async move |tx: &mut Tx<'_>| line.look_now(tx).await).await?;
    }
    let fault = refusal.fault();
    let until = match refusal.why {
        Why::Later | Why::Line => way_out.failed(fault.clone()).await,
        Why::LaterToThem | Why::Never => {
            way_out.works().await;
            refusal.wait.filter(|_| refusal.why == Why::LaterToThem).map(|wait| app.now() + wait)
        }
    };
    match until {
        Some(until) => Ok(Handed::Waits { until, why: Some(fault.detail) }),
        None => Err(refusal.into()),
    }
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
