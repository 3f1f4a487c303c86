//! The demo shop's numbers, pages and bots, and what was written there.

use channels::lines::{
    self,
    line::{self, Filled},
};
use kernel::{Result, minutes};
use platform::Tx;

use super::{partners, tell::Told};

/// What was written to each line, so many minutes ago.
const WRITTEN: [(i64, &str); 6] = [
    // more than a day ago: only a template still goes
    (27 * 60, "Hi! Can I still change the size of the jacket I ordered yesterday?"),
    (41, "Do you ship to Iceland?"),
    (33, "Saw your story 😍 Is the green pack back in stock?"),
    (29, "Is the Fjell two-person tent waterproof at the seams?"),
    (24, "Is my parcel at the pickup point?"),
    (12, "The zip on my tent is stuck, what can I do?"),
];

impl Told {
    /// The shop's numbers, pages and bots.
    pub(super) async fn connect_lines(&mut self) -> Result<()> {
        for face in sandbox::FACES {
            let (app, who) = (self.app.clone(), self.owner.clone());
            let line = self.app.write(async move |tx: &mut Tx<'_>| {
                let partner = lines::named(face.channel())?;
                let settings = face.form().into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                let filled = Filled { name: partner.title().to_owned(), settings, department: None };
                line::connect(tx, &app, &who, partner, filled).await
            });
            self.lines.push((face, line.await?));
        }
        self.app.run_due_jobs().await.map(drop)
    }

    /// What was written to lines before others wrote, so many minutes ago.
    pub(super) async fn hear_lines(&self, heard: &mut usize, minutes_ago: i64) -> Result<()> {
        while let Some(((face, line), (ago, text))) = self.lines.iter().zip(WRITTEN).nth(*heard).filter(|(_, (ago, _))| *ago >= minutes_ago)
        {
            self.clock.set(self.now - minutes(ago));
            partners::writes(&self.app, line, *face, text).await?;
            self.app.run_due_jobs().await?;
            *heard += 1;
        }
        Ok(())
    }
}
