//! Figures: how many conversations began, by which channel, when and in which language, and how long their customers waited.

use kernel::{Language, Result, ShopId, Timestamp};
use platform::Tx;

use crate::store;

/// Conversations that began by the same channel in the same hour and language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub channel: String,
    /// Whether everybody reads them.
    pub public: bool,
    pub language: Option<Language>,
    /// When that hour began.
    pub hour: Timestamp,
    pub conversations: i64,
    /// How many of them a person has answered.
    pub answered: i64,
}

/// How long the customers of one channel waited for the first answer of a person, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waited {
    /// Half of them no longer than so.
    pub median: i64,
    /// Nine of ten no longer than so.
    pub nine_of_ten: i64,
}

/// What began from one moment until before another; spam does not count.
pub async fn begun(tx: &mut Tx<'_>, shop: ShopId, from: Timestamp, until: Timestamp) -> Result<Vec<Begun>> {
    store::begun(tx, shop, from, until).await
}

/// By how many customers it was begun, for each channel, in private and in public.
pub async fn customers(tx: &mut Tx<'_>, shop: ShopId, from: Timestamp, until: Timestamp) -> Result<Vec<(String, bool, i64)>> {
    store::begun_by(tx, shop, from, until).await
}

/// How long they waited where `answered` of what began there has been; nothing where none was.
pub async fn waited(
    tx: &mut Tx<'_>,
    shop: ShopId,
    (channel, public): (&str, bool),
    (from, until): (Timestamp, Timestamp),
    answered: i64,
) -> Result<Option<Waited>> {
    if answered == 0 {
        return Ok(None);
    }
    let place = |of_ten: i64| (answered * of_ten + 9) / 10 - 1;
    let median = store::waited(tx, shop, (channel, public), (from, until), place(5)).await?;
    let nine_of_ten = store::waited(tx, shop, (channel, public), (from, until), place(9)).await?;
    Ok(median.zip(nine_of_ten).map(|(median, nine_of_ten)| Waited { median, nine_of_ten }))
}
