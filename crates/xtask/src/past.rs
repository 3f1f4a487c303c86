//! A longer past than can be told: PostgreSQL is told of some of it and repeats that itself. To tell a million conversations there would
//! take hours, in which nothing is measured. What lists, open conversations, the search and new messages read is repeated; the log of
//! events is not, which nothing but its end is read of.

use tokio_postgres::Client;

use crate::Result;

/// So many are told; the rest are these again, with ids, numbers and times of their own.
pub const TOLD: usize = 50_000;

/// The tables that are repeated, and those of their columns that are ids of what is repeated.
const TABLES: &[(&str, &[&str])] = &[
    ("customers_customers", &["id"]),
    ("inbox_conversations", &["id", "customer_id", "customer_first"]),
    ("inbox_messages", &["id", "conversation_id"]),
    ("platform_search", &["id"]),
];
/// Columns with the number that makes a conversation one that can be searched for.
const TEXTS: &[&str] = &["text", "preview_text", "subject"];
/// Columns with a time by which lists are sorted: no two are the same.
const TIMES: &[&str] = &["changed_at", "last_seen_at", "at"];

/// Repeats what was told until there are `earlier` conversations.
pub async fn repeat(database: &Client, earlier: usize) -> Result<()> {
    if earlier <= TOLD {
        return Ok(());
    }
    for (table, _) in TABLES {
        database.batch_execute(&format!("CREATE UNLOGGED TABLE told_{table} AS TABLE {table}")).await?;
    }
    for time in 1..earlier / TOLD {
        for (table, ids) in TABLES {
            database.batch_execute(&again(database, table, ids, time).await?).await?;
        }
    }
    for (table, _) in TABLES {
        database.batch_execute(&format!("DROP TABLE told_{table}")).await?;
    }
    let numbers = "UPDATE inbox_numbers n SET last_number = (SELECT MAX(number) FROM inbox_conversations c WHERE c.shop_id = n.shop_id)";
    database.batch_execute(numbers).await?;
    Ok(database.batch_execute("VACUUM ANALYZE").await?)
}

/// The statement that writes what was told in a table down once more.
async fn again(database: &Client, table: &str, ids: &[&str], time: usize) -> Result<String> {
    let sql = "SELECT column_name::text FROM information_schema.columns WHERE table_name = $1 ORDER BY ordinal_position";
    let rows = database.query(sql, &[&table]).await?;
    let columns: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<std::result::Result<_, _>>()?;
    let further = time * TOLD;
    let again = |column: &String| match column.as_str() {
        id if ids.contains(&id) => format!("md5({id}::text || '/{time}')::uuid"),
        // what was told has numbers up to a little more than there are of it
        "number" => format!("number + {}", 2 * further),
        moment if TIMES.contains(&moment) => format!("{moment} - {time}"),
        text if TEXTS.contains(&text) => {
            let number = format!("substring({text} from '\\((1\\d{{5}})\\)')");
            format!("COALESCE(replace({text}, {number}, ({number}::bigint + {further})::text), {text})")
        }
        "words" => {
            let number = "(SELECT lexeme FROM unnest(words) WHERE lexeme ~ '^1\\d{5}$' LIMIT 1)";
            format!("COALESCE(ts_delete(words, {number}) || to_tsvector('simple', ({number}::bigint + {further})::text), words)")
        }
        other => other.to_owned(),
    };
    let values: Vec<String> = columns.iter().map(again).collect();
    Ok(format!("INSERT INTO {table} ({}) SELECT {} FROM told_{table}", columns.join(", "), values.join(", ")))
}
