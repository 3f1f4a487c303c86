//! Imports: a file of customers on its way in. It is sent, its columns are given a meaning, it is tried, and then it is run:
//! a batch of rows and the place after it in one transaction, so that whatever dies in between goes on where it stopped.
//!
//! An import tells of the past: nothing is sent to anybody because of it, and nobody earns anything by it
//! (`docs/decisions/0018-an-import-tells-of-the-past.md`).

mod batch;
pub(crate) mod cell;
pub mod columns;
mod encoding;
mod intake;
mod known;
mod news;
mod phone;
mod receiving;
pub(crate) mod report;
mod row;
mod running;

use kernel::{Error, ImportId, Language, MemberId, Result, ShopId, Timestamp, conflict, days, say};
use platform::{
    Agent, App, Tx,
    db::Lane,
    event::{Acting, Actor, ActorKind},
    files::{self, FileKey},
    job::JobKind,
    keyed,
    sweep::{Sweep, Swept},
};
use serde::{Deserialize, Serialize};

use self::columns::ImportMapping;
pub(crate) use self::{columns::suggest, intake::MOST_COLUMNS, receiving::receive};
pub use self::{encoding::FileEncoding, intake::Shape};
use crate::{
    MANAGE, attribute,
    events::{CustomerImportBegun, CustomerImportChanged, CustomerImportEnded},
    store::imports as store,
};

/// What is in a file is forgotten after so long, whatever has become of it.
pub(crate) const KEPT: i64 = days(7);
/// A shop has at most so many at once.
const MOST: i64 = 20;

keyed! {
    /// How far an import has come.
    pub enum ImportState {
        /// The file is being sent.
        Receiving = "receiving",
        /// The columns can be given a meaning.
        Ready = "ready",
        /// It is tried; nobody is changed.
        Checking = "checking",
        /// It has been tried.
        Checked = "checked",
        Running = "running",
        Done = "done",
        /// Somebody stopped it; what came before stays.
        Cancelled = "cancelled",
    }
}

/// What became of the rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub new: i64,
    pub changed: i64,
    pub unchanged: i64,
    /// Rows of somebody whom an earlier row of the file named.
    pub repeated: i64,
    pub refused: i64,
}

impl Tally {
    /// How many rows that are.
    pub fn rows(&self) -> i64 {
        self.new + self.changed + self.unchanged + self.repeated + self.refused
    }
}

/// One time that it is tried or run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Going {
    /// The how-manieth time.
    pub number: i64,
    /// Whether nobody is changed.
    pub dry: bool,
    /// Who set it going.
    pub by: MemberId,
    /// What says why rows are refused is in their language.
    pub language: Language,
    /// Whether they may make tags that are not there.
    pub new_tags: bool,
    /// Whether it is known which rows name somebody again.
    pub looked_through: bool,
    pub tally: Tally,
}

/// A file of customers on its way in.
#[derive(Debug, Clone)]
pub struct Import {
    pub shop: ShopId,
    pub id: ImportId,
    pub by: MemberId,
    pub name: String,
    pub state: ImportState,
    /// Once the file is here.
    pub shape: Option<Shape>,
    /// Once somebody has said what the columns mean.
    pub mapping: Option<ImportMapping>,
    /// The last time it was tried or run.
    pub going: Option<Going>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub version: i64,
}

/// A piece of a file, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub first: i64,
    pub rows: i64,
    pub key: FileKey,
    /// Rows of it that name somebody whom an earlier row names.
    pub repeats: Vec<i64>,
}

/// A row that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub row: i64,
    /// The heading of each wrong cell, and why.
    pub wrong: Vec<(String, String)>,
    pub cells: Vec<String>,
}

/// What happens to an import.
pub(crate) enum Step {
    Received(Shape),
    Map(ImportMapping),
    Begin(Going),
    End,
    Cancel,
}

