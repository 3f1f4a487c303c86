//! How far a shop system has been read.
//!
//! Each list is paged by id over a filter that stays the same, so whatever is added meanwhile moves rows to later pages and
//! none past us; what leaves is why a page that is found by counting begins a little before the last one ended. The stamps
//! asked for are the shop's own: its newest at the beginning of a pass is where the next pass begins, unless a clock says that
//! this is yet to come.

use std::collections::BTreeMap;

use kernel::{Timestamp, days, minutes};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    connector::Subject,
    trouble::{Fault, Trouble},
};

/// What was stamped before a pass and committed after it is found by the next one.
const OVERLAP: i64 = minutes(10);
/// Orders of so many days are read again in any state, since money may still be given back.
const RECENT: i64 = days(30);
/// Orders of so many days are read again as long as they are open.
const OPEN: i64 = days(180);

/// What is read, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum List {
    Customers,
    Orders,
    Products,
    /// What is left of each variant.
    Stock,
    /// What is left of those of which another number is left.
    StockChanges,
    /// Orders that may still change, though they do not say so.
    OpenOrders,
}

impl List {
    const ALL: [List; 6] = [List::Customers, List::Orders, List::Products, List::Stock, List::StockChanges, List::OpenOrders];

    pub fn subject(self) -> Subject {
        match self {
            List::Customers => Subject::Customers,
            List::Orders | List::OpenOrders => Subject::Orders,
            List::Products => Subject::Products,
            List::Stock | List::StockChanges => Subject::Stock,
        }
    }
}

/// How one kind of shop system is read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rhythm {
    /// A page begins so many rows before the last one ended: so many may leave the list between two pages.
    pub again: i64,
    /// How often products are asked for, and how often what may still change is.
    pub products: i64,
    pub open_orders: i64,
    /// How often all stock is, and what changed of it; never where products say it.
    pub stock: Option<i64>,
    pub stock_changes: Option<i64>,
}

impl Rhythm {
    fn every(self, list: List) -> Option<i64> {
        match list {
            List::Customers | List::Orders => Some(0),
            List::Products => Some(self.products),
            List::Stock => self.stock,
            List::StockChanges => self.stock_changes,
            List::OpenOrders => Some(self.open_orders),
        }
    }
}

/// What the clocks say.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clocks {
    pub ours: Timestamp,
    pub theirs: Option<Timestamp>,
}

/// Which rows of a list are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    All,
    /// What was changed after a moment.
    Changed(Timestamp),
    /// What was ordered after `recent`, and what is still open of what was ordered after `open`.
    Lately {
        recent: Timestamp,
        open: Timestamp,
    },
}

/// What a page brought.
#[derive(Debug, Clone, Default)]
pub(crate) struct Brought {
    pub rows: i64,
    /// So many rows are left by the filter, those read before included.
    pub total: i64,
    /// The shop's newest stamp.
    pub newest: Option<Timestamp>,
    /// The id of the last row, where the next page is asked for by it.
    pub last: Option<String>,
    /// Whether nothing of it is shown: as soon as it is, it is read from its beginning.
    pub withheld: bool,
}

/// A list as it was last read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Done {
    /// When that began, and the shop's newest stamp then.
    began: Timestamp,
    newest: Timestamp,
}

/// Where to read on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Place {
    pub list: List,
    /// So many rows of this list have been read in this pass.
    pub skip: i64,
    /// The id of the last of them.
    pub last: Option<String>,
    /// Whether this list is read for the first time.
    pub history: bool,
    pass: Option<Done>,
    done: BTreeMap<List, Done>,
}

impl Place {
    /// At the very beginning.
    pub const BEGINNING: Place = Place { list: List::Customers, skip: 0, last: None, history: true, pass: None, done: BTreeMap::new() };

    /// The place as it was kept; nothing is the beginning.
    pub fn read(kept: &Value) -> Result<Place, Fault> {
        match kept {
            Value::Null => Ok(Place::BEGINNING),
            kept => serde_json::from_value(kept.clone()).map_err(|error| Fault::new(Trouble::NotStored, error.to_string())),
        }
    }

    /// The place as it is kept.
    pub fn written(&self) -> Result<Value, Fault> {
        serde_json::to_value(self).map_err(|error| Fault::new(Trouble::NotStored, error.to_string()))
    }

    /// Which rows of the list are asked for.
    pub fn wanted(&self, now: Timestamp) -> Wanted {
        let began = self.pass.map_or(now, |pass| pass.began);
        // what changed since all of it was read
        let read_before = || self.done.get(&List::Stock).filter(|_| self.list == List::StockChanges);
        match (self.list, self.done.get(&self.list).or_else(read_before)) {
            (List::Stock, _) => Wanted::All,
            (List::OpenOrders, _) => Wanted::Lately { recent: began - RECENT, open: began - OPEN },
            (_, None) => Wanted::All,
            (_, Some(done)) => Wanted::Changed(done.newest - OVERLAP),
        }
    }

