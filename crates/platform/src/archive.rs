//! An archive on its way to somebody: a ZIP that is sent while it is made, so that a large one needs no room here.

use std::{
    future::Future,
    io::{self, Write},
    sync::{Arc, Mutex, PoisonError},
};

use axum::body::Body;
use bytes::Bytes;
use futures::{StreamExt, stream};
use kernel::{Error, Result};
use serde::Serialize;
use tokio::sync::mpsc::{self, Sender};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions, write::StreamWriter};

/// Pieces that may wait for whoever receives them.
const AHEAD: usize = 2;

/// An archive being filled.
pub struct Archive {
    zip: ZipWriter<StreamWriter<Written>>,
    written: Written,
    out: Sender<Result<Bytes>>,
    /// Goes before every path: a folder, or nothing.
    folder: String,
}

/// What has been written and not been sent.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Written {
    fn take(&self) -> Vec<u8> {
        // every change under the lock is one call, so a panic leaves it whole
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Archive {
    /// A body that is sent while `fill` adds to it. When that fails the body breaks off, and nobody takes half of it for the whole.
    pub fn body<F>(fill: impl FnOnce(Archive) -> F) -> Body
    where
        F: Future<Output = Result<Archive>> + Send + 'static,
    {
        let (out, pieces) = mpsc::channel(AHEAD);
        let written = Written::default();
        let filled = fill(Archive { zip: ZipWriter::new_stream(written.clone()), written, out: out.clone(), folder: String::new() });
        tokio::spawn(async move {
            let ended = async { filled.await?.finish().await }.await;
            if let Err(error) = ended
                && !out.is_closed()
            {
                tracing::error!(%error, "an archive could not be finished");
                let _ = out.send(Err(error)).await;
            }
        });
        // whoever squeezes it on the way asks again after the end
        Body::from_stream(stream::unfold(pieces, async |mut pieces| Some((pieces.recv().await?, pieces))).fuse())
    }

    /// Puts what is added from here on into a folder.
    pub fn go_into(&mut self, folder: &str) {
        self.folder = format!("{folder}/");
    }

    /// Adds a file. `path` is unique within its folder.
    pub async fn add(&mut self, path: &str, content: &[u8]) -> Result<()> {
        // what is large here is compressed already
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(format!("{}{path}", self.folder), options).map_err(Error::broken)?;
        self.zip.write_all(content).map_err(Error::broken)?;
        send(&self.out, self.written.take()).await
    }

    /// Adds a file of JSON, written for people too.
    pub async fn add_json(&mut self, path: &str, content: &impl Serialize) -> Result<()> {
        let text = serde_json::to_vec_pretty(content).map_err(Error::broken)?;
        self.add(path, &text).await
    }

    async fn finish(self) -> Result<()> {
        self.zip.finish().map_err(Error::broken)?;
        send(&self.out, self.written.take()).await
    }
}

async fn send(out: &Sender<Result<Bytes>>, piece: Vec<u8>) -> Result<()> {
    out.send(Ok(piece.into())).await.map_err(|_| Error::broken("whoever asked for the archive has gone"))
}
