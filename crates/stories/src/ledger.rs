//! The ledger under many hands at once: no lot falls below nothing, every entry sums to nothing, and each key is done once.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
};

use ::ledger::{Act, Posted, account, check, post};
use ::platform::{App, Tx, rng::Rng};
use futures::future::join_all;
use kernel::{AccountId, EntryId, Error, Result, ShopId, days, hours};
use story_macro::story;

use crate::{story::setting, world::World};

/// What many hands do, each its own part of it. `OMBUD_LEDGER_ACTS=100000` under `--profile long` does more of it.
const HANDS: usize = 64;
const ACTS: usize = 2_000;
/// Few accounts, so that they meet.
const ACCOUNTS: usize = 4;

/// Somebody who does this and that, and now and then the same again.
struct Hand {
    app: App,
    shop: ShopId,
    accounts: Vec<AccountId>,
    rng: Rng,
    /// What this hand has done so far, by kind of act.
    done: Vec<(EntryId, Act, Vec<AccountId>)>,
}

impl Hand {
    /// Something that may or may not be possible.
    fn act(&self) -> (Vec<AccountId>, Act) {
        let amount = 1 + self.rng.below(40) as i64;
        let some = |wanted: fn(&Act) -> bool| self.done.iter().rev().find(|(_, act, _)| wanted(act)).cloned();
        let later = self.app.now() + hours(1 + self.rng.below(48) as i64);
        let at = self.rng.below(ACCOUNTS as u64) as usize;
        let one = vec![self.accounts[at]];
        let two = vec![self.accounts[at], self.accounts[(at + 1) % ACCOUNTS]];
        let follows = match self.rng.below(10) {
            0 | 1 => return (one, Act::Grant { amount, expires_at: (self.rng.below(2) > 0).then_some(later) }),
            2 | 3 => return (one, Act::Spend { amount }),
            4 => return (two, Act::Spend { amount }),
            5 => return (two, Act::Hold { amount, until: later }),
            6 => some(|act| matches!(act, Act::Hold { .. })).map(|(hold, _, of)| (of, Act::Capture { hold, amount })),
            7 => some(|act| matches!(act, Act::Hold { .. })).map(|(hold, _, of)| (of, Act::Release { hold })),
            8 => {
                let spent = some(|act| matches!(act, Act::Spend { .. } | Act::Capture { .. }));
                spent.map(|(spent, _, of)| (of, Act::GiveBack { spent, amount }))
            }
            _ => some(|act| matches!(act, Act::Grant { .. })).map(|(grant, _, of)| (of, Act::TakeBack { grant, amount })),
        };
        follows.unwrap_or((one, Act::Grant { amount, expires_at: None }))
    }

    async fn posts(&self, key: &str, accounts: &[AccountId], act: Act) -> Result<Posted> {
        let (shop, key, accounts) = (self.shop, key.to_owned(), accounts.to_vec());
        self.app.write(async move |tx: &mut Tx<'_>| post(tx, shop, &key, &accounts, act).await).await
    }

    /// Works through this hand's part. Refusals are answers too; anything else is not.
    async fn works(&mut self, name: usize, left: &AtomicUsize) -> BTreeMap<String, Posted> {
        let mut posted = BTreeMap::new();
        while left.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok() {
            let key = format!("{name}/{}", posted.len());
            let (accounts, act) = self.act();
            match self.posts(&key, &accounts, act).await {
                Ok(done) => {
                    self.done.push((done.entry.id, act, accounts.clone()));
                    assert!(done.now, "{key} was done before");
                    if self.rng.below(8) == 0 {
                        let again = self.posts(&key, &accounts, act).await.unwrap();
                        assert_eq!((&again.entry, again.now), (&done.entry, false));
                        let other = self.posts(&key, &accounts, Act::Spend { amount: 41 }).await;
                        assert!(matches!(other, Err(Error::Conflict { kind: "conflict", .. })), "{other:?}");
                    }
                    posted.insert(key, done);
                }
                Err(Error::Conflict { kind: "not_enough" | "hold_over", .. }) => (),
                // the clock has gone past it meanwhile
                Err(Error::Invalid(_)) if matches!(act, Act::Hold { .. } | Act::Grant { .. }) => (),
                Err(other) => panic!("{key} {act:?}: {other}"),
            }
        }
        posted
    }
}

async fn sum(world: &World, accounts: &[AccountId]) -> account::Balance {
    let (shop, accounts) = (world.id(), accounts.to_vec());
    world.app.read(async move |tx: &mut Tx<'_>| account::balance(tx, shop, &accounts).await).await.unwrap()
}

async fn faults(world: &World) -> check::Faults {
    world.app.read(async |tx: &mut Tx<'_>| check::faults(tx).await).await.unwrap()
}

#[story]
async fn however_many_hands_move_it_nothing_falls_below_zero_and_all_sums_to_nothing(world: World) {
    let acts = setting("OMBUD_LEDGER_ACTS").map_or(ACTS, |acts| acts.parse().unwrap());
    let shop = world.id();
    let mut accounts = Vec::new();
    for _ in 0..ACCOUNTS {
        let opened = world.app.write(async move |tx: &mut Tx<'_>| account::open(tx, shop, "NOK".parse().unwrap()).await);
        accounts.push(opened.await.unwrap());
    }
    let left = Arc::new(AtomicUsize::new(acts));
    let works = (0..HANDS).map(|name| {
        let (app, accounts, left) = (world.app.clone(), accounts.clone(), left.clone());
        let mut hand = Hand { app, shop, accounts, rng: Rng::seeded(name as u64), done: Vec::new() };
        async move { hand.works(name, &left).await }
    });
    // a clock ends holds and lots among them
    let ends = async {
        while left.load(SeqCst) > 0 {
            world.after(hours(3)).await;
            assert_eq!(faults(&world).await, check::Faults::default());
            tokio::task::yield_now().await;
        }
    };
    let (done, ()) = futures::join!(join_all(works), ends);

    let entries: BTreeSet<EntryId> = done.iter().flat_map(BTreeMap::values).map(|posted| posted.entry.id).collect();
    assert_eq!(entries.len(), done.iter().map(BTreeMap::len).sum::<usize>(), "no two keys are one entry");
    assert!(entries.len() > acts / 4, "most of it was refused: {} of {acts}", entries.len());
    assert_eq!(faults(&world).await, check::Faults::default());

    world.after(days(40)).await;
    let rest = sum(&world, &accounts).await;
    assert_eq!(rest.held, 0, "every hold has come to its end");
    // all that is left can be spent, and not one more
    let hand = Hand { app: world.app.clone(), shop, accounts: accounts.clone(), rng: Rng::seeded(0), done: Vec::new() };
    let beyond = hand.posts("beyond", &accounts, Act::Spend { amount: rest.available + 1 }).await;
    assert!(matches!(beyond, Err(Error::Conflict { kind: "not_enough", .. })));
    hand.posts("all", &accounts, Act::Spend { amount: rest.available }).await.unwrap();
    assert_eq!(sum(&world, &accounts).await, account::Balance::default());
    assert_eq!(faults(&world).await, check::Faults::default());
}
