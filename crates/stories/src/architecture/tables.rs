//! One writer per table, and every row belongs to a shop.

use rusqlite::Connection;

use super::{
    house::{files, rooms},
    nothing_wrong,
};

/// Tables whose keys do not begin with the shop, and why.
const NOT_BY_SHOP: &[(&str, &str)] = &[
    ("team_shops", "the shops themselves"),
    ("team_people", "one person may work in many shops"),
    ("team_sessions", "a person signs in before choosing a shop"),
    ("team_password_resets", "a person's, not a shop's"),
    ("team_attempts", "counted before anything is known about the caller"),
    ("platform_directory", "how a token or key finds its shop"),
    ("platform_jobs", "claimed across shops; carries its shop"),
];

/// The types both engines understand alike.
const TYPES: &[&str] = &["UUID", "TEXT", "BIGINT", "BOOLEAN", "DOUBLE PRECISION"];

pub(super) struct Table {
    pub room: String,
    pub name: String,
}

/// All migrations, run on an empty database, and the tables each crate made.
pub(super) fn schema() -> (Connection, Vec<Table>) {
    let database = Connection::open_in_memory().unwrap();
    let mut migrations = files("crates", &[".sql"]);
    migrations.retain(|file| file.path.contains("/migrations/V"));
    migrations.sort_by_key(|file| file.path.rsplit_once("/V").map(|(folder, name)| (folder.to_owned(), version(name))));
    let mut tables: Vec<Table> = Vec::new();
    for migration in migrations {
        database.execute_batch(&migration.text).unwrap_or_else(|error| panic!("{}: {error}", migration.path));
        for name in texts(&database, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name") {
            if !tables.iter().any(|table| table.name == name) {
                tables.push(Table { room: migration.room().unwrap_or_default().to_owned(), name });
            }
        }
    }
    assert!(!tables.is_empty(), "no migrations were found");
    (database, tables)
}

/// The tables and indexes of all crates, as SQLite has them after all migrations.
pub fn schema_text() -> String {
    let (database, _) = schema();
    let statements = texts(&database, "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY tbl_name, type DESC, name");
    statements.iter().map(|statement| format!("{statement};\n")).collect()
}

/// The tables in which something came as a customer.
pub fn of_customers() -> Vec<String> {
    let (database, tables) = schema();
    let names = tables.into_iter().map(|table| table.name);
    names.filter(|table| columns(&database, table).iter().any(|column| column == "customer_first")).collect()
}

pub(super) fn columns(database: &Connection, table: &str) -> Vec<String> {
    texts(database, &format!("SELECT name FROM pragma_table_info('{table}')"))
}

fn version(name: &str) -> u32 {
    name.split("__").next().unwrap_or_default().parse().unwrap_or(0)
}

fn texts(database: &Connection, sql: &str) -> Vec<String> {
    let mut statement = database.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_table_is_named_after_its_crate_and_mentioned_nowhere_else() {
    let (_, tables) = schema();
    let rooms = rooms();
    let sources: Vec<_> = files("crates", &[".rs", ".sql"])
        .into_iter()
        // stories may look into, and spoil, what is nobody's to touch
        .filter(|file| file.room().is_some_and(|name| rooms.iter().any(|room| room.name == name && !room.tool)))
        .collect();
    let mut wrong = Vec::new();
    for Table { room, name } in &tables {
        if !name.starts_with(&format!("{}_", room.replace('-', "_"))) {
            wrong.push(format!("{room} makes the table {name}, which is not named after it"));
        }
        for file in sources.iter().filter(|file| file.room() != Some(room)) {
            let words = file.text.split(|c: char| !c.is_alphanumeric() && c != '_');
            if words.into_iter().any(|word| word == name) {
                wrong.push(format!("{} mentions {name}, which belongs to {room}", file.path));
            }
        }
    }
    nothing_wrong(wrong);
}

#[test]
fn every_row_belongs_to_a_shop_and_every_key_begins_with_it() {
    let (database, tables) = schema();
    let mut wrong = Vec::new();
    for Table { name, .. } in &tables {
        let exempt = NOT_BY_SHOP.iter().any(|(table, _)| table == name);
        if !exempt && !columns(&database, name).iter().any(|column| column == "shop_id") {
            wrong.push(format!("{name} has no shop_id"));
        }
        let keys = texts(
            &database,
            &format!(
                "SELECT i.name || ' on ' || c.name FROM pragma_index_list('{name}') i, pragma_index_info(i.name) c WHERE i.\"unique\" AND c.seqno = 0"
            ),
        );
        if keys.is_empty() {
            wrong.push(format!("{name} has no primary key"));
        }
        wrong.extend(
            keys.iter()
                .filter(|key| !exempt && !key.ends_with(" on shop_id"))
                .map(|key| format!("{name}: the key {key}, not on shop_id first")),
        );
    }
    for (table, _) in NOT_BY_SHOP {
        // a list of exceptions must not outlive them
        if tables.iter().any(|known| known.room == table.split('_').next().unwrap_or_default())
            && !tables.iter().any(|known| known.name == *table)
        {
            wrong.push(format!("{table} is excepted but does not exist"));
        }
    }
    nothing_wrong(wrong);
}

#[test]
fn every_column_has_a_type_both_engines_share() {
    let (database, tables) = schema();
    let mut wrong = Vec::new();
    for Table { name, .. } in &tables {
        for column in texts(&database, &format!("SELECT name || ' ' || upper(type) FROM pragma_table_info('{name}')")) {
            let (_, kind) = column.split_once(' ').unwrap_or_default();
            if !TYPES.contains(&kind) {
                wrong.push(format!("{name}.{column}: use one of {TYPES:?}"));
            }
        }
        for other in texts(&database, &format!("SELECT \"table\" FROM pragma_foreign_key_list('{name}')")) {
            wrong.push(format!("{name} refers to {other}: rooms hold each other's ids, no foreign keys"));
        }
    }
    nothing_wrong(wrong);
}
