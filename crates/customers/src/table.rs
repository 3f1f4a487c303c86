//! A table on its way to somebody: a CSV that is sent while it is made, so that a long one needs no room here. No cell of it
//! is a formula to whoever opens it.

use axum::{
    body::Body,
    http::header,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures::{StreamExt, stream};
use kernel::{Error, Result};
use tokio::sync::mpsc::{self, Sender};

use crate::import::cell::harmless;

/// Pieces that may wait for whoever receives them.
const AHEAD: usize = 2;
/// Without it spreadsheets take UTF-8 for something else.
const MARK: &str = "\u{feff}";

/// A table being filled.
pub(crate) struct Table(Sender<Result<Bytes>>);

impl Table {
    /// An answer that is sent while `fill` adds to it. When that fails it breaks off, and nobody takes half of it for the whole.
    pub fn answer<F>(name: &str, fill: impl FnOnce(Table) -> F) -> Response
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        let (out, pieces) = mpsc::channel(AHEAD);
        let filled = fill(Table(out.clone()));
        tokio::spawn(async move {
            let ended = async {
                out.send(Ok(MARK.into())).await.map_err(gone)?;
                filled.await
            };
            if let Err(error) = ended.await
                && !out.is_closed()
            {
                tracing::error!(%error, "a table could not be finished");
                let _ = out.send(Err(error)).await;
            }
        });
        let headers = [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.csv\"")),
            (header::CACHE_CONTROL, "no-store".to_owned()),
        ];
        // whoever squeezes it on the way asks again after the end
        let body = Body::from_stream(stream::unfold(pieces, async |mut pieces| Some((pieces.recv().await?, pieces))).fuse());
        (headers, body).into_response()
    }

    /// Adds rows.
    pub async fn add(&mut self, rows: impl IntoIterator<Item = Vec<String>>) -> Result<()> {
        // a row that was refused may have had more cells than there are headings
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in rows {
            writer.write_record(row.iter().map(|cell| harmless(cell))).map_err(Error::broken)?;
        }
        let bytes = writer.into_inner().map_err(|error| Error::broken(error.to_string()))?;
        self.0.send(Ok(bytes.into())).await.map_err(gone)
    }
}

fn gone<T>(_: mpsc::error::SendError<T>) -> Error {
    Error::broken("whoever asked for the table has gone")
}
