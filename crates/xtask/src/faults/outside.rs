//! Whoever takes answers outside the house: three partners and a mail server, in this process, so that they outlive the server.
//! They fail, also after they took something, and of each answer they know how often they took it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use sandbox::{Call, Face, PostOffice, Sms, StandIn, Telegram, Weather, Whatsapp, Writes};
use serde_json::{Value, json};

use super::{
    dice::Dice,
    shopper::path_of,
    town::{Town, pause},
};
use crate::{Result, limit::now, line::Line};

const PARTNERS: [&dyn Face; 3] = [&Whatsapp, &Sms, &Telegram];
/// So many customers write through each of them, and as many by e-mail.
const CUSTOMERS: u64 = 16;
/// With what each begins; by that their conversations are found.
const QUESTION: &str = "Will it be kept what I am answered?";
/// What is made ready before the first cycle, or found out after the last one, takes its time on PostgreSQL.
const PREPARED_WITHIN: Duration = Duration::from_secs(120);
/// What they are like: as one expects, silent after they took something, or not ready to take anything.
const WEATHERS: [Weather; 12] = [
    Weather::Fine,
    Weather::Fine,
    Weather::Fine,
    Weather::Fine,
    Weather::Fine,
    Weather::Fine,
    Weather::Fine,
    Weather::BreaksOff,
    Weather::GivesUp,
    Weather::Waits,
    Weather::Busy,
    Weather::Down,
];

/// All of them.
pub struct Outside {
    partners: Vec<StandIn>,
    office: PostOffice,
    /// What each partner, and then the mail server, is like.
    turns: Vec<Turn>,
    /// Answers of which nobody need know whether they arrived: taken without a word, or about to leave when the server was killed.
    pub doubtful: BTreeSet<String>,
}

/// Since when somebody is as they are, counted in what they took.
#[derive(Debug, Clone, Copy, Default)]
struct Turn {
    weather: Weather,
    since: usize,
}

impl Outside {
    pub async fn open() -> Result<Outside> {
        let mut partners = Vec::new();
        for face in PARTNERS {
            partners.push(StandIn::open(face, 1).await?);
        }
        let turns = vec![Turn::default(); partners.len() + 1];
        Ok(Outside { partners, office: PostOffice::open(1, [0, 0]).await?, turns, doubtful: BTreeSet::new() })
    }

