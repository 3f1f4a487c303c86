//! HTTP: from the rooms' endpoints to one router, with the same manners everywhere.

mod address;
mod agent;
mod body;
mod caching;
mod key;
mod language;
mod network;
pub(crate) mod once;
mod origin;
mod policy;
mod problem;
mod reading;
mod router;

pub use address::{Path, Query};
pub use agent::{Agent, Permission, Permissions, Rank, SignIn};
pub use body::{Check, Checked, MAX_JSON, Valid, Validate, nullable, read_json};
pub use key::{Key, done};
pub use language::wished;
pub use network::{Network, Trust};
pub use once::{Once, forget_answers};
pub use origin::{kept_of, same_origin};
pub use policy::{Access, Policy, Rule, Table};
pub use problem::{Answer, Failure, Problem, Problems};
pub use reading::Reading;
pub use router::{Built, build};

/// The list parameters every list takes.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Paging {
    /// Where to go on, as the page before said in `next`.
    pub cursor: Option<String>,
    /// Rows a page, 1 to 100; 25 when not given.
    pub limit: Option<i64>,
}

impl Paging {
    /// Rows a page.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(25).clamp(1, 100)
    }
    /// The place after which the page begins.
    pub fn after(&self, first: kernel::Cursor) -> kernel::Result<kernel::Cursor> {
        self.cursor.as_deref().map_or(Ok(first), str::parse)
    }
}
