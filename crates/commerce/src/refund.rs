//! Money given back for an order: asked for by somebody, agreed to by somebody else where it is much, and made by the shop's own
//! system, once.

use kernel::{CustomerId, MemberId, Money, OrderId, RefundId, Result, ShopId, Timestamp, conflict, hours, invalid, say};
use platform::{
    Agent, Tx,
    event::{Acting, Actor},
    job::When,
    keyed,
};
use serde::{Deserialize, Serialize};

use crate::{
    Order,
    events::RefundMoved,
    order::Facts,
    refund_limit::{self, Spent},
    refunding::MakeRefund,
    shop_system::Answer,
    status::Payment,
    store,
};

keyed! {
    /// How far a refund has come.
    pub enum RefundState {
        /// For somebody else to agree.
        Waiting = "waiting",
        Declined = "declined",
        Queued = "queued",
        /// The shop's own system is being asked.
        Asked = "asked",
        /// It was asked, and did not say what it did.
        Unknown = "unknown",
        Made = "made",
        /// The shop's own system has not made it.
        Refused = "refused",
    }
}

/// What happens to a refund.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Agree,
    Decline,
    Ask,
    BeMade,
    BeRefused,
    BeUnknown,
}

impl RefundState {
    /// Where a step leads; nowhere when it cannot be taken from here.
    pub fn next(self, step: Step) -> Option<RefundState> {
        use RefundState as S;
        match (self, step) {
            (S::Waiting, Step::Agree) => Some(S::Queued),
            (S::Waiting, Step::Decline) => Some(S::Declined),
            (S::Queued, Step::Ask) => Some(S::Asked),
            (S::Asked | S::Unknown, Step::BeMade) => Some(S::Made),
            (S::Asked | S::Unknown, Step::BeRefused) => Some(S::Refused),
            (S::Asked | S::Unknown, Step::BeUnknown) => Some(S::Unknown),
            _ => None,
        }
    }

    /// Whether the money may yet be given back.
    pub fn is_open(self) -> bool {
        matches!(self, RefundState::Waiting | RefundState::Queued | RefundState::Asked | RefundState::Unknown)
    }
}

keyed! {
    /// What was at fault.
    pub enum Cause {
        Carrier = "carrier",
        Product = "product",
        Warehouse = "warehouse",
        Description = "description",
        Customer = "customer",
        Other = "other",
    }
}

/// So many of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The shop's own id of the line.
    pub line: String,
    pub quantity: i64,
}

/// What somebody wants given back, and why.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub amount: Money,
    pub lines: Vec<Share>,
    pub cause: Cause,
    pub reason: String,
    /// What comes under the same one is the same refund.
    pub key: String,
}

/// A refund.
#[derive(Debug, Clone)]
pub struct Refund {
    pub shop: ShopId,
    pub id: RefundId,
    pub order: OrderId,
    pub wanted: Wanted,
    pub state: RefundState,
    pub by: Actor,
    /// The member who asked for it, themselves or by a token.
    pub member: MemberId,
    /// Who agreed or declined.
    pub decided_by: Option<MemberId>,
    /// What the shop's own system said of it.
    pub said: String,
    pub created_at: Timestamp,
    /// When the shop's own system was asked.
    pub asked_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub version: i64,
}

impl Refund {
    /// Errors: `Conflict` when it is too late for this, or too early.
    fn take(&mut self, step: Step, now: Timestamp) -> Result<()> {
        self.state = self.state.next(step).ok_or_else(|| conflict(say!("refund-moved-on")))?;
        match self.state {
            RefundState::Asked => self.asked_at = Some(now),
            state if !state.is_open() => self.ended_at = Some(now),
            _ => (),
        }
        Ok(())
    }
}