impl Import {
    /// The only way an import changes state.
    fn next(mut self, step: Step) -> Result<Import> {
        use ImportState::*;
        match (self.state, step) {
            (Receiving, Step::Received(shape)) => (self.state, self.shape) = (Ready, Some(shape)),
            (Ready | Checked | Done | Cancelled, Step::Map(mapping)) => (self.state, self.mapping) = (Ready, Some(mapping)),
            (Ready, Step::Begin(_)) if self.mapping.is_none() => return Err(conflict(say!("import-without-meaning"))),
            (Ready | Checked | Done | Cancelled, Step::Begin(going)) => {
                self.state = if going.dry { Checking } else { Running };
                self.going = Some(going);
            }
            (Checking, Step::End) => self.state = Checked,
            (Running, Step::End) => self.state = Done,
            (Checking | Running, Step::Cancel) => self.state = Cancelled,
            (Receiving, _) => return Err(conflict(say!("import-not-here-yet"))),
            (Checking | Running, _) => return Err(conflict(say!("import-goes-on"))),
            _ => return Err(conflict(say!("import-does-not-run"))),
        }
        Ok(self)
    }

    /// Whether this time of it is still going on.
    fn goes_on(&self, number: i64) -> bool {
        matches!(self.state, ImportState::Checking | ImportState::Running)
            && self.going.as_ref().is_some_and(|going| going.number == number)
    }

    /// The next row to be done; the headings are the first.
    fn place(&self) -> i64 {
        self.going.as_ref().map_or(0, |going| going.tally.rows()) + 2
    }

    /// Whoever set it going.
    fn actor(&self) -> Actor {
        let by = self.going.as_ref().map_or(self.by, |going| going.by);
        Actor { shop: self.shop, kind: ActorKind::Member, id: Some(by.into()) }
    }
}

/// Says what the columns mean.
///
/// Errors: `Invalid` when they cannot; `Conflict` while it runs.
pub async fn map(tx: &mut Tx<'_>, who: &Agent, id: ImportId, mapping: ImportMapping) -> Result<Import> {
    let before = store::one(tx, who.shop, id).await?;
    let headings = before.shape.as_ref().map(|shape| shape.headings.clone()).unwrap_or_default();
    let after = before.next(Step::Map(mapping.clone()))?;
    mapping.must_fit(&headings, &attribute::all(tx, who.shop).await?)?;
    store::save(tx, &after).await?;
    tx.announce(who, CustomerImportChanged { import: id }).await?;
    store::one(tx, who.shop, id).await
}

/// Sets it going: to see what would become of each row, or for good.
///
/// Errors: `Conflict` when it runs already, or nobody has said what the columns mean.
pub async fn begin(tx: &mut Tx<'_>, who: &Agent, id: ImportId, dry: bool, language: Language) -> Result<Import> {
    let before = store::one(tx, who.shop, id).await?;
    let number = before.going.as_ref().map_or(1, |going| going.number + 1);
    let new_tags = who.may(&MANAGE).is_ok();
    let going = Going { number, dry, by: who.id, language, new_tags, looked_through: false, tally: Tally::default() };
    let after = before.next(Step::Begin(going))?;
    store::save(tx, &after).await?;
    store::forget_errors(tx, who.shop, id).await?;
    running::enqueue(tx, &after).await?;
    if dry {
        tx.announce(who, CustomerImportChanged { import: id }).await?;
    } else {
        tx.announce(who, CustomerImportBegun { import: id }).await?;
    }
    store::one(tx, who.shop, id).await
}

/// Stops it where it is; what came before stays.
///
/// Errors: `Conflict` when it does not run.
pub async fn cancel(tx: &mut Tx<'_>, who: &Agent, id: ImportId) -> Result<Import> {
    let after = store::one(tx, who.shop, id).await?.next(Step::Cancel)?;
    store::save(tx, &after).await?;
    ended(tx, who, &after).await?;
    store::one(tx, who.shop, id).await
}

/// Tells that it has ended, one way or another.
async fn ended(tx: &mut Tx<'_>, who: &impl Acting, import: &Import) -> Result<()> {
    let Some(going) = import.going.as_ref().filter(|going| !going.dry) else {
        return tx.announce(who, CustomerImportChanged { import: import.id }).await.map(drop);
    };
    let Tally { new, changed, refused, .. } = going.tally;
    tx.announce(who, CustomerImportEnded { import: import.id, new, changed, refused }).await.map(drop)
}

