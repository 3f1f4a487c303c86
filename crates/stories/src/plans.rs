//! Every statement finds its rows by an index: proved for all that are run when every operation is called once. What
//! reads a whole table is fast in a new shop and slow in an old one, so nobody would notice it in time.

use crate::{
    crossing::{self, things::Things},
    logs,
    world::World,
};
use ::platform::{Tx, db::Bind, job::next_due, search};
use story_macro::story;

/// Statements that read a whole table on purpose, by what stands in them, and why they may.
const WHOLE_TABLES: [(&str, &str); 1] =
    [("WITH RECURSIVE waiting", "what it reads whole is its own list of the shops that have jobs, found one by one in an index")];
/// Statements that sort what they have found, by what stands in them, and why they may.
const SORTED: [(&str, &str); 1] = [("FROM platform_search WHERE", "PostgreSQL's index of words knows no order")];
/// Tables of which a shop has few rows, whatever becomes of it.
const FEW: [&str; 5] = ["bot_quick_replies", "channels_widgets", "desk_macros", "platform_pauses", "team_invitations"];

#[story]
async fn every_statement_finds_its_rows_by_an_index(world: World) {
    let statements = &logs::listen().statements;
    call_everything(&world).await;

    let sqlite = world.app.read(async |tx: &mut Tx<'_>| Ok(tx.twin("sqlite", "") == "sqlite")).await.unwrap();
    let heard: Vec<String> =
        statements.lock().unwrap().iter().filter(|(on_sqlite, _)| *on_sqlite == sqlite).map(|(_, sql)| sql.clone()).collect();
    assert!(heard.len() > 150, "only {} statements were heard", heard.len());
    let plans =
        world.app.read(async move |tx: &mut Tx<'_>| if sqlite { sqlite_plans(tx, &heard).await } else { postgres_plans(tx, &heard).await });

    let mut wrong = Vec::new();
    for (sql, plan) in plans.await.unwrap() {
        let listed = |list: &[(&str, &str)]| list.iter().any(|(part, _)| sql.contains(part));
        if reads_a_whole_table(&sql, &plan) && !listed(&WHOLE_TABLES)
            || reads_a_whole_shop(&sql, &plan)
            || sorts(&sql, &plan) && !listed(&SORTED)
        {
            wrong.push(format!("{sql}\n    {}", plan.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// PostgreSQL chooses by how common it thinks a word is, and of words it knows little.
#[story]
async fn a_word_is_looked_for_among_the_newest_and_then_where_it_stands(world: World) {
    const NOTHING: &[&dyn Bind] = &[];
    let shop = world.id();
    let scope = format!("x{}xthing", uuid::Uuid::from(shop).simple());
    let plans = world.app.write(async move |tx: &mut Tx<'_>| {
        if tx.twin("sqlite", "") == "sqlite" {
            return Ok(Vec::new());
        }
        let told = "INSERT INTO platform_search (shop_id, kind, id, at, words) SELECT $1, 'thing', md5(n::text)::uuid, n, \
                    to_tsvector('simple', $2 || ' where is my parcel ' || (100000 + n)) FROM generate_series(1, 20000) n";
        tx.execute(told, &[&shop, &scope.as_str()]).await?;
        // as a vacuum leaves it
        tx.rows("SELECT gin_clean_pending_list('platform_search_words')", NOTHING).await?;
        tx.execute("ANALYZE platform_search", NOTHING).await?;
        // so few may be read whole
        tx.execute("SET LOCAL enable_seqscan = off", NOTHING).await?;
        let mut plans = Vec::new();
        for (n, sql) in search::STATEMENTS.iter().enumerate() {
            tx.execute(&format!("PREPARE find_{n} (text, uuid, text, bigint, bigint) AS {sql}"), NOTHING).await?;
            let wanted = format!("''{scope}'' & ''100077'':*");
            let explained = format!("EXPLAIN (COSTS OFF) EXECUTE find_{n} ('{wanted}', '{}', 'thing', 20, 640)", uuid::Uuid::from(shop));
            let rows = tx.rows(&explained, NOTHING).await?;
            plans.push(rows.iter().map(|row| row.get::<String>(0)).collect::<kernel::Result<Vec<_>>>()?.join("\n"));
        }
        Ok(plans)
    });
    let plans = plans.await.unwrap();
    for (plan, index) in plans.iter().zip(["platform_search_recent", "platform_search_words"]) {
        assert!(plan.contains(index), "{plan}");
    }
}

/// Each operation once, each list from its beginning and from further down.
async fn call_everything(world: &World) {
    let (things, owner) = (Things::of(world, "Mara").await, world.owner());
    let (tag, department) = (things.id("tag"), things.id("dep"));
    for view in
        ["unassigned", "mine", "mentions", "open", "snoozed", "resolved", "spam", "all", &format!("department&department={department}")]
    {
        for narrower in ["", &format!("&tag={tag}")] {
            owner.get(&format!("/conversations?view={view}{narrower}")).await.ok();
        }
    }
    owner.get("/search?q=parcel").await.ok();
    let regular = things.id("ctg");
    for filter in
        ["language=nb", "country=NO", "blocked=true", "blocked=false", &format!("tag={regular}"), "seen_since=2026-01-01T00:00:00Z"]
    {
        owner.get(&format!("/customers?{filter}")).await.ok();
    }
    owner.get("/orders?trouble=true").await.ok();
    owner.get("/orders?disputed=true").await.ok();
    for filter in ["sort=best_selling", "sort=best_selling&published=true"] {
        owner.get(&format!("/products?{filter}")).await.ok();
    }
    world.app.read(async |tx: &mut Tx<'_>| next_due(tx).await).await.unwrap();
    for operation in crossing::operations(world, &things).into_iter().filter(|op| !crossing::is_socket(op)) {
        let caller = if operation.access == ::platform::http::Access::Visitor { things.visitor() } else { owner.0.clone() };
        crossing::call(&caller, &operation).await;
        world.settle().await;
    }
    // and once what a day sets off
    world.after(kernel::days(2)).await;
}

fn reads_a_whole_table(sql: &str, plan: &[String]) -> bool {
    // the newest so many of all are read from the end of an index, which SQLite calls a scan as well
    let from_the_end = |step: &str| step.contains("USING INDEX") && sql.contains("LIMIT");
    let needs_none = |step: &str| ["VIRTUAL TABLE INDEX", "CONSTANT ROW", "VALUES CLAUSE"].iter().any(|none| step.contains(none));
    plan.iter().any(|step| step.contains("Seq Scan") || step.starts_with("SCAN ") && !needs_none(step) && !from_the_end(step))
}

/// All of a shop's rows are read for those wanted, though they are named: most often because they are asked for in the order of
/// another index, and SQLite does not know how many rows a shop has. Only SQLite says so.
fn reads_a_whole_shop(sql: &str, plan: &[String]) -> bool {
    let named = sql.contains(" IN ($") || sql.match_indices(" = $").any(|(at, _)| !sql[..at].ends_with("shop_id"));
    let of_a_shop = |step: &str| ["(shop_id=?)", "(shop_id=? AND id>?)", "(shop_id=? AND id<?)"].iter().any(|found| step.ends_with(found));
    let of_few = |step: &str| FEW.iter().any(|table| sql.contains(table) && step.contains(table));
    named && plan.iter().any(|step| step.contains("SEARCH") && of_a_shop(step) && !of_few(step))
}

/// Lists come in the order of an index: a page costs the same whatever lies behind it.
fn sorts(sql: &str, plan: &[String]) -> bool {
    sql.contains("LIMIT") && plan.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY") || step.trim_start().starts_with("Sort"))
}

async fn sqlite_plans(tx: &mut Tx<'_>, statements: &[String]) -> kernel::Result<Vec<(String, Vec<String>)>> {
    let mut plans = Vec::new();
    for sql in statements {
        let rows = tx.rows(&format!("EXPLAIN QUERY PLAN {sql}"), &[]).await?;
        plans.push((sql.clone(), rows.iter().map(|row| row.get(3)).collect::<kernel::Result<_>>()?));
    }
    Ok(plans)
}

/// Plans as for a table of any size: without their parameters, and neither reading it whole nor sorting where there is another way.
async fn postgres_plans(tx: &mut Tx<'_>, statements: &[String]) -> kernel::Result<Vec<(String, Vec<String>)>> {
    const NOTHING: &[&dyn Bind] = &[];
    tx.execute("SET LOCAL plan_cache_mode = force_generic_plan", NOTHING).await?;
    for costly in ["enable_seqscan", "enable_sort", "jit"] {
        tx.execute(&format!("SET LOCAL {costly} = off"), NOTHING).await?;
    }
    let mut plans = Vec::new();
    for (n, sql) in statements.iter().enumerate() {
        tx.execute(&format!("PREPARE plan_{n} AS {sql}"), NOTHING).await?;
        let parameters = (1..=48).rev().find(|p| sql.contains(&format!("${p}"))).unwrap_or(0);
        let nulls = vec!["NULL"; parameters].join(", ");
        let execute = if parameters == 0 {
            format!("EXPLAIN (COSTS OFF) EXECUTE plan_{n}")
        } else {
            format!("EXPLAIN (COSTS OFF) EXECUTE plan_{n}({nulls})")
        };
        let rows = tx.rows(&execute, NOTHING).await?;
        plans.push((sql.clone(), rows.iter().map(|row| row.get(0)).collect::<kernel::Result<_>>()?));
    }
    Ok(plans)
}
