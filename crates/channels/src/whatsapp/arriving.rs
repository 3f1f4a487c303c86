//! What WhatsApp's calls tell.

use kernel::MessageId;
use serde::Deserialize;

use crate::{
    meta::Failing,
    partner::{Arriving, FileAt, News, Of, Reached, Receipt},
};

/// What a call tells of the number of this id. Fields and kinds that came later than this was written change nothing.
///
/// Errors: why it is not understood.
pub fn news(number: &str, body: &str) -> Result<Vec<News>, String> {
    let told: Told = serde_json::from_str(body).map_err(|error| error.to_string())?;
    let changes = told.entry.into_iter().flat_map(|entry| entry.changes);
    let ours = changes.filter(|change| change.field == "messages").map(|change| change.value);
    Ok(ours.filter(|value| value.metadata.phone_number_id == number).flat_map(Value::news).collect())
}

#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Change {
    field: String,
    #[serde(default)]
    value: Value,
}

#[derive(Default, Deserialize)]
struct Value {
    #[serde(default)]
    metadata: Metadata,
    #[serde(default)]
    contacts: Vec<Contact>,
    #[serde(default)]
    messages: Vec<Message>,
    #[serde(default)]
    statuses: Vec<Status>,
}

#[derive(Default, Deserialize)]
struct Metadata {
    #[serde(default)]
    phone_number_id: String,
}

#[derive(Deserialize)]
struct Contact {
    wa_id: Option<String>,
    user_id: Option<String>,
    #[serde(default)]
    profile: Profile,
}

#[derive(Default, Deserialize)]
struct Profile {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    /// Their number, where they show it.
    from: Option<String>,
    from_user_id: Option<String>,
    id: String,
    #[serde(rename = "type", default)]
    kind: String,
    text: Option<Text>,
    image: Option<File>,
    video: Option<File>,
    audio: Option<File>,
    document: Option<File>,
    sticker: Option<File>,
    location: Option<Location>,
    #[serde(default)]
    contacts: Vec<Card>,
    reaction: Option<Reaction>,
    interactive: Option<Interactive>,
    button: Option<Text>,
    order: Option<Order>,
}

#[derive(Deserialize)]
struct Text {
    #[serde(alias = "text")]
    body: String,
}

#[derive(Deserialize)]
struct File {
    id: String,
    mime_type: Option<String>,
    caption: Option<String>,
    filename: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    latitude: f64,
    longitude: f64,
    name: Option<String>,
    address: Option<String>,
}

#[derive(Deserialize)]
struct Card {
    #[serde(default)]
    name: CardName,
    #[serde(default)]
    phones: Vec<Phone>,
}

#[derive(Default, Deserialize)]
struct CardName {
    #[serde(default)]
    formatted_name: String,
}

#[derive(Deserialize)]
struct Phone {
    #[serde(default)]
    phone: String,
}

#[derive(Deserialize)]
struct Reaction {
    emoji: Option<String>,
}

#[derive(Deserialize)]
struct Interactive {
    button_reply: Option<Chosen>,
    list_reply: Option<Chosen>,
}

#[derive(Deserialize)]
struct Chosen {
    title: String,
}

#[derive(Deserialize)]
struct Order {
    text: Option<String>,
    #[serde(default)]
    product_items: Vec<Item>,
}

#[derive(Deserialize)]
struct Item {
    product_retailer_id: String,
    quantity: serde_json::Value,
}

#[derive(Deserialize)]
struct Status {
    id: String,
    status: String,
    biz_opaque_callback_data: Option<String>,
    #[serde(default)]
    errors: Vec<Failing>,
}

impl Value {
    fn news(self) -> Vec<News> {
        let Value { contacts, messages, statuses, .. } = self;
        let arriving = messages.into_iter().filter_map(|message| message.arriving(&contacts)).map(News::Message);
        arriving.chain(statuses.into_iter().filter_map(Status::receipt).map(News::Receipt)).collect()
    }
}

