//! Answers that leave the house: what the tables say became of each is held against how often the outside took it.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use serde_json::Value;

use super::{
    journal::{Violation, Wrong},
    outside::{Outside, patiently},
    town::{Town, pause},
};
use crate::{Result, line::Line, store::Store};

/// What a killed server had said to PostgreSQL has been done by then.
const SETTLES: Duration = Duration::from_millis(100);

/// An answer, as the tables have it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Answer {
    client_id: String,
    channel: String,
    state: String,
}

/// What is known of answers that leave.
#[derive(Debug, Clone, Copy, Default)]
pub struct Left {
    /// So many were taken outside.
    pub taken: usize,
    /// Of so many nobody knows whether they arrived.
    pub unknown: usize,
}

/// Looks while no server lives, so that nothing moves: what was about to leave may have left.
pub async fn look(outside: &mut Outside, town: &Town, store: &Store) -> Result<()> {
    pause(SETTLES).await;
    outside.calm();
    let answers = answers(store).await?;
    outside.doubtful.extend(answers.iter().filter(|answer| answer.state == "submitting").map(|answer| answer.client_id.clone()));
    hold_against(outside, town, &answers);
    Ok(())
}

/// Looks once all has come to rest. What nobody knows is then found out as far as it can be: partners tell that it arrived, and
/// letters go once more, under the id they had.
pub async fn look_in_the_end(outside: &Outside, town: &Town, store: &Store) -> Result<()> {
    let answers = answers(store).await?;
    hold_against(outside, town, &answers);
    if town.journal.borrow().left.taken == 0 {
        return Err("nobody outside took anything".into());
    }
    let (took, unknown) = (outside.took(), answers.into_iter().filter(|answer| answer.state == "unknown"));
    let (letters, others): (Vec<Answer>, Vec<Answer>) = unknown.partition(|answer| answer.channel == "email");
    let others = others.into_iter().filter(|answer| answer.channel != "telegram" && took.contains_key(&answer.client_id));
    let found_out: BTreeSet<String> = others.chain(letters.iter().cloned()).map(|answer| answer.client_id).collect();
    outside.say_that_it_arrived(town, &found_out).await?;
    for letter in &letters {
        send_again(town, &letter.client_id).await?;
    }
    let left = patiently("what nobody knew to be found out", async || {
        let known = self::answers(store).await?;
        let open = known.iter().filter(|answer| found_out.contains(&answer.client_id) && !has_left(&answer.state)).count();
        Ok((open == 0).then_some(()))
    });
    left.await?;
    let took = outside.took();
    for letter in &letters {
        let ids: BTreeSet<&String> = took.get(&letter.client_id).into_iter().flatten().collect();
        if ids.len() != 1 {
            town.journal.borrow_mut().report(Wrong::Doubled, format!("{} left again, as another letter: {ids:?}", letter.client_id));
        }
    }
    Ok(())
}

async fn answers(store: &Store) -> Result<Vec<Answer>> {
    let sql = "SELECT m.client_id || ' ' || c.channel || ' ' || m.state, m.seq FROM inbox_messages m JOIN inbox_conversations c \
               ON c.shop_id = m.shop_id AND c.id = m.conversation_id WHERE m.client_id LIKE 'fault-%' AND m.kind = 'reply'";
    let mut answers = Vec::new();
    for (row, _) in store.rows(sql).await? {
        let mut words = row.split(' ').map(str::to_owned);
        let (Some(client_id), Some(channel), Some(state)) = (words.next(), words.next(), words.next()) else {
            return Err(format!("{row} is no answer").into());
        };
        answers.push(Answer { client_id, channel, state });
    }
    Ok(answers)
}

/// As an agent does who is told that nobody knows whether it arrived.
async fn send_again(town: &Town, client_id: &str) -> Result<()> {
    let path = {
        let journal = town.journal.borrow();
        let mut all =
            journal.conversations.iter().flat_map(|(conversation, known)| known.kept.iter().map(move |kept| (conversation, kept)));
        let found = all.find(|(_, kept)| kept.written.client_id == client_id);
        let (conversation, kept) = found.ok_or_else(|| format!("{client_id} was never acknowledged"))?;
        format!("/api/v1/conversations/{conversation}/messages/{}/retries", kept.id)
    };
    Line::to(&town.address).await?.json("POST", &path, &town.bearer(), Value::Null).await.map(drop)
}

