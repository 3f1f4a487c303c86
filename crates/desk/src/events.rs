//! What is announced about macros. What the whole shop says is audited; what somebody keeps for themselves is not.

use kernel::{MacroId, MemberId};
use platform::event;
use serde::{Deserialize, Serialize};

/// The shop has a new macro.
#[derive(Debug, Serialize, Deserialize)]
pub struct MacroCreated {
    pub r#macro: MacroId,
}
event!(MacroCreated, "macro_created", "settings", audited);

/// A macro of the shop's changed, became the shop's, or was taken out of its hands.
#[derive(Debug, Serialize, Deserialize)]
pub struct MacroChanged {
    pub r#macro: MacroId,
    pub shared: bool,
}
event!(MacroChanged, "macro_changed", "settings", audited);

/// The shop has one macro less.
#[derive(Debug, Serialize, Deserialize)]
pub struct MacroDeleted {
    pub r#macro: MacroId,
}
event!(MacroDeleted, "macro_deleted", "settings", audited);

/// A member's own macros changed; their other windows show it.
#[derive(Debug, Serialize, Deserialize)]
pub struct OwnMacrosChanged {
    pub r#macro: MacroId,
    pub member: MemberId,
}
event!(OwnMacrosChanged, "own_macros_changed", "settings");
