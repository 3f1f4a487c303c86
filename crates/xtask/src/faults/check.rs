//! Holds what the API shows against the journal.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use futures::future::try_join;
use serde_json::Value;

use super::{
    cashier,
    journal::{Conversation, Sheet, Violation, Wrong, change_lost},
    rest,
    shopper::path_of,
    town::Town,
};
use crate::{Result, line::Line, store::Store};

/// Entries fetched at once.
const STRETCH: usize = 200;

/// Which conversations.
pub enum Which {
    /// Where something happened since the last look.
    Touched,
    All,
}

/// Looks at conversations and files through the API; what is wrong is in the journal afterwards.
pub async fn look(town: &Town, which: Which) -> Result<()> {
    let (touched, uploads) = {
        let mut journal = town.journal.borrow_mut();
        (std::mem::take(&mut journal.touched), std::mem::take(&mut journal.uploads))
    };
    let ids: BTreeSet<String> = match which {
        Which::Touched => touched,
        Which::All => town.journal.borrow().conversations.keys().cloned().collect(),
    };
    let mut line = Line::to(&town.address).await?;
    let mut files = uploads;
    for id in ids {
        let shown = Shown::fetch(&mut line, town, &id).await?;
        let mut journal = town.journal.borrow_mut();
        let Some(known) = journal.conversations.get(&id) else { continue };
        let wrong = compare(&id, known, &shown);
        files.extend(shown.files(known)?);
        journal.violations.extend(wrong);
    }
    for (path, sheet) in files {
        let (status, bytes) = line.call("GET", &path, "", "").await?;
        if status != 200 || bytes != sheet.text().as_bytes() {
            let what = format!("file {:x}: {status} and {} bytes", sheet.number, bytes.len());
            town.journal.borrow_mut().report(if status == 200 { Wrong::Altered } else { Wrong::Missing }, what);
        }
    }
    cashier::count_tills(town).await
}

/// Looks at everything, through the API and in the tables.
pub async fn look_everywhere(town: &Town, store: &Store) -> Result<()> {
    try_join(look(town, Which::All), look_behind(town)).await?;
    rest::look_into(town, store).await
}

/// Asks for the audit chain and for work that needs a person.
async fn look_behind(town: &Town) -> Result<()> {
    let mut line = Line::to(&town.address).await?;
    let chain = line.json("GET", "/api/v1/audit/verification", &town.bearer(), Value::Null).await?;
    if chain["ok"] != true {
        town.journal.borrow_mut().report(Wrong::Altered, format!("the audit chain: {chain}"));
    }
    let parked = line.json("GET", "/api/v1/jobs/attention", &town.bearer(), Value::Null).await?;
    for job in parked["items"].as_array().into_iter().flatten() {
        town.journal.borrow_mut().report(Wrong::Stuck, format!("needs a person: {job}"));
    }
    Ok(())
}

/// A conversation as the API shows it; empty when it shows none.
#[derive(Default)]
struct Shown {
    row: Value,
    entries: Vec<Value>,
}

impl Shown {
    async fn fetch(line: &mut Line, town: &Town, id: &str) -> Result<Shown> {
        let path = format!("/api/v1/conversations/{id}");
        let (status, row) = line.call("GET", &path, &town.bearer(), "").await?;
        if status == 404 {
            return Ok(Shown::default());
        }
        Ok(Shown { row: serde_json::from_slice(&row)?, entries: entries(line, town, id).await? })
    }

    /// Where the files of acknowledged messages are served from.
    fn files(&self, known: &Conversation) -> Result<Vec<(String, Sheet)>> {
        let sent: HashMap<&str, &Vec<Sheet>> = known.kept.iter().map(|kept| (kept.id.as_str(), &kept.written.sheets)).collect();
        let mut files = Vec::new();
        for entry in &self.entries {
            let sheets = entry["id"].as_str().and_then(|id| sent.get(id)).into_iter().flat_map(|sheets| sheets.iter());
            for (file, sheet) in entry["files"].as_array().into_iter().flatten().zip(sheets) {
                files.push((path_of(file["url"].as_str().ok_or("no address")?)?, *sheet));
            }
        }
        Ok(files)
    }
}

/// All entries of a conversation, the oldest first.
pub async fn entries(line: &mut Line, town: &Town, conversation: &str) -> Result<Vec<Value>> {
    let mut entries = Vec::<Value>::new();
    loop {
        let after = entries.last().map_or(0, seq);
        let stretch = format!("/api/v1/conversations/{conversation}/messages?after={after}&limit={STRETCH}");
        let page = line.json("GET", &stretch, &town.bearer(), Value::Null).await?;
        let items = page["items"].as_array().ok_or("no entries")?;
        entries.extend(items.iter().cloned());
        if items.len() < STRETCH {
            return Ok(entries);
        }
    }
}

fn seq(entry: &Value) -> i64 {
    entry["seq"].as_i64().unwrap_or(0)
}

/// What is wrong with a conversation.
fn compare(id: &str, known: &Conversation, shown: &Shown) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut wrong = |wrong, what: String| found.push(Violation { wrong, what: format!("{id}: {what}") });
    let mut by_client_id: HashMap<&str, Vec<&Value>> = HashMap::new();
    for entry in &shown.entries {
        if let Some(client_id) = entry["client_id"].as_str() {
            by_client_id.entry(client_id).or_default().push(entry);
        }
    }
    for (client_id, entries) in by_client_id.iter().filter(|(_, entries)| entries.len() > 1) {
        wrong(Wrong::Doubled, format!("{client_id} stands there {} times", entries.len()));
    }
    let mut last: BTreeMap<u64, i64> = BTreeMap::new();
    for kept in &known.kept {
        let written = &kept.written;
        let Some(entry) = by_client_id.get(written.client_id.as_str()).and_then(|entries| entries.first()) else {
            wrong(Wrong::Missing, format!("{} was acknowledged as {}", written.client_id, kept.id));
            continue;
        };
        if entry["id"] != kept.id.as_str() || entry["text"].as_str().map(str::trim) != Some(&written.text) {
            wrong(Wrong::Altered, format!("{} was acknowledged as {}, and is {entry}", written.client_id, kept.id));
        }
        if entry["files"].as_array().map_or(0, Vec::len) != written.sheets.len() {
            wrong(Wrong::Missing, format!("{}: it had {} files, and has {}", written.client_id, written.sheets.len(), entry["files"]));
        }
        if written.in_order {
            let before = last.insert(written.by, seq(entry)).unwrap_or(0);
            if before >= seq(entry) {
                wrong(Wrong::Misordered, format!("{} has the number {}, after {before}", written.client_id, seq(entry)));
            }
        }
    }
    if shown.entries.windows(2).any(|pair| seq(&pair[0]) >= seq(&pair[1])) {
        wrong(Wrong::Misordered, "its numbers do not rise".into());
    }
    for heard in known.heard.iter().filter(|heard| !shown.entries.iter().any(|entry| entry["id"] == heard.as_str())) {
        wrong(Wrong::Missing, format!("the console's socket told of {heard}"));
    }
    if let Some(what) = change_lost(&known.row, &shown.row) {
        wrong(Wrong::Missing, what);
    }
    found
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
