//! Movements of money the shop owes, on whatever it stands: how they are asked for and shown, and what may follow from them.

use axum::{extract::State, response::Response};
use kernel::{EntryId, MemberId, Money, Timestamp, say};
use ledger::{Act, ActKind};
use platform::{
    Agent, App, Tx,
    event::ActorKind,
    http::{Answer, Check, Key, Path, Problems, Valid, Validate, done},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    movement::{Explained, Moved},
    payment::{self, Step, Why},
};

/// A movement as agents see it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MovementView {
    id: EntryId,
    kind: ActKind,
    /// How much it was about.
    amount: Money,
    /// What it added to what can be spent; below nothing, what it took.
    change: Money,
    /// What of a grant can be taken back still, and of a spending given back.
    reversible: Money,
    /// The movement it follows from.
    #[schema(required)]
    about: Option<EntryId>,
    /// When what was granted expires, or what was set aside is let go.
    #[schema(required)]
    ends_at: Option<Timestamp>,
    /// Why, as whoever did it says; empty when a clock did.
    reason: String,
    by: ActorKind,
    /// The member who did it, when one did.
    #[schema(required)]
    member: Option<MemberId>,
    at: Timestamp,
}

impl From<Explained> for MovementView {
    fn from(told: Explained) -> Self {
        let Explained { movement, currency, reason } = told;
        let money = |minor| Money { minor, currency };
        let entry = &movement.entry;
        MovementView {
            id: entry.id,
            kind: entry.act.kind(),
            amount: money(movement.amount()),
            change: money(movement.change),
            reversible: money(movement.left),
            about: entry.act.about(),
            ends_at: match entry.act {
                Act::Grant { expires_at, .. } => expires_at,
                Act::Hold { until, .. } => Some(until),
                _ => None,
            },
            reason: reason.text,
            by: reason.by.kind,
            member: reason.by.id.filter(|_| reason.by.kind == ActorKind::Member).map(MemberId::from),
            at: entry.at,
        }
    }
}

/// So much money, and why.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    pub amount: Money,
    pub reason: String,
}

/// A reason may have so many characters.
const LONGEST_REASON: usize = 500;

pub fn check_sum(check: &mut Check, amount: Money) {
    check.that((1..=Money::MOST).contains(&amount.minor), "amount.minor", say!("not-a-sum", most = Money::MOST));
}

pub fn check_reason(check: &mut Check, reason: &mut String) {
    check.line("reason", reason, 1, LONGEST_REASON);
}

impl Validate for Sum {
    fn check(&mut self, check: &mut Check) {
        check_sum(check, self.amount);
        check_reason(check, &mut self.reason);
    }
}

/// Money set aside for a purchase that has begun.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    pub amount: Money,
    pub reason: String,
    /// When it is let go if nobody has done so by then; within 30 days.
    pub until: Timestamp,
}

impl Validate for SetAside {
    fn check(&mut self, check: &mut Check) {
        check_sum(check, self.amount);
        check_reason(check, &mut self.reason);
    }
}

/// Why something is done.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    pub reason: String,
}

impl Validate for Reason {
    fn check(&mut self, check: &mut Check) {
        check_reason(check, &mut self.reason);
    }
}

/// 201 with the movement, and a word when it was made earlier.
pub fn answer(moved: Moved) -> Response {
    done(moved.now, MovementView::from(moved.told))
}

async fn follow(app: &App, who: Agent, earlier: EntryId, step: Step, why: Why) -> Answer<Response> {
    let moved = app.write(async move |tx: &mut Tx<'_>| payment::follow(tx, &who, earlier, step, &why).await).await?;
    Ok(answer(moved))
}

/// Reverse a movement, or a part of it: what was given is taken back, as far as it is there still; what was spent is given back.
#[utoipa::path(post, path = "/credit-movements/{id}/reversals", operation_id = "reverse_movement", tag = "credits",
    params(("id" = EntryId, Path), Key), request_body = Sum, responses((status = 201, body = MovementView), Problems))]
pub async fn reverse(State(app): State<App>, who: Agent, Path(id): Path<EntryId>, key: Key, Valid(sum): Valid<Sum>) -> Answer<Response> {
    let why = Why { reason: sum.reason, key: key.of(&who) };
    follow(&app, who, id, Step::Reverse(sum.amount), why).await
}

/// Spend what was set aside, or a part of it; the rest can be spent again.
#[utoipa::path(post, path = "/credit-movements/{id}/captures", operation_id = "capture_movement", tag = "credits",
    params(("id" = EntryId, Path), Key), request_body = Sum, responses((status = 201, body = MovementView), Problems))]
pub async fn capture(State(app): State<App>, who: Agent, Path(id): Path<EntryId>, key: Key, Valid(sum): Valid<Sum>) -> Answer<Response> {
    let why = Why { reason: sum.reason, key: key.of(&who) };
    follow(&app, who, id, Step::Capture(sum.amount), why).await
}

/// Let go of what was set aside: it can be spent again.
#[utoipa::path(post, path = "/credit-movements/{id}/releases", operation_id = "release_movement", tag = "credits",
    params(("id" = EntryId, Path), Key), request_body = Reason, responses((status = 201, body = MovementView), Problems))]
pub async fn release(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<EntryId>,
    key: Key,
    Valid(body): Valid<Reason>,
) -> Answer<Response> {
    let why = Why { reason: body.reason, key: key.of(&who) };
    follow(&app, who, id, Step::Release, why).await
}
