//! What a shop says to whoever has just written.

use kernel::{DepartmentId, Language, Result, Timestamp};
use platform::Tx;
use serde_json::{Value, json};
use team::shop::Shop;

/// Whether somebody is there, and what such a text may name: the shop, and while it is closed when it opens.
pub async fn facts(
    tx: &mut Tx<'_>,
    shop: &Shop,
    department: Option<DepartmentId>,
    language: Language,
    at: Timestamp,
) -> Result<(bool, Value)> {
    let hours = team::schedule::open_state(tx, shop.id, department, at).await?;
    let opens = hours.changes_at.filter(|_| !hours.open).map(|at| at.calendar().to_zoned(shop.zone()));
    let facts = json!({
        "shop": { "name": shop.name },
        "opens_date": opens.as_ref().map(|at| at.strftime(date_format(language)).to_string()),
        "opens_time": opens.as_ref().map(|at| at.strftime("%H:%M").to_string()),
    });
    Ok((hours.open, facts))
}

fn date_format(language: Language) -> &'static str {
    match language {
        Language::En => "%-d/%-m",
        Language::Nb => "%-d.%-m.",
        Language::Tr => "%d.%m",
        Language::Zh => "%-m月%-d日",
    }
}
