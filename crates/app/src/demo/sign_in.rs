//! Google and Microsoft, as the demo has them: whoever signs in there opens the demo's own mail server. Google knows Ombud already;
//! at Microsoft the steps can be seen.

use axum::Router;
use channels::email::sign_in::{Provider, client};
use kernel::Result;
use platform::{App, Tx, config::Config};
use sandbox::{
    AuthorizationServer, PostOffice,
    authorization::{CLIENT, CLIENT_SECRET},
};

use super::{partners::joined, tell::Told};

/// The settings with which Ombud finds both, and their mail server.
pub fn beside(config: Config, office: &PostOffice) -> Config {
    let address = config.listen.replace("0.0.0.0", "127.0.0.1");
    let (imap, smtp) = (office.imap, office.smtp);
    let named = |provider: &Provider| {
        format!("{provider}=http://{address}/demo/sandbox/{provider},{provider}-imap=imap://{imap},{provider}-smtp=smtp://{smtp}")
    };
    let named = Provider::ALL.iter().map(named).collect::<Vec<_>>().join(",");
    Config { partners: joined(&config.partners, &named), ..config }
}

pub fn routes() -> Router<App> {
    Router::new()
        .nest_service("/demo/sandbox/google", AuthorizationServer::google().router())
        .nest_service("/demo/sandbox/microsoft", AuthorizationServer::microsoft().router())
}

impl Told {
    /// The shop's client at Google.
    pub(super) async fn register_mail_client(&mut self) -> Result<()> {
        let (app, who) = (self.app.clone(), self.owner.clone());
        let kept = async move |tx: &mut Tx<'_>| {
            client::keep(tx, &app, &who, Provider::Google, CLIENT.to_owned(), Some(CLIENT_SECRET.to_owned().into())).await
        };
        self.app.write(kept).await.map(drop)
    }
}