impl Message {
    /// None for what is no message: that somebody's number changed, that a reaction was taken back.
    fn arriving(self, contacts: &[Contact]) -> Option<Arriving> {
        let peer = self.from_user_id.clone().or_else(|| self.from.clone())?;
        let is_theirs = |contact: &&Contact| {
            contact.user_id.as_ref().is_some_and(|id| Some(id) == self.from_user_id.as_ref())
                || contact.wa_id.as_ref().is_some_and(|id| Some(id) == self.from.as_ref())
        };
        let name = contacts.iter().find(is_theirs).and_then(|contact| contact.profile.name.clone());
        let phone = self.from.as_ref().map(|digits| format!("+{digits}"));
        let (reference, quiet) = (self.id.clone(), self.kind == "reaction");
        let text = self.in_words();
        let files = self.files();
        let says_something = !text.trim().is_empty() || !files.is_empty();
        says_something.then(|| Arriving { peer, name, phone, reference, text, files, quiet, ..Arriving::default() })
    }

    /// What it says; what is no text is said with signs that need no translation.
    fn in_words(&self) -> String {
        let files = [&self.image, &self.video, &self.audio, &self.document];
        let captions = files.into_iter().flatten().filter_map(|file| file.caption.clone());
        let mut parts: Vec<String> = self.text.iter().chain(&self.button).map(|text| text.body.clone()).chain(captions).collect();
        parts.extend(self.location.iter().map(Location::in_words));
        parts.extend(self.contacts.iter().map(Card::in_words));
        parts.extend(self.reaction.iter().filter_map(|reaction| reaction.emoji.clone()));
        if let Some(interactive) = &self.interactive {
            parts.extend([&interactive.button_reply, &interactive.list_reply].into_iter().flatten().map(|chosen| chosen.title.clone()));
        }
        if let Some(order) = &self.order {
            parts.extend(order.text.clone());
            parts.extend(order.product_items.iter().map(|item| format!("🛒 {} × {}", item.quantity, item.product_retailer_id)));
        }
        if parts.is_empty() && self.kind == "unsupported" {
            parts.push("❔".into());
        }
        parts.join("\n")
    }

    fn files(self) -> Vec<FileAt> {
        let named =
            [(self.image, "photo"), (self.video, "video"), (self.audio, "audio"), (self.document, "document"), (self.sticker, "sticker")];
        named.into_iter().filter_map(|(file, name)| file.map(|file| file.called(name))).collect()
    }
}

impl File {
    fn called(self, name: &str) -> FileAt {
        // `audio/ogg; codecs=opus`
        let extension =
            self.mime_type.as_deref().and_then(|kind| kind.split_once('/')).map(|(_, kind)| kind.split(';').next().unwrap_or(kind));
        let name = self.filename.unwrap_or_else(|| extension.map_or_else(|| name.to_owned(), |extension| format!("{name}.{extension}")));
        FileAt { at: self.id, name }
    }
}

impl Location {
    fn in_words(&self) -> String {
        let place = self.name.iter().chain(&self.address).cloned().collect::<Vec<_>>().join(", ");
        let map = format!("https://www.openstreetmap.org/?mlat={}&mlon={}", self.latitude, self.longitude);
        format!("📍 {place} {map}").replace("  ", " ")
    }
}

impl Card {
    fn in_words(&self) -> String {
        let phones = self.phones.iter().map(|phone| phone.phone.as_str()).collect::<Vec<_>>().join(", ");
        format!("👤 {} {phones}", self.name.formatted_name).trim_end().to_owned()
    }
}

