//! Several nodes: one is killed, stopped, or cut off from the database, or what wakes them dies, while people go on through a
//! load balancer in front of all three.

use std::{process::Stdio, time::Duration};

use futures::future::{join_all, try_join_all};
use tokio::{
    net::TcpStream,
    process::{Child, Command},
    time::timeout,
};

use super::{
    AGENTS, SHOPPERS, Wanted,
    agent::Agent,
    check::{self, Which},
    console::Console,
    dice::Dice,
    journal::Wrong,
    proxy::{Passing, Proxy},
    rest,
    shopper::Shopper,
    summary::Summary,
    town::{PATIENCE, Town, pause},
};
use crate::{
    Result,
    limit::now,
    server::{Server, Start},
    store::Store,
};

const NODES: usize = 3;
/// Whatever a node leaves is done by the others so soon; what people have put off by a few seconds comes on top.
const TAKEN_OVER: Duration = Duration::from_secs(15 + 2 * super::agent::LATER);
/// A balancer notices so late that a node does not answer.
const NOTICED: Duration = Duration::from_secs(2);

/// What happens in a cycle.
#[derive(Debug, Clone, Copy)]
enum Fault {
    Killed,
    Stopped,
    /// Away from the database, with an end to all connections or without a word.
    Apart(Passing),
    NatsKilled,
}

/// One node, and the line between it and its database.
struct Node {
    start: Start,
    server: Option<Server>,
    database: Proxy,
}

/// Everything that takes part.
pub(super) struct Nodes {
    nodes: Vec<Node>,
    nats: Nats,
    balancer: Proxy,
    town: Town,
    store: Store,
    shoppers: Vec<Shopper>,
    agents: Vec<Agent>,
    console: Console,
    /// The longest that work waited after a fault.
    longest: Duration,
}

impl Nodes {
    pub async fn prepare(start: Start, store: Store, seed: u64) -> Result<Nodes> {
        let nats = Nats::start().await?;
        let balancer = Proxy::open(Vec::new()).await?;
        let public = format!("http://{}", balancer.address);
        let mut nodes = Vec::new();
        for _ in 0..NODES {
            let (address, through) = past(&store.url())?;
            let database = Proxy::open(vec![address]).await?;
            let mut start = start.clone();
            start.database_url = through.replace("{address}", &database.address);
            start.settings = vec![("OMBUD_NATS_URL", nats.url()), ("OMBUD_PUBLIC_URL", public.clone())];
            // the first makes the shop, and the others find it
            let server = Some(Server::start(&start).await?);
            nodes.push(Node { start, server, database });
        }
        let addresses: Vec<String> = nodes.iter().filter_map(Node::address).collect();
        balancer.leads_to(addresses);
        let first = nodes[0].server.as_ref().ok_or("no node")?;
        let town = Town::at(balancer.address.clone(), first.token.clone(), first.widget_key(&public).await?, seed).await?;
        let shoppers = (0..SHOPPERS).map(Shopper::new).collect();
        let agents = (SHOPPERS..SHOPPERS + AGENTS).map(Agent::new).collect();
        Ok(Nodes { nodes, nats, balancer, town, store, shoppers, agents, console: Console::default(), longest: Duration::ZERO })
    }

    pub async fn run(mut self, wanted: &Wanted, summary: &mut Summary) -> Result<()> {
        let end = wanted.from_cycle + wanted.cycles;
        for cycle in wanted.from_cycle..end {
            (self.town.cycle, summary.cycle) = (cycle, cycle);
            self.cycle().await?;
            let idle = self.rest().await?;
            self.longest = self.longest.max(idle);
            summary.idle_after = self.longest;
            if idle > TAKEN_OVER {
                self.town.journal.borrow_mut().report(Wrong::Stuck, format!("work was taken over only after {idle:?}"));
            }
            if summary.note(&self.town.journal.borrow()) {
                return Ok(());
            }
        }
        check::look(&self.town, Which::All).await?;
        check::look_behind(&self.town).await?;
        rest::look_into(&self.town, &self.store).await?;
        for node in &mut self.nodes {
            if let Some(server) = node.server.take() {
                server.stop().await?;
            }
        }
        if !summary.note(&self.town.journal.borrow()) {
            self.store.remove().await?;
        }
        Ok(())
    }

