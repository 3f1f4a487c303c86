//! What a name says of itself in the name system.

use hickory_resolver::{
    TokioResolver,
    config::{ConnectionConfig, NameServerConfig, ResolverConfig},
    net::{NetError, runtime::TokioRuntimeProvider},
    proto::rr::{RData, RecordType},
};
use kernel::{Error, Result};

use super::Egress;

const SERVICE: &str = "The name server";

impl Egress {
    /// The texts (TXT records) that stand under this name now; none when there are none. Nothing is remembered, so that who has
    /// just written one there can be told whether it is seen.
    ///
    /// Errors: `Outside` when the name server does not say.
    pub async fn texts(&self, name: &str) -> Result<Vec<String>> {
        let failed = |error: NetError| Error::Outside { service: SERVICE, temporary: true, detail: error.to_string() };
        let resolver = self.resolver().map_err(failed)?;
        let found = match resolver.lookup(format!("{name}."), RecordType::TXT).await {
            Ok(found) => found,
            Err(error) if error.is_no_records_found() => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        let texts = found.answers().iter().filter_map(|record| match &record.data {
            // a long text is cut into pieces of 255 bytes
            RData::TXT(text) => Some(text.txt_data.concat()),
            _ => None,
        });
        Ok(texts.map(|text| String::from_utf8_lossy(&text).into_owned()).collect())
    }

    fn resolver(&self) -> std::result::Result<TokioResolver, NetError> {
        match self.name_server {
            None => TokioResolver::builder_tokio()?.build(),
            Some(at) => {
                let mut connection = ConnectionConfig::udp();
                connection.port = at.port();
                let server = NameServerConfig::new(at.ip(), true, vec![connection]);
                let config = ResolverConfig::from_parts(None, Vec::new(), vec![server]);
                TokioResolver::builder_with_config(config, TokioRuntimeProvider::default()).build()
            }
        }
    }
}
