//! What can be done to an order.

use kernel::{ActionId, Error, Money, Result, conflict, invalid, say};
use platform::keyed;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{order::Facts, status::Fulfilment};

keyed! {
    /// A kind of thing done to an order.
    pub enum DeedKind {
        Refund = "refund",
        /// Goods are sent again, for nothing.
        Replacement = "replacement",
        Cancellation = "cancellation",
        /// It goes to another address.
        Redirection = "redirection",
        /// Whoever packs it reads a note.
        PackingNote = "packing_note",
        /// A code for the next order.
        DiscountCode = "discount_code",
        /// The same goods once more, to be paid.
        Duplicate = "duplicate",
    }
}

/// What is done to an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Deed {
    /// Money is given back.
    Refund {
        amount: Money,
        /// What of the order it is for.
        lines: Vec<Share>,
        /// Whether these goods can be sold again; what has not been sent yet is not sent any more.
        restock: bool,
        /// Whether the shop’s own system tells the customer.
        notify: bool,
    },
    /// Goods are sent again, for nothing.
    Replacement { lines: Vec<Share> },
    /// Nothing of it is sent. Money is not given back by this.
    Cancellation,
    /// It goes to another address.
    Redirection { to: Destination },
    /// Whoever packs it reads this.
    PackingNote { text: String },
    /// A code, good for one order within so many days; what it is called is what the shop system answers.
    DiscountCode { off: Off, days: i64 },
    /// A new order of the same goods for the same customer, who pays it; where, is what the shop system answers.
    Duplicate,
}

/// What a shop system can do with a refund beside giving money back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct RefundAbilities {
    /// Put the goods back into stock.
    pub restock: bool,
    /// Tell the customer, or keep silent, as it is asked to.
    pub notify: bool,
}

/// What a code takes off an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Off {
    /// So many hundredths of it.
    Percent { percent: i64 },
    /// What sending it costs.
    Shipping {},
}

/// So many of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The shop's own id of the line.
    pub line: String,
    pub quantity: i64,
}

/// Where a parcel goes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Destination {
    /// Who receives it.
    pub name: String,
    /// Street and house.
    pub street: String,
    /// Floor, flat, care of; empty where there is none.
    pub more: String,
    /// Empty where addresses have none.
    pub postcode: String,
    pub city: String,
    /// State or province; empty where addresses have none.
    pub region: String,
    /// Two letters: ISO 3166-1.
    pub country: String,
}

impl Deed {
    pub fn kind(&self) -> DeedKind {
        match self {
            Deed::Refund { .. } => DeedKind::Refund,
            Deed::Replacement { .. } => DeedKind::Replacement,
            Deed::Cancellation => DeedKind::Cancellation,
            Deed::Redirection { .. } => DeedKind::Redirection,
            Deed::PackingNote { .. } => DeedKind::PackingNote,
            Deed::DiscountCode { .. } => DeedKind::DiscountCode,
            Deed::Duplicate => DeedKind::Duplicate,
        }
    }

    /// What it costs the shop: what is given back, was paid for what is sent again, or is taken off if the next order is like this one.
    pub fn worth(&self, facts: &Facts) -> Money {
        let minor = match self {
            Deed::Refund { amount, .. } => return *amount,
            Deed::Replacement { lines } => lines.iter().filter_map(|share| share.worth(facts)).sum(),
            Deed::DiscountCode { off: Off::Percent { percent }, .. } => part(facts.total, *percent, 100),
            Deed::DiscountCode { off: Off::Shipping {}, .. } => facts.shipping,
            Deed::Cancellation | Deed::Redirection { .. } | Deed::PackingNote { .. } | Deed::Duplicate => 0,
        };
        Money { minor, currency: facts.currency }
    }

    /// Nothing that leads to whoever bought.
    pub(crate) fn forget_buyer(&mut self) {
        match self {
            Deed::Redirection { to } => *to = Destination::default(),
            Deed::PackingNote { text } => text.clear(),
            Deed::Refund { .. } | Deed::Replacement { .. } | Deed::Cancellation | Deed::DiscountCode { .. } | Deed::Duplicate => (),
        }
    }

