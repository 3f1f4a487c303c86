//! Hands an answer to a partner, piece by piece. What has left is written down before the next piece leaves.

use inbox::{
    conversation::Conversation,
    delivery::{self, Handed},
    message::{Kind, Message},
};
use kernel::{Error, Result, hours, say};
use platform::{App, Tx};

use super::{Dialog, Line, Reference, pieces::pieces_of};
use crate::{
    partner::{Partner, Refusal, SERVICE, Taken, Way, Why},
    store::{dialogs, lines},
};

/// Errors: `Outside` when it has surely not left, saying whether trying again may help.
pub async fn send(app: &App, partner: &dyn Partner, message: &Message, conversation: &Conversation) -> Result<Handed> {
    let (shop, talk, id) = (message.shop, conversation.id, message.id);
    let found = app.read(async move |tx: &mut Tx<'_>| {
        let Some(dialog) = dialogs::of(tx, shop, talk).await? else { return Ok(None) };
        let (line, left) = (lines::maybe(tx, shop, dialog.line).await?, dialogs::pieces(tx, shop, id).await?);
        Ok(line.map(|line| (dialog, line, left)))
    });
    let nowhere = || Error::Outside { service: SERVICE, temporary: false, detail: say!("no-line-to-answer-from").to_string() };
    let (dialog, line, left) = found.await?.ok_or_else(nowhere)?;
    let (settings, hook) = line.opened(app)?;
    let way = Way {
        settings,
        hook,
        key: line.key.clone(),
        peer: dialog.peer.clone(),
        message: id,
        silent_for: app.now() - dialog.heard_at,
        by_person: message.kind == Kind::Reply,
    };
    let mut leaves = false;
    for (number, piece) in pieces_of(message, partner).into_iter().enumerate().skip(left) {
        let piece = piece.ready(app, shop).await?;
        if !leaves {
            delivery::leaves(app, shop, id).await?;
            leaves = true;
        }
        let taken = match &message.template {
            Some(template) => partner.send_template(app, &way, template).await,
            None => partner.send(app, &way, &piece).await,
        };
        if taken.is_ok() && begins(partner, message, &way) {
            opens(app, &dialog).await;
        }
        match taken {
            Ok(Taken::By(name)) => {
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

/// Errors: `Conflict` when the customer wrote too long ago.
pub async fn must_take_text(tx: &mut Tx<'_>, partner: &dyn Partner, conversation: &Conversation) -> Result<()> {
    let Some(within) = partner.answered_within() else { return Ok(()) };
    let Some(dialog) = dialogs::of(tx, conversation.shop, conversation.id).await? else { return Ok(()) };
    if tx.now() - dialog.heard_at < within {
        return Ok(());
    }
    let (channel, hours) = (partner.title(), within / hours(1));
    let detail =
        if partner.has_templates() { say!("window-closed-template", channel, hours) } else { say!("window-closed", channel, hours) };
    Err(Error::Conflict { kind: "window_closed", detail })
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
