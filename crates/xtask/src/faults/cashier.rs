//! Cashiers: programs that give customers credit and take payments out of it, each under a key of its own, until they know that it was done.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};

use super::{
    dice::Dice,
    journal::{Violation, Wrong},
    town::{Answer, Caller, Town, pause},
};
use crate::{Result, line::Line};

/// So few customers that cashiers meet.
const CUSTOMERS: usize = 3;
/// Movements fetched at once.
const STRETCH: usize = 100;

/// A movement on its way.
#[derive(Clone)]
struct Wish {
    customer: String,
    path: String,
    key: String,
    body: String,
}

/// A movement the server has acknowledged: its id, and what it added to what can be spent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    pub id: String,
    pub change: i64,
}

/// Acknowledged movements by their keys, for each customer.
pub type Tills = BTreeMap<String, BTreeMap<String, Paid>>;

pub struct Cashier {
    number: u64,
    caller: Caller,
    count: u64,
    wish: Option<Wish>,
    last: Option<Wish>,
}

impl Cashier {
    pub fn new(number: u64) -> Cashier {
        Cashier { number, caller: Caller::default(), count: 0, wish: None, last: None }
    }

    /// Works until the cycle is over.
    pub async fn work(&mut self, town: &Town) -> Result<()> {
        let mut dice = self.begin(town);
        while !town.closing.get() {
            if self.wish.is_none() {
                self.wish = if dice.one_in(8) { self.last.clone() } else { self.next(town, &mut dice) };
            }
            self.insist(town, &mut dice).await?;
            pause(Duration::from_millis(dice.below(12))).await;
        }
        Ok(())
    }

    /// Asks until nothing is in doubt.
    pub async fn finish(&mut self, town: &Town) -> Result<()> {
        let mut dice = self.begin(town);
        while self.wish.is_some() {
            self.insist(town, &mut dice).await?;
            pause(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    fn begin(&mut self, town: &Town) -> Dice {
        self.caller = Caller::default();
        Dice::of(town.seed, town.cycle, self.number)
    }

    fn next(&mut self, town: &Town, dice: &mut Dice) -> Option<Wish> {
        let customer = dice.pick(&town.customers[..town.customers.len().min(CUSTOMERS)])?.clone();
        self.count += 1;
        let key = format!("fault-{:x}-{}-{}-{}", town.seed, town.cycle, self.number, self.count);
        let amount = json!({ "minor": 1 + dice.below(50), "currency": "NOK" });
        let part = if dice.below(5) < 2 { "" } else { "/spendings" };
        let path = format!("/api/v1/customers/{customer}/credits{part}");
        Some(Wish { customer, path, body: json!({ "amount": amount, "reason": key }).to_string(), key })
    }

    async fn insist(&mut self, town: &Town, dice: &mut Dice) -> Result<()> {
        let Some(wish) = self.wish.clone() else { return Ok(()) };
        let headers = format!("{}idempotency-key: {}\r\n", town.bearer(), wish.key);
        if dice.one_in(10) {
            self.caller.ask_and_leave(town, "POST", &wish.path, &headers, &wish.body).await;
        }
        match self.caller.ask(town, "POST", &wish.path, &headers, &wish.body).await? {
            Answer::Done { body, .. } => {
                let paid = read(&body).ok_or_else(|| format!("no movement in {body}"))?.1;
                town.journal.borrow_mut().paid(&wish.customer, &wish.key, paid);
                self.last = self.wish.take();
            }
            // there is not enough, so it was not done
            Answer::Refused => self.wish = None,
            Answer::Lost => town.journal.borrow_mut().in_doubt += 1,
        }
        Ok(())
    }
}

/// A movement as the API shows it, with its reason, which is its key.
fn read(movement: &Value) -> Option<(String, Paid)> {
    let paid = Paid { id: movement["id"].as_str()?.to_owned(), change: movement["change"]["minor"].as_i64()? };
    Some((movement["reason"].as_str()?.to_owned(), paid))
}

/// Holds each till against what the API shows of it.
pub async fn count_tills(town: &Town) -> Result<()> {
    let tills = town.journal.borrow().tills.clone();
    let mut line = Line::to(&town.address).await?;
    for (customer, till) in tills {
        let (available, shown) = fetch(&mut line, town, &customer).await?;
        let wrong = compare(&customer, &till, available, &shown);
        town.journal.borrow_mut().violations.extend(wrong);
    }
    Ok(())
}

async fn fetch(line: &mut Line, town: &Town, customer: &str) -> Result<(i64, Vec<(String, Paid)>)> {
    let (mut shown, mut cursor) = (Vec::new(), String::new());
    loop {
        let path = format!("/api/v1/customers/{customer}/credits?limit={STRETCH}{cursor}");
        let page = line.json("GET", &path, &town.bearer(), Value::Null).await?;
        shown.extend(page["items"].as_array().into_iter().flatten().filter_map(read));
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok((page["balances"][0]["available"]["minor"].as_i64().unwrap_or(0), shown)),
        }
    }
}

fn compare(customer: &str, till: &BTreeMap<String, Paid>, available: i64, shown: &[(String, Paid)]) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut wrong = |wrong, what: String| found.push(Violation { wrong, what: format!("{customer}: {what}") });
    let mut by_key: BTreeMap<&str, &Paid> = BTreeMap::new();
    for (key, paid) in shown {
        if by_key.insert(key, paid).is_some() {
            wrong(Wrong::Doubled, format!("{key} was done twice"));
        }
    }
    for (key, paid) in till {
        match by_key.get(key.as_str()) {
            None => wrong(Wrong::Missing, format!("{key} was acknowledged as {}", paid.id)),
            Some(kept) if *kept != paid => wrong(Wrong::Altered, format!("{key} was acknowledged as {paid:?}, and is {kept:?}")),
            Some(_) => (),
        }
    }
    let sum: i64 = shown.iter().map(|(_, paid)| paid.change).sum();
    if sum != available || available < 0 {
        wrong(Wrong::Altered, format!("the movements come to {sum}, and {available} is there"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_till_holds_what_was_acknowledged_once_and_never_less_than_nothing() {
        let paid = |id: &str, change| Paid { id: id.into(), change };
        let till = BTreeMap::from([("a".to_owned(), paid("1", 50)), ("b".to_owned(), paid("2", -20))]);
        let row = |key: &str, id: &str, change| (key.to_owned(), paid(id, change));
        for (available, shown, wrong) in [
            (30, vec![row("a", "1", 50), row("b", "2", -20)], vec![]),
            (29, vec![row("a", "1", 50), row("b", "2", -20), row("in doubt", "3", -1)], vec![]),
            (50, vec![row("a", "1", 50)], vec![Wrong::Missing]),
            (10, vec![row("a", "1", 50), row("b", "2", -20), row("b", "3", -20)], vec![Wrong::Doubled, Wrong::Altered]),
            (31, vec![row("a", "1", 50), row("b", "2", -20)], vec![Wrong::Altered]),
            (-10, vec![row("a", "1", 50), row("b", "2", -20), row("c", "3", -40)], vec![Wrong::Altered]),
        ] {
            let found: Vec<Wrong> = compare("cus", &till, available, &shown).into_iter().map(|violation| violation.wrong).collect();
            assert_eq!(found, wrong, "{available} {shown:?}");
        }
    }
}
