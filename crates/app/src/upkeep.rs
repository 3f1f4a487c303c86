//! Keeping an installation: its backup, its restore, and what the doctor says.

use std::path::Path;

use customers::personal_data;
use kernel::{CustomerId, Error, Result, ShopId};
use platform::{
    App, Migrations, Tx,
    backup::{self, Manifest},
    clock::{Clock, SystemClock},
    config::Config,
    doctor::{self, Finding, Verdict},
    event::Actor,
    pause,
};

use crate::{ground, modules, open};

fn migrations() -> Vec<Migrations> {
    modules().into_iter().filter_map(|module| module.migrations).collect()
}

/// Writes a backup to `to`; see `platform::backup`.
pub async fn back_up(config: &Config, to: &Path) -> Result<Manifest> {
    backup::take(config, to, SystemClock::new().now()).await
}

/// Restores a backup into an empty place; nothing leaves until `resume`.
pub async fn restore(config: &Config, from: &Path) -> Result<Manifest> {
    backup::restore(config, from, &migrations(), SystemClock::new().now()).await
}

/// Lets nothing leave any more, in no shop.
pub async fn pause(app: &App) -> Result<()> {
    app.write(async |tx: &mut Tx<'_>| pause::everywhere(tx).await).await
}

/// Lets what waits leave, in all shops; says in how many nothing left.
pub async fn resume(app: &App) -> Result<usize> {
    app.write(async |tx: &mut Tx<'_>| {
        let shops = pause::shops(tx).await?;
        for shop in &shops {
            team::shop::resume(tx, &Actor::system(*shop)).await?;
        }
        Ok(shops.len())
    })
    .await
}

/// Who has been erased: a line for each, of the shop's and the customer's id.
pub async fn erasures(app: &App) -> Result<String> {
    let erased = app.read(async |tx: &mut Tx<'_>| personal_data::erased(tx).await).await?;
    Ok(erased.iter().map(|(shop, customer)| format!("{shop} {customer}\n")).collect())
}

/// Erases again whoever is on such a list; says how many of them were still known.
///
/// Errors: `Broken` when it is no such list; then nobody is erased.
pub async fn erase_again(app: &App, list: &str) -> Result<usize> {
    let read = |line: &str| -> Option<(ShopId, CustomerId)> {
        let (shop, customer) = line.split_once(' ')?;
        Some((shop.parse().ok()?, customer.parse().ok()?))
    };
    let unreadable = |line: &str| Error::broken(format!("“{line}” is no line of a list of erasures."));
    let list: Vec<_> = list.lines().map(|line| read(line).ok_or_else(|| unreadable(line))).collect::<Result<_>>()?;
    let mut known = 0;
    for (shop, customer) in list {
        let rooms = app.personal_data().to_vec();
        let erased = app.write(async move |tx: &mut Tx<'_>| personal_data::erase_again(tx, &rooms, shop, customer).await);
        known += usize::from(erased.await?);
    }
    Ok(known)
}

/// Looks at everything. What is not there yet is not made, and an older database is left as it is.
pub async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = doctor::house(config, SystemClock::new().now());
    findings.push(doctor::nodes(config).await);
    findings.extend(doctor::shared_clock(config, &SystemClock::new()).await);
    let schema = match config.database() {
        Ok(url) => doctor::schema(&url, &migrations()).await,
        Err(error) => Finding::fail("schema", error.to_string(), "Correct database_url."),
    };
    let as_it_should_be = schema.verdict == Verdict::Ok;
    findings.push(schema);
    // opening makes a key where there is none
    let has_key = Path::new(&config.data).join(backup::KEY).exists();
    if as_it_should_be && has_key {
        match open_to_look(config).await {
            Ok(app) => {
                findings.extend(doctor::database(&app).await);
                findings.push(ledger::check::finding(&app).await);
            }
            Err(error) => findings.push(Finding::fail("start", error.to_string(), "A server would not start either.")),
        }
    }
    findings
}

async fn open_to_look(config: &Config) -> Result<App> {
    Ok(open(config.clone(), ground(config)?).await?.0)
}

/// Prints what was found.
///
/// Errors: `Broken` when something has failed, so that the command does.
pub fn report(findings: &[Finding], json: bool) -> Result<()> {
    if json {
        println!("{}", serde_json::to_string_pretty(findings).map_err(Error::broken)?);
    } else {
        findings.iter().for_each(|finding| print!("{}", lines(finding)));
    }
    match findings.iter().filter(|finding| finding.verdict == Verdict::Fail).count() {
        0 => Ok(()),
        failed => Err(Error::broken(format!("something is wrong, and it says above what to do: {failed}"))),
    }
}

fn lines(finding: &Finding) -> String {
    let verdict = match finding.verdict {
        Verdict::Ok => "ok",
        Verdict::Warn => "warn",
        Verdict::Fail => "FAIL",
    };
    let advice = finding.advice.as_ref().map(|advice| format!("{:23}{advice}\n", "")).unwrap_or_default();
    format!("{verdict:5} {:15}  {}\n{advice}", finding.about, finding.found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_it_is_and_the_next_one_what_to_do() {
        assert_eq!(lines(&Finding::ok("events", "All have their number.")), "ok    events           All have their number.\n");
        assert_eq!(
            lines(&Finding::warn("mail server", "There is none.", "Set mail_server.")),
            "warn  mail server      There is none.\n                       Set mail_server.\n"
        );
    }

    #[test]
    fn no_server_starts_on_a_folder_that_is_half_restored() {
        let data = std::env::temp_dir().join(format!("ombud-half-restored-{}", std::process::id()));
        std::fs::create_dir_all(data.join(".restoring")).unwrap();
        let refused = ground(&Config { data: data.display().to_string(), ..Config::default() }).err().unwrap();
        std::fs::remove_dir_all(&data).unwrap();
        assert!(refused.to_string().contains("did not end"), "{refused}");
    }

    #[test]
    fn only_what_has_failed_fails_the_command() {
        let warned = [Finding::ok("a", "b"), Finding::warn("a", "b", "c")];
        assert!(report(&warned, true).is_ok());
        assert!(report(&[Finding::fail("a", "b", "c")], false).is_err());
    }
}
