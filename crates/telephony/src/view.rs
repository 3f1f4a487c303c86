//! Lines and calls as they are seen over HTTP.

use inbox::{call::PhoneCall, view::CustomerName};
use kernel::{CallId, ConversationId, DepartmentId, Language, PhoneLineId, Timestamp};
use platform::{App, keyed};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    Call, PhoneLine,
    call::Phase,
    line::{self, Settings},
    voice::{self, Voice},
};

/// A telephone line.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneLineView {
    id: PhoneLineId,
    name: String,
    /// As people write it.
    number: String,
    #[schema(required)]
    department: Option<DepartmentId>,
    /// Whoever was missed is promised a call within so many minutes in which the shop is open.
    #[schema(required)]
    call_back_within: Option<i64>,
    /// Where the telephone system tells of calls.
    webhook: String,
    /// How callers are received, where the number is one of Twilio’s.
    #[schema(required)]
    voice: Option<VoiceView>,
    /// When it last did.
    #[schema(required)]
    heard_at: Option<Timestamp>,
    created_at: Timestamp,
}

impl PhoneLineView {
    pub fn new(app: &App, line: PhoneLine) -> Self {
        let webhook = match line.voice {
            Some(_) => voice::webhook::base(app, line.shop, line.id),
            None => line::address(app, line.shop, line.id),
        };
        let PhoneLine { id, settings, voice, heard_at, created_at, .. } = line;
        let Settings { name, number, department, call_back_within } = settings;
        PhoneLineView { id, name, number, department, call_back_within, webhook, voice: voice.map(VoiceView::from), heard_at, created_at }
    }
}

/// How callers are received at Twilio.
#[derive(Debug, Serialize, ToSchema)]
pub struct VoiceView {
    /// The SID of the account.
    account: String,
    /// In which language they are spoken to.
    language: Language,
    /// What they hear first while somebody is there; null for the words of the house.
    #[schema(required)]
    greeting: Option<String>,
    /// How numbers begin that may be rung.
    prefixes: Vec<String>,
}

impl From<Voice> for VoiceView {
    fn from(voice: Voice) -> Self {
        let Voice { account, language, greeting, prefixes } = voice;
        VoiceView { account, language, greeting, prefixes }
    }
}

/// A telephone line with the secret it was just given.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneLineWithSecret {
    pub line: PhoneLineView,
    /// What the telephone system signs with. It is shown this once.
    pub secret: String,
}

keyed! {
    /// Where a call stands that is not over.
    pub enum CallPhase {
        Ringing = "ringing",
        /// The member who asks has picked it up.
        Yours = "yours",
    }
}

/// A call that is not over.
#[derive(Debug, Serialize, ToSchema)]
pub struct CurrentCall {
    id: CallId,
    phase: CallPhase,
    /// What members call the line it rings at.
    line: String,
    /// From where they call; null where that was kept back.
    #[schema(required)]
    caller: Option<String>,
    /// Who is known by that number, as far as that is one. It proves nobody.
    #[schema(required)]
    customer: Option<CustomerName>,
    /// Where it is written down, once somebody has picked up.
    #[schema(required)]
    conversation: Option<ConversationId>,
    rang_at: Timestamp,
}

impl CurrentCall {
    pub fn new(call: Call, line: &PhoneLine, customer: Option<CustomerName>) -> Self {
        let phase = if call.phase() == Phase::Ringing { CallPhase::Ringing } else { CallPhase::Yours };
        let conversation = call.entry.map(|(conversation, _)| conversation);
        let Call { id, caller, rang_at, .. } = call;
        CurrentCall { id, phase, line: line.settings.name.clone(), caller, customer, conversation, rang_at }
    }
}

/// What members call a telephone line.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhoneLineName {
    id: PhoneLineId,
    name: String,
}

impl From<PhoneLine> for PhoneLineName {
    fn from(line: PhoneLine) -> Self {
        PhoneLineName { id: line.id, name: line.settings.name }
    }
}

/// A call, as the log of calls has it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LoggedCall {
    id: CallId,
    /// What members call the line it came in at; null where that was disconnected.
    #[schema(required)]
    line: Option<String>,
    /// From where they called; null where that was kept back.
    #[schema(required)]
    caller: Option<String>,
    /// As whom they are written down, if they are.
    #[schema(required)]
    customer: Option<CustomerName>,
    /// Where it stands in the inbox, if it does.
    #[schema(required)]
    conversation: Option<ConversationId>,
    rang_at: Timestamp,
    /// How it came out; null while it rings.
    #[schema(required)]
    call: Option<PhoneCall>,
}

impl LoggedCall {
    pub fn new(known: Call, line: Option<String>, customer: Option<CustomerName>) -> Self {
        let (call, conversation) = (known.as_told(), known.entry.map(|(conversation, _)| conversation));
        let Call { id, caller, rang_at, .. } = known;
        LoggedCall { id, line, caller, customer, conversation, rang_at, call }
    }
}
