//! Requests made from the API's description: addresses with the ids of real things, bodies of the right shape.

use serde_json::{Map, Value, json};

use super::things::{Things, line, mailbox, shop_system};
use crate::world::SHOP_ORIGIN;

/// Makes requests.
pub struct Sampler<'a> {
    description: &'a Value,
    things: &'a Things,
    whole: bool,
}

impl<'a> Sampler<'a> {
    pub fn new(description: &'a Value, things: &'a Things) -> Self {
        Sampler { description, things, whole: false }
    }

    /// Fills in what may be left out, too.
    pub fn whole(self) -> Self {
        Sampler { whole: true, ..self }
    }

    /// The path with the ids of real things, and the query an operation insists on.
    pub fn address(&self, path: &str, operation: &Value) -> String {
        let mut address = path.to_owned();
        let mut query = Vec::new();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap();
            let value = || match self.things.own.get(path) {
                Some(own) => json!(own),
                None => self.value(name, &parameter["schema"]),
            };
            let text = |value: Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            match parameter["in"].as_str() {
                Some("path") => address = address.replace(&format!("{{{name}}}"), &text(value())),
                Some("query") if parameter["required"] == true => query.push(format!("{name}={}", text(value()))),
                _ => (),
            }
        }
        assert!(!address.contains('{'), "{path} takes something this test does not know");
        if query.is_empty() { address } else { format!("{address}?{}", query.join("&")) }
    }

    /// A body as described; a plain text stands for a file.
    pub fn body(&self, path: &str, operation: &Value) -> Option<Value> {
        let content = operation["requestBody"]["content"].as_object()?;
        let Some(json) = content.get("application/json") else { return Some(Value::String("a file of plain text".into())) };
        let mut body = self.value("", &json["schema"]);
        for (field, value) in self.special(path) {
            body[field] = value;
        }
        Some(body)
    }

    /// What a description cannot say.
    fn special(&self, path: &str) -> Vec<(&'static str, Value)> {
        let week = ("week", json!([{ "day": 2, "from": "09:00", "to": "17:00" }]));
        match path {
            "/schedules" => vec![week],
            "/connections" | "/connection-tests" => ["connector", "settings"].map(|field| (field, shop_system(9)[field].clone())).into(),
            "/mailboxes" | "/mailboxes/{id}" => {
                let form = mailbox(if path == "/mailboxes" { "another" } else { "second" });
                ["name", "address", "department", "incoming", "incoming_password", "outgoing", "outgoing_password", "trusted", "signature"]
                    .map(|field| (field, form[field].clone()))
                    .into()
            }
            "/lines" | "/line-tests" => ["channel", "settings"].map(|field| (field, line(2)[field].clone())).into(),
            "/phone-lines" | "/phone-lines/{id}" => vec![("call_back_within", json!(60))],
            "/voice-lines" | "/voice-lines/{id}" => {
                let form = crate::telephone::twilio::form();
                ["number", "account", "prefixes", "call_back_within"].map(|field| (field, form[field].clone())).into()
            }
            "/own-phone" => vec![("number", json!("+47 912 34 567"))],
            "/lines/{id}" => vec![("settings", line(1)["settings"].clone())],
            "/mailbox-sign-ins/completions" => vec![("error", Value::Null)],
            "/mailbox-tests" => vec![("form", mailbox("another")), ("mailbox", Value::Null)],
            "/connections/{id}" => vec![("settings", shop_system(9)["settings"].clone())],
            "/customers/{id}" if self.whole => vec![("birthday", json!({ "month": 5, "day": 17, "year": null }))],
            "/customers/{id}/addresses" => vec![("address", json!("somebody@example.com"))],
            "/customers/{id}/consents" if self.whole => vec![("network", json!("203.0.113.7")), ("at", json!("2026-01-12T08:00:00Z"))],
            "/customers/{id}/attributes" => vec![("values", json!({ "size": "M" }))],
            "/customer-imports/{id}/mapping" => {
                vec![("columns", json!([{ "column": 0, "field": "email", "attribute": null, "consent": null }]))]
            }
            "/customer-attributes" => vec![("key", json!("colour")), ("choices", json!([]))],
            "/customer-attributes/{id}" if self.whole => vec![("choices", json!(["S", "M"]))],
            "/orders" => vec![("changed_at", json!("2026-01-12T08:00:00Z"))],
            "/products" => {
                ["changed_at", "variants"].map(|field| (field, crate::products::tent("t2", "2026-01-12T08:00:00Z")[field].clone())).into()
            }
            "/stock" => vec![("levels", crate::products::counted("t2/2", "Oslo", 1, "2026-01-12T08:00:00Z")["levels"].clone())],
            "/customers/{id}/credits/holds" | "/gift-cards/{id}/holds" => vec![("until", json!(self.things.soon))],
            "/gift-cards/lookups" => vec![("code", json!(self.things.gift_code))],
            // the name that all samples have is taken by then
            "/customer-tags/{id}" => vec![("name", json!("Winter"))],
            "/schedules/{id}" => vec![week, ("name", json!("Winter"))],
            // of a file nobody else may speak
            "/chat/conversations" | "/chat/conversations/{id}/messages" => vec![("files", json!([]))],
            "/chat/orders" => vec![("number", json!("#1")), ("email", json!("mara@example.org")), ("postcode", json!("0155"))],
            "/chat/orders/codes" => vec![("email", json!("mara@example.org"))],
            "/chat/orders/proofs" => vec![("sealed", json!("c2VhbA")), ("code", json!("123456"))],
            "/chat/browsing" => {
                vec![("consent", json!(true)), ("source", Value::Null), ("sightings", json!([crate::storefront::product("t")]))]
            }
            "/orders/{id}/discount-codes" => vec![("off", json!({ "kind": "percent", "percent": 10 })), ("days", json!(30))],
            "/orders/{id}/redirections" => vec![("country", json!("NO")), ("postcode", json!("0155"))],
            "/orders/{id}/replacements" => vec![("lines", json!([{ "line": "1", "quantity": 1 }]))],
            "/orders/{id}/refunds" => vec![
                ("amount", json!({ "minor": 1, "currency": "NOK" })),
                ("lines", json!([])),
                ("restock", json!(false)),
                ("notify", json!(false)),
            ],
            "/chat/visitors" => vec![("key", json!(self.things.widget_key)), ("identity", Value::Null), ("before", Value::Null)],
            "/conversations/{id}/messages" => vec![("snooze_until", Value::Null)],
            _ => Vec::new(),
        }
    }

    fn value(&self, name: &str, schema: &Value) -> Value {
        // nobody is merged with themselves
        if name == "other" {
            return json!(self.things.another_customer);
        }
        if let Some(reference) = schema["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap();
            return self.value(name, &self.description["components"]["schemas"][name]);
        }
        match name {
            "WallTime" => return json!("09:00"),
            "Currency" => return json!("EUR"),
            "Texts" if self.whole => return json!({ "en": "hello", "nb": "hei" }),
            _ => (),
        }
        if let Some(prefix) = schema["pattern"].as_str().and_then(|pattern| pattern.strip_prefix('^')?.split('_').next()) {
            return json!(self.things.ids.get(prefix).unwrap_or_else(|| panic!("{name}: no thing of the kind {prefix}")));
        }
        for either in ["oneOf", "anyOf", "allOf"] {
            if let Some(options) = schema[either].as_array() {
                return self.value(name, options.iter().find(|option| option["type"] != "null").unwrap());
            }
        }
        if let Some(choices) = schema["enum"].as_array() {
            return choices[0].clone();
        }
        let kind = schema["type"].as_array().map_or(&schema["type"], |kinds| kinds.iter().find(|k| *k != "null").unwrap());
        match kind.as_str() {
            Some("object") => self.object(schema),
            Some("array") if self.whole => json!([self.value(name, &schema["items"])]),
            Some("array") => json!([]),
            Some("integer" | "number") => json!(1),
            Some("boolean") => json!(false),
            _ => text(name, schema),
        }
    }

    fn object(&self, schema: &Value) -> Value {
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let properties = schema["properties"].as_object().cloned().unwrap_or_default();
        let named = properties.iter().filter(|(name, _)| self.whole || required.contains(&name.as_str()));
        Value::Object(named.map(|(name, schema)| (name.clone(), self.value(name, schema))).collect::<Map<_, _>>())
    }
}

fn text(name: &str, schema: &Value) -> Value {
    json!(match (name, schema["format"].as_str()) {
        (_, Some("date-time")) => "2030-01-01T00:00:00Z",
        ("email", _) => "somebody@example.com",
        ("time_zone", _) => "Europe/Oslo",
        ("country", _) => "NO",
        ("color", _) => "#0b6b5a",
        ("html", _) => "<p>Hello</p>",
        ("name", _) => "note.txt",
        ("origins", _) => SHOP_ORIGIN,
        ("privacy_url" | "picture" | "tracking_url" | "page", _) => "https://fjell.example/privacy",
        ("blocked_networks", _) => "203.0.113.0/24",
        ("permissions" | "scopes", _) => "conversations.read",
        ("phone", _) => "+47 22 22 22 22",
        ("date", _) => "2026-12-24",
        ("from", _) => "09:00",
        ("to", _) => "17:00",
        _ => "hello",
    })
}
