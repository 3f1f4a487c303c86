//! What an agent need not type: what is known of the customer and of their last order, and which of it a gap of a template is for.

use commerce::order::{self, Order};
use inbox::conversation::Conversation;
use kernel::Result;
use platform::{Agent, Tx};
use serde::Serialize;
use utoipa::ToSchema;

use super::terms::Template;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KnownKind {
    FirstName,
    FullName,
    OrderNumber,
    TrackingNumber,
    TrackingLink,
    Shop,
    Agent,
}

/// Something that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KnownValue {
    pub kind: KnownKind,
    pub value: String,
}

/// All that is known for a conversation; of orders only what this member may see.
pub async fn known(tx: &mut Tx<'_>, who: &Agent, conversation: &Conversation) -> Result<Vec<KnownValue>> {
    let customer = customers::person::by_id(tx, who.shop, conversation.customer_first).await?;
    let shop = team::shop::get(tx, who.shop).await?;
    let order = match who.may(&commerce::READ) {
        Ok(()) => order::came_as(tx, who.shop, conversation.customer_first, 1).await?.pop(),
        Err(_) => None,
    };
    let mut all = vec![
        (KnownKind::FirstName, customer.first_name().map(str::to_owned)),
        (KnownKind::FullName, customer.name.clone()),
        (KnownKind::Shop, Some(shop.name.to_string())),
        (KnownKind::Agent, Some(who.name.to_string())),
    ];
    all.extend(order.as_ref().into_iter().flat_map(of_order));
    Ok(all.into_iter().filter_map(|(kind, value)| Some(KnownValue { kind, value: value.filter(|value| !value.is_empty())? })).collect())
}

fn of_order(order: &Order) -> Vec<(KnownKind, Option<String>)> {
    let parcel = order.facts.parcels.last();
    vec![
        (KnownKind::OrderNumber, Some(order.facts.number.clone())),
        (KnownKind::TrackingNumber, parcel.and_then(|parcel| parcel.tracking.clone())),
        (KnownKind::TrackingLink, parcel.and_then(|parcel| parcel.tracking_url.clone())),
    ]
}

/// What is obviously meant by a gap: its name says so, or the example the partner was shown looks like nothing else.
pub fn suggestion(template: &Template, gap: &str, known: &[KnownValue]) -> Option<String> {
    let value = |kind| known.iter().find(|one| one.kind == kind).map(|one| one.value.clone());
    let (part, name) = template.part_of(gap)?;
    if let Some((_, start)) = part.before(name).rsplit_once(' ').filter(|(_, start)| start.starts_with("https://")) {
        // the rest of an address
        return value(KnownKind::TrackingLink)?.strip_prefix(start).map(str::to_owned).filter(|rest| !rest.is_empty());
    }
    let example = template.examples.get(gap).map(String::as_str).unwrap_or_default();
    by_name(name).or_else(|| by_example(gap, example)).and_then(value)
}

fn by_name(name: &str) -> Option<KnownKind> {
    Some(match name {
        "name" | "first_name" | "customer_name" | "customer_first_name" => KnownKind::FirstName,
        "full_name" | "customer_full_name" => KnownKind::FullName,
        "order" | "order_number" | "order_id" | "order_no" => KnownKind::OrderNumber,
        "tracking_number" | "tracking_code" | "tracking" => KnownKind::TrackingNumber,
        "tracking_link" | "tracking_url" => KnownKind::TrackingLink,
        "shop" | "shop_name" | "store" | "store_name" => KnownKind::Shop,
        "agent" | "agent_name" => KnownKind::Agent,
        _ => return None,
    })
}

/// Somebody is called by name at the beginning; numbers of orders begin with `#`.
fn by_example(gap: &str, example: &str) -> Option<KnownKind> {
    let is_word = !example.is_empty() && example.chars().all(char::is_alphabetic);
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match example {
        _ if gap == "body.1" && is_word => Some(KnownKind::FirstName),
        _ if example.strip_prefix('#').is_some_and(is_number) => Some(KnownKind::OrderNumber),
        _ if example.starts_with("https://") => Some(KnownKind::TrackingLink),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{
        super::terms::{TemplateCategory, TemplatePart},
        *,
    };

    #[test]
    fn only_what_is_obvious_is_filled_in() {
        let known = [(KnownKind::FirstName, "Ada"), (KnownKind::OrderNumber, "#1042"), (KnownKind::TrackingLink, "https://t.example/p/X9")]
            .map(|(kind, value)| KnownValue { kind, value: value.into() });
        let parts = [
            ("body", "Hi {{1}}, {{2}} {{3}} {{4}} {{order_number}} {{sum}}"),
            ("button.0", "Track: https://t.example/p/{{1}}"),
            ("button.1", "Pay: https://pay.example/{{1}}"),
        ];
        let examples =
            [("body.1", "Ada"), ("body.2", "#77"), ("body.3", "1042"), ("body.4", "Bergen"), ("button.0.1", "https://t.example/p/1")];
        let template = Template {
            name: "late".into(),
            language: "en".into(),
            category: TemplateCategory::Utility,
            parts: parts.map(|(place, text)| TemplatePart { place: place.into(), text: text.into() }).to_vec(),
            examples: BTreeMap::from(examples.map(|(gap, example)| (gap.to_owned(), example.to_owned()))),
        };
        for (gap, suggested) in [
            ("body.1", Some("Ada")),
            ("body.2", Some("#1042")),
            ("body.3", None),
            ("body.4", None),
            ("body.order_number", Some("#1042")),
            ("body.sum", None),
            ("button.0.1", Some("X9")),
            ("button.1.1", None),
            ("footer.1", None),
        ] {
            assert_eq!(suggestion(&template, gap, &known).as_deref(), suggested, "{gap}");
        }
    }
}
