//! Which channels a shop's customers use: how much, when, in which languages, and how long they wait there.

use std::collections::BTreeMap;

use inbox::figures::{self, Begun, Waited};
use jiff::tz::TimeZone;
use kernel::{Language, Result, ShopId, Timestamp, days};
use platform::Tx;
use serde::Serialize;
use team::schedule::{self, Schedule};
use utoipa::ToSchema;

use crate::advice::{self, Advice};

/// For how many days back it is counted.
pub const SPANS: [i64; 3] = [7, 30, 90];

/// How many conversations begin in each hour of a week: seven days from Monday, 24 hours each, by the clocks of the shop.
type Week = Vec<Vec<i64>>;

/// Conversations of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LanguageUse {
    /// Null where it is not known.
    #[schema(required)]
    pub language: Option<Language>,
    pub conversations: i64,
}

/// How much one channel is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChannelUse {
    /// What its conversations carry.
    pub channel: String,
    /// Whether everybody reads them.
    pub public: bool,
    /// So many began.
    pub conversations: i64,
    /// So many began in the same time before.
    pub before: i64,
    /// By so many customers.
    pub customers: i64,
    /// So many were answered by a person.
    pub answered: i64,
    /// So many began while the shop was closed.
    pub while_closed: i64,
    /// In seconds: half of the customers waited no longer for the first answer; null where none was given.
    #[schema(required)]
    pub median_wait: Option<i64>,
    /// In seconds: nine of ten customers waited no longer for the first answer; null where none was given.
    #[schema(required)]
    pub long_wait: Option<i64>,
    /// The most used first.
    pub languages: Vec<LanguageUse>,
    /// Seven days from Monday, 24 hours each, by the clocks of the shop.
    #[schema(value_type = Vec<Vec<i64>>)]
    pub week: Week,
}

/// Which channels a shop's customers use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChannelReport {
    pub from: Timestamp,
    pub until: Timestamp,
    /// By whose clocks hours are counted: an IANA name.
    pub time_zone: String,
    /// The most used first.
    pub channels: Vec<ChannelUse>,
    /// What follows, the weightiest first.
    pub advice: Vec<Advice>,
}

/// Counts the last `span` days.
pub async fn report(tx: &mut Tx<'_>, shop: ShopId, span: i64) -> Result<ChannelReport> {
    let until = tx.now();
    let from = until - days(span);
    let shop_itself = team::shop::get(tx, shop).await?;
    let schedules = schedule::all(tx, shop).await?;
    let zone = shop_itself.zone();
    let mut counted: BTreeMap<(String, bool), Counted> = BTreeMap::new();
    for begun in figures::begun(tx, shop, from - days(span), until).await? {
        let of = counted.entry((begun.channel.clone(), begun.public)).or_default();
        if begun.hour < from { of.before += begun.conversations } else { of.add(&begun, &zone, schedules.first()) }
    }
    for (channel, public, customers) in figures::customers(tx, shop, from, until).await? {
        counted.entry((channel, public)).or_default().customers = customers;
    }
    let mut channels = Vec::with_capacity(counted.len());
    for ((channel, public), of) in counted {
        let waited = figures::waited(tx, shop, (&channel, public), (from, until), of.answered).await?;
        channels.push(of.told(channel, public, waited));
    }
    channels.sort_by_key(|one| (-one.conversations, -one.before));
    let advice = advice::on(&channels, shop_itself.language);
    Ok(ChannelReport { from, until, time_zone: shop_itself.time_zone, channels, advice })
}

/// What is counted of one channel.
struct Counted {
    conversations: i64,
    before: i64,
    customers: i64,
    answered: i64,
    while_closed: i64,
    languages: BTreeMap<Option<Language>, i64>,
    week: Week,
}

impl Default for Counted {
    fn default() -> Self {
        let languages = BTreeMap::new();
        Counted { conversations: 0, before: 0, customers: 0, answered: 0, while_closed: 0, languages, week: vec![vec![0; 24]; 7] }
    }
}

impl Counted {
    fn add(&mut self, begun: &Begun, zone: &TimeZone, hours: Option<&Schedule>) {
        self.conversations += begun.conversations;
        self.answered += begun.answered;
        if hours.is_some_and(|hours| !hours.state(begun.hour).open) {
            self.while_closed += begun.conversations;
        }
        *self.languages.entry(begun.language).or_default() += begun.conversations;
        let there = zone.to_datetime(begun.hour.calendar());
        let (day, hour) = (there.weekday().to_monday_zero_offset(), there.hour());
        if let Some(of) = self.week.get_mut(day as usize).and_then(|day| day.get_mut(hour as usize)) {
            *of += begun.conversations;
        }
    }

    fn told(self, channel: String, public: bool, waited: Option<Waited>) -> ChannelUse {
        let mut languages: Vec<LanguageUse> =
            self.languages.into_iter().map(|(language, conversations)| LanguageUse { language, conversations }).collect();
        languages.sort_by_key(|one| -one.conversations);
        let seconds = |micros: i64| micros / kernel::seconds(1);
        ChannelUse {
            channel,
            public,
            conversations: self.conversations,
            before: self.before,
            customers: self.customers,
            answered: self.answered,
            while_closed: self.while_closed,
            median_wait: waited.map(|waited| seconds(waited.median)),
            long_wait: waited.map(|waited| seconds(waited.nine_of_ten)),
            languages,
            week: self.week,
        }
    }
}
