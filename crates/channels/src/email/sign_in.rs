//! Signing in to a mailbox where it is kept, in the place of passwords (OAuth 2.0: a code with PKCE for tokens that are renewed).
//!
//! A shop has a client of its own there, registered by whoever runs its accounts. A member begins here, signs in there and comes back
//! to the console, which hands in what it was given; nobody else can, and nobody can twice. The house then renews what opens the
//! mailbox before it ends, and says so when only people can.

pub mod access;
mod api;
mod attempt;
pub mod client;
mod grant;
mod id_token;
mod provider;
mod view;

use kernel::{Sentence, Timestamp, say};
use serde::{Deserialize, Serialize};

pub use self::{
    api::{policy, routes},
    attempt::{Attempt, sweep},
    client::MailClient,
    provider::Provider,
    view::SignInView,
};

/// How somebody signed in to a mailbox. The tokens are sealed beside what opens it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedIn {
    pub provider: Provider,
    /// As whom.
    pub account: String,
    pub at: Timestamp,
    /// What opens the servers does so until then.
    pub access_ends_at: Timestamp,
    /// People have to sign in again by then, where the provider says so.
    pub ends_at: Option<Timestamp>,
    /// Until when somebody is renewing it: a token that renews is spent by one alone.
    pub renewing_until: Option<Timestamp>,
    pub fault: Option<NotRenewed>,
}

/// Why it was not renewed when it was last tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotRenewed {
    pub since: Timestamp,
    /// In English or in the provider's own words.
    pub said: String,
    /// Whether it never will be: people have to sign in again.
    pub is_over: bool,
}

impl SignedIn {
    /// Whether people have to sign in again.
    pub fn is_over(&self) -> bool {
        self.fault.as_ref().is_some_and(|fault| fault.is_over)
    }

    /// What an answer waits for while nothing opens the mailbox.
    pub fn waits_for(&self) -> Sentence {
        let provider = self.provider.title();
        if self.is_over() { say!("mailbox-sign-in-over", provider) } else { say!("mailbox-sign-in-renewed", provider) }
    }
}
