//! An import runs: first the whole file is looked through for rows that name somebody again, then a piece of it is a job, and
//! a batch of rows a transaction that holds the place after it as well.

use std::{
    collections::{HashSet, hash_map::RandomState},
    hash::{BuildHasher, Hash},
    time::Duration,
};

use csv::StringRecord;
use kernel::{CustomerId, ImportId, Language, Result, ShopId};
use platform::{
    App, Tx,
    db::Lane,
    job::{Job, Lease, When},
};
use serde::{Deserialize, Serialize};

use super::{
    Import, Kept, Refused, Step,
    batch::{Batch, Outcome},
    ended,
    row::{Plan, Said, Wrong},
    without_shape,
};
use crate::{attribute, events::CustomerImportChanged, store, store::imports, tag};

/// Looking through the largest file, or doing a piece of one, takes no longer anywhere.
pub(super) const AS_LONG_AS: Duration = Duration::from_mins(15);
/// Rows written in one transaction: others wait for no more than that.
const BATCH: usize = 500;
/// Rows that were refused are kept, with what is wrong in them, as long as there are not more.
pub(crate) const MOST_ERRORS: i64 = 10_000;
/// So much of a refused row is kept, in bytes.
const KEPT_OF_A_ROW: usize = 16 * 1024;

/// Goes on with an import where it stands.
#[derive(Serialize, Deserialize)]
pub(super) struct GoOn {
    import: ImportId,
    number: i64,
}
impl Job for GoOn {
    const KIND: &'static str = "import_customers";
}

/// One at a time in a shop.
pub(super) async fn enqueue(tx: &mut Tx<'_>, import: &Import) -> Result<()> {
    let number = import.going.as_ref().map_or(0, |going| going.number);
    tx.enqueue(import.shop, &GoOn { import: import.id, number }, When::default().lane("customer_imports")).await
}

pub(super) async fn go_on(app: App, job: GoOn, lease: Lease) -> Result<()> {
    let shop = lease.shop;
    let stands = app.read(async move |tx: &mut Tx<'_>| Stand::of(tx, shop, &job).await).await?;
    let Some(stand) = stands else {
        return app.write(async move |tx: &mut Tx<'_>| lease.done(tx).await).await;
    };
    if stand.looked_through { piece(&app, stand, lease).await } else { look_through(&app, stand, lease).await }
}

/// Where an import stands.
#[derive(Clone)]
struct Stand {
    import: Import,
    number: i64,
    looked_through: bool,
    plan: Plan,
    separator: u8,
}

impl Stand {
    async fn of(tx: &mut Tx<'_>, shop: ShopId, job: &GoOn) -> Result<Option<Stand>> {
        let Some(import) = imports::maybe(tx, shop, job.import).await?.filter(|import| import.goes_on(job.number)) else { return Ok(None) };
        let (Some(shape), Some(mapping), Some(going)) = (&import.shape, &import.mapping, &import.going) else {
            return Err(without_shape());
        };
        let plan = Plan {
            mapping: mapping.clone(),
            headings: shape.headings.clone(),
            attributes: attribute::all(tx, shop).await?,
            tags: tag::all(tx, shop).await?,
            now: tx.now(),
        };
        let (separator, looked_through) = (shape.separator, going.looked_through);
        Ok(Some(Stand { number: job.number, looked_through, plan, separator, import }))
    }

    fn rows(&self) -> i64 {
        self.import.shape.as_ref().map_or(0, |shape| shape.rows)
    }
}

/// Finds the rows that name somebody whom an earlier row has named.
async fn look_through(app: &App, stand: Stand, lease: Lease) -> Result<()> {
    let (shop, id) = (stand.import.shop, stand.import.id);
    let pieces = app.read(async move |tx: &mut Tx<'_>| imports::pieces(tx, shop, id).await).await?;
    let (hasher, mut seen, mut found) = (RandomState::new(), HashSet::new(), Vec::new());
    for piece in pieces {
        let mut repeats = Vec::new();
        for (row, record) in records(app, &stand, &piece).await? {
            let Ok(said) = stand.plan.read(&record) else { continue };
            let mut known = false;
            // all of them, so that whoever is named by any is known again
            for name in names(&said, stand.plan.mapping.proved) {
                known |= !seen.insert(hasher.hash_one(name));
            }
            if known {
                repeats.push(row);
            }
        }
        if !repeats.is_empty() || !piece.repeats.is_empty() {
            found.push((piece.first, repeats));
        }
    }
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            lease.done(tx).await?;
            let Some(mut import) = imports::maybe(tx, shop, id).await?.filter(|import| import.goes_on(stand.number)) else { return Ok(()) };
            for (first, repeats) in &found {
                imports::save_repeats(tx, shop, id, *first, repeats).await?;
            }
            if let Some(going) = &mut import.going {
                going.looked_through = true;
            }
            imports::save(tx, &import).await?;
            enqueue(tx, &import).await
        })
        .await
}

/// By what somebody may be known again.
#[derive(Hash)]
enum Name {
    Id(CustomerId),
    Account(String),
    Email(String),
}

fn names(said: &Said, proved: bool) -> Vec<Name> {
    use crate::customer::AddressKind;
    let account = said.account.as_ref().map(|account| Name::Account(store::key(AddressKind::Account, account)));
    // an account says who it is, and the address only when it is proved
    let email = said.email.as_ref().filter(|_| proved || account.is_none());
    let email = email.map(|email| Name::Email(store::key(AddressKind::Email, email)));
    said.id.map(Name::Id).into_iter().chain(account).chain(email).collect()
}

/// Does what is left of the piece in hand, batch after batch.
async fn piece(app: &App, stand: Stand, lease: Lease) -> Result<()> {
    let (shop, id, place) = (stand.import.shop, stand.import.id, stand.import.place());
    let piece = app.read(async move |tx: &mut Tx<'_>| imports::piece_of(tx, shop, id, place).await).await?.ok_or_else(without_shape)?;
    let all = records(app, &stand, &piece).await?;
    let left: Vec<(i64, StringRecord)> = all.into_iter().filter(|(row, _)| *row >= place).collect();
    if left.is_empty() {
        return Err(without_shape());
    }
    let mut batches = left.chunks(BATCH).peekable();
    while let Some(records) = batches.next() {
        let rows: Vec<Row> = records.iter().map(|(row, record)| Row::of(*row, record, &stand.plan, &piece)).collect();
        let (here, last) = (stand.clone(), batches.peek().is_none().then(|| lease.clone()));
        let taken = app.db().write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| batch(tx, &here, &rows, last.as_ref()).await).await?;
        if !taken {
            return step_aside(app, &stand, lease).await;
        }
    }
    Ok(())
}

/// Ends a job whose place is not where it was: somebody stopped the import, or a worker who has lost its lease came further.
/// That one cannot end, so it is gone on with from wherever it stands.
async fn step_aside(app: &App, stand: &Stand, lease: Lease) -> Result<()> {
    let (shop, id, number) = (stand.import.shop, stand.import.id, stand.number);
    app.db()
        .write_in(Lane::Bulk, async move |tx: &mut Tx<'_>| {
            lease.done(tx).await?;
            match imports::maybe(tx, shop, id).await?.filter(|import| import.goes_on(number)) {
                Some(import) => enqueue(tx, &import).await,
                None => Ok(()),
            }
        })
        .await
}