    /// People at work, something that happens to a node, and its return.
    async fn cycle(&mut self) -> Result<()> {
        let town = &self.town;
        let mut dice = Dice::of(town.seed, town.cycle, SHOPPERS + AGENTS);
        town.killed.set(true);
        town.over.set(false);
        let fault =
            [Fault::Killed, Fault::Killed, Fault::Stopped, Fault::Apart(Passing::Cut), Fault::Apart(Passing::Silent), Fault::NatsKilled];
        let fault = *dice.pick(&fault).ok_or("no fault")?;
        let at = dice.below(NODES as u64) as usize;
        let (before, during, after) =
            (20 + dice.below(1_000), 500 + dice.below(if matches!(fault, Fault::Killed) { 2_000 } else { 14_500 }), 1_000);
        let (nodes, nats, balancer) = (&mut self.nodes, &mut self.nats, &self.balancer);
        let happens = async {
            pause(Duration::from_millis(before)).await;
            let during = Duration::from_millis(during);
            match fault {
                Fault::NatsKilled => nats.dies_for(during).await?,
                of_a_node => {
                    let others = nodes.iter().enumerate().filter(|(n, _)| *n != at).filter_map(|(_, node)| node.address()).collect();
                    nodes[at].suffers(of_a_node, during, || balancer.leads_to(others)).await?;
                }
            }
            balancer.leads_to(nodes.iter().filter_map(Node::address).collect());
            pause(Duration::from_millis(after)).await;
            town.over.set(true);
            Ok(())
        };
        let shopping = try_join_all(self.shoppers.iter_mut().map(|shopper| shopper.shop(town)));
        let working = try_join_all(self.agents.iter_mut().map(|agent| agent.work(town)));
        let everybody = async { futures::try_join!(happens, shopping, working) };
        // the console listens on and on, and comes back wherever it is let in
        tokio::select! {
            done = everybody => done.map(drop)?,
            ended = self.console.keep_listening(town) => return ended,
        }
        town.killed.set(false);
        Ok(())
    }

    /// Lets everybody finish and all be done; how long that took.
    async fn rest(&mut self) -> Result<Duration> {
        let (town, store) = (&self.town, &self.store);
        let socket = self.console.connect(town).await?;
        let finishing = async {
            let shopping = join_all(self.shoppers.iter_mut().map(|shopper| shopper.finish(town)));
            let working = join_all(self.agents.iter_mut().map(|agent| agent.finish(town)));
            let finished = timeout(PATIENCE, futures::future::join(shopping, working)).await;
            let (shopped, worked) = finished.map_err(|_| format!("what was in doubt was not answered within {PATIENCE:?}"))?;
            shopped.into_iter().chain(worked).collect::<Result<Vec<()>>>()?;
            rest::idle(town, store).await
        };
        let idle = tokio::select! {
            finished = finishing => finished?,
            ended = self.console.listen(town, socket) => return Err(ended.err().unwrap_or_else(|| "the socket ended".into())),
        };
        check::look(town, Which::Touched).await?;
        Ok(idle)
    }
}

impl Node {
    fn address(&self) -> Option<String> {
        self.server.as_ref().map(|server| server.address.clone())
    }

    /// Something happens to it for so long; `noticed` when the balancer sends nobody there any more.
    async fn suffers(&mut self, fault: Fault, during: Duration, noticed: impl FnOnce()) -> Result<()> {
        let server = self.server.as_mut().ok_or("the node is gone")?;
        match fault {
            Fault::Killed => {
                server.kill().await?;
                noticed();
                pause(during).await;
                let started = timeout(PATIENCE, Server::start(&self.start)).await;
                self.server = Some(started.map_err(|_| format!("after the kill it did not start within {PATIENCE:?}"))??);
                return Ok(());
            }
            Fault::Stopped => server.signal("STOP")?,
            Fault::Apart(passing) => self.database.is(passing),
            Fault::NatsKilled => (),
        }
        pause(during.min(NOTICED)).await;
        noticed();
        pause(during.saturating_sub(NOTICED)).await;
        match fault {
            Fault::Stopped => server.signal("CONT")?,
            _ => self.database.is(Passing::Open),
        }
        Ok(())
    }
}

/// A NATS server of our own.
struct Nats {
    port: u16,
    child: Option<Child>,
}

impl Nats {
    async fn start() -> Result<Nats> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut nats = Nats { port, child: None };
        nats.run().await?;
        Ok(nats)
    }

    fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    async fn run(&mut self) -> Result<()> {
        let mut command = Command::new("nats-server");
        command.args(["-a", "127.0.0.1", "-p", &self.port.to_string()]).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
        self.child = Some(command.spawn().map_err(|error| format!("nats-server: {error}; run scripts/install-test-tools"))?);
        let (began, address) = (now(), format!("127.0.0.1:{}", self.port));
        while TcpStream::connect(&address).await.is_err() {
            if began.elapsed() > PATIENCE {
                return Err("nats-server did not start".into());
            }
            pause(Duration::from_millis(20)).await;
        }
        Ok(())
    }

    async fn dies_for(&mut self, during: Duration) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        pause(during).await;
        self.run().await
    }
}

/// Where PostgreSQL is, and its address with another place left open.
fn past(url: &str) -> Result<(String, String)> {
    let (before, after) = url.split_once('@').ok_or("the address of PostgreSQL names nobody who signs in")?;
    let (address, rest) = after.split_once('/').ok_or("the address of PostgreSQL names no database")?;
    Ok((address.to_owned(), format!("{before}@{{address}}/{rest}")))
}
