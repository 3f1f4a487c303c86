//! What an agent asks to be done to an order, through the shop's own system.

use axum::{extract::State, response::Response};
use kernel::{Money, OrderId, conflict, say};
use platform::{
    Agent, App, Tx,
    http::{Answer, Check, Key, Path, Problems, Valid, Validate, done},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    actions::ActionView,
    movements::{check_reason, check_sum},
};
use crate::{
    action::{self, Cause, Wanted},
    deed::{Deed, Destination, Off, Share},
    order::LONGEST_POSTCODE,
    shop_system::keeper,
    store,
};

/// What is done is for at most so many lines.
const MOST_LINES: usize = 500;
/// A note for whoever packs has at most so many characters.
const LONGEST_NOTE: usize = 500;
/// A code is good for at most so many days.
const MOST_DAYS: i64 = 365;

/// Why something is done; what costs nothing and mends nothing needs no reason.
type Why = Option<(Cause, String)>;

async fn ask(app: App, who: Agent, id: OrderId, key: Key, (deed, why): (Deed, Why)) -> Answer<Response> {
    let (cause, reason) = why.map_or_else(Default::default, |(cause, reason)| (Some(cause), reason));
    let wanted = Wanted { deed, cause, reason, key: key.of(&who) };
    let order = app.read(async move |tx: &mut Tx<'_>| store::order(tx, who.shop, id).await).await?;
    if order.erased_at.is_none() {
        let keeper = keeper(&app, who.shop, &order.facts.reference).await?;
        let keeper = keeper.filter(|(_, keeper)| keeper.can.contains(&wanted.deed.kind()));
        let (_, keeper) = keeper.ok_or_else(|| conflict(say!("action-through-nothing")))?;
        wanted.deed.must_be_within(keeper.refunds)?;
    }
    let (view, now) = app
        .write(async move |tx: &mut Tx<'_>| {
            let order = store::order(tx, who.shop, id).await?;
            let (action, now) = action::ask(tx, &who, &order, wanted.clone()).await?;
            Ok((ActionView::new(action, order.facts.number), now))
        })
        .await?;
    Ok(done(now, view))
}

fn check_lines(check: &mut Check, lines: &mut [Share]) {
    check.at_most("lines", lines, MOST_LINES);
    for (n, share) in lines.iter_mut().take(MOST_LINES).enumerate() {
        check.line(&format!("lines.{n}.line"), &mut share.line, 1, 200);
    }
}

/// Money to give back.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    amount: Money,
    /// What of the order it is for; none for shipping, or a part of the whole.
    #[serde(default)]
    lines: Vec<Share>,
    /// Whether the goods of these lines go back into stock, where the shop’s own system can do that with a refund.
    #[serde(default)]
    restock: bool,
    /// Whether the shop’s own system tells the customer, where it can be told to.
    #[serde(default)]
    notify: bool,
    /// What was at fault.
    cause: Cause,
    /// Why; colleagues read it, and the shop’s own books keep it.
    reason: String,
}

impl Validate for NewRefund {
    fn check(&mut self, check: &mut Check) {
        check_sum(check, self.amount);
        check_reason(check, &mut self.reason);
        check_lines(check, &mut self.lines);
    }
}

/// Give money back for an order, through the shop’s own system. Above the limit of the caller’s role it waits for somebody else to agree.
#[utoipa::path(post, path = "/orders/{id}/refunds", operation_id = "ask_for_refund", tag = "orders", params(("id" = OrderId, Path), Key),
    request_body = NewRefund, responses((status = 201, body = ActionView), Problems))]
pub async fn refund(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<OrderId>,
    key: Key,
    Valid(new): Valid<NewRefund>,
) -> Answer<Response> {
    let NewRefund { amount, lines, restock, notify, cause, reason } = new;
    let deed = Deed::Refund { amount, lines, restock, notify };
    ask(app, who, id, key, (deed, Some((cause, reason)))).await
}

/// Goods to send again.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReplacement {
    /// What of the order is sent again.
    lines: Vec<Share>,
    /// What was at fault.
    cause: Cause,
    /// Why; colleagues read it, and the shop’s own books keep it.
    reason: String,
}

impl Validate for NewReplacement {
    fn check(&mut self, check: &mut Check) {
        check_reason(check, &mut self.reason);
        check.that(!self.lines.is_empty(), "lines", say!("must-not-be-empty"));
        check_lines(check, &mut self.lines);
    }
}

/// Send goods of an order again, for nothing: the shop’s own system makes a new order of them. Above the limit of the caller’s role, what
/// was paid for them counting, it waits for somebody else to agree.
#[utoipa::path(post, path = "/orders/{id}/replacements", operation_id = "ask_for_replacement", tag = "orders",
    params(("id" = OrderId, Path), Key), request_body = NewReplacement, responses((status = 201, body = ActionView), Problems))]
pub async fn replace(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<OrderId>,
    key: Key,
    Valid(new): Valid<NewReplacement>,
) -> Answer<Response> {
    let NewReplacement { lines, cause, reason } = new;
    ask(app, who, id, key, (Deed::Replacement { lines }, Some((cause, reason)))).await
}

