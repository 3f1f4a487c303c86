//! Several nodes: one is killed, stands still, or is cut off from its database, or what wakes them is killed or out of
//! reach, while people go on through a load balancer in front of all three.

use std::time::Duration;

use super::{
    FATE, PLACE, Wanted,
    check::{self, Which},
    database,
    dice::Dice,
    journal::Wrong,
    log::Log,
    nats::Nats,
    people::People,
    proxy::{Proxy, Way},
    rest::IDLE_WITHIN,
    stage,
    summary::Summary,
    town::{Town, Weather, pause},
};
use crate::{
    Result,
    server::{Server, Start},
    store::Store,
};

const NODES: usize = 3;
/// Whatever a node leaves is done by the others so soon; what people have put off by a few seconds comes on top.
const TAKEN_OVER: Duration = Duration::from_secs(15 + 2 * super::agent::LATER);
/// A socket that ended is replaced so soon, by whichever node.
const BACK_WITHIN: Duration = Duration::from_secs(5);
/// A balancer notices so late that a node does not answer.
const NOTICED: Duration = Duration::from_secs(2);

/// What happens in a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    Killed,
    /// As a machine that pauses does: all of it, and it goes on later.
    Stopped,
    /// The way from a node to the database.
    Database(Way),
    /// The way from all of them to NATS.
    ToNats(Way),
    /// NATS itself, started again where it was.
    NatsKilled,
}

const FAULTS: [Fault; 8] = [
    Fault::Killed,
    Fault::Killed,
    Fault::Stopped,
    Fault::Database(Way::Cut),
    Fault::Database(Way::Silent),
    Fault::ToNats(Way::Cut),
    Fault::ToNats(Way::Silent),
    Fault::NatsKilled,
];

/// One node, and the way from it to the database.
struct Node {
    start: Start,
    server: Server,
    database: Proxy,
}

/// Everything that takes part.
pub struct Nodes {
    nodes: Vec<Node>,
    nats: Nats,
    to_nats: Proxy,
    balancer: Proxy,
    town: Town,
    people: People,
    log: Log,
    pub store: Store,
}

impl Nodes {
    pub async fn prepare(start: Start, store: Store, log: Log, seed: u64) -> Result<Nodes> {
        let nats = Nats::start().await?;
        let (dice, url) = (|| Dice::of(seed, 0, PLACE), store.url());
        let to_nats = Proxy::before(vec![nats.address.clone()], dice()).await?;
        let balancer = Proxy::before(Vec::new(), dice()).await?;
        let public = format!("http://{}", balancer.address);
        let settings = vec![("OMBUD_NATS_URL", format!("nats://{}", to_nats.address)), ("OMBUD_PUBLIC_URL", public.clone())];
        let mut nodes = Vec::new();
        for _ in 0..NODES {
            let database = Proxy::before(vec![database::address(&url)?.to_owned()], dice()).await?;
            let start = Start { database_url: database::url_past(&url, &database)?, settings: settings.clone(), ..start.clone() };
            // the first makes the shop, and the others find it
            nodes.push(Node { server: Server::start(&start).await?, start, database });
        }
        balancer.lead_to(addresses(&nodes));
        let first = &nodes[0].server;
        let town = Town::at(balancer.address.clone(), first.token.clone(), first.widget_key(&public).await?, seed).await?;
        Ok(Nodes { nodes, nats, to_nats, balancer, town, people: People::new(), log, store })
    }