/// What can still be given back of an order: what was paid, without what was given back, and without what is about to be. What was
/// made here may not stand in the order yet, so the larger of the two counts.
pub fn left(facts: &Facts, earlier: &[Refund]) -> i64 {
    let paid = match facts.payment {
        Payment::Paid | Payment::PartlyRefunded | Payment::PartlyPaid => facts.total,
        Payment::Unpaid | Payment::Authorized | Payment::Refunded | Payment::Voided => 0,
    };
    let sum = |wanted: fn(RefundState) -> bool| -> i64 {
        earlier.iter().filter(|refund| wanted(refund.state)).map(|refund| refund.wanted.amount.minor).sum()
    };
    let made = sum(|state| state == RefundState::Made).max(facts.refunded);
    (paid - made - sum(RefundState::is_open)).max(0)
}

/// Errors: `Invalid` when it is more than can be given back, of another currency, or for more than was bought.
fn must_fit(facts: &Facts, earlier: &[Refund], wanted: &Wanted) -> Result<()> {
    let most = left(facts, earlier);
    if wanted.amount.currency != facts.currency {
        return Err(invalid("amount.currency", say!("refund-in-another-currency", currency = facts.currency.to_string())));
    }
    if wanted.amount.minor > most {
        return Err(invalid("amount.minor", say!("refund-too-large")));
    }
    for (n, share) in wanted.lines.iter().enumerate() {
        let bought = facts.lines.iter().find(|line| line.reference == share.line).map(|line| line.quantity);
        let is_twice = wanted.lines[..n].iter().any(|other| other.line == share.line);
        if is_twice || !(1..=bought.unwrap_or_default()).contains(&share.quantity) {
            return Err(invalid(format!("lines.{n}"), say!("refund-not-bought")));
        }
    }
    Ok(())
}

/// Asks for a refund; it is made at once, or when somebody else agrees. Says whether that was now: under a known key it was before.
///
/// Errors: `NotFound`, `Invalid` when it does not fit the order, `Conflict` when the order's buyer was erased, or the key came with
/// something else.
pub async fn ask(tx: &mut Tx<'_>, who: &Agent, order: &Order, wanted: Wanted) -> Result<(Refund, bool)> {
    if let Some(known) = store::refunds::by_key(tx, who.shop, &wanted.key).await? {
        return same(known, order.id, &wanted).map(|known| (known, false));
    }
    if order.erased_at.is_some() {
        return Err(conflict(say!("refund-of-erased")));
    }
    let earlier = store::refunds::of_order(tx, who.shop, order.id).await?;
    must_fit(&order.facts, &earlier, &wanted)?;
    let state = match needs_another(tx, who, wanted.amount).await? {
        true => RefundState::Waiting,
        false => RefundState::Queued,
    };
    let refund = Refund {
        shop: who.shop,
        id: tx.new_id(),
        order: order.id,
        wanted,
        state,
        by: who.actor(),
        member: who.id,
        decided_by: None,
        said: String::new(),
        created_at: tx.now(),
        asked_at: None,
        ended_at: None,
        version: 1,
    };
    store::refunds::insert(tx, &refund).await?;
    go_on(tx, who, &refund, order.customer).await?;
    Ok((refund, true))
}

fn same(known: Refund, order: OrderId, wanted: &Wanted) -> Result<Refund> {
    let is = |refund: &Refund| (refund.order, refund.wanted.amount, refund.wanted.lines.clone());
    match is(&known) == (order, wanted.amount, wanted.lines.clone()) {
        true => Ok(known),
        false => Err(conflict(say!("refund-was-another"))),
    }
}

/// Whether somebody else has to agree, by what the member's role may give back at once and in a day.
async fn needs_another(tx: &mut Tx<'_>, who: &Agent, amount: Money) -> Result<bool> {
    let role = team::member::get(tx, who.shop, who.id).await?.role;
    let Some(limit) = refund_limit::of(tx, who.shop, role, amount.currency).await? else { return Ok(false) };
    let since = tx.now() - hours(24);
    let before = store::refunds::asked_since(tx, who.shop, who.id, amount.currency, since).await?;
    Ok(limit.is_passed_by(Spent { now: amount.minor, before }))
}

