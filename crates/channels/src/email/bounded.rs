//! A line on which no more is heard than was asked for: a server that never ends an answer fills nobody's memory.

use std::{
    io,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
    task::{Context, Poll},
};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// How many bytes may still be heard.
#[derive(Debug, Clone, Default)]
pub struct Allowance(Arc<AtomicUsize>);

impl Allowance {
    /// For the next answer.
    pub fn set(&self, bytes: usize) {
        self.0.store(bytes, Relaxed);
    }
}

/// A line that is heard within an allowance.
#[derive(Debug)]
pub struct Bounded<S> {
    line: S,
    left: Allowance,
}

impl<S> Bounded<S> {
    pub fn new(line: S, left: Allowance) -> Bounded<S> {
        Bounded { line, left }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Bounded<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.line).poll_read(cx, buf);
        let heard = buf.filled().len() - before;
        match self.left.0.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(heard)) {
            Ok(_) => read,
            Err(_) => Poll::Ready(Err(io::Error::new(io::ErrorKind::InvalidData, "It says more than it was asked for."))),
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Bounded<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.line).poll_write(cx, bytes)
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.line).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    #[tokio::test]
    async fn what_is_allowed_is_heard_and_not_a_byte_more() {
        let left = Allowance::default();
        let mut line = Bounded::new(&b"0123456789"[..], left.clone());
        let mut heard = [0; 4];
        left.set(4);
        line.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"0123");
        assert_eq!(line.read_u8().await.unwrap_err().kind(), io::ErrorKind::InvalidData);
        left.set(4);
        line.read_exact(&mut heard).await.unwrap();
        assert_eq!(&heard, b"5678");
    }
}
