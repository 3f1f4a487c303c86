//! Whether the ledger adds up, for `ombud doctor`: everything is worked out anew from the postings.

use kernel::Result;
use platform::{App, Tx, doctor::Finding};

use crate::store;

const ABOUT: &str = "ledger";

/// How many rows are wrong, and in which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faults {
    /// Entries whose postings do not sum to nothing.
    pub entries: i64,
    /// Lots of which less or more is kept than their postings come to.
    pub lots: i64,
    /// Lots of which more has been spent or set aside than was there.
    pub overdrawn: i64,
}

/// Works everything out anew.
pub async fn faults(tx: &mut Tx<'_>) -> Result<Faults> {
    Ok(Faults {
        entries: store::entries_out_of_balance(tx).await?,
        lots: store::lots_kept_wrong(tx).await?,
        overdrawn: store::lots_overdrawn(tx).await?,
    })
}

/// What the doctor says of it.
pub async fn finding(app: &App) -> Finding {
    match app.read(async |tx: &mut Tx<'_>| faults(tx).await).await {
        Ok(faults) => faults.finding(),
        Err(error) => Finding::fail(ABOUT, format!("It cannot be read: {error}."), "Look at the database’s log and at its disk."),
    }
}

impl Faults {
    fn finding(self) -> Finding {
        if self == Faults::default() {
            return Finding::ok(ABOUT, "What is owed adds up.");
        }
        let Faults { entries, lots, overdrawn } = self;
        let found =
            format!("What is owed does not add up. Entries out of balance: {entries}, lots kept wrong: {lots}, overdrawn: {overdrawn}.");
        Finding::fail(
            ABOUT,
            found,
            "Restore the newest backup in which it adds up, or ask the makers of Ombud; nobody else writes these tables.",
        )
    }
}
