//! Instagram: customers write to the shop's account and comment on what it shows. The account is linked to a page on Facebook.
//! Nobody tells that a message has arrived, only that it was read.

use platform::form::{Field, FieldKind};

use crate::meta::messaging::{KnownAs, Messaging, comments::Comments};

/// Instagram.
pub static INSTAGRAM: Messaging = Messaging {
    name: "instagram",
    title: "Instagram",
    form: &[
        Field { name: "instagram_id", kind: FieldKind::Line, required: true },
        Field { name: "page_id", kind: FieldKind::Line, required: true },
        Field { name: "token", kind: FieldKind::Secret, required: true },
        Field { name: "app_id", kind: FieldKind::Line, required: true },
        Field { name: "app_secret", kind: FieldKind::Secret, required: true },
    ],
    line: "instagram_id",
    known_as: KnownAs { field: "username", before: "@" },
    object: "instagram",
    events: "messages,messaging_seen,messaging_postbacks,comments",
    names: "name,username",
    // in bytes
    longest: 1_000,
    measures: char::len_utf8,
    is_told_ours: false,
    comments: Comments { answers: "replies", hides: "hide", says: "caption", read_at: "permalink", longest: 2_200 },
};
