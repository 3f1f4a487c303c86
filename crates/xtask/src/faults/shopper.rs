//! Shoppers: they come, ask, add files, write on, and ask anew.

use std::time::Duration;

use serde_json::json;

use super::{
    dice::Dice,
    journal::Sheet,
    town::{Answer, Town, pause},
    writer::Writer,
};
use crate::Result;

/// One shopper at a time; when one has finished, the next one comes.
pub struct Shopper {
    writer: Writer,
    /// The visitor's token.
    token: Option<String>,
    conversation: Option<String>,
    /// Messages until this conversation is over.
    left: u64,
    /// Uploaded and not sent yet.
    files: Vec<(String, Sheet)>,
}

impl Shopper {
    pub fn new(number: u64) -> Shopper {
        Shopper { writer: Writer::new(number), token: None, conversation: None, left: 0, files: Vec::new() }
    }

    /// Shops until it is over.
    pub async fn shop(&mut self, town: &Town) -> Result<()> {
        let mut dice = self.writer.begin(town);
        while !town.over.get() {
            self.step(town, &mut dice).await?;
            pause(Duration::from_millis(dice.below(12))).await;
        }
        Ok(())
    }

    /// Says what is left to say.
    pub async fn finish(&mut self, town: &Town) -> Result<()> {
        let mut dice = self.writer.begin(town);
        while self.writer.is_waiting() {
            self.step(town, &mut dice).await?;
            pause(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    async fn step(&mut self, town: &Town, dice: &mut Dice) -> Result<()> {
        let Some(token) = self.token.clone() else { return self.arrive(town).await };
        let headers = format!("{}authorization: Bearer {token}\r\n", self.from(town));
        if self.writer.is_waiting() {
            if let Some(conversation) = self.writer.insist(town, &headers, dice).await?
                && self.conversation.is_none()
            {
                town.opened.borrow_mut().push(conversation.clone());
                self.conversation = Some(conversation);
            }
            return Ok(());
        }
        match &self.conversation {
            Some(_) if self.left == 0 => {
                self.conversation = None;
                // the server lets one visitor write only so much
                if dice.one_in(2) {
                    (self.token, self.files) = (None, Vec::new());
                }
            }
            Some(_) if dice.one_in(12) => self.writer.doubt(),
            Some(_) if dice.one_in(6) => return self.upload(town, &headers, dice).await,
            Some(conversation) => {
                let conversation = conversation.clone();
                self.left -= 1;
                self.write(town, Some(conversation));
            }
            None => {
                self.left = dice.below(8);
                self.write(town, None);
            }
        }
        Ok(())
    }

    fn write(&mut self, town: &Town, conversation: Option<String>) {
        let (ids, sheets): (Vec<_>, Vec<_>) = self.files.drain(..).unzip();
        let written = self.writer.compose(town, sheets);
        let mut body = json!({ "text": written.text, "files": ids });
        let path = match &conversation {
            Some(conversation) => format!("/api/v1/chat/conversations/{conversation}/messages"),
            None => {
                body["consent"] = json!(true);
                "/api/v1/chat/conversations".to_owned()
            }
        };
        self.writer.wish(path, conversation, written, body);
    }

    async fn arrive(&mut self, town: &Town) -> Result<()> {
        let body = json!({ "key": town.key, "language": "en", "time_zone": "Europe/Oslo", "identity": null }).to_string();
        if let Answer::Done { body, .. } = self.writer.caller.ask(town, "POST", "/api/v1/chat/visitors", &self.from(town), &body).await? {
            self.token = Some(body["token"].as_str().ok_or("no token")?.to_owned());
        }
        Ok(())
    }

    async fn upload(&mut self, town: &Town, headers: &str, dice: &mut Dice) -> Result<()> {
        if self.files.len() >= 5 {
            return Ok(());
        }
        let sheet = Sheet { number: dice.roll(), lines: 1 + dice.below(4_000) };
        let path = format!("/api/v1/chat/files?name=sheet-{:x}.txt", sheet.number);
        if let Answer::Done { body, .. } = self.writer.caller.ask(town, "POST", &path, headers, &sheet.text()).await? {
            let url = body["url"].as_str().ok_or("no address")?;
            town.journal.borrow_mut().uploaded(path_of(url)?, sheet);
            self.files.push((body["id"].as_str().ok_or("no id")?.to_owned(), sheet));
        }
        Ok(())
    }

    /// The page and a network of one's own.
    fn from(&self, town: &Town) -> String {
        let cycle = town.cycle;
        format!("origin: http://{}\r\nx-forwarded-for: 10.{}.{}.{}\r\n", town.address, self.writer.number, cycle / 256 % 256, cycle % 256)
    }
}

/// What follows the host: the port changes with every start.
pub fn path_of(url: &str) -> Result<String> {
    let path = url.splitn(4, '/').nth(3).ok_or_else(|| format!("{url} is no address"))?;
    Ok(format!("/{path}"))
}
