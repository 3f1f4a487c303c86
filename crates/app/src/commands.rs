//! The command line. It is a contract: later parts add to it.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use clap::{Parser, Subcommand};
use kernel::{Error, Language, Result};
use platform::{
    App,
    clock::{Clock, SystemClock},
    config::{Config, Role},
    http::Built,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing_subscriber::prelude::*;

use crate::{
    demo, ground, inspect, modules, open, open_with,
    settings::{self, Flags, Listening},
    upkeep, web,
};

/// The customer-service desk of an online shop.
#[derive(Parser)]
#[command(name = "ombud", version, about)]
struct Line {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve customers and agents
    Serve {
        #[command(flatten)]
        listening: Listening,
    },
    /// Serve a shop filled with small stories, to try Ombud out
    Demo {
        #[command(flatten)]
        listening: Listening,
        /// Print the addresses and the sign-in as one JSON object
        #[arg(long)]
        json: bool,
        /// At the first start, tell so many conversations of earlier days as well, to see Ombud with a long past
        #[arg(long, default_value_t = 0)]
        earlier: usize,
        /// With so many orders of each of their customers
        #[arg(long, default_value_t = 0)]
        orders_each: usize,
    },
    /// Make the first shop and its owner
    Setup(SetUp),
    /// API tokens
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// Bring the database up to date and stop
    Migrate,
    /// Write the database, the files and the secret key to one file, while the server runs
    Backup {
        /// The file to write; its folder needs room for the copy of the database too
        file: PathBuf,
    },
    /// Restore a backup into an empty data folder and database; nothing is sent until “ombud resume”
    Restore {
        /// A file that “ombud backup” wrote
        file: PathBuf,
    },
    /// Send nothing to anybody until “ombud resume”: after a pg_restore, before the server starts
    Pause,
    /// Send again, what has waited first
    Resume,
    /// List who has been erased: a backup made before still knows them
    Erasures {
        /// Erase again whoever is on this list, after a restore
        #[arg(long, value_name = "LIST")]
        again: Option<PathBuf>,
    },
    /// Look at settings, disk, database and work, and say what to do; fails when something has
    Doctor {
        /// Print what was found as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say what Ombud would do with something, and why
    Inspect {
        #[command(subcommand)]
        what: InspectCommand,
    },
    /// Print the description of the API
    Openapi,
    /// Print an example configuration file with every setting
    Config,
}

/// The password comes from standard input: a command line is read by everybody on the machine.
#[derive(clap::Args)]
struct SetUp {
    /// The shop's name
    #[arg(long)]
    shop: String,
    /// The owner's e-mail address
    #[arg(long)]
    email: String,
    /// The owner's name
    #[arg(long)]
    name: String,
    /// The shop's language: en, nb, tr or zh
    #[arg(long, default_value = "en", value_parser = language)]
    language: Language,
    /// The shop's time zone, such as Europe/Oslo
    #[arg(long, default_value = "UTC")]
    time_zone: String,
}

#[derive(Subcommand)]
enum TokenCommand {
    /// Make a token with all that a member may do; prints it and nothing else
    Create {
        /// The member's e-mail address
        #[arg(long)]
        member: String,
        /// What the token is for
        #[arg(long)]
        name: String,
    },
}

#[derive(Subcommand)]
enum InspectCommand {
    /// An e-mail: who wrote it, whether that is proved, what is new in it and what it answers, as JSON
    Mail(inspect::Mail),
}

fn language(text: &str) -> Result<Language, String> {
    Language::from_tag(text).ok_or_else(|| "the languages are en, nb, tr and zh".into())
}

/// Does what the command line says.
pub async fn run() -> Result<()> {
    let Line { flags, command } = Line::parse();
    let quiet = Listening::default();
    match command {
        Command::Serve { listening } => {
            let config = settings::read(&flags, &listening, None)?;
            log(&config);
            let (app, built) = open(config.clone(), ground(&config)?).await?;
            serve(app, built, |address| println!("Ombud listens on http://{address}")).await
        }
        Command::Demo { listening, json, earlier, orders_each } => {
            let config = demo::beside(Config { demo: true, ..settings::read(&flags, &listening, Some("./data/demo"))? });
            let now = SystemClock::new().now();
            let office = demo::post::open(&config, now).await?;
            let config = demo::post::reachable(config, &office);
            log(&config);
            let sign_in = demo::prepare(&config, &office, demo::Past { conversations: earlier, orders_each }, now).await?;
            let rooms = modules().into_iter().chain([demo::post::module(office)]).collect();
            let (app, built) = open_with(config.clone(), ground(&config)?, rooms).await?;
            serve(app, built, |_| demo::greet(&config, &sign_in, json)).await
        }
        Command::Setup(first) => set_up(settings::read(&flags, &quiet, None)?, first).await,
        Command::Token { command: TokenCommand::Create { member, name } } => {
            let config = settings::read(&flags, &quiet, None)?;
            let (app, _) = open(config.clone(), ground(&config)?).await?;
            let token = team::token::create_for(&app, &member, &name).await?;
            println!("{}", token.expose());
            Ok(())
        }
        Command::Migrate => {
            let config = settings::read(&flags, &quiet, None)?;
            open(config.clone(), ground(&config)?).await.map(drop)
        }
        Command::Backup { file } => back_up(&settings::read(&flags, &quiet, None)?, &file).await,
        Command::Restore { file } => restore(&settings::read(&flags, &quiet, None)?, &file).await,
        Command::Pause => {
            let config = settings::read(&flags, &quiet, None)?;
            upkeep::pause(&open(config.clone(), ground(&config)?).await?.0).await?;
            println!("Nothing is sent from now on. “ombud resume” lets it go.");
            Ok(())
        }
        Command::Resume => {
            let config = settings::read(&flags, &quiet, None)?;
            let shops = upkeep::resume(&open(config.clone(), ground(&config)?).await?.0).await?;
            println!("What waited is sent now. Shops resumed: {shops}");
            Ok(())
        }
        Command::Erasures { again } => erasures(settings::read(&flags, &quiet, None)?, again).await,
        Command::Doctor { json } => {
            let config = settings::read(&flags, &quiet, None)?;
            upkeep::report(&upkeep::examine(&config).await, json)
        }
        Command::Inspect { what: InspectCommand::Mail(mail) } => {
            println!("{}", inspect::mail(&settings::read(&flags, &quiet, None)?, &mail)?);
            Ok(())
        }
        Command::Openapi => {
            println!("{}", describe().await?);
            Ok(())
        }
        Command::Config => {
            print!("{}", example_settings()?);
            Ok(())
        }
    }
}

/// Libraries that would log what people write, or what lets them in, below these levels.
const DISCREET: &str = "html5ever=warn,tokio_postgres=warn,tungstenite=warn,tokio_tungstenite=warn,hyper=warn,hyper_util=warn,h2=warn,\
                        reqwest=warn,object_store=warn,lettre=warn,async_nats=warn";

/// What goes to the log.
pub fn log_filter(log: &str) -> tracing_subscriber::EnvFilter {
    tracing_subscriber::EnvFilter::new(format!("{log},{DISCREET}"))
}

fn log(config: &Config) {
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_filter(log_filter(&config.log));
    let subscriber = tracing_subscriber::registry().with(lines);
    #[cfg(feature = "otel")]
    let subscriber = subscriber.with(crate::traces::layer());
    // a second subscriber means a test has one already
    let _ = subscriber.try_init();
}

/// The API's description as it is committed.
pub async fn describe() -> Result<String> {
    let folder = std::env::temp_dir().join(format!("ombud-openapi-{}", std::process::id()));
    let config = Config { data: folder.display().to_string(), ..Config::default() };
    let opened = open(config.clone(), ground(&config)?).await;
    let text = opened.and_then(|(_, built)| built.openapi.to_pretty_json().map_err(Error::broken));
    let _ = std::fs::remove_dir_all(&folder);
    text
}

/// The example of the settings as it is committed.
pub fn example_settings() -> Result<String> {
    settings::example()
}

async fn back_up(config: &Config, file: &Path) -> Result<()> {
    let made = upkeep::back_up(config, file).await?;
    println!("{} holds the database, {} files and the secret key. Keep it where nobody else reads it.", file.display(), made.files());
    if made.files_elsewhere {
        println!("The files are in {} and not in it: they need a backup of their own.", config.files_url);
    }
    if !made.missing.is_empty() {
        println!("Lost before, and so not in it either:\n{}", made.missing.join("\n"));
    }
    Ok(())
}

async fn restore(config: &Config, file: &Path) -> Result<()> {
    let restored = upkeep::restore(config, file).await?;
    println!("{} is as it was at {}.", config.data, restored.created_at);
    println!("Who has been erased since is known in it again: see “ombud erasures --again”.");
    println!("Nothing is sent yet. Look at it with “ombud doctor” and in the console; then say “ombud resume”.");
    Ok(())
}

async fn erasures(config: Config, again: Option<PathBuf>) -> Result<()> {
    let (app, _) = open(config.clone(), ground(&config)?).await?;
    match again {
        None => print!("{}", upkeep::erasures(&app).await?),
        Some(list) => {
            let list =
                std::fs::read_to_string(&list).map_err(|error| Error::broken(format!("{} cannot be read: {error}", list.display())))?;
            println!("Erased again: {}", upkeep::erase_again(&app, &list).await?);
        }
    }
    Ok(())
}

async fn set_up(config: Config, first: SetUp) -> Result<()> {
    eprintln!("The owner's password, at least ten characters, on one line:");
    let mut password = String::new();
    std::io::stdin().read_line(&mut password).map_err(Error::broken)?;
    let (app, _) = open(config.clone(), ground(&config)?).await?;
    let shop = team::shop::NewShop { name: first.shop, language: first.language, time_zone: first.time_zone };
    let owner = team::person::NewPerson { email: first.email, name: first.name, language: Some(first.language), password_hash: None };
    let password = password.trim_end_matches(['\r', '\n']).to_owned().into();
    team::setup::first_shop_with(&app, team::setup::First { shop, owner }, &password).await?;
    println!("The shop is there. Start the server with “ombud serve” and sign in at {}", config.url("/console"));
    Ok(())
}

/// Listens until told to stop, then lets what runs finish.
async fn serve(app: App, built: Built, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
    let config = app.config().clone();
    match app.files().check().await {
        // it may be back any moment; until then, everything but files works
        Err(error @ Error::Outside { .. }) => tracing::error!(%error, "files cannot be stored"),
        checked => checked?,
    }
    if !web::is_built() {
        tracing::warn!("the web files are not part of this binary; the console will say how to build them");
    }
    // to the very end: what the last requests did is told too
    let (told_all, telling) = (CancellationToken::new(), TaskTracker::new());
    app.start_telling(&telling, &told_all);
    if config.role != Role::Web {
        app.start_workers(&tasks, &stop);
    }
    let listener = tokio::net::TcpListener::bind(&config.listen)
        .await
        .map_err(|error| Error::broken(format!("{} cannot be listened on: {error}", config.listen)))?;
    ready(listener.local_addr().map_err(Error::broken)?);
    let service = built.router.into_make_service_with_connect_info::<SocketAddr>();
    let told = stop.clone();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        told_to_stop().await;
        told.cancel();
    });
    // sockets stay open as long as their windows do: they are cut, and the windows come back elsewhere
    let cut = async {
        stop.cancelled().await;
        tokio::time::timeout(std::time::Duration::from_secs(3), std::future::pending::<()>()).await
    };
    tokio::select! {
        served = served => served.map_err(Error::broken)?,
        _ = cut => (),
    }
    stop.cancel();
    tasks.close();
    tasks.wait().await;
    told_all.cancel();
    telling.close();
    telling.wait().await;
    #[cfg(feature = "otel")]
    crate::traces::hand_over().await;
    Ok(())
}

async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminated) => {
            tokio::select! { _ = interrupted => (), _ = terminated.recv() => () }
        }
        Err(_) => drop(interrupted.await),
    }
}
