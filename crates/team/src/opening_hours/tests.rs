use platform::rng::Rng;

use super::*;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn time(text: &str) -> WallTime {
    serde_json::from_value(text.into()).unwrap()
}

/// `"1 09:00-12:00"`: Monday, nine to twelve.
fn week(spans: &[&str]) -> Hours {
    let span = |text: &&str| {
        let (day, hours) = text.split_once(' ').unwrap();
        let (from, to) = hours.split_once('-').unwrap();
        WeekSpan { day: day.parse().unwrap(), from: time(from), to: time(to) }
    };
    Hours { week: spans.iter().map(span).collect(), holidays: Vec::new() }
}

fn every_day(hours: &str) -> Hours {
    let spans: Vec<String> = (1..=7).map(|day| format!("{day} {hours}")).collect();
    week(&spans.iter().map(String::as_str).collect::<Vec<_>>())
}

fn holiday(date: &str, hours: &[(&str, &str)]) -> Holiday {
    let hours = hours.iter().map(|(from, to)| Span { from: time(from), to: time(to) }).collect();
    Holiday { date: date.parse().unwrap(), name: String::new(), hours }
}

#[test]
fn a_door_that_closes_at_noon_and_opens_again() {
    let (oslo, hours) = (zone("Europe/Oslo"), week(&["1 09:00-12:00", "1 13:00-17:00"]));
    for (at, open, changes_at) in [
        ("2026-11-23T08:59:59+01:00", false, "2026-11-23T09:00:00+01:00"),
        ("2026-11-23T09:00:00+01:00", true, "2026-11-23T12:00:00+01:00"),
        ("2026-11-23T12:00:00+01:00", false, "2026-11-23T13:00:00+01:00"),
        ("2026-11-23T16:59:59+01:00", true, "2026-11-23T17:00:00+01:00"),
        ("2026-11-23T17:00:00+01:00", false, "2026-11-30T09:00:00+01:00"),
    ] {
        let state = hours.state(&oslo, moment(at));
        assert_eq!((state.open, state.changes_at), (open, Some(moment(changes_at))), "{at}");
    }
}

#[test]
fn past_midnight_belongs_to_the_evening_before_and_touching_intervals_are_one() {
    let (oslo, mut hours) = (zone("Europe/Oslo"), week(&["5 18:00-02:00", "6 02:00-04:00"]));
    hours.holidays = vec![holiday("2026-12-25", &[])];
    // an ordinary Friday night goes on until four
    assert_eq!(hours.next_change(&oslo, moment("2026-11-27T23:00:00+01:00")), Some(moment("2026-11-28T04:00:00+01:00")));
    // the closed Friday has no night, but Saturday's own hours stay
    assert_eq!(hours.next_change(&oslo, moment("2026-12-25T12:00:00+01:00")), Some(moment("2026-12-26T02:00:00+01:00")));
    hours.holidays = vec![holiday("2026-12-26", &[])];
    assert!(hours.is_open(&oslo, moment("2026-12-26T01:59:00+01:00")), "the evening before the holiday goes on");
    assert!(!hours.is_open(&oslo, moment("2026-12-26T02:00:00+01:00")));
}

#[test]
fn a_holiday_may_have_hours_of_its_own() {
    let (oslo, mut hours) = (zone("Europe/Oslo"), Hours::office());
    hours.holidays = vec![holiday("2026-12-24", &[("09:00", "12:00")]), holiday("2026-12-27", &[("12:00", "14:00")])];
    assert_eq!(hours.next_change(&oslo, moment("2026-12-24T10:00:00+01:00")), Some(moment("2026-12-24T12:00:00+01:00")));
    assert!(hours.is_open(&oslo, moment("2026-12-27T13:00:00+01:00")), "a Sunday before the sales");
}

#[test]
fn who_never_closes_never_changes() {
    let oslo = zone("Europe/Oslo");
    let always = every_day("00:00-00:00");
    assert_eq!(always.state(&oslo, moment("2026-03-29T02:30:00Z")), OpenState { open: true, changes_at: None });
    let over = Hours { week: Vec::new(), holidays: vec![holiday("2026-01-01", &[("10:00", "12:00")])] };
    assert_eq!(over.state(&oslo, moment("2026-06-01T00:00:00Z")), OpenState { open: false, changes_at: None });
    assert_eq!(over.next_change(&oslo, moment("2026-01-01T10:30:00Z")), Some(moment("2026-01-01T11:00:00Z")));
}

