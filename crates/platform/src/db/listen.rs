//! A connection to PostgreSQL of its own that hears what others are notified of.

use std::pin::Pin;

use futures::{Stream, stream};
use kernel::{Error, Result};
use tokio_postgres::{AsyncMessage, Client, Config, Connection, NoTls, config::SslMode, tls::TlsStream};

use super::postgres::tls;

/// What a connection says by itself, for as long as it lasts; it works for as long as somebody listens to this.
pub(crate) type Messages = Pin<Box<dyn Stream<Item = Result<AsyncMessage, tokio_postgres::Error>> + Send>>;

/// Opens one, seen in pg_stat_activity under this name.
pub(crate) async fn listening_client(url: &str, name: &str) -> Result<(Client, Messages)> {
    let mut config: Config = url.parse().map_err(Error::broken)?;
    config.application_name(name);
    if config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = config.connect(NoTls).await.map_err(Error::broken)?;
        return Ok((client, messages(connection)));
    }
    let (client, connection) = config.connect(tls()).await.map_err(Error::broken)?;
    Ok((client, messages(connection)))
}

fn messages<T>(mut connection: Connection<tokio_postgres::Socket, T>) -> Messages
where
    T: TlsStream + Unpin + Send + 'static,
{
    Box::pin(stream::poll_fn(move |context| connection.poll_message(context)))
}
