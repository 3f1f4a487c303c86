//! What is announced about connections.

use kernel::{ConnectionId, CustomerId};
use platform::event;
use serde::{Deserialize, Serialize};

/// A shop system was connected.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionMade {
    pub connection: ConnectionId,
}
event!(ConnectionMade, "connection_made", "connections", audited);

/// A member changed a connection: its name, its address, what opens it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionChanged {
    pub connection: ConnectionId,
}
event!(ConnectionChanged, "connection_changed", "connections", audited);

/// A member paused a connection.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionPaused {
    pub connection: ConnectionId,
}
event!(ConnectionPaused, "connection_paused", "connections", audited);

/// A member let a connection go on.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionResumed {
    pub connection: ConnectionId,
}
event!(ConnectionResumed, "connection_resumed", "connections", audited);

/// A member has a connection end with all that was copied by it; that takes a while.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionErased {
    pub connection: ConnectionId,
}
event!(ConnectionErased, "connection_erased", "connections", audited);

/// A shop system was disconnected, and what opened it was erased.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionEnded {
    pub connection: ConnectionId,
}
event!(ConnectionEnded, "connection_ended", "connections", audited);

/// How a connection does is different: its history has been read, it has run into trouble, or is out of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct ConnectionTurned {
    pub connection: ConnectionId,
}
event!(ConnectionTurned, "connection_turned", "connections");

/// A shop system passed on what somebody wishes about personal data; an erasure that follows is announced once it is done.
#[derive(Debug, Serialize, Deserialize)]
pub struct PrivacyWishToldOf {
    pub connection: ConnectionId,
    /// `data`, `redaction` or `shop_redaction`.
    pub wish: String,
    /// Whom it is about, if they are known here.
    pub customer: Option<CustomerId>,
}
event!(PrivacyWishToldOf, "privacy_wish_told_of", "connections", audited);
