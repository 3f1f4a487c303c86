//! Lines at partners: whoever wrote there can be written to, for as long as the partner lets us; a number of some can be without.

use customers::customer::AddressKind;
use inbox::conversation::Conversation;
use kernel::{CustomerId, Result, Timestamp};
use platform::Tx;

use super::{Closed, Known, Outlet, Through};
use crate::{
    lines::{Dialog, Line, handle, named},
    partner::Partner,
    store::{dialogs, lines},
};

pub async fn outlets(tx: &mut Tx<'_>, known: &Known) -> Result<Vec<Outlet>> {
    let mut found = Vec::new();
    for line in lines::all(tx, known.shop).await? {
        let partner = named(&line.channel)?;
        let before = found.len();
        for peer in peers(known, partner) {
            if let Some(dialog) = dialogs::newest_in(tx, known.shop, line.id, &peer.called, None).await? {
                found.push(heard(tx, known, partner, &line, &peer, dialog).await?);
            } else if peer.by_number {
                found.push(through(partner, &line, peer, Timestamp::from_micros(0)));
            }
        }
        if found.len() == before {
            let nobody = Peer { called: String::new(), customer: known.person.id, proved: false, by_number: false };
            found.push(Outlet { closed: Some(Closed::Unheard), ..through(partner, &line, nobody, Timestamp::from_micros(0)) });
        }
    }
    Ok(found)
}

/// Whom a partner may know as this customer.
struct Peer {
    called: String,
    customer: CustomerId,
    proved: bool,
    /// Whether it is a number that can be written to first.
    by_number: bool,
}

fn peers(known: &Known, partner: &dyn Partner) -> Vec<Peer> {
    let prefix = handle(partner.name(), "");
    let handles = known.addresses(AddressKind::Handle).into_iter().filter_map(|(handle, customer, proved)| {
        let called = handle.strip_prefix(&prefix)?.to_owned();
        Some(Peer { called, customer, proved, by_number: false })
    });
    let mut peers: Vec<Peer> = handles.collect();
    if partner.writes_first() {
        for (number, customer, proved) in known.addresses(AddressKind::Phone) {
            if let Some(called) = customers::e164(number).filter(|called| peers.iter().all(|one| one.called != *called)) {
                peers.push(Peer { called, customer, proved, by_number: true });
            }
        }
    }
    peers
}

/// An outlet to somebody who wrote there.
async fn heard(tx: &mut Tx<'_>, known: &Known, partner: &dyn Partner, line: &Line, peer: &Peer, dialog: Dialog) -> Result<Outlet> {
    let until = partner.answered_within().map(|within| dialog.heard_at + within);
    let closed = match until.filter(|until| *until <= tx.now()) {
        // a number that was only claimed opens nobody's dialog
        _ if !known.person.ids().contains(&dialog.customer_first) => Some(Closed::Another),
        None => None,
        Some(_) if partner.has_templates() => Some(Closed::TemplateOnly),
        Some(_) if dialog.heard_at == Timestamp::from_micros(0) => Some(Closed::Unheard),
        Some(_) => Some(Closed::WindowOver),
    };
    let talk: Option<Conversation> = known.talks.iter().find(|talk| talk.id == dialog.conversation).cloned();
    let as_heard = Peer { called: dialog.peer, customer: dialog.customer_first, ..*peer };
    Ok(Outlet { until, closed, talk, ..through(partner, line, as_heard, dialog.heard_at) })
}

fn through(partner: &dyn Partner, line: &Line, peer: Peer, heard_at: Timestamp) -> Outlet {
    Outlet {
        channel: partner.name(),
        through: Through::Line(line.id, heard_at),
        name: line.shown.name.clone(),
        peer: peer.called,
        proved: peer.proved,
        customer: peer.customer,
        talk: None,
        until: None,
        in_trouble: line.trouble.is_some(),
        closed: None,
    }
}
