//! Message templates, as Meta's reference of templates and error codes shows them.

use serde_json::{Value, json};

/// What the shop has had agreed to: one that is paused, and one that needs a picture, among them.
pub fn all() -> Vec<Value> {
    let late = |language: &str, body: &str, track: &str| {
        json!({ "id": format!("60{}", language.len()), "name": "order_late", "language": language, "status": "APPROVED", "category": "UTILITY", "components": [
            { "type": "BODY", "text": body, "example": { "body_text": [["Ada", "#1001"]] } },
            { "type": "BUTTONS", "buttons": [
                { "type": "URL", "text": track, "url": "https://tracking.example/{{1}}", "example": ["https://tracking.example/370000000000000001"] },
            ] },
        ] })
    };
    let picture = json!({ "id": "604", "name": "summer_sale", "language": "en", "status": "APPROVED", "category": "MARKETING", "components": [
        { "type": "HEADER", "format": "IMAGE", "example": { "header_handle": ["https://cdn.example/1"] } }, { "type": "BODY", "text": "It is summer." },
    ] });
    vec![
        late("en", "Hi {{1}}, your order {{2}} is late, and we are sorry. You can see where it is below.", "Track"),
        late("nb", "Hei {{1}}, ordren din {{2}} er forsinket, og vi beklager. Du ser hvor den er nedenfor.", "Spor"),
        json!({ "id": "602", "name": "we_have_an_answer", "language": "tr", "status": "APPROVED", "category": "UTILITY", "components": [
            { "type": "HEADER", "format": "TEXT", "text": "Yanıtımız var" },
            { "type": "BODY", "text": "Merhaba {{first_name}}, sorunuza yanıtımız hazır. Görmek için bu mesaja cevap yazın.",
              "example": { "body_text_named_params": [{ "param_name": "first_name", "example": "Ada" }] } },
            { "type": "FOOTER", "text": "Fjell & Fjord" },
            { "type": "BUTTONS", "buttons": [{ "type": "QUICK_REPLY", "text": "Göster" }] },
        ] }),
        json!({ "id": "603", "name": "back_in_stock", "language": "en", "status": "PAUSED", "category": "MARKETING", "components": [
            { "type": "BODY", "text": "It is back." },
        ] }),
        picture,
    ]
}

/// What the customer reads.
///
/// Errors: with which code and words it is refused.
pub fn filled_in(known: &[Value], sent: &Value) -> Result<String, (i64, &'static str)> {
    let is_it = |one: &&Value| one["name"] == sent["name"] && one["language"] == sent["language"]["code"];
    let template = known.iter().find(is_it).ok_or((132_001, "Template name does not exist in the translation"))?;
    if template["status"] == "PAUSED" {
        return Err((132_015, "Template is paused"));
    }
    let components = sent["components"].as_array().cloned().unwrap_or_default();
    let mut shown = Vec::new();
    for part in template["components"].as_array().into_iter().flatten() {
        match part["type"].as_str().unwrap_or_default() {
            "BUTTONS" => {
                for (nth, button) in part["buttons"].as_array().into_iter().flatten().enumerate() {
                    let is_it = |one: &&Value| {
                        one["type"] == "button"
                            && one["sub_type"] == "url"
                            && one["index"].as_str().and_then(|index| index.parse().ok()) == Some(nth)
                    };
                    filled(button["url"].as_str().unwrap_or_default(), components.iter().find(is_it))?;
                }
            }
            kind => {
                let given = components.iter().find(|one| one["type"].as_str().is_some_and(|sent| sent.eq_ignore_ascii_case(kind)));
                shown.push(filled(part["text"].as_str().unwrap_or_default(), given)?);
            }
        }
    }
    Ok(shown.join("\n\n"))
}

fn filled(text: &str, component: Option<&Value>) -> Result<String, (i64, &'static str)> {
    let parameters = component.and_then(|one| one["parameters"].as_array()).cloned().unwrap_or_default();
    if text.matches("{{").count() != parameters.len() {
        return Err((132_000, "Number of parameters does not match the expected number of params"));
    }
    let mut text = text.to_owned();
    for (nth, parameter) in parameters.iter().enumerate() {
        let value = parameter["text"].as_str().filter(|value| !value.is_empty() && parameter["type"] == "text");
        let name = parameter["parameter_name"].as_str().map_or_else(|| (nth + 1).to_string(), str::to_owned);
        let gap = format!("{{{{{name}}}}}");
        let value = value.filter(|_| text.contains(&gap)).ok_or((131_008, "Required parameter is missing"))?;
        text = text.replace(&gap, value);
    }
    Ok(text)
}
