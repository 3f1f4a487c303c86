//! What is announced about the telephone.

use kernel::{CallId, MemberId, PhoneLineId};
use platform::event;
use serde::{Deserialize, Serialize};

/// Somebody calls.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallRang {
    pub call: CallId,
    pub phone_line: PhoneLineId,
}
event!(CallRang, "call_rang", "conversations");

/// A call was picked up.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallPickedUp {
    pub call: CallId,
    pub phone_line: PhoneLineId,
}
event!(CallPickedUp, "call_picked_up", "conversations");

/// A call is over.
#[derive(Debug, Serialize, Deserialize)]
pub struct CallEnded {
    pub call: CallId,
    pub phone_line: PhoneLineId,
}
event!(CallEnded, "call_ended", "conversations");

/// A telephone line was set up.
#[derive(Debug, Serialize, Deserialize)]
pub struct PhoneLineAdded {
    pub phone_line: PhoneLineId,
}
event!(PhoneLineAdded, "phone_line_added", "settings", audited);

/// A telephone line's name, its department or its promise was changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct PhoneLineChanged {
    pub phone_line: PhoneLineId,
}
event!(PhoneLineChanged, "phone_line_changed", "settings", audited);

/// A telephone line's secret was replaced: what is signed with the old one is refused.
#[derive(Debug, Serialize, Deserialize)]
pub struct PhoneLineSecretReplaced {
    pub phone_line: PhoneLineId,
}
event!(PhoneLineSecretReplaced, "phone_line_secret_replaced", "settings", audited);

/// A telephone line was disconnected.
#[derive(Debug, Serialize, Deserialize)]
pub struct PhoneLineRemoved {
    pub phone_line: PhoneLineId,
}
event!(PhoneLineRemoved, "phone_line_removed", "settings", audited);

/// A member chose on which telephone of their own calls reach them.
#[derive(Debug, Serialize, Deserialize)]
pub struct OwnPhoneChanged {
    pub member: MemberId,
}
event!(OwnPhoneChanged, "own_phone_changed", "settings", audited);
