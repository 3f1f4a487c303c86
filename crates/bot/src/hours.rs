//! Opening hours in words, a line for each day.

use jiff::{ToSpan, Zoned, tz::TimeZone};
use kernel::{Language, Timestamp};
use team::schedule::Schedule;

use crate::WORDS;

/// Holidays within so many days are told of.
const AHEAD: i32 = 30;

/// Whether it is open, the week from Monday to Sunday, and the holidays to come.
pub fn in_words(schedule: &Schedule, language: Language, now: Timestamp) -> String {
    let zone = TimeZone::get(&schedule.time_zone).unwrap_or(TimeZone::UTC);
    let mut lines = vec![state(schedule, language, &zone, now), String::new()];
    lines.extend((1..=7).map(|day| day_line(schedule, language, day)));
    let holidays = holidays(schedule, language, &now.calendar().to_zoned(zone));
    if !holidays.is_empty() {
        lines.push(String::new());
        lines.extend(holidays);
    }
    lines.join("\n")
}

fn say(language: Language, key: &str) -> String {
    WORDS.text(language, key, &[])
}

fn state(schedule: &Schedule, language: Language, zone: &TimeZone, now: Timestamp) -> String {
    let state = schedule.state(now);
    let Some(at) = state.changes_at.map(|at| at.calendar().to_zoned(zone.clone())) else {
        return say(language, if state.open { "hours-always" } else { "hours-never" });
    };
    let (day, time) = (at.weekday().to_monday_one_offset(), at.strftime("%H:%M").to_string());
    let today = at.date() == now.calendar().to_zoned(zone.clone()).date();
    let key = match (state.open, today) {
        (true, true) => "hours-open-until",
        (true, false) => "hours-open-until-day",
        (false, true) => "hours-closed-until",
        (false, false) => "hours-closed-until-day",
    };
    WORDS.text(language, key, &[("time", time.into()), ("day", say(language, &day_key(day)).into())])
}

fn day_key(day: i8) -> String {
    format!("day-{day}")
}

fn day_line(schedule: &Schedule, language: Language, day: i8) -> String {
    let mut spans: Vec<_> = schedule.hours.week.iter().filter(|span| span.day == day).map(|span| (span.from, span.to)).collect();
    spans.sort_unstable();
    let hours = spans.into_iter().map(|(from, to)| format!("{from}–{to}"));
    line(language, &say(language, &day_key(day)), hours.collect())
}

fn line(language: Language, day: &str, hours: Vec<String>) -> String {
    let hours = if hours.is_empty() { say(language, "hours-closed") } else { hours.join(", ") };
    WORDS.text(language, "hours-line", &[("day", day.into()), ("hours", hours.into())])
}

fn holidays(schedule: &Schedule, language: Language, now: &Zoned) -> Vec<String> {
    let (today, last) = (now.date(), now.date().saturating_add(AHEAD.days()));
    let mut soon: Vec<_> = schedule.hours.holidays.iter().filter(|holiday| (today..=last).contains(&holiday.date)).collect();
    soon.sort_unstable_by_key(|holiday| holiday.date);
    let hours = |spans: &[team::opening_hours::Span]| spans.iter().map(|span| format!("{}–{}", span.from, span.to)).collect();
    soon.into_iter()
        .map(|holiday| {
            let date = holiday.date.strftime(date_format(language)).to_string();
            let day = if holiday.name.is_empty() { date } else { format!("{date} {}", holiday.name) };
            line(language, &day, hours(&holiday.hours))
        })
        .collect()
}

/// A date in figures, as people of the language write it.
pub fn date_format(language: Language) -> &'static str {
    match language {
        Language::En => "%-d/%-m/%Y",
        Language::Nb => "%-d.%-m.%Y",
        Language::Tr => "%d.%m.%Y",
        Language::Zh => "%Y年%-m月%-d日",
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use serde_json::{from_value, json};
    use team::opening_hours::{Holiday, Hours, Span, WeekSpan};

    use super::*;

    fn schedule() -> Schedule {
        let span = |day: i8, from: &str, to: &str| from_value::<WeekSpan>(json!({ "day": day, "from": from, "to": to })).unwrap();
        // written in no order
        let week = vec![span(1, "13:00", "17:30"), span(1, "09:00", "12:30"), span(5, "09:00", "17:30")];
        let holiday = |day, hours| Holiday { date: date(2026, 12, day), name: "Jul".into(), hours };
        let eve: Span = from_value(json!({ "from": "09:00", "to": "12:00" })).unwrap();
        let holidays = vec![holiday(25, vec![]), holiday(24, vec![eve])];
        let hours = Hours { week, holidays };
        Schedule { id: uuid::Uuid::nil().into(), name: "Shop".into(), time_zone: "Europe/Oslo".into(), hours, is_default: true }
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::from_micros(text.parse::<jiff::Timestamp>().unwrap().as_microsecond())
    }

    #[test]
    fn the_week_is_told_in_order_and_the_holidays_to_come() {
        let told = in_words(&schedule(), Language::En, at("2026-12-07T09:00:00Z"));
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines[0], "We are open now, until 12:30.");
        assert_eq!(&lines[2..5], ["Monday: 09:00–12:30, 13:00–17:30", "Tuesday: closed", "Wednesday: closed"]);
        assert_eq!(&lines[9..], ["", "24/12/2026 Jul: 09:00–12:00", "25/12/2026 Jul: closed"]);
        // a month earlier they are far off
        assert_eq!(in_words(&schedule(), Language::En, at("2026-11-02T09:00:00Z")).lines().count(), 9);
    }

    #[test]
    fn whether_it_is_open_is_said_first_in_every_language() {
        for (language, now, first) in [
            (Language::En, "2026-12-07T06:00:00Z", "We are closed now and open at 09:00."),
            (Language::En, "2026-12-07T20:00:00Z", "We are closed now and open on Friday at 09:00."),
            (Language::Nb, "2026-12-07T09:00:00Z", "Vi har åpent nå, til kl. 12:30."),
            (Language::Tr, "2026-12-07T20:00:00Z", "Şu anda kapalıyız. Açılış: Cuma 09:00."),
            (Language::Zh, "2026-12-07T06:00:00Z", "我们现在休息，09:00 开始营业。"),
        ] {
            assert_eq!(in_words(&schedule(), language, at(now)).lines().next(), Some(first));
        }
    }
}
