//! Attributes: what one shop wants to know of its customers and another does not, each of a type.

use std::collections::{BTreeMap, HashMap};

use kernel::{AttributeId, CustomerId, Error, FieldError, Result, Sentence, ShopId, conflict, say};
use platform::{Agent, Tx, html, keyed};
use serde_json::Value;

use crate::{
    customer,
    events::{CustomerAttributesChanged, CustomerChanged},
    store::attributes as store,
};

keyed! {
    /// What kind of value an attribute has.
    pub enum AttributeKind {
        Text = "text",
        Number = "number",
        YesNo = "yes_no",
        Date = "date",
        Choice = "choice",
    }
}

/// An attribute a shop has made up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub id: AttributeId,
    /// How programs call it; it never changes.
    pub key: String,
    /// How people call it.
    pub label: String,
    pub kind: AttributeKind,
    /// Of these one is chosen.
    pub choices: Vec<String>,
}

/// A shop has at most so many.
const MOST: usize = 50;
/// A text has at most so many characters.
const LONGEST: usize = 500;
/// No number is further from nothing: every browser still knows it exactly.
const LARGEST: f64 = 1e15;

/// What is known of a customer, by the keys of the attributes.
pub type Values = BTreeMap<String, Value>;

impl Attribute {
    /// The value, cleaned, or what is wrong with it.
    pub(crate) fn accept(&self, value: &Value) -> std::result::Result<Value, Sentence> {
        let text = value.as_str();
        match self.kind {
            AttributeKind::Text => match text.map(html::clean_line) {
                Some(line) if line.is_empty() => Err(say!("must-not-be-blank")),
                Some(line) if line.chars().count() <= LONGEST => Ok(line.into()),
                _ => Err(say!("not-a-short-text", most = LONGEST)),
            },
            AttributeKind::Number => match value.as_f64() {
                Some(number) if number.abs() <= LARGEST => Ok(value.clone()),
                _ => Err(say!("not-a-number")),
            },
            AttributeKind::YesNo => {
                if value.is_boolean() {
                    Ok(value.clone())
                } else {
                    Err(say!("not-yes-or-no"))
                }
            }
            // only as ISO 8601 writes it, so that dates are in order as texts
            AttributeKind::Date => match text.and_then(|text| text.parse::<jiff::civil::Date>().ok()) {
                Some(date) if text == Some(date.to_string().as_str()) => Ok(value.clone()),
                _ => Err(say!("not-a-date")),
            },
            AttributeKind::Choice => match text {
                Some(text) if self.choices.iter().any(|choice| choice == text) => Ok(value.clone()),
                _ => Err(say!("not-a-choice")),
            },
        }
    }
}

/// The shop's attributes, in the order they were made.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Attribute>> {
    store::all(tx, shop).await
}

/// Makes an attribute.
///
/// Errors: `Conflict` when the key is taken, or there are too many.
pub async fn create(
    tx: &mut Tx<'_>,
    who: &Agent,
    key: String,
    label: String,
    kind: AttributeKind,
    choices: Vec<String>,
) -> Result<Attribute> {
    if store::all(tx, who.shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-attributes", most = MOST)));
    }
    let attribute = Attribute { id: tx.new_id(), key, label, kind, choices };
    if !store::insert(tx, who.shop, &attribute).await? {
        return Err(conflict(say!("attribute-key-taken", key = &attribute.key)));
    }
    tx.announce(who, CustomerAttributesChanged { attribute: attribute.id }).await?;
    Ok(attribute)
}

/// Calls an attribute something else, or offers other choices. Values that are no choice any more stay as they are.
pub async fn edit(tx: &mut Tx<'_>, who: &Agent, id: AttributeId, label: Option<String>, choices: Option<Vec<String>>) -> Result<Attribute> {
    let mut attribute = store::attribute(tx, who.shop, id).await?;
    attribute.label = label.unwrap_or(attribute.label);
    if let Some(choices) = choices.filter(|_| attribute.kind == AttributeKind::Choice) {
        attribute.choices = choices;
    }
    store::save(tx, who.shop, &attribute).await?;
    tx.announce(who, CustomerAttributesChanged { attribute: id }).await?;
    Ok(attribute)
}

