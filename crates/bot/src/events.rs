//! What is announced about the bot.

use kernel::ShopId;
use platform::event;
use serde::{Deserialize, Serialize};

/// A member changed what the bot answers.
#[derive(Debug, Serialize, Deserialize)]
pub struct QuickRepliesChanged {
    pub shop: ShopId,
}
event!(QuickRepliesChanged, "quick_replies_changed", "settings", audited);
