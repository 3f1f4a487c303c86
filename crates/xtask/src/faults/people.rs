//! Everybody who uses the server: shoppers, agents, cashiers, and a console that listens.

use std::{
    future::{Future, pending},
    time::Duration,
};

use futures::future::{join_all, join3, try_join_all};
use tokio::time::timeout;

use super::{
    AGENTS, CASHIERS, FATE, SHOPPERS,
    agent::Agent,
    cashier::Cashier,
    console::Console,
    rest,
    shopper::Shopper,
    town::{PATIENCE, Town},
};
use crate::{Result, store::Store};

pub struct People {
    shoppers: Vec<Shopper>,
    agents: Vec<Agent>,
    cashiers: Vec<Cashier>,
    console: Console,
}

impl People {
    pub fn new() -> People {
        let shoppers = (0..SHOPPERS).map(Shopper::new).collect();
        let agents = (SHOPPERS..SHOPPERS + AGENTS).map(Agent::new).collect();
        let cashiers = (FATE - CASHIERS..FATE).map(Cashier::new).collect();
        People { shoppers, agents, cashiers, console: Console::default() }
    }

    /// Agents only: customers write to them from outside.
    pub fn who_answer() -> People {
        People {
            shoppers: Vec::new(),
            agents: (0..AGENTS + 1).map(Agent::unhurried).collect(),
            cashiers: Vec::new(),
            console: Console::default(),
        }
    }

    /// Everybody is at work while this happens, until it closes the cycle; what it came to.
    pub async fn work<T>(&mut self, town: &Town, happens: impl Future<Output = Result<T>>) -> Result<T> {
        let People { shoppers, agents, cashiers, console } = self;
        let socket = console.connect(town).await?;
        let shopping = try_join_all(shoppers.iter_mut().map(|shopper| shopper.shop(town)));
        let working = try_join_all(agents.iter_mut().map(|agent| agent.work(town)));
        let paying = try_join_all(cashiers.iter_mut().map(|cashier| cashier.work(town)));
        let attending = async {
            console.attend(town, socket).await?;
            pending().await
        };
        tokio::select! {
            done = async { futures::try_join!(happens, shopping, working, paying) } => Ok(done?.0),
            left = attending => left,
        }
    }

    /// Lets everybody finish and all that follows be done; how long that took.
    pub async fn rest(&mut self, town: &Town, store: &Store, within: Duration) -> Result<Duration> {
        let People { shoppers, agents, cashiers, console } = self;
        let socket = console.connect(town).await?;
        let finishing = async {
            let shopping = join_all(shoppers.iter_mut().map(|shopper| shopper.finish(town)));
            let working = join_all(agents.iter_mut().map(|agent| agent.finish(town)));
            let paying = join_all(cashiers.iter_mut().map(|cashier| cashier.finish(town)));
            let finished = timeout(PATIENCE, join3(shopping, working, paying)).await;
            let (shopped, worked, paid) = finished.map_err(|_| format!("what was in doubt was not answered within {PATIENCE:?}"))?;
            shopped.into_iter().chain(worked).chain(paid).collect::<Result<Vec<()>>>()?;
            rest::idle(town, store, within).await
        };
        tokio::select! {
            finished = finishing => finished,
            ended = console.attend(town, socket) => Err(ended.err().unwrap_or_else(|| "the socket ended".into())),
        }
    }
}