fn hold_against(outside: &Outside, town: &Town, answers: &[Answer]) {
    let took = outside.took();
    let mut journal = town.journal.borrow_mut();
    let unknown = answers.iter().filter(|answer| answer.state == "unknown").count();
    journal.left = Left { taken: took.len(), unknown };
    journal.violations.extend(compare(answers, &took, &outside.doubtful));
}

fn has_left(state: &str) -> bool {
    matches!(state, "sent" | "delivered" | "read")
}

/// What is wrong with answers, when those may be in doubt that are `doubtful`.
fn compare(answers: &[Answer], took: &BTreeMap<String, Vec<String>>, doubtful: &BTreeSet<String>) -> Vec<Violation> {
    let mut found = Vec::new();
    let mut wrong = |wrong, what: String| found.push(Violation { wrong, what });
    for (name, copies) in took.iter().filter(|(_, copies)| copies.len() > 1) {
        wrong(Wrong::Doubled, format!("{name} was taken outside {} times, as {copies:?}", copies.len()));
    }
    for Answer { client_id, channel, state } in answers {
        let (taken, may_be_unknown) = (took.contains_key(client_id), doubtful.contains(client_id));
        match state.as_str() {
            state if has_left(state) && !taken => wrong(Wrong::Missing, format!("{client_id} is {state}, and nobody took it ({channel})")),
            "queued" | "held" if taken => wrong(Wrong::Altered, format!("{client_id} is {state}, and was taken already ({channel})")),
            "unknown" if !may_be_unknown => {
                wrong(Wrong::Unexpected, format!("nobody knows of {client_id}, though nothing came between ({channel})"));
            }
            // nobody outside refuses anything for good
            "failed" => wrong(Wrong::Unexpected, format!("{client_id} failed ({channel})")),
            _ => (),
        }
    }
    let known: BTreeSet<&String> = answers.iter().map(|answer| &answer.client_id).collect();
    for name in took.keys().filter(|name| !known.contains(name)) {
        wrong(Wrong::Missing, format!("{name} was taken outside, and is not there"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is wrong with one answer in this state, which was taken so often.
    fn found(state: &str, copies: usize, doubtful: bool) -> Vec<Wrong> {
        let answer = Answer { client_id: "fault-1".into(), channel: "sms".into(), state: state.into() };
        let took = (copies > 0).then(|| ("fault-1".to_owned(), vec!["SM1".to_owned(); copies])).into_iter().collect();
        let doubtful = doubtful.then(|| "fault-1".to_owned()).into_iter().collect();
        compare(&[answer], &took, &doubtful).into_iter().map(|violation| violation.wrong).collect()
    }

    #[test]
    fn an_answer_is_taken_once_and_its_state_says_so() {
        for (state, copies, wrong) in [
            ("sent", 1, None),
            ("read", 1, None),
            ("sent", 0, Some(Wrong::Missing)),
            ("delivered", 0, Some(Wrong::Missing)),
            ("sent", 2, Some(Wrong::Doubled)),
            ("queued", 0, None),
            ("queued", 1, Some(Wrong::Altered)),
            ("held", 1, Some(Wrong::Altered)),
            ("submitting", 0, None),
            ("submitting", 1, None),
            ("failed", 0, Some(Wrong::Unexpected)),
        ] {
            assert_eq!(found(state, copies, false), wrong.into_iter().collect::<Vec<_>>(), "{state}, taken {copies} times");
        }
    }

    #[test]
    fn nobody_may_know_only_of_what_was_leaving_when_something_came_between() {
        for copies in [0, 1] {
            assert_eq!(found("unknown", copies, true), []);
            assert_eq!(found("unknown", copies, false), [Wrong::Unexpected]);
        }
        assert_eq!(found("unknown", 2, true), [Wrong::Doubled]);
    }

    #[test]
    fn what_was_taken_is_there() {
        let took = BTreeMap::from([("fault-1".to_owned(), vec!["SM1".to_owned()])]);
        let wrong: Vec<Wrong> = compare(&[], &took, &BTreeSet::new()).into_iter().map(|violation| violation.wrong).collect();
        assert_eq!(wrong, [Wrong::Missing]);
    }
}
