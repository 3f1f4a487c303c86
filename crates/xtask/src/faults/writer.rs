//! Writing a message until it is acknowledged: the same id again and again, as our own windows do.

use serde_json::{Value, json};

use super::{
    dice::Dice,
    journal::{Reply, Sheet, Written},
    town::{Answer, Caller, Town},
};
use crate::Result;

/// A message on its way.
#[derive(Clone)]
struct Wish {
    path: String,
    body: String,
    /// `None` for the one that begins a conversation.
    conversation: Option<String>,
    written: Written,
    asked: u32,
}

/// One who writes, one message after the other.
pub struct Writer {
    pub number: u64,
    pub caller: Caller,
    count: u64,
    wish: Option<Wish>,
    last: Option<Wish>,
}

impl Writer {
    pub fn new(number: u64) -> Writer {
        Writer { number, caller: Caller::default(), count: 0, wish: None, last: None }
    }

    /// A new cycle: other dice, and a new connection to a server that has just started.
    pub fn begin(&mut self, town: &Town) -> Dice {
        self.caller = Caller::default();
        Dice::of(town.seed, town.cycle, self.number)
    }

    /// A message that nobody else writes.
    pub fn compose(&mut self, town: &Town, sheets: Vec<Sheet>) -> Written {
        self.count += 1;
        let client_id = format!("fault-{:x}-{}-{}-{}", town.seed, town.cycle, self.number, self.count);
        let text = format!("This is {client_id}, and it is to be kept.");
        Written { by: self.number, client_id, text, sheets, in_order: true }
    }

    /// From now on asks for this, with what `body` says beside the id.
    pub fn wish(&mut self, path: String, conversation: Option<String>, written: Written, mut body: Value) {
        body["client_id"] = json!(written.client_id);
        self.wish = Some(Wish { path, body: body.to_string(), conversation, written, asked: 0 });
    }

    pub fn is_waiting(&self) -> bool {
        self.wish.is_some()
    }

    /// Sends the last acknowledged message once more, as one does who missed the answer.
    pub fn doubt(&mut self) {
        self.wish = self.last.clone();
    }

    /// Asks for what is not acknowledged yet; answers with the conversation once it is.
    pub async fn insist(&mut self, town: &Town, headers: &str, dice: &mut Dice) -> Result<Option<String>> {
        let Some(wish) = &mut self.wish else { return Ok(None) };
        if dice.one_in(10) {
            self.caller.ask_and_leave(town, "POST", &wish.path, headers, &wish.body).await;
            wish.asked += 1;
        }
        let asked_before = wish.asked > 0;
        wish.asked += 1;
        match self.caller.ask(town, "POST", &wish.path, headers, &wish.body).await? {
            Answer::Done { fresh, body } => {
                let begun = &body["conversation"]["id"];
                let message = if begun.is_null() { &body["id"] } else { &body["message"]["id"] };
                let conversation = begun.as_str().or(wish.conversation.as_deref()).ok_or("no conversation")?.to_owned();
                let message = message.as_str().ok_or_else(|| format!("no message in {body}"))?;
                town.journal.borrow_mut().acknowledge(&conversation, wish.written.clone(), message, Reply { fresh, asked_before });
                self.last = self.wish.take();
                Ok(Some(conversation))
            }
            Answer::Refused => Ok(None),
            Answer::Lost => {
                town.journal.borrow_mut().in_doubt += 1;
                Ok(None)
            }
        }
    }
}