/// Deletes an attribute, and what was known by it.
pub async fn delete(tx: &mut Tx<'_>, who: &Agent, id: AttributeId) -> Result<()> {
    store::attribute(tx, who.shop, id).await?;
    store::remove(tx, who.shop, id).await?;
    tx.announce(who, CustomerAttributesChanged { attribute: id }).await.map(drop)
}

/// What is known of a customer; what they lack shows through from those merged into them.
pub async fn values(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Values> {
    let known = store::values(tx, shop, customer).await?;
    by_key(tx, shop, known).await
}

/// What is known of this customer alone.
pub(crate) async fn came_as(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Values> {
    let known = store::came_as(tx, shop, first).await?;
    by_key(tx, shop, known).await
}

async fn by_key(tx: &mut Tx<'_>, shop: ShopId, known: HashMap<AttributeId, Value>) -> Result<Values> {
    let attributes = store::all(tx, shop).await?.into_iter();
    Ok(attributes.filter_map(|attribute| Some((attribute.key, known.get(&attribute.id)?.clone()))).collect())
}

/// Writes down what is known of a customer; null forgets it, and what is not named stays.
///
/// Errors: `Invalid`, with one entry for each value that does not fit.
pub async fn learn(tx: &mut Tx<'_>, who: &Agent, customer: CustomerId, learnt: &Values) -> Result<Values> {
    customer::to_write_about(tx, who.shop, customer).await?;
    let attributes = store::all(tx, who.shop).await?;
    let mut wrong = Vec::new();
    for (key, value) in learnt {
        let attribute = attributes.iter().find(|attribute| attribute.key == *key);
        let accepted = match attribute {
            Some(_) if value.is_null() => Ok(None),
            Some(attribute) => attribute.accept(value).map(Some),
            None => Err(say!("attribute-not-found")),
        };
        match (attribute, accepted) {
            (Some(attribute), Ok(value)) => store::put(tx, who.shop, customer, attribute.id, value.as_ref()).await?,
            (_, Err(message)) => wrong.push(FieldError { field: format!("values.{key}"), message }),
            (None, Ok(_)) => (),
        }
    }
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    tx.announce(who, CustomerChanged { customer, customer_first: customer }).await?;
    values(tx, who.shop, customer).await
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_is_of_the_attributes_kind() {
        let id = uuid::Uuid::from_u128(1).into();
        for (kind, value, fine) in [
            (AttributeKind::Text, json!(" 42 EU\u{0} "), Some(json!("42 EU"))),
            (AttributeKind::Text, json!("x".repeat(500)), Some(json!("x".repeat(500)))),
            (AttributeKind::Text, json!("x".repeat(501)), None),
            (AttributeKind::Text, json!(" "), None),
            (AttributeKind::Text, json!(42), None),
            (AttributeKind::Number, json!(42.5), Some(json!(42.5))),
            (AttributeKind::Number, json!(-1), Some(json!(-1))),
            (AttributeKind::Number, json!(1e15), Some(json!(1e15))),
            (AttributeKind::Number, json!(1.1e15), None),
            (AttributeKind::Number, json!(i64::MAX), None),
            (AttributeKind::Number, json!("42"), None),
            (AttributeKind::YesNo, json!(false), Some(json!(false))),
            (AttributeKind::YesNo, json!(0), None),
            (AttributeKind::Date, json!("2026-02-28"), Some(json!("2026-02-28"))),
            (AttributeKind::Date, json!("2026-02-30"), None),
            (AttributeKind::Date, json!("2026-02-28T10:00:00"), None),
            (AttributeKind::Date, json!("20260228"), None),
            (AttributeKind::Choice, json!("M"), Some(json!("M"))),
            (AttributeKind::Choice, json!("m"), None),
            (AttributeKind::Choice, json!([]), None),
        ] {
            let attribute = Attribute { id, key: "size".into(), label: "Size".into(), kind, choices: vec!["S".into(), "M".into()] };
            assert_eq!(attribute.accept(&value).ok(), fine, "{kind} {value}");
        }
    }
}