#[test]
fn clocks_that_are_set_open_and_close_by_the_wall() {
    // Oslo: 29 March 2026 02:00 → 03:00 (01:00Z), 25 October 2026 03:00 → 02:00 (01:00Z)
    let oslo = zone("Europe/Oslo");
    for (hours, at, changes_at) in [
        ("02:30-05:00", "2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z"),
        ("00:30-02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z"),
        ("02:15-02:45", "2026-03-29T00:00:00Z", "2026-03-30T00:15:00Z"),
        ("09:00-17:00", "2026-03-29T06:00:00Z", "2026-03-29T07:00:00Z"),
        ("02:30-05:00", "2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"),
        ("00:30-02:30", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        ("00:30-02:00", "2026-10-24T23:00:00Z", "2026-10-25T00:00:00Z"),
        ("00:30-03:00", "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z"),
    ] {
        assert_eq!(every_day(hours).next_change(&oslo, moment(at)), Some(moment(changes_at)), "{hours} at {at}");
    }
}

#[test]
fn hours_that_are_never_open_are_refused() {
    for (mut hours, fine) in [
        (Hours::office(), true),
        (Hours::default(), false),
        (Hours { week: Vec::new(), holidays: vec![holiday("2026-12-25", &[])] }, false),
        (Hours { week: Vec::new(), holidays: vec![holiday("2026-12-25", &[("10:00", "12:00")])] }, true),
        (week(&["8 09:00-10:00"]), false),
        (Hours { holidays: vec![holiday("2026-12-25", &[]), holiday("2026-12-25", &[])], ..Hours::office() }, false),
    ] {
        let mut check = Check::default();
        hours.check(&mut check);
        assert_eq!(check.finish().is_ok(), fine, "{hours:?}");
    }
}

/// Walks minute by minute and looks at the clock on the wall.
fn walk(hours: &Hours, zone: &TimeZone, start: Timestamp, days: i64) -> Vec<bool> {
    let wall: Vec<DateTime> = (0..days * 24 * 60).map(|n| zone.to_datetime((start + minutes(n)).calendar())).collect();
    let mut open = vec![false; wall.len()];
    let mut date = wall[0].date();
    while date <= wall[wall.len() - 1].date() {
        let spans: Vec<Span> = match hours.holidays.iter().find(|holiday| holiday.date == date) {
            Some(holiday) => holiday.hours.clone(),
            None => {
                let today = hours.week.iter().filter(|span| span.day == date.weekday().to_monday_one_offset());
                today.map(|span| Span { from: span.from, to: span.to }).collect()
            }
        };
        for span in spans {
            let from = date.to_datetime(span.from.time());
            let to = if span.to <= span.from { date.tomorrow().unwrap() } else { date }.to_datetime(span.to.time());
            let first = wall.iter().position(|shown| *shown >= from).unwrap_or(wall.len());
            let last = wall.iter().rposition(|shown| *shown < to).map_or(0, |last| last + 1);
            open[first.min(last)..last].fill(true);
        }
        date = date.tomorrow().unwrap();
    }
    open
}

#[test]
fn a_walk_minute_by_minute_finds_the_same() {
    let rng = Rng::seeded(20_261_123);
    let some_time = || WallTime::at(rng.below(24) as i8, (rng.below(4) * 15) as i8);
    for (name, start) in [
        ("Europe/Oslo", "2026-03-27T00:00:00Z"),
        ("Europe/Oslo", "2026-10-23T00:00:00Z"),
        ("America/New_York", "2026-03-06T05:00:00Z"),
        ("America/New_York", "2026-10-30T04:00:00Z"),
        ("Australia/Lord_Howe", "2026-04-03T00:00:00Z"),
        ("Australia/Lord_Howe", "2026-10-02T00:00:00Z"),
        ("Asia/Shanghai", "2026-11-20T16:00:00Z"),
        ("Asia/Kathmandu", "2026-11-20T18:15:00Z"),
        ("Pacific/Apia", "2011-12-28T10:00:00Z"),
    ] {
        let (zone, start) = (zone(name), moment(start));
        for _ in 0..8 {
            let week = (0..rng.below(8)).map(|_| WeekSpan { day: rng.below(7) as i8 + 1, from: some_time(), to: some_time() }).collect();
            let date = zone.to_datetime((start + kernel::days(rng.below(5) as i64)).calendar()).date();
            let free = (0..rng.below(3)).map(|_| Span { from: some_time(), to: some_time() }).collect();
            let hours = Hours { week, holidays: vec![Holiday { date, name: String::new(), hours: free }] };

            // the first day may be reached by hours from before, the last one is cut off: look between them
            let open = walk(&hours, &zone, start, 6);
            let (mut changes_at, day) = (None, 24 * 60);
            for n in (2 * day..5 * day).rev() {
                let at = start + minutes(n as i64);
                assert_eq!(hours.is_open(&zone, at), open[n], "{name} {at} {hours:?}");
                if changes_at.is_some() {
                    assert_eq!(hours.next_change(&zone, at), changes_at, "{name} {at} {hours:?}");
                }
                if open[n] != open[n - 1] {
                    changes_at = Some(at);
                }
            }
        }
    }
}