/// Why an order is not to be sent.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCancellation {
    /// What was at fault.
    cause: Cause,
    /// Why; colleagues read it, and the shop’s own books keep it.
    reason: String,
}

impl Validate for NewCancellation {
    fn check(&mut self, check: &mut Check) {
        check_reason(check, &mut self.reason);
    }
}

/// Cancel an order of which nothing has been packed. No money is given back by this.
#[utoipa::path(post, path = "/orders/{id}/cancellations", operation_id = "ask_for_cancellation", tag = "orders",
    params(("id" = OrderId, Path), Key), request_body = NewCancellation, responses((status = 201, body = ActionView), Problems))]
pub async fn cancel(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<OrderId>,
    key: Key,
    Valid(new): Valid<NewCancellation>,
) -> Answer<Response> {
    let NewCancellation { cause, reason } = new;
    ask(app, who, id, key, (Deed::Cancellation, Some((cause, reason)))).await
}

impl Validate for Destination {
    fn check(&mut self, check: &mut Check) {
        let Destination { name, street, more, postcode, city, region, country } = self;
        check.line("name", name, 1, 120);
        check.line("street", street, 1, 200);
        check.line("more", more, 0, 200);
        check.line("postcode", postcode, 0, LONGEST_POSTCODE);
        check.line("city", city, 1, 120);
        check.line("region", region, 0, 120);
        check.line("country", country, 2, 2);
        check.that(country.bytes().all(|b| b.is_ascii_uppercase()), "country", say!("not-a-country"));
    }
}

/// Have an order of which nothing has been packed sent to another address.
#[utoipa::path(post, path = "/orders/{id}/redirections", operation_id = "ask_for_redirection", tag = "orders",
    params(("id" = OrderId, Path), Key), request_body = Destination, responses((status = 201, body = ActionView), Problems))]
pub async fn redirect(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<OrderId>,
    key: Key,
    Valid(to): Valid<Destination>,
) -> Answer<Response> {
    let deed = Deed::Redirection { to };
    ask(app, who, id, key, (deed, None)).await
}

/// A note for whoever packs an order.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPackingNote {
    text: String,
}

impl Validate for NewPackingNote {
    fn check(&mut self, check: &mut Check) {
        check.line("text", &mut self.text, 1, LONGEST_NOTE);
    }
}

/// Write to whoever packs an order that is not packed yet.
#[utoipa::path(post, path = "/orders/{id}/packing-notes", operation_id = "ask_for_packing_note", tag = "orders",
    params(("id" = OrderId, Path), Key), request_body = NewPackingNote, responses((status = 201, body = ActionView), Problems))]
pub async fn note(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<OrderId>,
    key: Key,
    Valid(new): Valid<NewPackingNote>,
) -> Answer<Response> {
    let deed = Deed::PackingNote { text: new.text };
    ask(app, who, id, key, (deed, None)).await
}

/// A code for the next order.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDiscountCode {
    off: Off,
    /// For how many days it is good.
    days: i64,
    /// What was at fault.
    cause: Cause,
    /// Why; colleagues read it, and the shop’s own books keep it.
    reason: String,
}

impl Validate for NewDiscountCode {
    fn check(&mut self, check: &mut Check) {
        check_reason(check, &mut self.reason);
        check.that((1..=MOST_DAYS).contains(&self.days), "days", say!("not-so-many", most = MOST_DAYS));
        if let Off::Percent { percent } = self.off {
            check.that((1..=100).contains(&percent), "off.percent", say!("not-so-many", most = 100));
        }
    }
}

/// Have the shop’s own system make a code that is good for one order. What it would take off an order like this one counts towards the
/// limit of the caller’s role.
#[utoipa::path(post, path = "/orders/{id}/discount-codes", operation_id = "ask_for_discount_code", tag = "orders",
    params(("id" = OrderId, Path), Key), request_body = NewDiscountCode, responses((status = 201, body = ActionView), Problems))]
pub async fn discount(
    State(app): State<App>,
    who: Agent,
    Path(id): Path<OrderId>,
    key: Key,
    Valid(new): Valid<NewDiscountCode>,
) -> Answer<Response> {
    let NewDiscountCode { off, days, cause, reason } = new;
    ask(app, who, id, key, (Deed::DiscountCode { off, days }, Some((cause, reason)))).await
}

/// Place an order once more: the shop’s own system makes a new one of the same goods for the same customer, at today’s prices and not
/// paid yet. Where it is paid stands in `link` once it is made.
#[utoipa::path(post, path = "/orders/{id}/duplicates", operation_id = "ask_for_duplicate", tag = "orders",
    params(("id" = OrderId, Path), Key), responses((status = 201, body = ActionView), Problems))]
pub async fn duplicate(State(app): State<App>, who: Agent, Path(id): Path<OrderId>, key: Key) -> Answer<Response> {
    ask(app, who, id, key, (Deed::Duplicate, None)).await
}
