//! What a Shopify says of a payment that a bank asks back. An order says that there is a dispute; what it is about, and by when it
//! has to be answered, is known to Shopify Payments alone, and only to apps that may see its disputes.

use commerce::dispute::{self, DisputeKind, DisputeReason, DisputeState};
use kernel::{Currency, Timestamp};
use platform::App;
use serde::Deserialize;
use serde_json::json;

use super::{Shopify, page::number};
use crate::{
    connector::Settings,
    told::{DIGITS, called, decimal, minor},
    trouble::{Fault, Trouble},
};

/// What is asked for with an order.
pub(super) const DISPUTES: &str = "disputes { id initiatedAs status }";
const ABOUT: &str = "query($id: ID!) { dispute(id: $id) { amount { amount currencyCode } evidenceDueBy reasonDetails { reason } } }";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Dispute {
    id: String,
    initiated_as: String,
    status: String,
    #[serde(skip)]
    about: Option<About>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct About {
    amount: Amount,
    evidence_due_by: Option<Timestamp>,
    reason_details: Reason,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Amount {
    amount: String,
    currency_code: String,
}

#[derive(Debug, Deserialize)]
struct Reason {
    reason: String,
}

#[derive(Deserialize)]
struct Asked {
    dispute: Option<About>,
}

impl Dispute {
    pub(super) fn told(&self, currency: Currency) -> dispute::Dispute {
        let about = self.about.as_ref();
        // it is about what the shop was paid, which may be in another currency than the customer saw
        let amount = about.map(|about| &about.amount).filter(|amount| amount.currency_code == currency.code());
        dispute::Dispute {
            reference: called(number(&self.id), "?", 200),
            kind: if self.initiated_as == "INQUIRY" { DisputeKind::Inquiry } else { DisputeKind::Chargeback },
            state: state(&self.status),
            reason: about.map_or(DisputeReason::Other, |about| reason(&about.reason_details.reason)),
            amount: amount.map(|amount| minor(decimal(&amount.amount), DIGITS, currency)),
            respond_by: about.and_then(|about| about.evidence_due_by),
        }
    }
}

fn state(status: &str) -> DisputeState {
    match status {
        "UNDER_REVIEW" => DisputeState::UnderReview,
        "WON" => DisputeState::Won,
        "LOST" => DisputeState::Lost,
        "ACCEPTED" | "CHARGE_REFUNDED" => DisputeState::Accepted,
        "PREVENTED" => DisputeState::Prevented,
        // NEEDS_RESPONSE, and what there may be one day: somebody had better look
        _ => DisputeState::NeedsResponse,
    }
}

fn reason(reason: &str) -> DisputeReason {
    match reason {
        "FRAUDULENT" => DisputeReason::Fraudulent,
        "UNRECOGNIZED" => DisputeReason::Unrecognized,
        "PRODUCT_NOT_RECEIVED" => DisputeReason::NotReceived,
        "PRODUCT_UNACCEPTABLE" => DisputeReason::Unacceptable,
        "CREDIT_NOT_PROCESSED" => DisputeReason::NotCredited,
        "DUPLICATE" => DisputeReason::Duplicate,
        "SUBSCRIPTION_CANCELLED" => DisputeReason::SubscriptionCancelled,
        _ => DisputeReason::Other,
    }
}

impl Shopify {
    /// Asks what the open ones are about.
    pub(super) async fn look_into(&self, app: &App, settings: &Settings, disputes: &mut [Dispute]) -> Result<(), Fault> {
        for dispute in
            disputes.iter_mut().filter(|one| matches!(state(&one.status), DisputeState::NeedsResponse | DisputeState::UnderReview))
        {
            let id = format!("gid://shopify/ShopifyPaymentsDispute/{}", number(&dispute.id));
            match self.ask::<Asked>(app, settings, ABOUT, json!({ "id": id })).await {
                Ok(answered) => dispute.about = answered.data.dispute,
                // that there is one is known all the same
                Err(fault) if fault.trouble == Trouble::NotAllowed => return Ok(()),
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }
}
