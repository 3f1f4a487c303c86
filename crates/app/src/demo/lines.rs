//! The demo shop's numbers, pages and bots, and what was written there.

use channels::lines::{
    self,
    line::{self, Filled},
};
use kernel::{Result, minutes};
use platform::Tx;

use super::{partners, tell::Told};

/// What was written to lines, so many minutes ago, where everybody reads it or not.
const WRITTEN: [(&str, i64, bool, &str); 8] = [
    // more than a day ago: only a template still goes
    ("whatsapp", 27 * 60, false, "Hi! Can I still change the size of the jacket I ordered yesterday?"),
    ("messenger", 41, false, "Do you ship to Iceland?"),
    ("instagram", 33, false, "Saw your story 😍 Is the green pack back in stock?"),
    ("x", 29, false, "Is the Fjell two-person tent waterproof at the seams?"),
    ("instagram", 27, true, "Does it come in red? 🔥"),
    ("sms", 24, false, "Is my parcel at the pickup point?"),
    ("messenger", 17, true, "Mine has been on its way for two weeks now. Does anybody answer here?"),
    ("telegram", 12, false, "The zip on my tent is stuck, what can I do?"),
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
        while let Some((channel, ago, public, text)) = WRITTEN.get(*heard).filter(|(_, ago, ..)| *ago >= minutes_ago) {
            self.clock.set(self.now - minutes(*ago));
            for (face, line) in self.lines.iter().filter(|(face, _)| face.channel() == *channel) {
                partners::writes(&self.app, line, *face, text, *public).await?;
            }
            self.app.run_due_jobs().await?;
            *heard += 1;
        }
        Ok(())
    }
}
