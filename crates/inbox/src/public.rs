//! What everybody reads: a comment under a post, a mention, and the answer below it. Nothing is said there by mistake, and nothing by
//! a machine.

use std::{collections::BTreeSet, ops::RangeInclusive};

use commerce::order;
use customers::customer::AddressKind;
use kernel::{ConversationId, Error, Result, say};
use platform::{Agent, Tx};

use crate::{
    conversation::Conversation,
    events::CommentsHidden,
    message::{Fact, record},
    reply::Outgoing,
    store,
};

/// No number of an order or a parcel is longer, in characters, nor shorter.
const NUMBERS: RangeInclusive<usize> = 4..=40;
/// So many numbers of an answer are looked for.
const MOST_NUMBERS: usize = 20;

/// What whoever answers knows of who reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Publicity {
    /// Whether they know that everybody does.
    pub known: bool,
    /// Whether they send it although it says what only the customer should read.
    pub exposing: bool,
}

/// Refuses what was not meant for everybody.
///
/// Errors: `Conflict`, of the kind `answer_is_public` where whoever answers does not know that everybody reads it, of the kind
/// `public_personal_data` where it says what only the customer should read.
pub async fn must_be_meant_for_all(tx: &mut Tx<'_>, conversation: &Conversation, out: &Outgoing) -> Result<()> {
    if !conversation.public {
        return Ok(());
    }
    if !out.publicity.known {
        return Err(Error::Conflict { kind: "answer_is_public", detail: say!("answer-is-public") });
    }
    if out.publicity.exposing {
        return Ok(());
    }
    match exposed(tx, conversation, &out.text).await?.join(", ") {
        none if none.is_empty() => Ok(()),
        what => Err(Error::Conflict { kind: "public_personal_data", detail: say!("public-personal-data", what) }),
    }
}

/// What a text says that only the customer should read, as it says it: their addresses, and numbers of orders and parcels.
async fn exposed(tx: &mut Tx<'_>, conversation: &Conversation, text: &str) -> Result<Vec<String>> {
    let customer = customers::person::by_id(tx, conversation.shop, conversation.customer).await?;
    let known = std::iter::once(&*customer).chain(&customer.parts).flat_map(|one| &one.identities);
    let addresses: BTreeSet<&str> = known.filter(|one| one.kind != AddressKind::Handle).map(|one| one.address.as_str()).collect();
    let mut found: Vec<String> = addresses.into_iter().filter(|address| names(text, address)).map(str::to_owned).collect();
    for number in numbers(text).take(MOST_NUMBERS) {
        if order::called(tx, conversation.shop, number).await?.is_some() {
            found.push(number.to_owned());
        }
    }
    Ok(found)
}

/// Whether a text says an address, however it is spaced.
fn names(text: &str, address: &str) -> bool {
    let plain = |text: &str| text.to_lowercase().chars().filter(|c| !c.is_whitespace() && !"()-".contains(*c)).collect::<String>();
    address.chars().count() >= *NUMBERS.start() && plain(text).contains(&plain(address))
}

/// What in a text may be the number of an order or of a parcel: a word with a digit in it.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| c.is_whitespace() || ",;:!?()[]{}<>\"“”".contains(c)).map(|word| word.trim_matches('.'));
    words.filter(|word| NUMBERS.contains(&word.chars().count()) && word.contains(|c: char| c.is_numeric()))
}

/// Writes down that what a customer wrote is hidden from everybody, or shown again.
pub async fn hidden(tx: &mut Tx<'_>, who: &Agent, id: ConversationId, hidden: bool) -> Result<()> {
    let mut conversation = store::conversation(tx, who.shop, id).await?;
    record(tx, who, &mut conversation, Fact::Hidden { hidden }).await?;
    store::save(tx, &mut conversation).await?;
    tx.announce(who, CommentsHidden { conversation: id, hidden }).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_may_be_a_number_is_looked_for_and_no_word_or_price_without_four_signs() {
        let text = "Hi Ada, order #1001 (parcel 370-12345-6.) left today, it costs 99 kr.";
        assert_eq!(numbers(text).collect::<Vec<_>>(), ["#1001", "370-12345-6"]);
        assert_eq!(numbers(&"1".repeat(40)).count(), 1);
        assert_eq!(numbers(&"1".repeat(41)).count(), 0);
    }

    #[test]
    fn an_address_is_found_however_it_is_spaced() {
        for (text, address, found) in [
            ("I wrote to Ada@Example.org", "ada@example.org", true),
            ("we call +47 22 77 66 55", "+4722776655", true),
            ("we call you", "+4722776655", false),
            ("a b", "ab", false),
        ] {
            assert_eq!(names(text, address), found, "{text}");
        }
    }
}
