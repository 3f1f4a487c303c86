//! Facebook: customers write to the shop's page by Messenger, and comment on what it posts.

use platform::form::{Field, FieldKind};

use crate::meta::messaging::{KnownAs, Messaging, comments::Comments};

/// Messenger.
pub static MESSENGER: Messaging = Messaging {
    name: "messenger",
    title: "Messenger",
    form: &[
        Field { name: "page_id", kind: FieldKind::Line, required: true },
        Field { name: "token", kind: FieldKind::Secret, required: true },
        Field { name: "app_id", kind: FieldKind::Line, required: true },
        Field { name: "app_secret", kind: FieldKind::Secret, required: true },
    ],
    line: "page_id",
    known_as: KnownAs { field: "name", before: "" },
    object: "page",
    events: "messages,message_deliveries,message_reads,messaging_postbacks,feed",
    names: "first_name,last_name",
    longest: 2_000,
    measures: char::len_utf16,
    is_told_ours: true,
    comments: Comments { answers: "comments", hides: "is_hidden", says: "message", read_at: "permalink_url", longest: 8_000 },
};
