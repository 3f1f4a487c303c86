//! Whatever was merged and undone, in whatever order: what is left is as if only what still stands had ever been merged.

use std::collections::BTreeMap;

use serde_json::Value;
use story_macro::story;

use super::{merges, orders_of, sees, talks_of, undoes, writes};
use crate::{commerce::tent, world::World};

const PEOPLE: usize = 6;
const STEPS: usize = 60;

/// Who each is, if these merges and no others are made, in their order.
fn replayed(standing: &[(usize, usize)]) -> Vec<usize> {
    let mut who: Vec<usize> = (0..PEOPLE).collect();
    for (from, into) in standing {
        let (from, into) = (who[*from], who[*into]);
        who.iter_mut().filter(|one| **one == from).for_each(|one| *one = into);
    }
    who
}

/// Throws no dice twice alike, and the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

#[story]
async fn what_is_left_is_as_if_only_what_stands_had_been_merged(world: World) {
    let (owner, mut dice) = (world.owner(), Dice(20_261_123));
    let mut people = Vec::new();
    for n in 0..PEOPLE {
        let (shopper, talk, customer) = writes(&world, &format!("Person {n}")).await;
        people.push((shopper, vec![talk.number], customer));
    }
    let id = |n: usize| people[n].2.clone();
    let (mut standing, mut refused): (Vec<(usize, usize)>, usize) = (Vec::new(), 0);
    let mut later: BTreeMap<usize, Vec<i64>> = BTreeMap::new();
    for _ in 0..STEPS {
        let (one, other, who) = (dice.below(PEOPLE), dice.below(PEOPLE), replayed(&standing));
        match dice.below(8) {
            0..=3 => {
                let allowed = one != other && who[one] == one && who[other] == other;
                let made = merges(&owner, &id(one), &id(other)).await.status == 201;
                assert_eq!(made, allowed, "{other} into {one} beside {standing:?}");
                if made { standing.push((other, one)) } else { refused += 1 }
            }
            4 | 5 => {
                let known = standing.iter().position(|(from, _)| *from == one);
                let undone = undoes(&owner, &id(who[one]), &id(one)).await.status == 204;
                assert_eq!(undone, known.is_some(), "{one} out of {standing:?}");
                match known {
                    Some(at) => _ = standing.remove(at),
                    None => refused += 1,
                }
            }
            6 => later.entry(one).or_default().push(people[one].0.begins("And another thing").await.number),
            _ => world.settle().await,
        }
    }
    assert!(refused > 5 && standing.len() > 1 && !later.is_empty(), "{refused} {standing:?} {later:?}");
    world.settle().await;

    let who = replayed(&standing);
    for n in 0..PEOPLE {
        let mine = (0..PEOPLE).filter(|one| who[*one] == n);
        let mut talks: Vec<i64> =
            mine.flat_map(|one| [people[one].1.clone(), later.get(&one).cloned().unwrap_or_default()].concat()).collect();
        talks.sort_unstable();
        assert_eq!(talks_of(&owner, &id(n)).await, talks, "{n} of {standing:?}");
        let seen = sees(&owner, &id(n)).await;
        let whole = if who[n] == n { Value::Null } else { id(who[n]).into() };
        assert_eq!((&seen["merged_into"], &seen["name"]), (&whole, &Value::from(format!("Person {n}"))));
        assert_eq!(people[n].0.conversations().await.len(), 1 + later.get(&n).map_or(0, Vec::len), "their browser saw its own all along");
    }
}

#[story]
async fn an_order_told_again_by_another_buyer_stays_with_whoever_that_is(world: World) {
    let owner = world.owner();
    let told = async |account: &str, changed: &str| {
        let mut order = tent("1", changed);
        order["buyer"] = serde_json::json!({ "account": account });
        owner.post("/orders", order).await.ok()["customer"].as_str().unwrap().to_owned()
    };
    let first = told("1", "2026-01-13T10:00:00Z").await;
    let (_, _, mara) = writes(&world, "Mara").await;
    merges(&owner, &mara, &first).await.ok();
    assert_eq!(told("1", "2026-01-13T11:00:00Z").await, mara);
    let second = told("2", "2026-01-13T12:00:00Z").await;
    world.settle().await;
    undoes(&owner, &mara, &first).await.ok();
    world.settle().await;
    assert_eq!(orders_of(&owner, &second).await, ["#1"], "theirs from the first, so that no undoing takes it away");
    assert!(orders_of(&owner, &first).await.is_empty());
}
