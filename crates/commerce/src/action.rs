//! What is done to an order: asked for by somebody, agreed to by somebody else where it costs much, and done by the shop's own
//! system, once.

use kernel::{ActionId, CustomerId, MemberId, Money, OrderId, Result, ShopId, Timestamp, conflict, hours, say};
use platform::{
    Agent, Tx,
    event::{Acting, Actor},
    job::When,
    keyed,
};

use crate::{
    Order,
    acting::TakeAction,
    deed::{Deed, DeedKind},
    events::ActionMoved,
    order::Facts,
    refund_limit::{self, Spent},
    shop_system::{Answer, Made},
    status::Payment,
    store,
};

keyed! {
    /// How far a refund has come.
    pub enum ActionState {
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

/// What happens to an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Agree,
    Decline,
    Ask,
    BeMade,
    BeRefused,
    BeUnknown,
}

impl ActionState {
    /// Where a step leads; nowhere when it cannot be taken from here.
    pub fn next(self, step: Step) -> Option<ActionState> {
        use ActionState as S;
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

    /// Whether it may yet be done.
    pub fn is_open(self) -> bool {
        matches!(self, ActionState::Waiting | ActionState::Queued | ActionState::Asked | ActionState::Unknown)
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

/// What somebody wants done, and why.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub deed: Deed,
    /// None where nothing went wrong.
    pub cause: Option<Cause>,
    /// Empty where the deed says all.
    pub reason: String,
    /// What comes under the same one is the same action.
    pub key: String,
}

/// Something done to an order.
#[derive(Debug, Clone)]
pub struct Action {
    pub shop: ShopId,
    pub id: ActionId,
    pub order: OrderId,
    pub wanted: Wanted,
    /// What it costs the shop.
    pub worth: Money,
    pub state: ActionState,
    pub by: Actor,
    /// The member who asked for it, themselves or by a token.
    pub member: MemberId,
    /// Who agreed or declined.
    pub decided_by: Option<MemberId>,
    /// What the shop's own system said of it.
    pub said: String,
    /// Where the customer goes on, where what was made leads somewhere.
    pub link: Option<String>,
    pub created_at: Timestamp,
    /// When the shop's own system was asked.
    pub asked_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub version: i64,
}

impl Action {
    pub fn kind(&self) -> DeedKind {
        self.wanted.deed.kind()
    }

    /// Errors: `Conflict` when it is too late for this, or too early.
    fn take(&mut self, step: Step, now: Timestamp) -> Result<()> {
        self.state = self.state.next(step).ok_or_else(|| conflict(say!("action-moved-on")))?;
        match self.state {
            ActionState::Asked => self.asked_at = Some(now),
            state if !state.is_open() => self.ended_at = Some(now),
            _ => (),
        }
        Ok(())
    }
}

/// What can still be given back of an order: what was paid, without what was given back, and without what is about to be. What was
/// made here may not stand in the order yet, so the larger of the two counts.
pub fn left(facts: &Facts, earlier: &[Action]) -> i64 {
    let paid = match facts.payment {
        Payment::Paid | Payment::PartlyRefunded | Payment::PartlyPaid => facts.total,
        Payment::Unpaid | Payment::Authorized | Payment::Refunded | Payment::Voided => 0,
    };
    let refunds = || earlier.iter().filter(|action| action.kind() == DeedKind::Refund);
    let sum =
        |wanted: fn(ActionState) -> bool| -> i64 { refunds().filter(|action| wanted(action.state)).map(|action| action.worth.minor).sum() };
    let made = sum(|state| state == ActionState::Made).max(facts.refunded);
    (paid - made - sum(ActionState::is_open)).max(0)
}

/// Whether this can be asked for as the order stands.
pub fn is_possible(kind: DeedKind, facts: &Facts, earlier: &[Action]) -> bool {
    let has_left = kind != DeedKind::Refund || left(facts, earlier) > 0;
    facts.allows(kind) && has_left && !is_under_way(earlier, kind)
}

/// Whether this is being done already, or about to be: an order is cancelled once, goes to one place, and is wanted once more.
fn is_under_way(earlier: &[Action], kind: DeedKind) -> bool {
    let is_single = matches!(kind, DeedKind::Cancellation | DeedKind::Redirection | DeedKind::Duplicate);
    is_single && earlier.iter().any(|action| action.kind() == kind && action.state.is_open())
}

/// Asks for something to be done; it is at once, or when somebody else agrees. Says whether that was now: under a known key it was before.
///
/// Errors: `NotFound`, `Invalid` when it does not fit the order, `Conflict` when it is too late for it or under way, the order's buyer
/// was erased, or the key came with something else.
pub async fn ask(tx: &mut Tx<'_>, who: &Agent, order: &Order, wanted: Wanted) -> Result<(Action, bool)> {
    if let Some(known) = store::actions::by_key(tx, who.shop, &wanted.key).await? {
        return same(known, order.id, &wanted).map(|known| (known, false));
    }
    if order.erased_at.is_some() {
        return Err(conflict(say!("action-of-erased")));
    }
    let earlier = store::actions::of_order(tx, who.shop, order.id).await?;
    wanted.deed.must_fit(&order.facts, left(&order.facts, &earlier))?;
    if is_under_way(&earlier, wanted.deed.kind()) {
        return Err(conflict(say!("action-under-way")));
    }
    let worth = wanted.deed.worth(&order.facts);
    let state = match needs_another(tx, who, worth).await? {
        true => ActionState::Waiting,
        false => ActionState::Queued,
    };
    let action = Action {
        shop: who.shop,
        id: tx.new_id(),
        order: order.id,
        wanted,
        worth,
        state,
        by: who.actor(),
        member: who.id,
        decided_by: None,
        said: String::new(),
        link: None,
        created_at: tx.now(),
        asked_at: None,
        ended_at: None,
        version: 1,
    };
    store::actions::insert(tx, &action).await?;
    go_on(tx, who, &action, order.customer).await?;
    Ok((action, true))
}

fn same(known: Action, order: OrderId, wanted: &Wanted) -> Result<Action> {
    match (known.order, &known.wanted.deed) == (order, &wanted.deed) {
        true => Ok(known),
        false => Err(conflict(say!("action-was-another"))),
    }
}

/// Whether somebody else has to agree, by what the member's role may give back at once and in a day.
async fn needs_another(tx: &mut Tx<'_>, who: &Agent, amount: Money) -> Result<bool> {
    if amount.minor == 0 {
        return Ok(false);
    }
    let role = team::member::get(tx, who.shop, who.id).await?.role;
    let Some(limit) = refund_limit::of(tx, who.shop, role, amount.currency).await? else { return Ok(false) };
    let since = tx.now() - hours(24);
    let before = store::actions::asked_since(tx, who.shop, who.id, amount.currency, since).await?;
    Ok(limit.is_passed_by(Spent { now: amount.minor, before }))
}

/// Agrees to a refund that waits, or declines it.
///
/// Errors: `NotFound`; `Conflict` when it waits no longer, or whoever decides has asked for it.
pub async fn decide(tx: &mut Tx<'_>, who: &Agent, id: ActionId, agreed: bool) -> Result<Action> {
    let mut action = store::actions::action(tx, who.shop, id).await?;
    if action.member == who.id {
        return Err(conflict(say!("action-is-yours")));
    }
    action.take(if agreed { Step::Agree } else { Step::Decline }, tx.now())?;
    action.decided_by = Some(who.id);
    store::actions::save(tx, &mut action).await?;
    let order = store::order(tx, who.shop, action.order).await?;
    go_on(tx, who, &action, order.customer).await?;
    Ok(action)
}

/// From now on the shop's own system is being asked: whoever finds it so looks before anything else.
pub(crate) async fn begin(tx: &mut Tx<'_>, action: &mut Action) -> Result<()> {
    action.take(Step::Ask, tx.now())?;
    store::actions::save(tx, action).await
}

/// Notes what the shop's own system said; what has ended stays as it is.
///
/// Errors: `NotFound`, `Conflict` when it had not been asked.
pub async fn end(tx: &mut Tx<'_>, shop: ShopId, id: ActionId, answer: Answer) -> Result<Action> {
    let mut action = store::actions::action(tx, shop, id).await?;
    if !action.state.is_open() {
        return Ok(action);
    }
    let before = action.state;
    let (step, Made { said, link }) = match answer {
        Answer::Made(made) => (Step::BeMade, made),
        Answer::Refused(said) => (Step::BeRefused, Made { said, link: None }),
        Answer::Unknown(said) => (Step::BeUnknown, Made { said, link: None }),
    };
    action.take(step, tx.now())?;
    (action.said, action.link) = (said, link);
    store::actions::save(tx, &mut action).await?;
    if action.state != before {
        let order = store::order(tx, shop, action.order).await?;
        announce(tx, &Actor::system(shop), &action, order.customer).await?;
    }
    Ok(action)
}

/// Empties what people wrote about what was done to an order.
pub(crate) async fn forget(tx: &mut Tx<'_>, shop: ShopId, order: OrderId) -> Result<()> {
    for mut action in store::actions::of_order(tx, shop, order).await? {
        action.wanted.deed.forget_buyer();
        (action.wanted.reason, action.said, action.link) = (String::new(), String::new(), None);
        store::actions::save(tx, &mut action).await?;
    }
    Ok(())
}

async fn go_on(tx: &mut Tx<'_>, who: &Agent, action: &Action, customer: CustomerId) -> Result<()> {
    if action.state == ActionState::Queued {
        tx.enqueue(action.shop, &TakeAction { action: action.id }, When::default().once(action.id)).await?;
    }
    announce(tx, who, action, customer).await
}

async fn announce(tx: &mut Tx<'_>, who: &impl Acting, action: &Action, customer: CustomerId) -> Result<()> {
    let Action { id, order, state, .. } = *action;
    tx.announce(who, ActionMoved { action: id, kind: action.kind(), order, customer, state }).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refund_goes_its_way_and_no_other() {
        use ActionState as S;
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
