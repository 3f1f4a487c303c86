//! What is announced about channels.

use kernel::{ArrivalId, KeyId, LetterId, LineId, MailboxId, ShopId};
use platform::event;
use serde::{Deserialize, Serialize};

/// A member changed how the chat looks or behaves.
#[derive(Debug, Serialize, Deserialize)]
pub struct WidgetChanged {
    pub shop: ShopId,
}
event!(WidgetChanged, "widget_changed", "settings", audited);

/// A member changed the contact form.
#[derive(Debug, Serialize, Deserialize)]
pub struct ContactFormChanged {
    pub shop: ShopId,
}
event!(ContactFormChanged, "contact_form_changed", "settings", audited);

/// A key that signs visitors in was made.
#[derive(Debug, Serialize, Deserialize)]
pub struct IdentityKeyCreated {
    pub key: KeyId,
}
event!(IdentityKeyCreated, "identity_key_created", "settings", audited);

/// A key that signs visitors in was revoked.
#[derive(Debug, Serialize, Deserialize)]
pub struct IdentityKeyRevoked {
    pub key: KeyId,
}
event!(IdentityKeyRevoked, "identity_key_revoked", "settings", audited);

/// A mailbox was connected.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxConnected {
    pub mailbox: MailboxId,
}
event!(MailboxConnected, "mailbox_connected", "settings", audited);

/// What opens a mailbox, or how it is used, was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxChanged {
    pub mailbox: MailboxId,
}
event!(MailboxChanged, "mailbox_changed", "settings", audited);

/// A mailbox is not read for now.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxPaused {
    pub mailbox: MailboxId,
}
event!(MailboxPaused, "mailbox_paused", "settings", audited);

/// A mailbox is read again.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxResumed {
    pub mailbox: MailboxId,
}
event!(MailboxResumed, "mailbox_resumed", "settings", audited);

/// A mailbox was disconnected.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxDisconnected {
    pub mailbox: MailboxId,
}
event!(MailboxDisconnected, "mailbox_disconnected", "settings", audited);

/// A member signed in to a mailbox where it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxSignedIn {
    pub mailbox: MailboxId,
}
event!(MailboxSignedIn, "mailbox_signed_in", "settings", audited);

/// The shop's client at a provider, by which mailboxes are signed in to, was set up or changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailClientChanged {
    pub provider: String,
}
event!(MailClientChanged, "mail_client_changed", "settings", audited);

/// The shop's client at a provider was forgotten.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailClientForgotten {
    pub provider: String,
}
event!(MailClientForgotten, "mail_client_forgotten", "settings", audited);

/// A mailbox has run into trouble, or is out of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct MailboxTurned {
    pub mailbox: MailboxId,
}
event!(MailboxTurned, "mailbox_turned", "settings");

/// A letter was put aside, for somebody to look at.
#[derive(Debug, Serialize, Deserialize)]
pub struct LetterPutAside {
    pub mailbox: MailboxId,
    pub letter: LetterId,
}
event!(LetterPutAside, "mailbox_letter_put_aside", "settings");

/// A member let a letter in that had been put aside.
#[derive(Debug, Serialize, Deserialize)]
pub struct LetterLetIn {
    pub mailbox: MailboxId,
    pub letter: LetterId,
}
event!(LetterLetIn, "mailbox_letter_let_in", "settings", audited);

/// A member left a letter out that had been put aside.
#[derive(Debug, Serialize, Deserialize)]
pub struct LetterDiscarded {
    pub mailbox: MailboxId,
    pub letter: LetterId,
}
event!(LetterDiscarded, "mailbox_letter_discarded", "settings", audited);

/// A line was connected.
#[derive(Debug, Serialize, Deserialize)]
pub struct LineConnected {
    pub line: LineId,
}
event!(LineConnected, "line_connected", "settings", audited);

/// What opens a line, or how it is used, was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct LineChanged {
    pub line: LineId,
}
event!(LineChanged, "line_changed", "settings", audited);

/// A line was disconnected.
#[derive(Debug, Serialize, Deserialize)]
pub struct LineDisconnected {
    pub line: LineId,
}
event!(LineDisconnected, "line_disconnected", "settings", audited);

/// A line has run into trouble, is out of it, or is known by another name.
#[derive(Debug, Serialize, Deserialize)]
pub struct LineTurned {
    pub line: LineId,
}
event!(LineTurned, "line_turned", "settings");

/// A partner's call was put aside, for somebody to look at.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallPutAside {
    pub line: LineId,
    pub arrival: ArrivalId,
}
event!(CallPutAside, "line_call_put_aside", "settings");
