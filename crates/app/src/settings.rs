//! Where settings come from: the defaults, a file, the environment, flags; each stands above the one before.

use std::path::PathBuf;

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use kernel::{Error, Result};
use platform::config::{Config, Role};
use utoipa::{
    PartialSchema,
    openapi::{RefOr, Schema},
};

/// Flags that work on every command.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Flags {
    /// A configuration file; `ombud.toml` in the working folder when there is one
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The folder that holds the embedded database, the files and the secret key
    #[arg(long, global = true, value_name = "DIR")]
    data: Option<String>,
    /// A PostgreSQL address, instead of the embedded database
    #[arg(long, global = true, value_name = "URL")]
    database_url: Option<String>,
}

/// Flags of the commands that listen.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Listening {
    /// Where to listen
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
    /// What this process does: all, web or worker
    #[arg(long, value_parser = role)]
    pub role: Option<Role>,
    /// A NATS server through which several processes wake each other
    #[arg(long, value_name = "URL")]
    pub nats_url: Option<String>,
}

fn role(text: &str) -> Result<Role, String> {
    match text {
        "all" => Ok(Role::All),
        "web" => Ok(Role::Web),
        "worker" => Ok(Role::Worker),
        _ => Err("the roles are all, web and worker".into()),
    }
}

/// Puts the settings together.
///
/// Errors: `Broken`, naming the setting and where it came from.
pub fn read(flags: &Flags, listening: &Listening, data: Option<&str>) -> Result<Config> {
    let mut defaults = Config { data: data.unwrap_or("./data").to_owned(), ..Config::default() };
    if let Some(listen) = &listening.listen {
        // an address given by hand is where people will look for it, unless the file or the environment says otherwise
        defaults.public_url = format!("http://{listen}");
    }
    let mut figment = Figment::from(Serialized::defaults(defaults));
    let file = flags.config.clone().unwrap_or_else(|| "ombud.toml".into());
    if flags.config.is_some() && !file.exists() {
        return Err(Error::broken(format!("there is no configuration file {}", file.display())));
    }
    // other variables that begin like ours belong to others: to tests, to scripts around the binary
    let known = names()?;
    let ours = Env::prefixed("OMBUD_").filter(move |name| known.contains(&name.as_str().to_lowercase()));
    figment = figment.merge(Toml::file(file)).merge(ours);
    let mut flag = |name: &str, value: Option<&String>| {
        if let Some(value) = value {
            figment = figment.clone().merge(Serialized::default(name, value));
        }
    };
    flag("data", flags.data.as_ref());
    flag("database_url", flags.database_url.as_ref());
    flag("listen", listening.listen.as_ref());
    flag("nats_url", listening.nats_url.as_ref());
    let mut config: Config = figment.extract().map_err(|error| Error::broken(format!("the settings cannot be read: {error}")))?;
    config.role = listening.role.unwrap_or(config.role);
    Ok(config)
}

/// The names of all settings.
fn names() -> Result<Vec<String>> {
    let defaults = serde_json::to_value(Config::default()).map_err(Error::broken)?;
    Ok(defaults.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default())
}

/// The example file, from the struct itself.
pub fn example() -> Result<String> {
    let mut text =
        String::from("# Every setting with its default. Environment: OMBUD_ and the name in capitals. Flags stand above both.\n");
    let defaults = serde_json::to_value(Config::default()).map_err(Error::broken)?;
    let RefOr::T(Schema::Object(schema)) = Config::schema() else { return Err(Error::broken("the settings are no object")) };
    for (name, property) in schema.properties {
        let about = match property {
            RefOr::T(Schema::Object(object)) => object.description,
            RefOr::T(Schema::AllOf(all)) => all.description,
            RefOr::T(Schema::OneOf(one)) => one.description,
            RefOr::Ref(reference) => Some(reference.description),
            _ => None,
        };
        let value = toml::Value::try_from(&defaults[&name]).map_err(Error::broken)?;
        text.push_str(&format!("\n# {}\n# {name} = {value}\n", about.unwrap_or_default()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_stands_above_the_default_and_the_address_follows_where_one_listens() {
        let flags = Flags { data: Some("/srv/desk".into()), ..Flags::default() };
        let listening = Listening { listen: Some("127.0.0.1:9000".into()), ..Listening::default() };
        let config = read(&flags, &listening, Some("./data/demo")).unwrap();
        assert_eq!(
            (config.data.as_str(), config.listen.as_str(), config.public_url.as_str()),
            ("/srv/desk", "127.0.0.1:9000", "http://127.0.0.1:9000")
        );
        assert_eq!(read(&Flags::default(), &Listening::default(), Some("./data/demo")).unwrap().data, "./data/demo");
    }

    #[test]
    fn what_a_process_does_and_with_whom_is_said_by_flags() {
        let listening = Listening { nats_url: Some("nats://127.0.0.1".into()), role: Some(Role::Worker), ..Listening::default() };
        let config = read(&Flags::default(), &listening, None).unwrap();
        assert_eq!((config.nats_url.as_str(), config.role), ("nats://127.0.0.1", Role::Worker));
    }
}