    pub async fn run(&mut self, wanted: &Wanted, summary: &mut Summary) -> Result<()> {
        for cycle in wanted.from_cycle..wanted.from_cycle + wanted.cycles {
            (self.town.cycle, summary.cycle) = (cycle, cycle);
            self.cycle(summary).await?;
            let idle_after = self.people.rest(&self.town, &self.store, IDLE_WITHIN).await?;
            summary.idle_after = summary.idle_after.max(idle_after);
            check::look(&self.town, Which::Touched).await?;
            self.log.look(&self.town)?;
            self.judge(idle_after);
            if summary.note(&self.town.journal.borrow()) {
                return Ok(());
            }
        }
        check::look_everywhere(&self.town, &self.store).await?;
        for node in &mut self.nodes {
            node.server.stop().await?;
        }
        self.log.look(&self.town)?;
        if !summary.note(&self.town.journal.borrow()) {
            self.store.remove().await?;
        }
        Ok(())
    }

    /// People at work, something that happens, and its end.
    async fn cycle(&mut self, summary: &mut Summary) -> Result<()> {
        let Nodes { nodes, nats, to_nats, balancer, town, people, .. } = self;
        let mut dice = Dice::of(town.seed, town.cycle, FATE);
        // in turn: a short run meets all of them
        let fault = FAULTS[(town.seed.wrapping_add(town.cycle) % FAULTS.len() as u64) as usize];
        let at = dice.below(NODES as u64) as usize;
        let before = Duration::from_millis(20 + dice.below(1_000));
        let lasts = Duration::from_millis(500 + dice.below(if fault == Fault::Killed { 2_000 } else { 14_500 }));
        let town = &*town;
        town.weather.set(Weather::Patchy);
        let happens = async {
            pause(before).await;
            match fault {
                Fault::ToNats(way) => {
                    to_nats.set(way);
                    pause(lasts).await;
                    to_nats.set(Way::Open);
                }
                Fault::NatsKilled => {
                    nats.kill().await?;
                    pause(lasts).await;
                    nats.start_again().await?;
                }
                of_a_node => {
                    let others = addresses(nodes.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, node)| node));
                    let healed_after = nodes[at].suffers(of_a_node, lasts, || balancer.lead_to(others)).await?;
                    summary.healed_after = summary.healed_after.max(healed_after);
                    balancer.lead_to(addresses(&*nodes));
                }
            }
            pause(Duration::from_secs(1)).await;
            town.closing.set(true);
            Ok(())
        };
        people.work(town, happens).await.map_err(|error| format!("{fault:?} for {lasts:?}: {error}"))?;
        town.weather.set(Weather::Fair);
        town.closing.set(false);
        Ok(())
    }

    /// Holds how long it took against what is promised.
    fn judge(&self, idle_after: Duration) {
        let mut journal = self.town.journal.borrow_mut();
        if idle_after > TAKEN_OVER {
            journal.report(Wrong::Stuck, format!("work was taken over only after {idle_after:?}"));
        }
        if journal.longest_away > BACK_WITHIN {
            let what = format!("a socket was back only after {:?}", journal.longest_away);
            journal.report(Wrong::Stuck, what);
        }
    }
}

fn addresses<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Vec<String> {
    nodes.into_iter().map(|node| node.server.address.clone()).collect()
}

impl Node {
    /// Something happens to it and lasts so long; `noticed` when the balancer leads nobody there any more. How long it took
    /// afterwards until the node said that it is ready.
    async fn suffers(&mut self, fault: Fault, lasts: Duration, noticed: impl FnOnce()) -> Result<Duration> {
        match fault {
            Fault::Killed => self.server.kill().await?,
            Fault::Stopped => self.server.signal("STOP")?,
            Fault::Database(way) => self.database.set(way),
            Fault::ToNats(_) | Fault::NatsKilled => return Err("NATS is no node".into()),
        }
        // whoever calls a dead process is told so at once
        let unnoticed = if fault == Fault::Killed { Duration::ZERO } else { lasts.min(NOTICED) };
        pause(unnoticed).await;
        noticed();
        pause(lasts - unnoticed).await;
        match fault {
            Fault::Killed => self.server = self.start.again().await?,
            Fault::Stopped => self.server.signal("CONT")?,
            _ => self.database.set(Way::Open),
        }
        stage::heals(&self.server).await
    }
}