    /// Errors: `Invalid` when it is to be done in a way the shop system does not know.
    pub(crate) fn must_be_within(&self, abilities: RefundAbilities) -> Result<()> {
        match *self {
            Deed::Refund { restock: true, .. } if !abilities.restock => Err(invalid("restock", say!("refund-cannot-restock"))),
            Deed::Refund { notify: true, .. } if !abilities.notify => Err(invalid("notify", say!("refund-cannot-notify"))),
            _ => Ok(()),
        }
    }

    /// Errors: `Conflict` when it is too late for it, or too early; `Invalid` when it is of what was not bought, or, of a refund, of
    /// more than is `left` or of another currency.
    pub(crate) fn must_fit(&self, facts: &Facts, left: i64) -> Result<()> {
        if !facts.allows(self.kind()) {
            return Err(conflict(say!("order-does-not-allow")));
        }
        match self {
            Deed::Refund { amount, .. } if amount.currency != facts.currency => {
                Err(invalid("amount.currency", say!("refund-in-another-currency", currency = facts.currency.to_string())))
            }
            Deed::Refund { amount, .. } if amount.minor > left => Err(invalid("amount.minor", say!("refund-too-large"))),
            Deed::Refund { lines, restock: true, .. } if lines.is_empty() => Err(invalid("lines", say!("must-not-be-empty"))),
            Deed::Refund { lines, .. } | Deed::Replacement { lines } => must_have_been_bought(lines, facts),
            Deed::Cancellation | Deed::Redirection { .. } | Deed::PackingNote { .. } | Deed::DiscountCode { .. } | Deed::Duplicate => {
                Ok(())
            }
        }
    }
}

/// The discount code an action makes: the random end of its id. Nobody guesses it, and asked for again it is the same.
pub fn code(action: ActionId) -> String {
    let id = action.to_string().to_uppercase();
    let random = &id[id.len() - 12..];
    [&random[..4], &random[4..8], &random[8..]].join("-")
}

impl Share {
    /// What was paid for so many of the line.
    fn worth(&self, facts: &Facts) -> Option<i64> {
        let line = facts.lines.iter().find(|line| line.reference == self.line)?;
        Some(part(line.total, self.quantity, line.quantity))
    }
}

/// So many of so many parts of a sum, half of the smallest unit up.
fn part(sum: i64, many: i64, of: i64) -> i64 {
    let (sum, of) = (i128::from(sum) * i128::from(many), i128::from(of.max(1)));
    i64::try_from((sum * 2 + of).div_euclid(of * 2)).unwrap_or(i64::MAX)
}

fn must_have_been_bought(lines: &[Share], facts: &Facts) -> Result<()> {
    let wrong = lines.iter().enumerate().find(|(n, share)| {
        let bought = facts.lines.iter().find(|line| line.reference == share.line).map(|line| line.quantity);
        let is_twice = lines[..*n].iter().any(|other| other.line == share.line);
        is_twice || !(1..=bought.unwrap_or_default()).contains(&share.quantity)
    });
    let refused = |(n, _): (usize, &Share)| -> Error { invalid(format!("lines.{n}"), say!("refund-not-bought")) };
    wrong.map_or(Ok(()), |wrong| Err(refused(wrong)))
}

impl Facts {
    /// Whether an order that has come so far can have this done to it. How much can be given back is said by what was paid.
    pub fn allows(&self, deed: DeedKind) -> bool {
        let has_left = !self.parcels.is_empty() || self.fulfilment == Fulfilment::All;
        let is_untouched = self.parcels.is_empty() && matches!(self.fulfilment, Fulfilment::None | Fulfilment::Failed);
        match deed {
            DeedKind::Refund | DeedKind::DiscountCode => true,
            DeedKind::Duplicate => !self.lines.is_empty(),
            _ if self.cancelled_at.is_some() => false,
            // what has not been sent is neither broken nor lost
            DeedKind::Replacement => has_left,
            DeedKind::Cancellation | DeedKind::Redirection => is_untouched,
            DeedKind::PackingNote => self.fulfilment != Fulfilment::All,
        }
    }
}
