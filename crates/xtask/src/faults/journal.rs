//! The clients' journal: what the server has acknowledged, to be held against what it has kept.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde_json::Value;

use super::{
    cashier::{Paid, Tills},
    sending::Left,
};

/// A text sent as a file; made anew from its number, so that no copy of it need be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet {
    pub number: u64,
    pub lines: u64,
}

impl Sheet {
    pub fn text(self) -> String {
        (0..self.lines).map(|line| format!("{:016x}\n", self.number.wrapping_mul(line | 1).rotate_left(17))).collect()
    }
}

/// A message as its client wrote it.
#[derive(Debug, Clone)]
pub struct Written {
    pub by: u64,
    pub client_id: String,
    pub text: String,
    pub sheets: Vec<Sheet>,
    /// Whether its place follows from when it was sent: a held answer takes its place when it leaves.
    pub in_order: bool,
}

/// A message the server has acknowledged, under the id it gave it.
#[derive(Debug)]
pub struct Kept {
    pub written: Written,
    pub id: String,
}

/// A conversation as its clients know it.
#[derive(Debug, Default)]
pub struct Conversation {
    /// In the order in which each client wrote.
    pub kept: Vec<Kept>,
    /// The newest state a change was answered with.
    pub row: Value,
    /// Messages the console's socket told of.
    pub heard: BTreeSet<String>,
}

/// What may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    Missing,
    Doubled,
    Misordered,
    /// Kept, but not as it was acknowledged.
    Altered,
    /// Not done although its time has come.
    Stuck,
    /// An answer or an end that nothing explains.
    Unexpected,
}

/// A broken promise.
#[derive(Debug, PartialEq)]
pub struct Violation {
    pub wrong: Wrong,
    pub what: String,
}

/// How a message came to be acknowledged.
#[derive(Debug, Clone, Copy)]
pub struct Reply {
    /// The server says that it stored it just now.
    pub fresh: bool,
    /// It had been asked to before, and may have.
    pub asked_before: bool,
}

#[derive(Debug, Default)]
pub struct Journal {
    pub conversations: BTreeMap<String, Conversation>,
    pub tills: Tills,
    /// Files that no message names yet, by the path they are served from.
    pub uploads: Vec<(String, Sheet)>,
    pub touched: BTreeSet<String>,
    pub acknowledged: u64,
    pub in_doubt: u64,
    /// Answers that said why it cannot be done now.
    pub refusals: u64,
    /// How long the longest of them was waited for.
    pub slowest_refusal: Duration,
    /// How long the console once was without a socket, at most.
    pub longest_away: Duration,
    /// What is known of answers that left the house.
    pub left: Left,
    pub violations: Vec<Violation>,
}

impl Journal {
    /// Notes that a message has been acknowledged, for the first time or once more.
    pub fn acknowledge(&mut self, conversation: &str, written: Written, id: &str, reply: Reply) {
        self.acknowledged += 1;
        let mut wrong = None;
        let known = self.touch(conversation);
        match known.kept.iter().find(|kept| kept.written.client_id == written.client_id) {
            Some(before) if reply.fresh || before.id != id => wrong = Some((Wrong::Doubled, "stored again when it was sent again")),
            Some(_) => (),
            None => {
                if !reply.fresh && !reply.asked_before {
                    wrong = Some((Wrong::Unexpected, "said to be known when it was sent first"));
                }
                known.kept.push(Kept { written: written.clone(), id: id.to_owned() });
            }
        }
        if let Some((wrong, what)) = wrong {
            self.report(wrong, format!("{}: {what}", written.client_id));
        }
    }

    /// Notes the state a change was answered with.
    pub fn changed(&mut self, conversation: &str, row: Value) {
        self.acknowledged += 1;
        let known = self.touch(conversation);
        match known.row["version"].as_i64().cmp(&row["version"].as_i64()) {
            Ordering::Less => known.row = row,
            Ordering::Equal => {
                if let Some(what) = change_lost(&known.row, &row) {
                    self.report(Wrong::Missing, format!("{conversation}: {what}"));
                }
            }
            // answered sooner, heard later
            Ordering::Greater => (),
        }
    }

    /// Notes that a movement of a customer's credit has been acknowledged, for the first time or once more.
    pub fn paid(&mut self, customer: &str, key: &str, paid: Paid) {
        self.acknowledged += 1;
        let before = self.tills.entry(customer.to_owned()).or_default().insert(key.to_owned(), paid.clone());
        if let Some(before) = before.filter(|before| *before != paid) {
            self.report(Wrong::Doubled, format!("{key} was acknowledged as {before:?}, and then as {paid:?}"));
        }
    }

    pub fn uploaded(&mut self, path: String, sheet: Sheet) {
        self.acknowledged += 1;
        self.uploads.push((path, sheet));
    }

    pub fn refused(&mut self, after: Duration) {
        self.refusals += 1;
        self.slowest_refusal = self.slowest_refusal.max(after);
    }

    pub fn was_away(&mut self, so_long: Duration) {
        self.longest_away = self.longest_away.max(so_long);
    }

    pub fn heard(&mut self, conversation: &str, message: &str) {
        self.touch(conversation).heard.insert(message.to_owned());
    }

    pub fn report(&mut self, wrong: Wrong, what: String) {
        self.violations.push(Violation { wrong, what });
    }

    fn touch(&mut self, conversation: &str) -> &mut Conversation {
        self.touched.insert(conversation.to_owned());
        self.conversations.entry(conversation.to_owned()).or_default()
    }
}

/// Versions rise with every change: what was acknowledged is there, or something newer is.
pub fn change_lost(acknowledged: &Value, row: &Value) -> Option<String> {
    let (before, now) = (acknowledged["version"].as_i64()?, row["version"].as_i64().unwrap_or(0));
    let differs = ["status", "assignee", "priority", "tags", "snoozed_until"].into_iter().find(|part| acknowledged[*part] != row[*part]);
    match differs {
        _ if now < before => Some(format!("version {before} was acknowledged, and it is at {now}")),
        Some(part) if now == before => Some(format!("its {part} was acknowledged as {}, and is {}", acknowledged[part], row[part])),
        _ => None,
    }
}