    /// The place after a page; whether there is more to read at once.
    pub fn after(&self, brought: Brought, clocks: Clocks, rhythm: Rhythm) -> (Place, bool) {
        let mut next = self.clone();
        let now = clocks.ours;
        // its clock may have been ahead; what is stamped after it was set right would be missed
        let earliest = clocks.theirs.map_or(now, |theirs| theirs.min(now));
        let began = Done { began: now, newest: brought.newest.map_or(earliest, |stamp| stamp.min(earliest)) };
        let pass = self.pass.unwrap_or(began);
        if brought.rows > rhythm.again && self.skip + brought.rows < brought.total {
            (next.skip, next.last, next.pass) = (self.skip + brought.rows - rhythm.again, brought.last, Some(pass));
            return (next, true);
        }
        if brought.withheld {
            next.done.remove(&self.list);
        } else {
            next.done.insert(self.list, pass);
        }
        (next.skip, next.last, next.pass) = (0, None, None);
        let is_due = |list: List| {
            let every = rhythm.every(list);
            every.is_some_and(|every| next.done.get(&list).is_none_or(|done| done.began + every <= now))
        };
        let later = List::ALL.into_iter().filter(|list| *list > self.list);
        // whatever may still change has just been read with the history
        let is_again = |list: List| self.history && matches!(list, List::StockChanges | List::OpenOrders);
        let is_shown = |list: List| !brought.withheld || list != List::StockChanges;
        let following = later.filter(|list| !is_again(*list) && is_shown(*list)).find(|list| is_due(*list));
        if following.is_none() && self.history {
            next.history = false;
            next.done.insert(List::OpenOrders, Done { began: now, newest: now });
        }
        next.list = following.unwrap_or(List::Customers);
        (next, following.is_some())
    }
}

#[cfg(test)]
mod tests {
    use kernel::hours;

    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_micros(minutes(minute))
    }
    fn both_say(minute: i64) -> Clocks {
        Clocks { ours: at(minute), theirs: Some(at(minute)) }
    }
    fn page(rows: i64, total: i64, newest: Option<Timestamp>) -> Brought {
        Brought { rows, total, newest, ..Brought::default() }
    }
    const RHYTHM: Rhythm = Rhythm { again: 2, products: hours(1), open_orders: minutes(15), stock: None, stock_changes: None };

    #[test]
    fn a_list_is_read_page_after_page_and_each_begins_before_the_last_one_ended() {
        let (next, more) = Place::BEGINNING.after(page(50, 120, Some(at(1))), both_say(10), RHYTHM);
        assert_eq!((next.list, next.skip, more), (List::Customers, 48, true));
        let (next, more) = next.after(page(50, 120, Some(at(9))), both_say(11), RHYTHM);
        assert_eq!((next.list, next.skip, more), (List::Customers, 96, true));
        let (next, more) = next.after(page(24, 120, Some(at(9))), both_say(12), RHYTHM);
        assert_eq!((next.list, next.skip, more, next.history), (List::Orders, 0, true, true));
        assert_eq!(next.done[&List::Customers].newest, at(1), "the newest when the pass began");
    }

    #[test]
    fn after_the_history_news_is_read_and_now_and_then_what_may_still_change() {
        let mut place = Place::BEGINNING;
        let mut pass = |now: i64| {
            let mut read = Vec::new();
            loop {
                read.push(place.list);
                let (next, more) = place.after(page(0, 0, None), both_say(now), RHYTHM);
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
    fn stock_is_read_whole_now_and_then_and_in_between_what_changed_of_it() {
        let rhythm = Rhythm { stock: Some(hours(24)), stock_changes: Some(0), ..RHYTHM };
        let mut place = Place::BEGINNING;
        let mut pass = |now: i64, withheld: bool| {
            let mut read = Vec::new();
            loop {
                let wanted = place.wanted(at(now));
                read.extend(matches!(place.list, List::Stock | List::StockChanges).then_some((place.list, wanted)));
                let withheld = withheld && place.list == List::Stock;
                let (next, more) = place.after(Brought { withheld, ..Brought::default() }, both_say(now), rhythm);
                place = next;
                if !more {
                    return read;
                }
            }
        };
        use List::{Stock, StockChanges};
        let since = |minute: i64| Wanted::Changed(at(minute) - OVERLAP);
        // nothing of it is shown at first
        assert_eq!(pass(100, true), [(Stock, Wanted::All)]);
        assert_eq!(pass(101, false), [(Stock, Wanted::All), (StockChanges, since(101))]);
        assert_eq!(pass(102, false), [(StockChanges, since(101))]);
        assert_eq!(pass(103, false), [(StockChanges, since(102))]);
        assert_eq!(pass(101 + 24 * 60, true), [(Stock, Wanted::All)]);
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
            let (next, _) = Place::BEGINNING.after(page(0, 0, newest.map(at)), clocks, RHYTHM);
            assert_eq!(next.done[&List::Customers].newest, at(mark), "{newest:?} {theirs:?}");
        }
    }
}
