//! The stories as they are written down in `demo/stories.json`.

use channels::webchat::settings::{Asked, IdentityMode, Position};
use commerce::{
    dispute::{DisputeKind, DisputeReason},
    status::{ParcelState, Payment},
};
use inbox::{conversation::Priority, tag::TagColor};
use kernel::{Currency, Error, Language, Result, Texts};
use platform::http::Rank;
use serde::Deserialize;
use team::{
    member::Availability,
    opening_hours::{Holiday, WeekSpan},
};

#[derive(Debug, Clone, Deserialize)]
pub struct Stories {
    pub shop: Shop,
    pub members: Vec<Person>,
    pub schedules: Vec<Schedule>,
    pub departments: Vec<Department>,
    pub tags: Vec<Tag>,
    pub quick_replies: bot::QuickReplies,
    pub macros: Vec<Macro>,
    pub widget: Widget,
    pub conversations: Vec<Story>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Shop {
    pub name: String,
    pub language: Language,
    pub time_zone: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Person {
    pub key: String,
    pub name: String,
    pub email: String,
    pub role: Rank,
    pub language: Language,
    pub departments: Vec<String>,
    pub availability: Availability,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Schedule {
    pub key: String,
    pub name: String,
    pub time_zone: String,
    #[serde(default)]
    pub is_default: bool,
    pub week: Vec<WeekSpan>,
    pub holidays: Vec<WrittenHoliday>,
}

/// A holiday without hours is closed.
#[derive(Debug, Clone, Deserialize)]
pub struct WrittenHoliday {
    date: serde_json::Value,
    name: String,
    #[serde(default)]
    hours: serde_json::Value,
}

impl WrittenHoliday {
    pub fn holiday(&self) -> Result<Holiday> {
        let hours = if self.hours.is_null() { serde_json::json!([]) } else { self.hours.clone() };
        serde_json::from_value(serde_json::json!({ "date": self.date, "name": self.name, "hours": hours })).map_err(Error::broken)
    }
}

#[derive(Debug, Clone, Deserialize)]
pub struct Department {
    pub key: String,
    pub names: Texts,
    pub about: Texts,
    pub schedule: Option<String>,
    pub shown_in_chat: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Tag {
    pub name: String,
    pub color: TagColor,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Macro {
    pub name: String,
    pub folder: String,
    pub texts: Texts,
    #[serde(default)]
    pub tags: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Widget {
    pub color: String,
    pub position: Position,
    pub greeting: Texts,
    pub acknowledgement: Texts,
    pub away_message: Texts,
    pub ask_name: Asked,
    pub ask_email: Asked,
    pub privacy_url: Option<String>,
    pub reply_minutes: Option<i64>,
    pub departments_choice: bool,
    pub identity: IdentityMode,
    pub needs_consent: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Story {
    pub key: String,
    pub customer: Customer,
    pub department: Option<String>,
    #[serde(default)]
    pub tags: Vec<String>,
    #[serde(default)]
    pub priority: Priority,
    pub assignee: Option<String>,
    pub status: String,
    pub snoozed_for_minutes: Option<i64>,
    /// Who has ordered has an account in the shop.
    #[serde(default)]
    pub orders: Vec<Order>,
    pub messages: Vec<Said>,
}

/// Amounts are in the smallest unit of the currency; prices include the tax.
#[derive(Debug, Clone, Deserialize)]
pub struct Order {
    pub number: String,
    pub minutes_ago: i64,
    pub currency: Currency,
    pub payment: Payment,
    pub lines: Vec<Bought>,
    pub shipping: i64,
    pub refunded: i64,
    pub note: Option<String>,
    pub parcel: Option<Sent>,
    pub dispute: Option<Contested>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Bought {
    pub title: String,
    pub variant: Option<String>,
    pub quantity: i64,
    pub total: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Sent {
    pub carrier: String,
    pub tracking: String,
    pub state: ParcelState,
    pub minutes_ago: i64,
    pub promised_minutes_ago: i64,
}

/// What the customer's bank asks about the whole of the order's payment.
#[derive(Debug, Clone, Deserialize)]
pub struct Contested {
    pub kind: DisputeKind,
    pub reason: DisputeReason,
    pub answer_within_minutes: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Customer {
    pub name: Option<String>,
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    pub language: Language,
    pub country: Option<String>,
    pub postcode: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Said {
    /// `customer`, or a member's key.
    pub by: String,
    pub minutes_ago: i64,
    pub text: String,
    #[serde(default)]
    pub note: bool,
    /// Products it shows, by their slugs.
    #[serde(default)]
    pub products: Vec<String>,
}

/// Reads them.
pub fn read() -> Result<Stories> {
    serde_json::from_str(include_str!("../../demo/stories.json")).map_err(Error::broken)
}
