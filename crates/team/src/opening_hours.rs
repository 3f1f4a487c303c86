//! Opening hours, pure: from hours written on a door, in a time zone, to moments.
//!
//! An interval belongs to the day it begins on and may end past midnight; a holiday replaces what begins on its date.
//! When clocks are set forward or back, a shop opens the first time the clock on the wall shows `from` or later, and
//! closes the last time it shows a minute before `to`.

use jiff::{
    civil::{Date, DateTime},
    tz::{AmbiguousOffset, TimeZone},
};
use kernel::{Timestamp, minutes, say};
use platform::http::Check;
use serde::{Deserialize, Serialize};

use crate::wall_time::WallTime;

/// How far ahead a change is looked for; what has not changed by then counts as never changing.
const HORIZON_DAYS: i32 = 400;

/// Open from one time of day to another; `to` at or before `from` lies past midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub from: WallTime,
    pub to: WallTime,
}

/// A span on one day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekSpan {
    /// 1 is Monday, 7 is Sunday.
    #[schema(minimum = 1, maximum = 7)]
    pub day: i8,
    pub from: WallTime,
    pub to: WallTime,
}

/// A date on which other hours hold than its weekday's; no hours means closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    pub name: String,
    pub hours: Vec<Span>,
}

/// The hours of a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hours {
    pub week: Vec<WeekSpan>,
    pub holidays: Vec<Holiday>,
}

/// Whether a shop or department is open, and when that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenState {
    pub open: bool,
    /// `None` when it never does.
    pub changes_at: Option<Timestamp>,
}

impl Hours {
    /// Monday to Friday, nine to five.
    pub fn office() -> Hours {
        let week = (1..=5).map(|day| WeekSpan { day, from: WallTime::at(9, 0), to: WallTime::at(17, 0) }).collect();
        Hours { week, holidays: Vec::new() }
    }

    /// Finds what is wrong with hours that somebody wrote.
    pub fn check(&mut self, check: &mut Check) {
        check.at_most("week", &self.week, 70);
        check.at_most("holidays", &self.holidays, 400);
        check.that(self.week.iter().all(|span| (1..=7).contains(&span.day)), "week", say!("weekday-unknown"));
        let never = self.week.is_empty() && self.holidays.iter().all(|holiday| holiday.hours.is_empty());
        check.that(!never, "week", say!("hours-never-open"));
        let mut dates: Vec<Date> = self.holidays.iter().map(|holiday| holiday.date).collect();
        dates.sort_unstable();
        check.that(dates.windows(2).all(|two| two[0] != two[1]), "holidays", say!("holiday-twice"));
        for (at, holiday) in self.holidays.iter_mut().enumerate() {
            check.line(&format!("holidays[{at}].name"), &mut holiday.name, 0, 120);
            check.at_most(&format!("holidays[{at}].hours"), &holiday.hours, 10);
        }
    }

    /// Whether these hours are open at a moment, and when that next changes.
    pub fn state(&self, zone: &TimeZone, at: Timestamp) -> OpenState {
        OpenState { open: self.is_open(zone, at), changes_at: self.next_change(zone, at) }
    }

    pub fn is_open(&self, zone: &TimeZone, at: Timestamp) -> bool {
        self.around(zone, at, 1).any(|(start, end)| start <= at && at < end)
    }

    /// The first moment after `at` when open becomes closed or closed becomes open.
    pub fn next_change(&self, zone: &TimeZone, at: Timestamp) -> Option<Timestamp> {
        let mut open_until: Option<Timestamp> = None;
        for (start, end) in self.around(zone, at, HORIZON_DAYS) {
            if end <= at {
                continue;
            }
            match open_until {
                // closed now: the first interval ahead opens
                None if start > at => return Some(start),
                None => open_until = Some(end),
                Some(until) if start > until => return Some(until),
                Some(until) => open_until = Some(until.max(end)),
            }
        }
        // still open when there is nothing more to see: for ever, or until the last interval ends
        let horizon = at + kernel::days(i64::from(HORIZON_DAYS) - 2);
        open_until.filter(|until| *until < horizon)
    }

    /// The intervals that begin from two days before `at` to `ahead` days after, in the order they begin.
    fn around(&self, zone: &TimeZone, at: Timestamp, ahead: i32) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let today = zone.to_datetime(at.calendar()).date();
        (-2..=ahead).filter_map(move |offset| today.checked_add(jiff::Span::new().days(offset)).ok()).flat_map(move |date| {
            let mut spans: Vec<_> = self.on(date).filter_map(|span| interval(zone, date, span)).collect();
            spans.sort_unstable();
            spans
        })
    }

    /// What begins on `date`.
    fn on(&self, date: Date) -> impl Iterator<Item = Span> {
        let holiday = self.holidays.iter().find(|holiday| holiday.date == date);
        let weekday = date.weekday().to_monday_one_offset();
        let usual =
            self.week.iter().filter(move |span| holiday.is_none() && span.day == weekday).map(|span| Span { from: span.from, to: span.to });
        holiday.into_iter().flat_map(|holiday| holiday.hours.iter().copied()).chain(usual)
    }
}

/// The moments a span on `date` begins and ends; none when the clock skips all of it.
fn interval(zone: &TimeZone, date: Date, span: Span) -> Option<(Timestamp, Timestamp)> {
    let last_day = if span.to <= span.from { date.tomorrow().ok()? } else { date };
    let start = first_at_or_after(zone, date.to_datetime(span.from.time()))?;
    let end = last_before(zone, last_day.to_datetime(span.to.time()))?;
    (start < end).then_some((start, end))
}

/// The first moment the clock on the wall shows `wall` or later.
fn first_at_or_after(zone: &TimeZone, wall: DateTime) -> Option<Timestamp> {
    match zone.to_ambiguous_timestamp(wall).offset() {
        AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { before: offset, .. } => {
            Some(offset.to_timestamp(wall).ok()?.into())
        }
        AmbiguousOffset::Gap { after, .. } => leap(zone, after.to_timestamp(wall).ok()?),
    }
}

/// The end of the last minute that the clock shows before `wall`.
fn last_before(zone: &TimeZone, wall: DateTime) -> Option<Timestamp> {
    let shown = wall.checked_sub(jiff::Span::new().minutes(1)).ok()?;
    match zone.to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Unambiguous { offset } | AmbiguousOffset::Fold { after: offset, .. } => {
            Some(Timestamp::from(offset.to_timestamp(shown).ok()?) + minutes(1))
        }
        AmbiguousOffset::Gap { after, .. } => leap(zone, after.to_timestamp(shown).ok()?),
    }
}

/// The moment after `before` when the clock leaps.
fn leap(zone: &TimeZone, before: jiff::Timestamp) -> Option<Timestamp> {
    zone.following(before).next().map(|change| change.timestamp().into())
}

#[cfg(test)]
mod tests;
