//! The process that makes the requests, on a core of its own, so that what it costs is not the server's.

use std::process::Stdio;

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout},
};

use crate::{
    Result,
    load::{Kind, Outcome, Work},
    server::{Server, cores, pinned},
};

/// It is there and waits; it ends with this value.
pub struct Generator {
    kind: Kind,
    child: Child,
    input: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Generator {
    /// Starts it and lets it make its visitors, and the server finish what follows from them.
    pub async fn start(server: &Server, work: Work) -> Result<Generator> {
        let me = std::env::current_exe()?;
        let mut child = pinned(&me, cores().as_ref().map(|(_, load)| load.as_str()))
            .args(work.line())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let input = child.stdin.take().ok_or("no input")?;
        let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
        let mut generator = Generator { kind: work.kind, child, input, lines };
        generator.hear().await?;
        server.settle().await;
        Ok(generator)
    }

    /// Lets it begin; what came of it.
    pub async fn go(&mut self) -> Result<Outcome> {
        self.say("go\n").await?;
        Ok(serde_json::from_str(&self.hear().await?)?)
    }

    /// Lets go of what it still holds.
    pub async fn end(mut self) -> Result<()> {
        // most have ended by themselves
        let _ = self.say("enough\n").await;
        self.child.wait().await?;
        Ok(())
    }

    async fn say(&mut self, what: &str) -> Result<()> {
        Ok(self.input.write_all(what.as_bytes()).await?)
    }

    async fn hear(&mut self) -> Result<String> {
        Ok(self.lines.next_line().await?.ok_or_else(|| format!("the load generator for {:?} ended early", self.kind))?)
    }
}
