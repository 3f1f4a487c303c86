//! What stands between: a load balancer in front of the nodes, and between each node and its database a line that can be cut.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
};

use crate::Result;

/// How connections fare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passing {
    Open,
    /// They end, and no new one comes to anything.
    Cut,
    /// Nothing is passed on any more, and nobody is told.
    Silent,
}

/// Passes on whatever comes to its port.
pub struct Proxy {
    pub address: String,
    passing: watch::Sender<Passing>,
    to: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    /// To the first of these that takes a connection, another one first each time.
    pub async fn open(to: Vec<String>) -> Result<Proxy> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?.to_string();
        let (passing, heard) = watch::channel(Passing::Open);
        let to = Arc::new(Mutex::new(to));
        tokio::spawn(accept(listener, to.clone(), heard));
        Ok(Proxy { address, passing, to })
    }

    /// From now on connections fare so; those that are open, too.
    pub fn is(&self, passing: Passing) {
        self.passing.send_replace(passing);
    }

    /// From now on connections go to these, and those to any other end.
    pub fn leads_to(&self, to: Vec<String>) {
        *self.to.lock().unwrap_or_else(PoisonError::into_inner) = to;
        // wakes everybody who is open, to look where they go
        self.passing.send_modify(|_| ());
    }
}

async fn accept(listener: TcpListener, to: Arc<Mutex<Vec<String>>>, passing: watch::Receiver<Passing>) {
    let next = Arc::new(AtomicUsize::new(0));
    while let Ok((near, _)) = listener.accept().await {
        tokio::spawn(pass(near, to.clone(), passing.clone(), next.clone()));
    }
}

async fn pass(mut near: TcpStream, to: Arc<Mutex<Vec<String>>>, mut passing: watch::Receiver<Passing>, next: Arc<AtomicUsize>) {
    if *passing.borrow_and_update() != Passing::Open {
        return until_open(&mut passing).await;
    }
    let targets = || to.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let all = targets();
    let first = next.fetch_add(1, Relaxed);
    for at in 0..all.len() {
        let Some(target) = all.get((first + at) % all.len()) else { return };
        let Ok(mut far) = TcpStream::connect(target).await else { continue };
        let _ = (near.set_nodelay(true), far.set_nodelay(true));
        let open = async {
            while passing.changed().await.is_ok() {
                if *passing.borrow_and_update() != Passing::Open || !targets().contains(target) {
                    return;
                }
            }
        };
        tokio::select! {
            _ = copy_bidirectional(&mut near, &mut far) => return,
            () = open => (),
        }
        // bytes may be on their way that are passed on no more: this connection is never mended
        return until_open(&mut passing).await;
    }
}

/// One that is cut ends at once, one on which nothing is heard any more when the line is mended.
async fn until_open(passing: &mut watch::Receiver<Passing>) {
    while *passing.borrow_and_update() == Passing::Silent {
        if passing.changed().await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    async fn echo() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    let _ = tokio::io::copy(&mut from, &mut to).await;
                });
            }
        });
        address
    }

    async fn answers(stream: &mut TcpStream) -> bool {
        let mut heard = [0; 2];
        stream.write_all(b"hi").await.is_ok() && stream.read_exact(&mut heard).await.is_ok()
    }

    #[tokio::test]
    async fn a_line_that_was_cut_is_another_one_afterwards() {
        let proxy = Proxy::open(vec!["127.0.0.1:1".into(), echo().await]).await.unwrap();
        for passing in [Passing::Cut, Passing::Silent] {
            let mut line = TcpStream::connect(&proxy.address).await.unwrap();
            assert!(answers(&mut line).await, "past the one that takes nobody");
            proxy.is(passing);
            if passing == Passing::Cut {
                assert!(!answers(&mut line).await);
            }
            proxy.is(Passing::Open);
            assert!(!answers(&mut line).await, "{passing:?}");
            assert!(answers(&mut TcpStream::connect(&proxy.address).await.unwrap()).await);
        }
        let mut line = TcpStream::connect(&proxy.address).await.unwrap();
        assert!(answers(&mut line).await);
        proxy.leads_to(Vec::new());
        assert!(!answers(&mut line).await, "where it led is no more");
    }
}
