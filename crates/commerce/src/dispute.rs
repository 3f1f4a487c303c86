//! A payment whose bank asks for it back, or asks about it: whoever does not answer in time has lost it.

use kernel::{Result, Timestamp};
use platform::{Tx, event::Acting, keyed};
use serde::{Deserialize, Serialize};

use crate::{events::OrderDisputed, order::Order};

/// No order's payment is disputed more often.
pub const MOST: usize = 50;

keyed! {
    /// How far a bank has gone.
    pub enum DisputeKind {
        /// It asks what the payment was for.
        Inquiry = "inquiry",
        /// It has taken the money back, until somebody shows that it was owed.
        Chargeback = "chargeback",
    }
}

keyed! {
    /// Whose turn it is, or how it ended.
    pub enum DisputeState {
        /// The shop has to say something to it.
        NeedsResponse = "needs_response",
        /// It has, and the bank decides.
        UnderReview = "under_review",
        /// The shop keeps the money.
        Won = "won",
        Lost = "lost",
        /// The shop has said that the money is to be given back.
        Accepted = "accepted",
        /// It was settled before it became a chargeback.
        Prevented = "prevented",
    }
}

keyed! {
    /// What the customer has told their bank.
    pub enum DisputeReason {
        Fraudulent = "fraudulent",
        Unrecognized = "unrecognized",
        NotReceived = "not_received",
        Unacceptable = "unacceptable",
        NotCredited = "not_credited",
        Duplicate = "duplicate",
        SubscriptionCancelled = "subscription_cancelled",
        Other = "other",
    }
}

/// A dispute about an order, as the shop's own system last told of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// The shop's own id of it: the same one is the same dispute.
    pub reference: String,
    pub kind: DisputeKind,
    pub state: DisputeState,
    pub reason: DisputeReason,
    /// How much of the order's payment it is about, in the smallest unit of its currency; null where the shop does not say.
    pub amount: Option<i64>,
    /// Until when the shop can answer.
    pub respond_by: Option<Timestamp>,
}

impl Dispute {
    /// Whether it is still to be decided. What is given back meanwhile may be given twice.
    pub fn is_open(&self) -> bool {
        matches!(self.state, DisputeState::NeedsResponse | DisputeState::UnderReview)
    }
}

/// Says so where the shop has something to answer that it had not `before`.
pub(crate) async fn follow(tx: &mut Tx<'_>, who: &impl Acting, order: &Order, before: &[Dispute]) -> Result<()> {
    let asked = |dispute: &Dispute| dispute.state == DisputeState::NeedsResponse;
    let known = |dispute: &Dispute| before.iter().any(|one| one.reference == dispute.reference && one.kind == dispute.kind && asked(one));
    if !order.facts.disputes.iter().any(|dispute| asked(dispute) && !known(dispute)) {
        return Ok(());
    }
    let Order { id, customer, customer_first, .. } = *order;
    tx.announce(who, OrderDisputed { order: id, customer, customer_first }).await.map(drop)
}
