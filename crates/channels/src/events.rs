//! What is announced about channels.

use kernel::{KeyId, ShopId};
use platform::event;
use serde::{Deserialize, Serialize};

/// A member changed how the chat looks or behaves.
#[derive(Debug, Serialize, Deserialize)]
pub struct WidgetChanged {
    pub shop: ShopId,
}
event!(WidgetChanged, "widget_changed", "settings", audited);

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