impl Status {
    /// None for what is known from having sent it.
    fn receipt(self) -> Option<Receipt> {
        let reached = match self.status.as_str() {
            "delivered" => Reached::Delivered,
            "read" | "played" => Reached::Read,
            "failed" => Reached::Failed(self.errors.first().map_or_else(String::new, Failing::in_words)),
            _ => return None,
        };
        let ours = self.biz_opaque_callback_data.and_then(|data| data.parse::<MessageId>().ok());
        Some(Receipt { of: ours.map_or(Of::Theirs(self.id), Of::Ours), reached })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(message: serde_json::Value) -> Vec<News> {
        let mut message = message;
        (message["id"], message["from"], message["timestamp"]) = (json!("wamid.A1"), json!("49151"), json!("1790000000"));
        let value = json!({ "messaging_product": "whatsapp", "metadata": { "phone_number_id": "301" },
            "contacts": [{ "profile": { "name": "Ada" }, "wa_id": "49151" }], "messages": [message] });
        let body = json!({ "object": "whatsapp_business_account", "entry": [{ "id": "201", "changes": [{ "field": "messages", "value": value }] }] });
        news("301", &body.to_string()).unwrap()
    }

    #[test]
    fn what_is_no_text_is_said_in_signs() {
        for (message, text, quiet) in [
            (json!({ "type": "text", "text": { "body": "Hi" } }), "Hi", false),
            (json!({ "type": "button", "button": { "payload": "P", "text": "Yes, please" } }), "Yes, please", false),
            (json!({ "type": "interactive", "interactive": { "button_reply": { "id": "1", "title": "Return it" } } }), "Return it", false),
            (
                json!({ "type": "interactive", "interactive": { "list_reply": { "id": "1", "title": "Size M", "description": "" } } }),
                "Size M",
                false,
            ),
            (json!({ "type": "reaction", "reaction": { "message_id": "wamid.B1", "emoji": "👍" } }), "👍", true),
            (
                json!({ "type": "location", "location": { "latitude": 59.91, "longitude": 10.75, "name": "Shop" } }),
                "📍 Shop https://www.openstreetmap.org/?mlat=59.91&mlon=10.75",
                false,
            ),
            (
                json!({ "type": "contacts", "contacts": [{ "name": { "formatted_name": "Bo" }, "phones": [{ "phone": "+47 2" }] }] }),
                "👤 Bo +47 2",
                false,
            ),
            (
                json!({ "type": "order", "order": { "catalog_id": "1", "text": "These", "product_items": [{ "product_retailer_id": "tent", "quantity": 2, "item_price": 1, "currency": "NOK" }] } }),
                "These\n🛒 2 × tent",
                false,
            ),
            (json!({ "type": "unsupported", "errors": [{ "code": 131_051, "title": "Unsupported" }] }), "❔", false),
        ] {
            let [News::Message(arriving)] = &told(message.clone())[..] else { panic!("{message}") };
            assert_eq!((arriving.text.as_str(), arriving.quiet), (text, quiet), "{message}");
            assert_eq!(
                (arriving.peer.as_str(), arriving.name.as_deref(), arriving.phone.as_deref()),
                ("49151", Some("Ada"), Some("+49151"))
            );
        }
    }

    #[test]
    fn a_file_is_named_as_it_was_or_after_its_kind() {
        let document =
            told(json!({ "type": "document", "document": { "id": "9", "filename": "label.pdf", "mime_type": "application/pdf" } }));
        let voice = told(json!({ "type": "audio", "audio": { "id": "8", "voice": true, "mime_type": "audio/ogg; codecs=opus" } }));
        let name = |news: News| match news {
            News::Message(arriving) => arriving.files[0].name.clone(),
            News::Receipt(_) | News::Turn(_) | News::Line => panic!("it is a message"),
        };
        assert_eq!([document, voice].concat().into_iter().map(name).collect::<Vec<_>>(), ["label.pdf", "audio.ogg"]);
    }

    #[test]
    fn nothing_is_made_of_what_is_no_message() {
        assert_eq!(told(json!({ "type": "reaction", "reaction": { "message_id": "wamid.B1" } })), [], "one that was taken back");
        assert_eq!(told(json!({ "type": "system", "system": { "type": "user_changed_number", "wa_id": "49152" } })), []);
        assert!(news("301", "7").is_err());
        assert_eq!(news("301", "{}"), Ok(Vec::new()));
    }
}
