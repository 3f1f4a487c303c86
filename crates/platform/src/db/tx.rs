//! One transaction, on either engine, behind the same few verbs.

use std::time::Duration;

use kernel::{Error, Id, Result, Sentence, ShopId, Timestamp, say};
use tokio::time::timeout;
use tokio_postgres::types::ToSql;

use super::{Bind, Get, Row, Val, failure::failed};
use crate::{event::Aftermath, scope::Scope};

/// Names of the parameters; SQLite numbers `$n` by first use, so they are bound by name.
const NAMES: [&str; 48] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17", "$18", "$19", "$20",
    "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28", "$29", "$30", "$31", "$32", "$33", "$34", "$35", "$36", "$37", "$38", "$39",
    "$40", "$41", "$42", "$43", "$44", "$45", "$46", "$47", "$48",
];

/// Under this name the log shows each statement, at the level `trace`; never its values.
pub const STATEMENTS: &str = "ombud::sql";

/// A connection on which one statement takes longer has been lost on its way: nobody waits for it any longer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(8);

/// A list of ids is asked for in pieces of at most so many.
const PIECE: usize = 24;
/// PostgreSQL is told of so many rows at once.
const ROWS_AT_ONCE: usize = 64;

pub(crate) enum Conn<'a> {
    // `&mut`, though reading would do: a shared reference to a SQLite connection is not Send
    Sqlite(&'a mut rusqlite::Connection),
    Postgres(&'a deadpool_postgres::Transaction<'a>),
}

/// A transaction: what every verb of every room writes and reads through.
///
/// On SQLite each statement runs at once on the writer's own thread; on PostgreSQL it is awaited. Awaiting anything else
/// inside a transaction fails at once on SQLite, and so in every test.
pub struct Tx<'a> {
    pub(super) conn: Conn<'a>,
    pub(crate) scope: &'a Scope,
    pub(super) now: Timestamp,
    pub(crate) aftermath: Aftermath,
}

impl<'a> Tx<'a> {
    pub(crate) fn new(conn: Conn<'a>, scope: &'a Scope) -> Self {
        Tx { conn, scope, now: scope.clock.now(), aftermath: Aftermath::default() }
    }

    /// The moment this transaction began; the same for all it writes.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// A new id, sorted after every id made before it.
    pub fn new_id<I: Id>(&self) -> I {
        I::from(self.scope.rng.uuid(self.now))
    }

