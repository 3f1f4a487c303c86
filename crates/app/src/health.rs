//! What an operator's tools ask: is it alive, is it ready, how is it doing.

use std::sync::OnceLock;

use axum::{Router, extract::State, http::StatusCode, routing::get};
use kernel::Error;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use platform::{App, Module, Tx, config::DatabaseUrl, job, nodes::Reach};

// the recorder belongs to the process, however many applications a test opens in it
static METRICS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

pub fn module() -> Module {
    // from the first request on, not from the first look at the figures
    recorder();
    let pages = Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(figures));
    Module { name: "health", pages: Some(pages), ..Module::default() }
}

fn recorder() -> Option<&'static PrometheusHandle> {
    METRICS
        .get_or_init(|| {
            let handle = PrometheusBuilder::new().install_recorder().ok()?;
            // there from the beginning, so that the first one is seen as a rise
            metrics::counter!("ombud_transaction_retries_total").increment(0);
            metrics::counter!("ombud_overloaded_total").increment(0);
            // alone, and so in touch with everybody
            metrics::gauge!("ombud_nodes").set(1.0);
            metrics::gauge!("ombud_nodes_reached").set(1.0);
            Some(handle)
        })
        .as_ref()
}

async fn alive() -> &'static str {
    "ok\n"
}

async fn ready(State(app): State<App>) -> (StatusCode, String) {
    match app.works().await {
        Ok(()) => (StatusCode::OK, but(&app).await),
        // whoever spreads the load must not take a server away because it has much to do
        Err(Error::Overloaded) => (StatusCode::OK, "ready, but more is asked than can be done just now\n".into()),
        Err(error) => {
            tracing::error!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, not_ready(&app, &error).into())
        }
    }
}

/// What is wrong, and where to look.
fn not_ready(app: &App, error: &Error) -> &'static str {
    let inside = app.config().database().is_ok_and(|database| matches!(database, DatabaseUrl::Sqlite(_)));
    match error {
        Error::NoRoom(_) if inside => "the disk of the data folder is full: nothing is stored until there is room\n",
        Error::NoRoom(_) => "the disk of the database is full: nothing is stored until there is room\n",
        Error::Unavailable(_) if inside => "the disk of the data folder does not store what is written; see the log\n",
        _ => "the database does not answer; see the log\n",
    }
}

/// People can chat and answer without files, and a few seconds late without the other nodes: no reasons to send them elsewhere.
async fn but(app: &App) -> String {
    let mut amiss = String::new();
    match app.files().answers().await {
        Ok(()) => (),
        Err(Error::NoRoom(_)) => amiss += "ready, but the disk for files is full: none is stored until there is room\n",
        Err(error) => {
            tracing::error!(%error, "files cannot be stored");
            amiss += "ready, but files cannot be stored or read; see the log\n";
        }
    }
    if app.reach() == Reach::Cut {
        amiss += "ready, but other nodes cannot be reached, so that news comes seconds late; see the log\n";
    }
    if amiss.is_empty() { "ready\n".into() } else { amiss }
}

async fn figures(State(app): State<App>) -> (StatusCode, String) {
    metrics::gauge!("ombud_live_listeners").set(app.live().listeners() as f64);
    match app.read(async |tx: &mut Tx<'_>| Ok((job::backlog(tx).await?, tx.now()))).await {
        Ok((backlog, now)) => {
            metrics::gauge!("ombud_jobs_due").set(backlog.due as f64);
            metrics::gauge!("ombud_jobs_parked").set(backlog.parked as f64);
            let waited = backlog.oldest.map_or(0, |oldest| now - oldest);
            metrics::gauge!("ombud_jobs_oldest_due_seconds").set(waited as f64 / 1e6);
        }
        // the other figures tell their part
        Err(error) => tracing::error!(%error, "what waits could not be counted"),
    }
    match recorder() {
        Some(handle) => (StatusCode::OK, handle.render()),
        None => (StatusCode::SERVICE_UNAVAILABLE, "figures are kept elsewhere in this process\n".into()),
    }
}
