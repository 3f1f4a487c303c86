//! `ombud inspect`: what Ombud would do with something, and why.

use std::{
    fs::File,
    io::{Read, stdin},
    path::{Path, PathBuf},
};

use kernel::{Error, Result, ShopId};
use mail::{Address, Letter, Us};
use platform::{backup, config::Config, rng::Rng, secret::SecretBox, token::Signer};

/// An e-mail, and what is known where it came to.
#[derive(clap::Args)]
pub struct Mail {
    /// The e-mail as it was received; “-” reads it from standard input
    file: PathBuf,
    /// The shop it came to, whose own marks it may hold
    #[arg(long, value_name = "ID")]
    shop: Option<ShopId>,
    /// An address of the shop, once for each
    #[arg(long = "mailbox", value_name = "ADDRESS")]
    mailboxes: Vec<String>,
    /// A mail server whose Authentication-Results are believed, as it names itself, once for each
    #[arg(long = "trust", value_name = "SERVER")]
    trusted: Vec<String>,
}

/// What would become of an e-mail, as JSON. Nothing is kept.
pub fn mail(config: &Config, mail: &Mail) -> Result<String> {
    let letter = Letter::read(&read(&mail.file)?)?;
    let signer = signer(&Path::new(&config.data).join(backup::KEY))?;
    let mailboxes: Vec<String> = mail.mailboxes.iter().map(|email| Address { name: None, email: email.clone() }.key()).collect();
    let us = Us { shop: mail.shop.unwrap_or(ShopId::NONE), signer: &signer, mailboxes: &mailboxes };
    let trusted: Vec<&str> = mail.trusted.iter().map(String::as_str).collect();
    serde_json::to_string_pretty(&mail::inspect(&letter, &us, &trusted)).map_err(Error::broken)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    let unreadable = |error| Error::broken(format!("{} cannot be read: {error}", path.display()));
    let source: Box<dyn Read> = if path == Path::new("-") { Box::new(stdin()) } else { Box::new(File::open(path).map_err(unreadable)?) };
    let mut bytes = Vec::new();
    // one byte more than a letter has says that it is too large
    source.take(mail::LONGEST as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

/// Where there is no key yet, nothing is signed: then any key says so, and none is made.
fn signer(key: &Path) -> Result<Signer> {
    let rng = Rng::system();
    if key.exists() { Ok(SecretBox::open_or_create(key, &rng)?.signer()) } else { Ok(Signer::new(rng.bytes(), [])) }
}

#[cfg(test)]
mod tests {
    use kernel::ConversationId;
    use mail::thread::Marks;

    use super::*;

    #[test]
    fn a_letter_is_told_of_and_nothing_is_left_behind() {
        let folder = tempfile::tempdir().unwrap();
        let (file, data) = (folder.path().join("letter.eml"), folder.path().join("data"));
        let config = Config { data: data.display().to_string(), ..Config::default() };
        let told = |letter: &str| {
            std::fs::write(&file, letter).unwrap();
            let asked = Mail {
                file: file.clone(),
                shop: Some(ShopId::NONE),
                mailboxes: vec!["Support@fjell.example".into()],
                trusted: vec!["mx.fjell.example".into()],
            };
            mail(&config, &asked).map(|json| serde_json::from_str::<serde_json::Value>(&json).unwrap())
        };
        let results = "Authentication-Results: mx.fjell.example; dmarc=pass header.from=x.example\n";
        let answer = told(&format!("{results}From: mara@x.example\n\nHi\n> Bye")).unwrap();
        assert_eq!((&answer["text"], &answer["quoted"]), (&"Hi".into(), &"> Bye".into()));
        assert_eq!(answer["authenticated"]["verdict"], "proved");
        assert_eq!(told("From: support@fjell.example\n\nHi").unwrap()["automatic"]["kind"], "own");
        assert!(told("").unwrap_err().to_string().contains("no header"));
        assert!(!data.exists(), "nothing was made");

        let keys = SecretBox::open_or_create(&data.join(backup::KEY), &Rng::system()).unwrap();
        let signer = keys.signer();
        let conversation: ConversationId = "cnv_00000000000000000000000000".parse().unwrap();
        let address = Marks::new(ShopId::NONE, &signer).address("support@fjell.example", conversation).unwrap();
        let answer = told(&format!("From: mara@x.example\nTo: {address}\n\nHi")).unwrap();
        assert_eq!(answer["thread"][0]["target"]["conversation"], conversation.to_string());
    }
}
