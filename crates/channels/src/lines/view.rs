//! Lines as they are seen over HTTP.

use kernel::{ArrivalId, DepartmentId, LineId, Timestamp};
use platform::{
    App,
    form::{Field, Settings},
    trouble::Noted,
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Arrival, Line,
    access::{Access, Renewal},
    line,
    public_view::PublicThread,
    template::Used,
    terms::Quality,
};
use crate::partner::Partner;

/// A kind of line that can be connected.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelLineKind {
    /// What its conversations carry.
    channel: &'static str,
    /// What its makers call it.
    title: &'static str,
    /// What has to be filled in to connect, from top to bottom.
    fields: Vec<Field>,
}

impl From<&'static dyn Partner> for ChannelLineKind {
    fn from(partner: &'static dyn Partner) -> Self {
        ChannelLineKind { channel: partner.name(), title: partner.title(), fields: partner.fields().to_vec() }
    }
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelLineView {
    id: LineId,
    channel: String,
    /// What members call it.
    name: String,
    /// As its customers know it; not known until the partner has said so.
    #[schema(required)]
    known_as: Option<String>,
    /// What the form was filled in with, but for its secrets.
    settings: Settings,
    #[schema(required)]
    department: Option<DepartmentId>,
    /// Where the partner is to call; nothing when it cannot reach this server.
    #[schema(required)]
    webhook: Option<String>,
    #[schema(required)]
    trouble: Option<Noted>,
    /// Why nothing leaves through it just now, and when one answer is tried.
    #[schema(required)]
    rest: Option<Noted>,
    /// Until when what opens it does; null where it lasts, or the partner does not say.
    #[schema(required)]
    access: Option<LineAccess>,
    /// How many customers it may write to first; not known where the partner does not say.
    #[schema(required)]
    allowance: Option<LineAllowance>,
    /// Calls that nobody understood, for somebody to look at.
    aside: i64,
    /// When the partner last answered.
    #[schema(required)]
    heard_at: Option<Timestamp>,
    created_at: Timestamp,
}

/// That what opens a line ends.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineAccess {
    /// Null where it is not renewed any more, and nobody says when it ends.
    #[schema(required)]
    ends_at: Option<Timestamp>,
    renewal: Renewal,
}

impl ChannelLineView {
    pub fn new(app: &App, line: Line, aside: i64, used: Option<Used>, rest: Option<Noted>) -> Self {
        let webhook = app.config().is_called_by(&line.channel).then(|| line::address(app, line.shop, line.id));
        let line::Shown { name, known_as, settings, department, access } = line.shown;
        ChannelLineView {
            id: line.id,
            channel: line.channel,
            name,
            known_as,
            settings,
            department,
            webhook,
            trouble: line.trouble,
            rest,
            access: access.map(|Access { ends_at, renewal }| LineAccess { ends_at, renewal }),
            allowance: used.map(LineAllowance::from),
            aside,
            heard_at: line.heard_at,
            created_at: line.created_at,
        }
    }
}

/// How many customers a line may write to first, in any 24 hours.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineAllowance {
    /// Null when there is no bound.
    #[schema(required)]
    most: Option<i64>,
    /// So many have been written to first by Ombud in the last 24 hours; others may use the same allowance.
    opened: i64,
    /// How content its customers are, as the partner sees it.
    quality: Quality,
}

impl From<Used> for LineAllowance {
    fn from(Used { of, opened }: Used) -> Self {
        LineAllowance { most: of.most, opened, quality: of.quality }
    }
}

/// How a conversation with a partner's customer can be answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct LineOfConversation {
    /// Null when the line is not connected any more, or the conversation is not held through one.
    #[schema(required)]
    pub line: Option<AnsweringLine>,
}

/// The line a conversation is held through.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnsweringLine {
    /// What members call it.
    name: String,
    /// As its customers know it; not known until the partner has said so.
    #[schema(required)]
    known_as: Option<String>,
    /// Whether something is wrong with it: then what is answered waits.
    in_trouble: bool,
    /// Until then the partner is left alone, since it failed again and again, and what is answered waits; null where it is not.
    #[schema(required)]
    rests_until: Option<Timestamp>,
    /// Until then the partner takes answers, counted from when the customer last wrote; null where it always does.
    #[schema(required)]
    answered_until: Option<Timestamp>,
    /// Whether nothing more is taken until the customer has written: they were written to first.
    awaits_customer: bool,
    /// Whether the partner agrees to texts beforehand, and takes those at any time.
    has_templates: bool,
    /// What everybody reads; null where it is held in private.
    #[schema(required)]
    public: Option<PublicThread>,
}

impl AnsweringLine {
    pub fn new(partner: &dyn Partner, line: Line, heard_at: Timestamp, rest: Option<Noted>, public: Option<PublicThread>) -> Self {
        let answered_until = partner.answered_within().filter(|_| public.is_none()).map(|within| heard_at + within);
        AnsweringLine {
            name: line.shown.name,
            known_as: line.shown.known_as,
            in_trouble: line.trouble.is_some(),
            rests_until: rest.map(|rest| rest.next_try_at),
            answered_until,
            awaits_customer: answered_until.is_some() && heard_at == Timestamp::from_micros(0),
            has_templates: partner.has_templates() && public.is_none(),
            public,
        }
    }
}

/// A partner's call that nobody understood.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArrivalAside {
    id: ArrivalId,
    line: LineId,
    /// Why, in English.
    why: String,
    /// What it says, as it came.
    body: String,
    received_at: Timestamp,
}

impl From<Arrival> for ArrivalAside {
    fn from(arrival: Arrival) -> Self {
        let Arrival { id, line, fault, body, received_at, .. } = arrival;
        ArrivalAside { id, line, why: fault.unwrap_or_default(), body: body.unwrap_or_default(), received_at }
    }
}
