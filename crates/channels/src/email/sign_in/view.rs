//! Sign-ins and clients as they are seen over HTTP.

use kernel::Timestamp;
use platform::App;
use serde::Serialize;
use utoipa::ToSchema;

use super::{NotRenewed, Provider, SignedIn, client::MailClient, grant};

/// How somebody signed in to a mailbox.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailboxSignIn)]
pub struct SignInView {
    provider: Provider,
    /// As whom.
    account: String,
    at: Timestamp,
    /// People have to sign in again by then, where the provider says so.
    #[schema(required)]
    ends_at: Option<Timestamp>,
    /// Why it was not renewed when that was last tried.
    #[schema(required)]
    fault: Option<SignInFault>,
}

/// Why a sign-in was not renewed.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInFault {
    since: Timestamp,
    /// In English or in the provider's own words.
    said: String,
    /// Whether it never will be: people have to sign in again.
    is_over: bool,
}

impl From<SignedIn> for SignInView {
    fn from(signed_in: SignedIn) -> Self {
        let SignedIn { provider, account, at, ends_at, fault, .. } = signed_in;
        let fault = fault.map(|NotRenewed { since, said, is_over }| SignInFault { since, said, is_over });
        SignInView { provider, account, at, ends_at, fault }
    }
}

/// Where a mailbox can be signed in to, and what it calls the shop's client.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailClientView {
    provider: Provider,
    /// Null until somebody has registered one.
    #[schema(required)]
    client_id: Option<String>,
    #[schema(required)]
    changed_at: Option<Timestamp>,
    /// The address people come back to; the provider has to know it.
    comes_back_to: String,
}

impl MailClientView {
    pub fn new(app: &App, provider: Provider, client: Option<MailClient>) -> Self {
        let (client_id, changed_at) = client.map(|client| (client.client_id, client.changed_at)).unzip();
        MailClientView { provider, client_id, changed_at, comes_back_to: grant::comes_back_to(app) }
    }
}