/// Forgets a file, wherever it stands: what it brought stays.
pub async fn remove(tx: &mut Tx<'_>, who: &impl Acting, id: ImportId) -> Result<()> {
    let shop = who.actor().shop;
    store::one(tx, shop, id).await?;
    forget(tx, shop, id).await?;
    tx.announce(who, CustomerImportChanged { import: id }).await.map(drop)
}

async fn forget(tx: &mut Tx<'_>, shop: ShopId, id: ImportId) -> Result<()> {
    for key in store::remove(tx, shop, id).await? {
        files::release(tx, key).await?;
    }
    Ok(())
}

/// Errors: `Conflict` when there are too many.
async fn must_have_room(tx: &mut Tx<'_>, shop: ShopId) -> Result<()> {
    if store::count(tx, shop).await? >= MOST { Err(conflict(say!("import-too-many", most = MOST))) } else { Ok(()) }
}

pub(crate) fn jobs() -> Vec<JobKind> {
    vec![JobKind::new(running::go_on).within(running::AS_LONG_AS)]
}

/// Sweeps out files whose time is over, one at a time: each may have thousands of rows that were refused.
pub(crate) fn sweep() -> Sweep {
    Sweep::new("customer_imports", async |app: App| app.db().write_in(Lane::Bulk, forget_expired).await)
}

async fn forget_expired(tx: &mut Tx<'_>) -> Result<Swept> {
    let Some((shop, id)) = store::expired(tx).await? else { return Ok(Swept::Clean) };
    forget(tx, shop, id).await?;
    Ok(Swept::More)
}

/// What a job can do nothing about.
fn without_shape() -> Error {
    Error::broken("an import runs, and its file is not known")
}

#[cfg(test)]
mod tests {
    use super::{columns::*, *};

    fn import(state: ImportState, mapped: bool) -> Import {
        let id = uuid::Uuid::from_u128(1);
        let mapping = ImportMapping { columns: Vec::new(), existing: Existing::Fill, dates: Dates::DayFirst, country: None, proved: false };
        Import {
            shop: id.into(),
            id: id.into(),
            by: id.into(),
            name: "customers.csv".into(),
            state,
            shape: None,
            mapping: mapped.then_some(mapping),
            going: None,
            created_at: Timestamp::default(),
            expires_at: Timestamp::default(),
            version: 1,
        }
    }

    #[test]
    fn an_import_goes_its_way_and_no_other() {
        use ImportState::*;
        let going = |dry| Going {
            number: 1,
            dry,
            by: uuid::Uuid::from_u128(1).into(),
            language: Language::En,
            new_tags: false,
            looked_through: false,
            tally: Tally::default(),
        };
        let shape = || Shape { size: 1, rows: 1, encoding: FileEncoding::Utf8, separator: b',', headings: Vec::new(), sample: Vec::new() };
        let mapping = || import(Ready, true).mapping.unwrap();
        for (state, [received, mapped, tried, run, ended, cancelled]) in [
            (Receiving, [Some(Ready), None, None, None, None, None]),
            (Ready, [None, Some(Ready), Some(Checking), Some(Running), None, None]),
            (Checking, [None, None, None, None, Some(Checked), Some(Cancelled)]),
            (Checked, [None, Some(Ready), Some(Checking), Some(Running), None, None]),
            (Running, [None, None, None, None, Some(Done), Some(Cancelled)]),
            (Done, [None, Some(Ready), Some(Checking), Some(Running), None, None]),
            (Cancelled, [None, Some(Ready), Some(Checking), Some(Running), None, None]),
        ] {
            for (step, after) in [
                (Step::Received(shape()), received),
                (Step::Map(mapping()), mapped),
                (Step::Begin(going(true)), tried),
                (Step::Begin(going(false)), run),
                (Step::End, ended),
                (Step::Cancel, cancelled),
            ] {
                assert_eq!(import(state, true).next(step).ok().map(|import| import.state), after, "{state}");
            }
        }
        assert!(import(Ready, false).next(Step::Begin(going(true))).is_err(), "nobody has said what the columns mean");
    }
}
