//! A longer past than can be told: the database is told of some of it and repeats that itself. To tell PostgreSQL a million conversations,
//! or either engine five million orders, would take hours, in which nothing is measured. What lists, open conversations, what stands beside
//! them, the search and new messages read is repeated; the log of events is not, which nothing but its end is read of.

use crate::{Result, store::Store};

/// So many are told; the rest are these again, with ids, numbers and times of their own.
pub const TOLD: usize = 20_000;

/// The tables that are repeated, and those of their columns that are ids of what is repeated.
const TABLES: &[(&str, &[&str])] = &[
    ("customers_customers", &["id"]),
    ("customers_identities", &["id", "customer_id", "customer_first"]),
    ("commerce_orders", &["id", "customer_id", "customer_first"]),
    ("inbox_conversations", &["id", "customer_id", "customer_first"]),
    ("inbox_messages", &["id", "conversation_id"]),
];
/// The same, of what is searched.
const SEARCHED_ON_SQLITE: &[(&str, &[&str])] = &[("platform_search_rows", &["id"]), ("platform_search", &[])];
const SEARCHED_ON_POSTGRES: &[(&str, &[&str])] = &[("platform_search", &["id"])];
/// Columns that end with the number that makes a conversation one that can be searched for, in brackets.
const TEXTS: &[&str] = &["text", "preview_text", "subject"];
/// Columns of which no two are the same.
const KEYS: &[&str] = &["address", "address_key", "reference_key"];
/// Columns with a time by which lists are sorted: no two are the same.
const TIMES: &[&str] = &["changed_at", "last_seen_at", "placed_at", "at"];

/// Repeats what was told until there are `earlier` conversations.
pub async fn repeat(store: &Store, earlier: usize) -> Result<()> {
    if earlier <= TOLD {
        return Ok(());
    }
    let searched = if store.is_sqlite() { SEARCHED_ON_SQLITE } else { SEARCHED_ON_POSTGRES };
    let mut tables = Vec::new();
    for &(name, ids) in TABLES.iter().chain(searched) {
        tables.push(Table { name, ids, columns: store.columns(name).await? });
    }
    for Table { name, columns, .. } in &tables {
        store.run(&format!("CREATE TABLE told_{name} AS SELECT {} FROM {name}", columns.join(", "))).await?;
    }
    for time in 1..earlier / TOLD {
        let statements: Vec<String> = tables.iter().map(|table| table.again(time, store.is_sqlite())).collect();
        store.run(&format!("BEGIN; {}; COMMIT", statements.join("; "))).await?;
    }
    for Table { name, .. } in &tables {
        store.run(&format!("DROP TABLE told_{name}")).await?;
    }
    let highest = "SELECT MAX(number) FROM inbox_conversations c WHERE c.shop_id = inbox_numbers.shop_id";
    store.run(&format!("UPDATE inbox_numbers SET last_number = ({highest})")).await?;
    // SQLite's plans do not depend on what is there; what was written is on its disk before anything is measured
    let last: &[&str] = if store.is_sqlite() { &["PRAGMA wal_checkpoint(TRUNCATE)"] } else { &["VACUUM ANALYZE", "CHECKPOINT"] };
    for statement in last {
        store.run(statement).await?;
    }
    Ok(())
}

/// A table that is repeated.
struct Table {
    name: &'static str,
    ids: &'static [&'static str],
    columns: Vec<String>,
}

impl Table {
    /// The statement that writes what was told in it down once more.
    fn again(&self, time: usize, on_sqlite: bool) -> String {
        let Table { name, ids, columns } = self;
        let further = time * TOLD;
        let again = |column: &String| match column.as_str() {
            // ids of one moment differ in their last bytes alone, so it is the moment that is another one: long ago
            id if ids.contains(&id) && on_sqlite => format!("CAST(x'{time:08x}' || substr({id}, 5) AS BLOB)"),
            id if ids.contains(&id) => format!("md5({id}::text || '/{time}')::uuid"),
            // what was told has numbers up to a little more than there are of it
            "number" => format!("number + {}", 2 * further),
            key if KEYS.contains(&key) => format!("{key} || '/{time}'"),
            moment if TIMES.contains(&moment) => format!("{moment} - {time}"),
            text if TEXTS.contains(&text) => numbered(text, further, "(", ")"),
            "words" if on_sqlite => numbered("words", further, " ", ""),
            "words" => {
                let number = "(SELECT lexeme FROM unnest(words) WHERE lexeme ~ '^1\\d{5}$' LIMIT 1)";
                format!("COALESCE(ts_delete(words, {number}) || to_tsvector('simple', ({number}::bigint + {further})::text), words)")
            }
            place @ ("place" | "rowid") => format!("{place} + {time} * (SELECT MAX({place}) FROM told_{name})"),
            other => other.to_owned(),
        };
        let values: Vec<String> = columns.iter().map(again).collect();
        format!("INSERT INTO {name} ({}) SELECT {} FROM told_{name}", columns.join(", "), values.join(", "))
    }
}

/// A text whose six digits between what stands before them and what ends it are so much more.
fn numbered(text: &str, further: usize, before: &str, after: &str) -> String {
    let end = 6 + after.len();
    let number = format!("CAST(substr({text}, length({text}) - {}, 6) AS BIGINT)", end - 1);
    format!(
        "CASE WHEN {text} LIKE '%{before}1_____{after}' \
         THEN substr({text}, 1, length({text}) - {end}) || CAST({number} + {further} AS TEXT) || '{after}' ELSE {text} END"
    )
}
