//! Mailboxes: whoever has an address can be written a letter.

use customers::customer::AddressKind;
use inbox::conversation::Conversation;
use kernel::Result;
use platform::Tx;

use super::{Closed, Known, Outlet, Through};
use crate::{
    contact,
    email::{
        self,
        mailbox::{Mailbox, State, address_key},
        thread::Thread,
    },
    store::{mailboxes, threads},
};

pub async fn outlets(tx: &mut Tx<'_>, known: &Known) -> Result<Vec<Outlet>> {
    let mailboxes = mailboxes::all(tx, known.shop).await?;
    let addresses = known.addresses(AddressKind::Email);
    if addresses.is_empty() {
        let none = |mailbox: &Mailbox| Outlet { closed: Some(Closed::NoAddress), ..through(mailbox, known) };
        return Ok(mailboxes.first().map(none).into_iter().collect());
    }
    let threads = threads_of(tx, known).await?;
    let mut found = Vec::with_capacity(mailboxes.len() * addresses.len());
    for mailbox in &mailboxes {
        for (address, customer, proved) in &addresses {
            let talk = threads.iter().find(|(_, thread)| thread.mailbox == mailbox.id && thread.goes_to(address));
            found.push(Outlet {
                peer: (*address).to_owned(),
                proved: *proved,
                customer: talk.map_or(*customer, |(talk, _)| talk.customer_first),
                talk: talk.map(|(talk, _)| talk.clone()),
                ..through(mailbox, known)
            });
        }
    }
    Ok(found)
}

fn through(mailbox: &Mailbox, known: &Known) -> Outlet {
    Outlet {
        channel: email::NAME,
        through: Through::Mailbox(mailbox.id),
        name: mailbox.settings.address.clone(),
        peer: String::new(),
        proved: false,
        customer: known.person.id,
        talk: None,
        until: None,
        in_trouble: mailbox.trouble.is_some(),
        closed: (mailbox.state == State::Paused).then_some(Closed::Paused),
    }
}

/// What is held by letters: what began with one, or with the contact form.
async fn threads_of(tx: &mut Tx<'_>, known: &Known) -> Result<Vec<(Conversation, Thread)>> {
    let mut found = Vec::new();
    for talk in known.talks.iter().filter(|talk| [email::NAME, contact::NAME].contains(&talk.channel.as_str())) {
        if let Some(thread) = threads::thread(tx, known.shop, talk.id).await? {
            found.push((talk.clone(), thread));
        }
    }
    Ok(found)
}

impl Thread {
    fn goes_to(&self, address: &str) -> bool {
        self.facts.to.iter().any(|one| address_key(&one.email) == address_key(address))
    }
}
