//! Tags: the shop's own words to sort conversations by.

use kernel::{Error, Result, ShopId, TagId, conflict, say};
use platform::{Agent, Tx, keyed};

use crate::{events::TagsChanged, store};

keyed! {
    /// A tag's colour, as one of the palette both themes know.
    #[derive(Default)]
    pub enum TagColor {
        Green = "green",
        Amber = "amber",
        Red = "red",
        Blue = "blue",
        #[default]
        Grey = "grey",
        Violet = "violet",
    }
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    pub id: TagId,
    pub name: String,
    pub color: TagColor,
}

/// A shop has at most so many; more is a sign that a field is meant.
const MOST: usize = 500;

/// The shop's tags, by name.
pub async fn all(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Tag>> {
    store::tags(tx, shop).await
}

/// Adds a tag.
///
/// Errors: `Conflict` when the name is taken.
pub async fn create(tx: &mut Tx<'_>, who: &Agent, name: String, color: TagColor) -> Result<Tag> {
    if store::tags(tx, who.shop).await?.len() >= MOST {
        return Err(conflict(say!("too-many-tags", most = MOST)));
    }
    let tag = Tag { id: tx.new_id(), name, color };
    if !store::insert_tag(tx, who.shop, &tag).await? {
        return Err(taken(&tag.name));
    }
    tx.announce(who, TagsChanged { tag: tag.id }).await?;
    Ok(tag)
}

/// Renames or recolours a tag.
pub async fn edit(tx: &mut Tx<'_>, who: &Agent, id: TagId, name: Option<String>, color: Option<TagColor>) -> Result<Tag> {
    let tags = store::tags(tx, who.shop).await?;
    let mut tag = tags.iter().find(|t| t.id == id).cloned().ok_or(Error::NotFound(say!("tag-not-found")))?;
    tag.name = name.unwrap_or(tag.name);
    tag.color = color.unwrap_or(tag.color);
    let key = tag.name.to_lowercase();
    if tags.iter().any(|t| t.id != id && t.name.to_lowercase() == key) {
        return Err(taken(&tag.name));
    }
    store::save_tag(tx, who.shop, &tag).await?;
    tx.announce(who, TagsChanged { tag: id }).await?;
    Ok(tag)
}

/// Deletes a tag; conversations lose it.
pub async fn delete(tx: &mut Tx<'_>, who: &Agent, id: TagId) -> Result<()> {
    store::remove_tag(tx, who.shop, id).await?;
    tx.announce(who, TagsChanged { tag: id }).await.map(drop)
}

fn taken(name: &str) -> Error {
    conflict(say!("tag-name-taken", name))
}