    /// With what a server finds them.
    pub fn settings(&self) -> [(&'static str, String); 2] {
        let partners = self.partners.iter().map(StandIn::named).collect::<Vec<_>>().join(",");
        let own = [self.office.smtp, self.office.imap].into_iter().chain(self.partners.iter().map(|partner| partner.address));
        [("OMBUD_PARTNERS", partners), ("OMBUD_REACHABLE_INSIDE", own.map(|own| own.to_string()).collect::<Vec<_>>().join(","))]
    }

    /// The demo's lines and a new mailbox lead here from now on.
    pub async fn connect(&self, town: &Town) -> Result<()> {
        let (mut line, bearer) = (Line::to(&town.address).await?, town.bearer());
        let lines = line.json("GET", "/api/v1/lines", &bearer, Value::Null).await?;
        for partner in &self.partners {
            let channel = partner.face.channel();
            let found = lines["items"].as_array().into_iter().flatten().find(|line| line["channel"] == channel);
            let found = found.ok_or_else(|| format!("the demo has no line of {channel}"))?;
            let same = json!({ "name": found["name"], "department": found["department"], "settings": found["settings"] });
            // changed to what it is: then it is looked after at once, and the partner hears where to call
            line.json("PUT", &format!("/api/v1/lines/{}", found["id"].as_str().unwrap_or_default()), &bearer, same).await?;
        }
        let server = |port: u16| json!({ "host": "127.0.0.1", "port": port, "security": "none", "user": "faults" });
        let mailbox = json!({
            "name": "Faults", "address": "answers@example.com", "department": null, "trusted": null,
            "incoming": server(self.office.imap.port()), "incoming_password": "faults",
            "outgoing": server(self.office.smtp.port()), "outgoing_password": "faults",
        });
        let mailbox = line.json("POST", "/api/v1/mailboxes", &bearer, mailbox).await?;
        let mailbox = format!("/api/v1/mailboxes/{}", mailbox["id"].as_str().unwrap_or_default());
        patiently("the partners and the mailbox to be connected", async || {
            let all_hear = self.partners.iter().all(|partner| partner.book().hook.is_some());
            let looked_into = line.json("GET", &mailbox, &bearer, Value::Null).await?["heard_at"].is_string();
            Ok((all_hear && looked_into).then_some(()))
        })
        .await
    }

    /// All customers write; their conversations.
    pub async fn write(&self, town: &Town) -> Result<Vec<String>> {
        for n in 0..CUSTOMERS {
            for partner in &self.partners {
                let from = peer(partner.face.channel(), n);
                self.tell(town, partner, |partner| {
                    partner.writes(Writes { from: &from, name: "Ada Lind", id: n + 1, text: QUESTION, file: None })
                })
                .await?;
            }
            self.office.puts(letter(n));
        }
        let (mut line, bearer) = (Line::to(&town.address).await?, town.bearer());
        let all = (self.partners.len() + 1) * CUSTOMERS as usize;
        patiently("the customers' conversations", async || {
            let page = line.json("GET", "/api/v1/conversations?view=all&limit=100", &bearer, Value::Null).await?;
            let begun = page["items"].as_array().into_iter().flatten().filter(|row| row["preview"]["text"] == QUESTION);
            let ids: Vec<String> = begun.filter_map(|row| row["id"].as_str()).map(str::to_owned).collect();
            Ok((ids.len() == all).then_some(ids))
        })
        .await
    }

    /// Another weather for each of them.
    pub fn roll(&mut self, dice: &mut Dice) {
        for number in 0..self.turns.len() {
            self.turn(number, WEATHERS[dice.below(WEATHERS.len() as u64) as usize]);
        }
    }

    /// All are as one expects.
    pub fn calm(&mut self) {
        (0..self.turns.len()).for_each(|number| self.turn(number, Weather::Fine));
    }

    fn turn(&mut self, number: usize, weather: Weather) {
        let taken: Vec<String> = match self.partners.get(number) {
            Some(partner) => {
                let mut book = partner.book();
                book.weather = weather;
                book.sent.iter().map(|sent| sent.text.clone()).collect()
            }
            None => self.office.turns(weather),
        };
        let before = std::mem::replace(&mut self.turns[number], Turn { weather, since: taken.len() });
        if matches!(before.weather, Weather::BreaksOff | Weather::GivesUp | Weather::Waits) {
            self.doubtful.extend(taken[before.since..].iter().filter_map(|said| named(said)));
        }
    }

    /// What was taken, and what each copy of it is called there.
    pub fn took(&self) -> BTreeMap<String, Vec<String>> {
        let mut took = BTreeMap::<String, Vec<String>>::new();
        for partner in &self.partners {
            for sent in &partner.book().sent {
                took.entry(named(&sent.text).unwrap_or_default()).or_default().push(sent.reference.clone());
            }
        }
        for letter in self.office.sent() {
            let id = letter.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default().to_owned();
            took.entry(named(&letter).unwrap_or_default()).or_default().push(id);
        }
        // what Ombud says by itself has no such name
        took.remove("");
        took
    }

    /// Partners that tell such things say of each of these that it arrived, if they took it.
    pub async fn say_that_it_arrived(&self, town: &Town, answers: &BTreeSet<String>) -> Result<()> {
        for partner in self.partners.iter().filter(|partner| partner.face.tells().contains(&"delivered")) {
            let sent = partner.book().sent.clone();
            for sent in sent.iter().filter(|sent| named(&sent.text).is_some_and(|name| answers.contains(&name))) {
                self.tell(town, partner, |partner| partner.receipt(sent, "delivered")).await?;
            }
        }
        Ok(())
    }

    async fn tell(&self, town: &Town, partner: &StandIn, what: impl FnOnce(&StandIn) -> Call) -> Result<()> {
        let path = {
            let mut book = partner.book();
            let hook = book.hook.as_mut().ok_or("nobody has told the partner where to call")?;
            let path = path_of(&hook.address)?;
            // each start of the server has another port, and some sign the whole address
            hook.address = format!("http://{}{path}", town.address);
            path
        };
        let call = what(partner);
        let own = call.headers.iter().filter(|(name, _)| *name != "content-type");
        let headers: String = own.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let path = format!("{path}{}", call.query);
        match Line::to(&town.address).await?.call("POST", &path, &headers, &call.body).await? {
            (200, _) => Ok(()),
            (status, said) => Err(format!("{path}: {status} {}", String::from_utf8_lossy(&said)).into()),
        }
    }
}

/// Asks again and again until there is an answer.
pub async fn patiently<T>(what: &str, mut asked: impl AsyncFnMut() -> Result<Option<T>>) -> Result<T> {
    let began = now();
    loop {
        if let Some(found) = asked().await? {
            return Ok(found);
        }
        if began.elapsed() > PREPARED_WITHIN {
            return Err(format!("{PREPARED_WITHIN:?} were not enough for {what}").into());
        }
        pause(Duration::from_millis(50)).await;
    }
}

fn peer(channel: &str, n: u64) -> String {
    match channel {
        "whatsapp" => format!("NO.1349120865530274{n:04}"),
        "sms" => format!("+479123{n:04}"),
        _ => (1_000 + n).to_string(),
    }
}

fn letter(n: u64) -> String {
    format!(
        "From: Ada Lind <ada{n}@example.org>\r\nTo: <answers@example.com>\r\nSubject: A question\r\nMessage-ID: <question-{n}@example.org>\r\n\
         Date: Mon, 30 Nov 2026 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{QUESTION}\r\n"
    )
}

/// The answer's own name, which stands in what it says.
fn named(said: &str) -> Option<String> {
    let from = &said[said.find("fault-")?..];
    let end = from.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(from.len());
    Some(from[..end].to_owned())
}