    /// Runs a statement and says how many rows it changed.
    pub async fn execute(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<u64> {
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                tracing::trace!(target: STATEMENTS, engine = "sqlite", sql);
                let mut statement = conn.prepare_cached(sql).map_err(|e| broken(sql, e))?;
                bind(&mut statement, values).map_err(|e| broken(sql, e))?;
                let changed = statement.raw_execute().map_err(|e| broken(sql, e))?;
                Ok(changed as u64)
            }
            Conn::Postgres(tx) => {
                tracing::trace!(target: STATEMENTS, engine = "postgres", sql);
                let statement = answered(tx.prepare_cached(sql)).await.map_err(|e| broken(sql, e))?;
                let values: Vec<Val<'_>> = values.iter().map(|v| v.val()).collect();
                answered(tx.execute(&statement, &refs(&values))).await.map_err(|e| broken(sql, e))
            }
        }
    }

    /// Runs a statement that must change exactly one row.
    ///
    /// Errors: `Conflict` when it changed none: somebody was faster.
    pub async fn one(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<()> {
        match self.execute(sql, values).await? {
            1 => Ok(()),
            0 => Err(Error::Conflict { kind: "changed_meanwhile", detail: say!("changed-meanwhile") }),
            n => Err(Error::broken(format!("{n} rows changed where one was meant: {sql}"))),
        }
    }

    /// All rows a query answers.
    pub async fn rows(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<Vec<Row>> {
        match &mut self.conn {
            Conn::Sqlite(conn) => {
                tracing::trace!(target: STATEMENTS, engine = "sqlite", sql);
                let mut statement = conn.prepare_cached(sql).map_err(|e| broken(sql, e))?;
                bind(&mut statement, values).map_err(|e| broken(sql, e))?;
                let width = statement.column_count();
                let mut found = statement.raw_query();
                let mut rows = Vec::new();
                while let Some(row) = found.next().map_err(|e| broken(sql, e))? {
                    let values = (0..width).map(|at| row.get(at)).collect::<rusqlite::Result<_>>();
                    rows.push(Row::Sqlite(values.map_err(|e| broken(sql, e))?));
                }
                Ok(rows)
            }
            Conn::Postgres(tx) => {
                tracing::trace!(target: STATEMENTS, engine = "postgres", sql);
                let statement = answered(tx.prepare_cached(sql)).await.map_err(|e| broken(sql, e))?;
                let values: Vec<Val<'_>> = values.iter().map(|v| v.val()).collect();
                let rows = answered(tx.query(&statement, &refs(&values))).await.map_err(|e| broken(sql, e))?;
                Ok(rows.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// The rows of many things of a shop: `$ids` in the text stands for the list of `ids`, `$1` for the shop.
    ///
    /// A long list is asked for in pieces, and rows come in no order. A text that asked for one would have SQLite, which does not know
    /// how many rows a shop has, read all of them in that order and pick these.
    pub async fn rows_among<I: Bind>(&mut self, sql: &str, shop: ShopId, ids: &[I]) -> Result<Vec<Row>> {
        debug_assert!(!sql.contains("ORDER BY"), "{sql}");
        let mut rows = Vec::with_capacity(ids.len());
        for piece in ids.chunks(PIECE) {
            let (sql, values) = among(sql, &shop, piece);
            rows.extend(self.rows(&sql, &values).await?);
        }
        Ok(rows)
    }

    /// Runs a statement on many things of a shop, which its text names as in [`rows_among`](Self::rows_among).
    pub async fn execute_among<I: Bind>(&mut self, sql: &str, shop: ShopId, ids: &[I]) -> Result<u64> {
        let mut changed = 0;
        for piece in ids.chunks(PIECE) {
            let (sql, values) = among(sql, &shop, piece);
            changed += self.execute(&sql, &values).await?;
        }
        Ok(changed)
    }

    /// Writes many rows: `$rows` in the text stands for them, `row` is one of them. PostgreSQL is asked once for many; within
    /// SQLite asking costs nothing.
    pub async fn many(&mut self, sql: &str, row: &str, rows: &[Vec<&dyn Bind>]) -> Result<u64> {
        let at_once = if self.is_sqlite() { 1 } else { ROWS_AT_ONCE };
        let (one, whole) = (sql.replace("$rows", row), sql.replace("$rows", &repeated(row, at_once)));
        let mut changed = 0;
        for piece in rows.chunks(at_once) {
            if piece.len() == at_once {
                changed += self.execute(&whole, &piece.concat()).await?;
                continue;
            }
            // a few lengths only, so that two prepared statements serve all
            for row in piece {
                changed += self.execute(&one, row).await?;
            }
        }
        Ok(changed)
    }

    /// The first row a query answers, if any.
    pub async fn row(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<Option<Row>> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// The row a query answers.
    ///
    /// Errors: `NotFound`, saying `otherwise`, when there is none.
    pub async fn found(&mut self, otherwise: Sentence, sql: &str, values: &[&dyn Bind]) -> Result<Row> {
        self.row(sql, values).await?.ok_or(Error::NotFound(otherwise))
    }

    /// The value a query always answers: a count, the next number.
    pub async fn value<T: Get>(&mut self, sql: &str, values: &[&dyn Bind]) -> Result<T> {
        let row = self.row(sql, values).await?;
        row.ok_or_else(|| Error::broken(format!("no row where there is always one: {sql}")))?.get(0)
    }

    /// The text for this engine, where one text cannot serve both: full-text search and job claiming, nothing else.
    pub fn twin<'s>(&self, sqlite: &'s str, postgres: &'s str) -> &'s str {
        match self.conn {
            Conn::Sqlite(_) => sqlite,
            Conn::Postgres(_) => postgres,
        }
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.conn, Conn::Sqlite(_))
    }
}

fn bind(statement: &mut rusqlite::CachedStatement<'_>, values: &[&dyn Bind]) -> rusqlite::Result<()> {
    if values.len() > NAMES.len() {
        return Err(rusqlite::Error::InvalidParameterCount(values.len(), NAMES.len()));
    }
    for (at, (value, name)) in (1..).zip(values.iter().zip(NAMES)) {
        // most texts use them in order, and looking at one place costs less than looking for a name
        let at = if statement.parameter_name(at) == Some(name) { Some(at) } else { statement.parameter_index(name)? };
        if let Some(at) = at {
            statement.raw_bind_parameter(at, value.val().sqlite())?;
        }
    }
    Ok(())
}

/// A statement on many things of a shop, and its values: a few lengths only, so that a few prepared statements serve all lists. The last
/// id is named again.
fn among<'v, I: Bind>(sql: &str, shop: &'v ShopId, ids: &'v [I]) -> (String, Vec<&'v dyn Bind>) {
    let length = ids.len().next_power_of_two().min(PIECE);
    let mut values: Vec<&dyn Bind> = vec![shop];
    values.extend((0..length).map(|at| &ids[at.min(ids.len() - 1)] as &dyn Bind));
    (sql.replace("$ids", &NAMES[1..=length].join(", ")), values)
}

/// `($1, $2)` so many times, each with values of its own: `($1, $2), ($3, $4)`.
fn repeated(row: &str, times: usize) -> String {
    let parts: Vec<&str> = row.split('$').collect();
    let number = |part: &str| part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let values = parts.iter().skip(1).filter_map(|part| part[..number(part)].parse::<usize>().ok()).max().unwrap_or(0);
    let again = |time: usize| {
        parts.iter().enumerate().fold(String::new(), |text, (at, part)| match (at, part.split_at(number(part))) {
            (0, _) => text + part,
            (_, (number, rest)) => format!("{text}${}{rest}", number.parse::<usize>().unwrap_or(0) + time * values),
        })
    };
    (0..times).map(again).collect::<Vec<_>>().join(", ")
}

fn refs<'v>(values: &'v [Val<'v>]) -> Vec<&'v (dyn ToSql + Sync)> {
    values.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}

/// Keeps the driver's own error as the source, so that a serialisation failure can be told from a broken disk.
fn broken(sql: &str, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    failed(StatementFailed { sql: sql.to_owned(), source: Box::new(error) })
}

/// What PostgreSQL answers, if it does within a time in which it always would.
pub(super) async fn answered<T>(asked: impl Future<Output = Result<T, tokio_postgres::Error>>) -> Result<T, Unanswered> {
    match timeout(ANSWERS_WITHIN, asked).await {
        Ok(answer) => answer.map_err(Unanswered::Failed),
        Err(_) => Err(Unanswered::Silent),
    }
}

/// Why a statement has no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unanswered {
    #[error("{}", said(.0))]
    Failed(#[from] tokio_postgres::Error),
    #[error("the database was asked, and has been silent for too long")]
    Silent,
}

/// A statement failed; shown in logs only.
#[derive(Debug, thiserror::Error)]
#[error("{source} in {sql}")]
pub(super) struct StatementFailed {
    sql: String,
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// What the database says, without the values it has added: the log is not for them.
fn said(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |error| format!("{} ({})", error.message(), error.code().code()))
}

/// Why a transaction on PostgreSQL may end otherwise when it is run again.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Collision {
    /// The database asks for another run.
    Order,
    /// This key is there already.
    Key(Option<String>),
}

pub(super) fn collision(error: &Error) -> Option<Collision> {
    use tokio_postgres::error::SqlState;
    let Error::Broken(source) = error else { return None };
    let mut link: Option<&(dyn std::error::Error + 'static)> = Some(source.as_ref());
    while let Some(error) = link {
        if let Some(postgres) = error.downcast_ref::<tokio_postgres::Error>() {
            let error = postgres.as_db_error()?;
            return match *error.code() {
                SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Some(Collision::Order),
                SqlState::UNIQUE_VIOLATION => Some(Collision::Key(error.detail().map(str::to_owned))),
                _ => None,
            };
        }
        link = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_has_values_of_its_own() {
        assert_eq!(repeated("($1, $2)", 1), "($1, $2)");
        assert_eq!(repeated("($1, f('a', $3), $2)", 3), "($1, f('a', $3), $2), ($4, f('a', $6), $5), ($7, f('a', $9), $8)");
        assert_eq!(repeated("($1, $10)", 2), "($1, $10), ($11, $20)");
    }
}
