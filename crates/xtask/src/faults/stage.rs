//! The server under trial, what it stands on, and what a cycle does to them.

use std::{path::Path, time::Duration};

use tokio::time::timeout;

use super::{
    database::{Database, Loss},
    dice::Dice,
    journal::Wrong,
    kind::Kind,
    places::Places,
    town::{PATIENCE, Town, Weather, pause},
};
use crate::{
    Result,
    disk::{Disk, Trouble},
    limit::now,
    line::Line,
    server::{Server, Start},
    store::Store,
};

/// So long after the trouble has ended the server says that it is ready.
const HEALS_WITHIN: Duration = Duration::from_secs(10);

pub struct Stage {
    pub kind: Kind,
    pub start: Start,
    pub store: Store,
    pub server: Server,
    pub disk: Option<Disk>,
    pub database: Option<Database>,
    /// The longest it took until the server said that it is ready again.
    pub healed_after: Duration,
}

/// What a cycle leaves of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Lives,
    Killed,
    PowerCut,
}

impl Stage {
    pub async fn set(kind: Kind, start: Start, store: Store, disk: Option<Disk>, database: Option<Database>) -> Result<Stage> {
        let server = Server::start(&start).await?;
        Ok(Stage { kind, start, store, server, disk, database, healed_after: Duration::ZERO })
    }

    /// Does to the server what is done in this cycle.
    pub async fn play(&mut self, town: &Town, places: &Places, dice: &mut Dice) -> Result<End> {
        match self.kind {
            Kind::Kill | Kind::Sending | Kind::Power => {
                // often soon, when little has been written since the start, and seldom late
                let life = Duration::from_millis(20 + dice.below(1_000) * dice.below(1_000) / 1_000);
                places.wait(self.kind, &self.server, &self.start.data, life, dice).await?;
                self.end(town, if self.kind == Kind::Power { End::PowerCut } else { End::Killed }).await
            }
            Kind::Flush | Kind::FullDisk => self.play_disk(town, dice).await,
            Kind::Database => self.play_database(town, dice).await,
            Kind::Nodes => Err("several nodes stand on no such stage".into()),
        }
    }

    async fn play_disk(&mut self, town: &Town, dice: &mut Dice) -> Result<End> {
        let (trouble, all) = self.disk_trouble(dice);
        pause(Duration::from_millis(dice.below(200))).await;
        let refused = town.journal.borrow().refusals;
        town.weather.set(Weather::Foul);
        self.disk()?.trouble(trouble);
        pause(Duration::from_millis(30 + dice.below(400))).await;
        if all && town.journal.borrow().refusals > refused {
            self.look_whether_it_says_so(town, "disk").await?;
        }
        // one in four does not see the end of it
        match dice.below(8) {
            0 => return self.end(town, End::Killed).await,
            1 => return self.end(town, End::PowerCut).await,
            _ => self.disk()?.mend(),
        }
        self.heal(town).await?;
        pause(Duration::from_millis(dice.below(200))).await;
        self.end(town, [End::Lives, End::Killed, End::PowerCut][dice.below(3) as usize]).await
    }

    /// Something the disk goes through, and whether nothing at all can be stored meanwhile.
    fn disk_trouble(&self, dice: &mut Dice) -> (Trouble, bool) {
        let some = 1 + dice.below(3);
        match (self.kind, dice.below(3)) {
            (Kind::Flush, 0) => (Trouble::Failing { flushes: 1, writes: None }, true),
            (Kind::Flush, 1) => (Trouble::Failing { flushes: some, writes: None }, some == 1),
            (Kind::Flush, _) => (Trouble::Failing { flushes: 1 + some, writes: Some(2 + some) }, false),
            (_, 0) => (Trouble::FullForGood, true),
            _ => (Trouble::Full { room: dice.below(300_000) }, false),
        }
    }

    async fn play_database(&mut self, town: &Town, dice: &mut Dice) -> Result<End> {
        let losses = [Loss::Stopped, Loss::Stopped, Loss::Ended, Loss::Cut, Loss::Silent, Loss::AnswersLost, Loss::AnswersLost];
        let loss = losses[dice.below(losses.len() as u64) as usize];
        pause(Duration::from_millis(50 + dice.below(250))).await;
        town.weather.set(Weather::Foul);
        let database = self.database.as_mut().ok_or("there is no database to be lost")?;
        pause(database.begin(loss, &self.store, dice).await?).await;
        if matches!(loss, Loss::Stopped | Loss::Cut) {
            self.look_whether_it_says_so(town, "database").await?;
        }
        let database = self.database.as_mut().ok_or("there is no database to be lost")?;
        database.end(loss, &self.store).await?;
        self.heal(town).await?;
        pause(Duration::from_millis(50 + dice.below(250))).await;
        self.end(town, End::Lives).await
    }

    /// The cycle is over.
    async fn end(&mut self, town: &Town, end: End) -> Result<End> {
        town.closing.set(true);
        if end == End::Lives {
            return Ok(end);
        }
        town.weather.set(Weather::Gone);
        if end == End::PowerCut {
            // from here on nothing reaches the disk, and so nothing may be acknowledged
            self.disk()?.trouble(Trouble::Off);
        }
        self.server.kill().await?;
        if end == End::Killed && self.disk.is_some() {
            self.disk()?.mend();
        }
        Ok(end)
    }

    /// Starts what has ended, on what is left.
    pub async fn go_on(&mut self, end: End) -> Result<()> {
        if end == End::PowerCut {
            self.disk.as_mut().ok_or("there is no disk of ours")?.power_on()?;
        }
        if end != End::Lives {
            self.server = self.start.again().await?;
        }
        Ok(())
    }

    /// Keeps what the disk holds, for whoever wants to look into it.
    pub fn keep(&self, folder: &Path) -> Result<()> {
        if self.disk.is_some() {
            std::process::Command::new("cp").arg("-a").arg(&self.start.data).arg(folder.join("what-the-disk-held")).status()?;
        }
        Ok(())
    }

    /// While nothing can be stored, the server says what is wrong to whoever asks whether it is ready.
    async fn look_whether_it_says_so(&self, town: &Town, wrong: &str) -> Result<()> {
        let (status, said) = is_ready(&self.server).await?;
        if status != 503 || !said.contains(wrong) {
            town.journal.borrow_mut().report(Wrong::Unexpected, format!("without its {wrong}, /readyz answers {status} {said:?}"));
        }
        Ok(())
    }

    /// Waits until all is well again.
    async fn heal(&mut self, town: &Town) -> Result<()> {
        self.healed_after = self.healed_after.max(heals(&self.server).await?);
        town.weather.set(Weather::Fair);
        Ok(())
    }

    fn disk(&self) -> Result<&Disk> {
        self.disk.as_ref().ok_or_else(|| "there is no disk of ours".into())
    }
}

/// Waits until a server says that it is ready; how long that took.
pub async fn heals(server: &Server) -> Result<Duration> {
    let began = now();
    loop {
        let (status, said) = timeout(PATIENCE, is_ready(server)).await??;
        if status == 200 && said == "ready\n" {
            return Ok(began.elapsed());
        }
        if began.elapsed() > HEALS_WITHIN {
            return Err(format!("{HEALS_WITHIN:?} after the trouble ended, /readyz answers {status} {said:?}").into());
        }
        pause(Duration::from_millis(20)).await;
    }
}

async fn is_ready(server: &Server) -> Result<(u16, String)> {
    let (status, said) = Line::to(&server.address).await?.call("GET", "/readyz", "", "").await?;
    Ok((status, String::from_utf8_lossy(&said).into_owned()))
}