/// Agrees to a refund that waits, or declines it.
///
/// Errors: `NotFound`; `Conflict` when it waits no longer, or whoever decides has asked for it.
pub async fn decide(tx: &mut Tx<'_>, who: &Agent, id: RefundId, agreed: bool) -> Result<Refund> {
    let mut refund = store::refunds::refund(tx, who.shop, id).await?;
    if refund.member == who.id {
        return Err(conflict(say!("refund-is-yours")));
    }
    refund.take(if agreed { Step::Agree } else { Step::Decline }, tx.now())?;
    refund.decided_by = Some(who.id);
    store::refunds::save(tx, &mut refund).await?;
    let order = store::order(tx, who.shop, refund.order).await?;
    go_on(tx, who, &refund, order.customer).await?;
    Ok(refund)
}

/// From now on the shop's own system is being asked: whoever finds it so looks before anything else.
pub(crate) async fn begin(tx: &mut Tx<'_>, refund: &mut Refund) -> Result<()> {
    refund.take(Step::Ask, tx.now())?;
    store::refunds::save(tx, refund).await
}

/// Notes what the shop's own system said; what has ended stays as it is.
///
/// Errors: `NotFound`, `Conflict` when it had not been asked.
pub async fn end(tx: &mut Tx<'_>, shop: ShopId, id: RefundId, answer: Answer) -> Result<Refund> {
    let mut refund = store::refunds::refund(tx, shop, id).await?;
    if !refund.state.is_open() {
        return Ok(refund);
    }
    let before = refund.state;
    let (step, said) = match answer {
        Answer::Made(said) => (Step::BeMade, said),
        Answer::Refused(said) => (Step::BeRefused, said),
        Answer::Unknown(said) => (Step::BeUnknown, said),
    };
    refund.take(step, tx.now())?;
    refund.said = said;
    store::refunds::save(tx, &mut refund).await?;
    if refund.state != before {
        let order = store::order(tx, shop, refund.order).await?;
        announce(tx, &Actor::system(shop), &refund, order.customer).await?;
    }
    Ok(refund)
}

async fn go_on(tx: &mut Tx<'_>, who: &Agent, refund: &Refund, customer: CustomerId) -> Result<()> {
    if refund.state == RefundState::Queued {
        tx.enqueue(refund.shop, &MakeRefund { refund: refund.id }, When::default().once(refund.id)).await?;
    }
    announce(tx, who, refund, customer).await
}

async fn announce(tx: &mut Tx<'_>, who: &impl Acting, refund: &Refund, customer: CustomerId) -> Result<()> {
    let Refund { id, order, state, .. } = *refund;
    tx.announce(who, RefundMoved { refund: id, order, customer, state }).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_goes_its_way_and_no_other() {
        use RefundState as S;
        use Step as T;
        let ways = [
            (S::Waiting, T::Agree, S::Queued),
            (S::Waiting, T::Decline, S::Declined),
            (S::Queued, T::Ask, S::Asked),
            (S::Asked, T::BeMade, S::Made),
            (S::Asked, T::BeRefused, S::Refused),
            (S::Asked, T::BeUnknown, S::Unknown),
            (S::Unknown, T::BeMade, S::Made),
            (S::Unknown, T::BeRefused, S::Refused),
            (S::Unknown, T::BeUnknown, S::Unknown),
        ];
        for state in S::ALL {
            for step in [T::Agree, T::Decline, T::Ask, T::BeMade, T::BeRefused, T::BeUnknown] {
                let way = ways.iter().find(|(from, by, _)| (from, by) == (state, &step)).map(|(_, _, to)| *to);
                assert_eq!(state.next(step), way, "{state} {step:?}");
            }
        }
        // asked a second time it would be made a second time
        assert!(S::ALL.iter().filter(|state| state.next(T::Ask).is_some()).eq([&S::Queued]));
    }
}
