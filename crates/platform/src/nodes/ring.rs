//! What nodes say to each other. A node does not mind what it does not know: during an upgrade there are two versions.

use kernel::{ConversationId, MemberId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{live::Topic, rng::Rng};

/// PostgreSQL passes on less than 8,000 bytes at once.
const LONGEST: usize = 7_500;

/// A process among others, another one with each start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct NodeId(u64);

impl NodeId {
    /// The process one is in; to others it has the name it drew.
    pub const HERE: NodeId = NodeId(0);

    #[cfg(test)]
    pub const fn numbered(number: u64) -> NodeId {
        NodeId(number)
    }

    pub fn new(rng: &Rng) -> NodeId {
        NodeId(u64::from_be_bytes(rng.bytes()).max(1))
    }
}

/// One thing said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ring", rename_all = "snake_case")]
pub(crate) enum Ring {
    /// Events have been numbered.
    Events,
    /// Jobs wait for somebody who has a hand free.
    Jobs,
    /// Something fleeting, for whoever listens.
    Signal { topic: Topic, name: String, data: Value },
    /// I am here; my windows have changed so many times.
    Here { changes: u64 },
    /// The change of this number: one of my windows shows this now, or is closed.
    Window { change: u64, id: u64, shown: Option<Shown> },
    /// Which windows do you have?
    Ask { of: NodeId },
    /// All of mine after so many changes, in parts.
    Windows { changes: u64, part: u64, last: bool, windows: Vec<(u64, Shown)> },
    /// I go.
    Gone,
    /// Said by a later version.
    #[serde(other)]
    Unknown,
}

/// What an open window shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shown {
    /// A shop for a console, a customer for a chat.
    pub topic: Topic,
    /// Whose console it is, and how they are called.
    pub member: Option<(MemberId, String)>,
    pub at: Option<ConversationId>,
    pub typing: bool,
}

/// What goes over the line.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Envelope {
    pub from: NodeId,
    pub rings: Vec<Ring>,
}

/// Puts rings into as few envelopes as will take them, in their order.
pub(super) fn pack(from: NodeId, rings: &[Ring]) -> Vec<String> {
    let (mut envelopes, mut open): (Vec<String>, String) = (Vec::new(), String::new());
    let seal = |rings: &str| format!(r#"{{"from":{},"rings":[{rings}]}}"#, from.0);
    for ring in rings {
        let Ok(text) = serde_json::to_string(ring) else { continue };
        if text.len() > LONGEST {
            tracing::warn!(bytes = text.len(), "too long to be told to other nodes");
            continue;
        }
        if !open.is_empty() && open.len() + text.len() > LONGEST {
            envelopes.push(seal(&std::mem::take(&mut open)));
        }
        if !open.is_empty() {
            open.push(',');
        }
        open.push_str(&text);
    }
    if !open.is_empty() {
        envelopes.push(seal(&open));
    }
    envelopes
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn signal(text: &str) -> Ring {
        let topic = Topic::Customer(Uuid::from_u128(1).into(), Uuid::from_u128(2).into());
        Ring::Signal { topic, name: "typing".into(), data: json!({ "name": text }) }
    }

    #[test]
    fn what_is_packed_comes_out_whole_and_in_order_whatever_its_length() {
        let shown = Shown {
            topic: Topic::Shop(Uuid::from_u128(1).into()),
            member: Some((Uuid::from_u128(3).into(), "Kari".into())),
            at: None,
            typing: true,
        };
        let mut rings = vec![Ring::Events, Ring::Here { changes: u64::MAX }, Ring::Window { change: 1, id: 7, shown: Some(shown.clone()) }];
        rings.extend((0..100).map(|n| signal(&"ø".repeat(n * 20))));
        rings.push(Ring::Windows { changes: 2, part: 0, last: true, windows: vec![(u64::MAX, shown)] });
        rings.push(Ring::Gone);
        let packed = pack(NodeId(5), &rings);
        assert!(packed.len() > 1);
        assert!(packed.iter().all(|envelope| envelope.len() < 8_000));
        let envelopes: Vec<Envelope> = packed.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        assert!(envelopes.iter().all(|envelope| envelope.from == NodeId(5)));
        assert_eq!(envelopes.into_iter().flat_map(|envelope| envelope.rings).collect::<Vec<_>>(), rings);
    }

    #[test]
    fn what_is_too_long_keeps_nothing_else_back() {
        let packed = pack(NodeId(5), &[Ring::Events, signal(&"x".repeat(8_000)), Ring::Jobs]);
        assert_eq!(packed, [r#"{"from":5,"rings":[{"ring":"events"},{"ring":"jobs"}]}"#]);
    }

    #[test]
    fn what_a_later_version_says_is_passed_over() {
        let envelope: Envelope = serde_json::from_str(r#"{"from":5,"rings":[{"ring":"dance","to":"this"},{"ring":"jobs"}]}"#).unwrap();
        assert_eq!(envelope.rings, [Ring::Unknown, Ring::Jobs]);
    }
}
