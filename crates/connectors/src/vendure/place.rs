//! How far a Vendure has been read.
//!
//! Each list is paged by id over a filter that stays the same, so whatever is added meanwhile moves rows to later pages and
//! none past us; what leaves is why each page begins a little before the last one ended. The stamps asked for are the shop's
//! own: its newest at the beginning of a pass is where the next pass begins, unless a clock says that this is yet to come.

use kernel::{Timestamp, days, hours, minutes};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::connector::Subject;

/// So many rows are asked for at once.
pub(super) const TAKE: i64 = 50;
/// A page begins so many rows before the last one ended: so many may leave the list between two pages.
const AGAIN: i64 = 2;
/// What was stamped before a pass and committed after it is found by the next one.
const OVERLAP: i64 = minutes(10);
/// Orders of so many days are read again in any state, since money may still be given back.
const RECENT: i64 = days(30);
/// Orders of so many days are read again as long as they are open.
const OPEN: i64 = days(180);
/// What may still change is read again so often.
const ORDERS_AGAIN: i64 = minutes(15);
const PRODUCTS_AGAIN: i64 = hours(1);

/// What is read, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum List {
    Customers,
    Orders,
    Products,
    /// Orders that may still change.
    OpenOrders,
}

impl List {
    pub fn subject(self) -> Subject {
        match self {
            List::Customers => Subject::Customers,
            List::Orders | List::OpenOrders => Subject::Orders,
            List::Products => Subject::Products,
        }
    }
}

/// What the clocks say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Clocks {
    pub ours: Timestamp,
    pub theirs: Option<Timestamp>,
}

/// Where to read on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    pub list: List,
    pub skip: i64,
    /// Whether this list is read for the first time.
    pub history: bool,
    /// When this pass of the list began, and the shop's newest stamp then.
    began: Option<Timestamp>,
    newest: Option<Timestamp>,
    /// Up to which stamp all has been read.
    customers: Option<Timestamp>,
    orders: Option<Timestamp>,
    products_at: Option<Timestamp>,
    open_orders_at: Option<Timestamp>,
}

impl Place {
    /// At the very beginning.
    pub const BEGINNING: Place = Place {
        list: List::Customers,
        skip: 0,
        history: true,
        began: None,
        newest: None,
        customers: None,
        orders: None,
        products_at: None,
        open_orders_at: None,
    };

    /// Which rows of the list are asked for.
    pub fn filter(&self, now: Timestamp) -> Value {
        let began = self.began.unwrap_or(now);
        let after = |stamp: Timestamp| json!({ "after": (stamp - OVERLAP).to_string() });
        let ago = |micros: i64| json!({ "after": (began - micros).to_string() });
        let placed = json!({ "orderPlacedAt": { "isNull": false } });
        match self.list {
            List::Customers => self.customers.map_or(json!({}), |stamp| json!({ "updatedAt": after(stamp) })),
            List::Products => json!({}),
            List::Orders => match self.orders {
                None => placed,
                Some(stamp) => {
                    json!({ "_and": [placed, { "_or": [{ "updatedAt": after(stamp) }, { "orderPlacedAt": after(stamp) }] }] })
                }
            },
            List::OpenOrders => json!({ "_and": [
                placed,
                { "orderPlacedAt": ago(OPEN) },
                { "_or": [{ "orderPlacedAt": ago(RECENT) }, { "state": { "notIn": ["Delivered", "Cancelled"] } }] },
            ] }),
        }
    }

    /// The place after a page of `rows` of `total` rows; whether there is more to read at once.
    pub fn after(&self, rows: i64, total: i64, newest: Option<Timestamp>, clocks: Clocks) -> (Place, bool) {
        let mut next = self.clone();
        let now = clocks.ours;
        if self.skip == 0 {
            // its clock may have been ahead; what is stamped after it was set right would be missed
            let earliest = clocks.theirs.map_or(now, |theirs| theirs.min(now));
            (next.began, next.newest) = (Some(now), Some(newest.map_or(earliest, |stamp| stamp.min(earliest))));
        }
        if rows > AGAIN && self.skip + rows < total {
            next.skip = self.skip + rows - AGAIN;
            return (next, true);
        }
        let began = next.began.unwrap_or(now);
        match self.list {
            List::Customers => next.customers = next.newest,
            List::Orders => next.orders = next.newest,
            List::Products => next.products_at = Some(began),
            List::OpenOrders => next.open_orders_at = Some(began),
        }
        (next.skip, next.began, next.newest) = (0, None, None);
        let due = |at: Option<Timestamp>, every: i64| at.is_none_or(|at| at + every <= now);
        let (products, open_orders) = (due(next.products_at, PRODUCTS_AGAIN), due(next.open_orders_at, ORDERS_AGAIN));
        let following = match self.list {
            List::Customers => Some(List::Orders),
            List::Orders if products => Some(List::Products),
            List::Orders | List::Products if open_orders && !self.history => Some(List::OpenOrders),
            _ => None,
        };
        if following.is_none() {
            next.history = false;
            next.open_orders_at = next.open_orders_at.or(Some(now));
        }
        next.list = following.unwrap_or(List::Customers);
        (next, following.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_micros(minutes(minute))
    }
    fn both_say(minute: i64) -> Clocks {
        Clocks { ours: at(minute), theirs: Some(at(minute)) }
    }

    #[test]
    fn a_list_is_read_page_after_page_and_each_begins_before_the_last_one_ended() {
        let (next, more) = Place::BEGINNING.after(50, 120, Some(at(1)), both_say(10));
        assert_eq!((next.list, next.skip, more), (List::Customers, 48, true));
        let (next, more) = next.after(50, 120, Some(at(9)), both_say(11));
        assert_eq!((next.list, next.skip, more), (List::Customers, 96, true));
        let (next, more) = next.after(24, 120, Some(at(9)), both_say(12));
        assert_eq!((next.list, next.skip, more, next.history), (List::Orders, 0, true, true));
        assert_eq!(next.customers, Some(at(1)), "the newest when the pass began");
    }

    #[test]
    fn after_the_history_news_is_read_and_now_and_then_what_may_still_change() {
        let mut place = Place::BEGINNING;
        let mut pass = |now: i64| {
            let mut read = Vec::new();
            loop {
                read.push(place.list);
                let (next, more) = place.after(0, 0, None, both_say(now));
                place = next;
                if !more {
                    return read;
                }
            }
        };
        use List::{Customers, OpenOrders, Orders, Products};
        assert_eq!(pass(100), [Customers, Orders, Products]);
        assert_eq!(pass(101), [Customers, Orders]);
        assert_eq!(pass(115), [Customers, Orders, OpenOrders]);
        assert_eq!(pass(116), [Customers, Orders]);
        assert_eq!(pass(160), [Customers, Orders, Products, OpenOrders]);
    }

    #[test]
    fn neither_a_clock_that_is_ahead_nor_one_that_is_behind_is_read_past() {
        for (newest, theirs, mark) in [
            (Some(500), Some(500), 10),
            (Some(500), Some(3), 3),
            (Some(3), Some(10), 3),
            (Some(500), None, 10),
            (None, Some(10), 10),
            (None, Some(3), 3),
        ] {
            let clocks = Clocks { ours: at(10), theirs: theirs.map(at) };
            let (next, _) = Place::BEGINNING.after(0, 0, newest.map(at), clocks);
            assert_eq!(next.customers, Some(at(mark)), "{newest:?} {theirs:?}");
        }
    }
}
