//! The binary `ombud`: commands, wiring, embedded web files, the demo shop.

pub mod commands;
pub mod demo;
mod health;
mod inspect;
mod modules;
mod page;
mod settings;
#[cfg(feature = "otel")]
mod traces;
pub mod upkeep;
mod web;

pub use modules::modules;

use std::{path::Path, sync::Arc};

use kernel::{Error, Result};
use platform::{
    App, Ground, Module, backup,
    clock::{Clock, SystemClock},
    config::{Config, Role},
    egress::Egress,
    files::{Bucket, FileStore},
    http::{self, Built},
    mail::Mailer,
    rng::Rng,
    secret::SecretBox,
};
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(title = "Ombud", description = "The customer-service desk of an online shop. Manners that hold for every operation: docs/api-design.md."),
    servers((url = "/api/v1")),
    components(schemas(http::Problem))
)]
struct Describe;

/// What a real process runs on.
pub fn ground(config: &Config) -> Result<Ground> {
    grounded(config, Arc::new(SystemClock::new()))
}

/// As `ground`, by another clock.
pub fn grounded(config: &Config, clock: Arc<dyn Clock>) -> Result<Ground> {
    let data = Path::new(&config.data);
    if backup::is_half_restored(data) {
        return Err(Error::broken(format!("a restore into {} did not end; empty the folder and restore again", config.data)));
    }
    std::fs::create_dir_all(data).map_err(|error| Error::broken(format!("the data folder {} cannot be made: {error}", config.data)))?;
    config.check_partners()?;
    let rng = Arc::new(Rng::system());
    let secrets = SecretBox::open_or_create(&data.join(backup::KEY), &rng)?;
    Ok(Ground {
        clock,
        rng,
        files: file_store(config)?,
        egress: Egress::of(config)?,
        secrets,
        mailer: Mailer::open(&config.mail_server, &config.mail_from)?,
    })
}

/// Where files are kept.
pub fn file_store(config: &Config) -> Result<FileStore> {
    if config.files_url.is_empty() {
        return FileStore::folder(&Path::new(&config.data).join(backup::FILES));
    }
    FileStore::bucket(&Bucket {
        url: config.files_url.clone(),
        region: config.files_region.clone(),
        endpoint: Some(config.files_endpoint.clone()).filter(|endpoint| !endpoint.is_empty()),
        access_key: config.files_access_key.clone(),
        secret_key: config.files_secret_key.clone().into(),
    })
}

/// Opens the application and puts its router together.
pub async fn open(config: Config, ground: Ground) -> Result<(App, Built)> {
    open_with(config, ground, modules()).await
}

/// As `open`, with other rooms: tests plug something of their own beside the real ones.
pub async fn open_with(config: Config, ground: Ground, mut modules: Vec<Module>) -> Result<(App, Built)> {
    let app = App::open(config, ground, &mut modules).await?;
    if app.config().role == Role::Worker {
        // nobody but the operator's tools comes here
        modules.clear();
    } else {
        modules.push(web::module());
        modules.push(demo::module(&app));
    }
    modules.push(health::module());
    let built = http::build(&app, Describe::openapi(), modules)?;
    Ok((app, built))
}
