//! NATS, to be killed and started again where it was. It remembers nothing, so nothing of it needs to be kept.

use std::{process::Stdio, time::Duration};

use tokio::{
    net::{TcpListener, TcpStream},
    process::{Child, Command},
};

use super::town::{PATIENCE, pause};
use crate::{Result, limit::now};

/// A server of our own; it ends with this value.
pub struct Nats {
    pub address: String,
    server: Child,
}

impl Nats {
    pub async fn start() -> Result<Nats> {
        let address = TcpListener::bind("127.0.0.1:0").await?.local_addr()?.to_string();
        Ok(Nats { server: serve(&address).await?, address })
    }

    /// Ends it wherever it stands, as `kill -9` does.
    pub async fn kill(&mut self) -> Result<()> {
        Ok(self.server.kill().await?)
    }

    /// Starts what was killed, where the nodes look for it.
    pub async fn start_again(&mut self) -> Result<()> {
        self.server = serve(&self.address).await?;
        Ok(())
    }
}

/// Errors: it ends, or takes no connection in time.
async fn serve(address: &str) -> Result<Child> {
    let (host, port) = address.split_once(':').ok_or("an address has a port")?;
    let mut command = Command::new("nats-server");
    command.args(["-a", host, "-p", port]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let mut server = command.spawn().map_err(|error| format!("nats-server: {error}; scripts/install-test-tools installs it"))?;
    let began = now();
    while TcpStream::connect(address).await.is_err() {
        if let Some(ended) = server.try_wait()? {
            return Err(format!("nats-server does not serve {address}: {ended}").into());
        }
        if began.elapsed() > PATIENCE {
            return Err(format!("nats-server takes no connection at {address} within {PATIENCE:?}").into());
        }
        pause(Duration::from_millis(5)).await;
    }
    Ok(server)
}
