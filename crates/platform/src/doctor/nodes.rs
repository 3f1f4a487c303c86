//! Whether several processes can work together as these settings want it.

use kernel::seconds;

use super::Finding;
use crate::{
    clock::Clock,
    config::{Config, DatabaseUrl, Role},
    db, nodes,
};

/// How far the clock of a node may be from the database's, in microseconds: a lease lasts as long.
const APART: i64 = seconds(10);

/// Looks at the role, and rings at NATS where the settings name one.
pub async fn nodes(config: &Config) -> Finding {
    let about = "nodes";
    let on_sqlite = !matches!(config.database(), Ok(DatabaseUrl::Postgres(_)));
    if on_sqlite && !config.nats_url.is_empty() {
        return Finding::fail(
            about,
            "A NATS server is named, and no PostgreSQL that several nodes could share.",
            "Set database_url, or leave nats_url empty.",
        );
    }
    if on_sqlite && config.role != Role::All {
        let found = "This process does half of the work, and no other can open the embedded database.";
        return Finding::fail(about, found, "Set role to all, or set database_url.");
    }
    match nodes::reach_nats(config).await {
        None if on_sqlite => Finding::ok(about, "One process does everything."),
        None => Finding::ok(about, "Nodes wake each other through PostgreSQL."),
        Some(Ok(())) => Finding::ok(about, "Nodes wake each other through NATS, which answers."),
        Some(Err(error)) => Finding::warn(
            about,
            format!("The NATS server cannot be reached: {error}. Nodes hear of each other seconds late."),
            "Look at nats_url and at the server; nothing is lost meanwhile.",
        ),
    }
}

/// Holds this node's clock against the one that all nodes share; `None` where there is one node only.
pub async fn shared_clock(config: &Config, clock: &dyn Clock) -> Option<Finding> {
    let about = "clock of the nodes";
    let Ok(DatabaseUrl::Postgres(url)) = config.database() else { return None };
    let asked = clock.now();
    Some(match db::clock(&url).await {
        Err(error) => Finding::fail(about, format!("The database was not asked for the time: {error}."), "Look at database_url."),
        // it was read in between: what the answer took on its way counts for neither side
        Ok(theirs) => match (asked - theirs).max(theirs - clock.now()).max(0) {
            ..=APART => Finding::ok(about, "This node's clock and the database's agree within 10 seconds."),
            apart => Finding::fail(
                about,
                format!("It is {asked} here and {theirs} at the database, {} seconds apart.", apart / seconds(1)),
                "Let the clocks of all nodes and of the database be set from the network (timedatectl set-ntp true): a node that is ahead \
                 takes over work that another is still doing.",
            ),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[tokio::test]
    async fn half_the_work_on_a_database_of_ones_own_fails() {
        let nats = "nats://127.0.0.1:1";
        let postgres = "postgres://ombud@127.0.0.1/ombud";
        for (role, database_url, nats_url, verdict) in [
            (Role::All, "", "", Verdict::Ok),
            (Role::Web, "", "", Verdict::Fail),
            (Role::Worker, "", "", Verdict::Fail),
            (Role::All, "", nats, Verdict::Fail),
            (Role::Worker, postgres, "", Verdict::Ok),
            (Role::Web, postgres, nats, Verdict::Warn),
        ] {
            let config = Config { role, database_url: database_url.into(), nats_url: nats_url.into(), ..Config::default() };
            let found = nodes(&config).await;
            assert_eq!(found.verdict, verdict, "{role:?} {database_url} {nats_url}: {}", found.found);
        }
    }
}
