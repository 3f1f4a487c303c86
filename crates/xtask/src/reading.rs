//! What an agent's console asks for, so that reading can be measured.

use serde_json::Value;

use crate::{Result, line::Line, load::Work};

/// Conversations opened in turn.
const OPENED: usize = 100;
/// The first number that the demo's conversations of earlier days name.
const FIRST: usize = 100_000;

/// The lists an agent switches between.
pub fn lists() -> Vec<String> {
    let views = ["open", "unassigned", "all", "resolved"];
    views.map(|view| format!("/api/v1/conversations?view={view}&limit=25")).to_vec()
}

/// Words many messages hold, beginnings of words, words together, and numbers that only one message names.
pub fn searches(earlier: usize) -> Vec<String> {
    let mut words: Vec<String> = ["parcel", "jack", "tent pegs", "size", "where is my"].map(str::to_owned).to_vec();
    words.extend(numbers(earlier, 15).map(|number| number.to_string()));
    words.iter().map(|q| format!("/api/v1/search?q={}", q.replace(' ', "%20"))).collect()
}

/// So many of those numbers, from the whole past.
fn numbers(earlier: usize, count: usize) -> impl Iterator<Item = usize> {
    (0..count.min(earlier)).map(move |n| FIRST + earlier / count * n)
}

/// Conversations from the whole past, or the newest where there is none.
pub async fn conversations(work: &Work) -> Result<Vec<String>> {
    let bearer = format!("authorization: Bearer {}\r\n", work.token);
    let mut line = Line::to(&work.address).await?;
    let mut ids = Vec::new();
    for number in numbers(work.earlier, OPENED) {
        let found = line.json("GET", &format!("/api/v1/search?q={number}"), &bearer, Value::Null).await?;
        let found = ids_in(&found["conversations"]);
        if found.is_empty() {
            return Err(format!("nothing of the past has the number {number}").into());
        }
        ids.extend(found);
    }
    if ids.is_empty() {
        let list = line.json("GET", &format!("/api/v1/conversations?view=all&limit={OPENED}"), &bearer, Value::Null).await?;
        ids.extend(ids_in(&list["items"]));
    }
    Ok(ids.iter().map(|id| format!("/api/v1/conversations/{id}")).collect())
}

/// What stands beside a conversation, of customers from the whole past.
pub async fn panels(work: &Work) -> Result<Vec<String>> {
    let bearer = format!("authorization: Bearer {}\r\n", work.token);
    let mut line = Line::to(&work.address).await?;
    let mut paths = Vec::new();
    for conversation in conversations(work).await? {
        let opened = line.json("GET", &conversation, &bearer, Value::Null).await?;
        let customer = opened["person"]["id"].as_str().ok_or("a conversation with nobody")?;
        paths.extend([format!("/api/v1/customers/{customer}"), format!("/api/v1/orders?customer={customer}&limit=10")]);
        for what in ["figures", "conversations", "browsing", "duplicates", "notes", "credits"] {
            paths.push(format!("/api/v1/customers/{customer}/{what}"));
        }
    }
    Ok(paths)
}

fn ids_in(rows: &Value) -> Vec<String> {
    rows.as_array().into_iter().flatten().filter_map(|row| row["id"].as_str()).map(str::to_owned).collect()
}