/// The rows of a piece, with their numbers.
async fn records(app: &App, stand: &Stand, piece: &Kept) -> Result<Vec<(i64, StringRecord)>> {
    let text = app.files().get(piece.key).await?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(stand.separator).from_reader(&text[..]);
    (piece.first..).zip(reader.records()).map(|(row, record)| Ok((row, record.map_err(kernel::Error::broken)?))).collect()
}

/// A row as far as it can be understood without looking anybody up.
struct Row {
    number: i64,
    read: Read,
    /// As it stands in the file.
    cells: StringRecord,
}

enum Read {
    Said(Box<Said>),
    Repeats,
    Wrong(Wrong),
}

impl Row {
    fn of(number: i64, record: &StringRecord, plan: &Plan, piece: &Kept) -> Row {
        let read = match plan.read(record) {
            Err(wrong) => Read::Wrong(wrong),
            Ok(_) if piece.repeats.binary_search(&number).is_ok() => Read::Repeats,
            Ok(said) => Read::Said(Box::new(said)),
        };
        Row { number, read, cells: record.clone() }
    }
}

/// A batch, and the place after it. `last` is the lease of a job that ends with it. Says whether it was to be taken.
async fn batch(tx: &mut Tx<'_>, stand: &Stand, rows: &[Row], last: Option<&Lease>) -> Result<bool> {
    let (shop, id) = (stand.import.shop, stand.import.id);
    let first = rows.first().map_or(0, |row| row.number);
    let here = imports::maybe(tx, shop, id).await?;
    let Some(mut import) = here.filter(|import| import.goes_on(stand.number) && import.place() == first) else { return Ok(false) };
    tx.tells_of_the_past();
    let who = import.actor();
    let Some(going) = &mut import.going else { return Err(without_shape()) };
    let batch = Batch {
        shop,
        import: id,
        by: going.by,
        who,
        plan: &stand.plan,
        new_tags: going.new_tags,
        said_at: import.created_at,
        dry: going.dry,
    };
    let said: Vec<&Said> = rows.iter().filter_map(|row| if let Read::Said(said) = &row.read { Some(&**said) } else { None }).collect();
    let mut outcomes = batch.take(tx, &said).await?.into_iter();
    let (mut refused, room) = (Vec::new(), (MOST_ERRORS - going.tally.refused).max(0));
    for row in rows {
        let outcome = match &row.read {
            Read::Repeats => None,
            Read::Wrong(wrong) => Some(Outcome::Refused(wrong.clone())),
            Read::Said(_) => outcomes.next(),
        };
        let count = match outcome {
            None => &mut going.tally.repeated,
            Some(Outcome::New) => &mut going.tally.new,
            Some(Outcome::Changed) => &mut going.tally.changed,
            Some(Outcome::Unchanged) => &mut going.tally.unchanged,
            Some(Outcome::Refused(wrong)) => {
                refused.push(refusal(row, &wrong, going.language));
                &mut going.tally.refused
            }
        };
        *count += 1;
    }
    refused.truncate(usize::try_from(room).unwrap_or(0));
    imports::insert_errors(tx, shop, id, &refused).await?;
    let over = import.going.as_ref().is_some_and(|going| going.tally.rows() >= stand.rows());
    if over {
        import = import.next(Step::End)?;
    }
    imports::save(tx, &import).await?;
    let Some(lease) = last else { return Ok(true) };
    lease.done(tx).await?;
    if over {
        ended(tx, &who, &import).await?;
    } else {
        tx.announce(&who, CustomerImportChanged { import: id }).await?;
        enqueue(tx, &import).await?;
    }
    Ok(true)
}

fn refusal(row: &Row, wrong: &Wrong, language: Language) -> Refused {
    let mut room = KEPT_OF_A_ROW;
    let mut cells = Vec::with_capacity(row.cells.len());
    for cell in &row.cells {
        let kept = &cell[..cell.floor_char_boundary(room.min(cell.len()))];
        room -= kept.len();
        cells.push(kept.to_owned());
    }
    let wrong = wrong.iter().map(|one| (one.field.clone(), one.message.in_language(language))).collect();
    Refused { row: row.number, wrong, cells }
}
