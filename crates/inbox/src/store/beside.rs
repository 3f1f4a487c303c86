//! Statements on what stands beside conversations: tags, mentions, drafts, files.

use std::collections::HashMap;

use kernel::{ConversationId, CustomerId, Error, FileId, MemberId, Result, ShopId, TagId, Timestamp, say};
use platform::{
    Tx,
    db::Row,
    event::{Actor, ActorKind},
    sweep::PIECE,
};
use uuid::Uuid;

use crate::{draft::Draft, file::StoredFile, tag::Tag};

pub async fn tags(tx: &mut Tx<'_>, shop: ShopId) -> Result<Vec<Tag>> {
    let rows = tx.rows("SELECT id, name, color FROM inbox_tags WHERE shop_id = $1 ORDER BY name_key", &[&shop]).await?;
    rows.iter().map(|row| Ok(Tag { id: row.get(0)?, name: row.get(1)?, color: row.get(2)? })).collect()
}

/// Whether the name was free.
pub async fn insert_tag(tx: &mut Tx<'_>, shop: ShopId, tag: &Tag) -> Result<bool> {
    let sql = "INSERT INTO inbox_tags (shop_id, id, name, name_key, color) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING";
    Ok(tx.execute(sql, &[&shop, &tag.id, &tag.name, &tag.name.to_lowercase(), &tag.color]).await? == 1)
}

pub async fn save_tag(tx: &mut Tx<'_>, shop: ShopId, tag: &Tag) -> Result<()> {
    let sql = "UPDATE inbox_tags SET name = $1, name_key = $2, color = $3 WHERE shop_id = $4 AND id = $5";
    tx.one(sql, &[&tag.name, &tag.name.to_lowercase(), &tag.color, &shop, &tag.id]).await
}

pub async fn remove_tag(tx: &mut Tx<'_>, shop: ShopId, id: TagId) -> Result<()> {
    tx.execute("DELETE FROM inbox_conversation_tags WHERE shop_id = $1 AND tag_id = $2", &[&shop, &id]).await?;
    match tx.execute("DELETE FROM inbox_tags WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await? {
        0 => Err(Error::NotFound(say!("tag-not-found"))),
        _ => Ok(()),
    }
}

pub async fn tags_of(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId) -> Result<Vec<TagId>> {
    let sql = "SELECT tag_id FROM inbox_conversation_tags WHERE shop_id = $1 AND conversation_id = $2 ORDER BY tag_id";
    tx.rows(sql, &[&shop, &conversation]).await?.iter().map(|row| row.get(0)).collect()
}

/// The tags of many conversations.
pub async fn tags_of_each(tx: &mut Tx<'_>, shop: ShopId, conversations: &[ConversationId]) -> Result<HashMap<ConversationId, Vec<TagId>>> {
    let sql = "SELECT conversation_id, tag_id FROM inbox_conversation_tags WHERE shop_id = $1 AND conversation_id IN ($ids)";
    let mut tags: HashMap<ConversationId, Vec<TagId>> = HashMap::new();
    for row in tx.rows_among(sql, shop, conversations).await? {
        tags.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    tags.values_mut().for_each(|tags| tags.sort());
    Ok(tags)
}

pub async fn set_tags(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, added: &[TagId], removed: &[TagId]) -> Result<()> {
    for tag in added {
        let sql = "INSERT INTO inbox_conversation_tags (shop_id, conversation_id, tag_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
        tx.execute(sql, &[&shop, &conversation, tag]).await?;
    }
    for tag in removed {
        let sql = "DELETE FROM inbox_conversation_tags WHERE shop_id = $1 AND conversation_id = $2 AND tag_id = $3";
        tx.execute(sql, &[&shop, &conversation, tag]).await?;
    }
    Ok(())
}

pub async fn mention(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, conversation: ConversationId) -> Result<()> {
    let now = tx.now();
    let sql = "INSERT INTO inbox_mentions (shop_id, member_id, conversation_id, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    tx.execute(sql, &[&shop, &member, &conversation, &now]).await.map(drop)
}

pub async fn forget_mention(tx: &mut Tx<'_>, shop: ShopId, member: MemberId, conversation: ConversationId) -> Result<()> {
    let sql = "DELETE FROM inbox_mentions WHERE shop_id = $1 AND member_id = $2 AND conversation_id = $3";
    tx.execute(sql, &[&shop, &member, &conversation]).await.map(drop)
}

pub async fn draft(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, member: MemberId) -> Result<Option<Draft>> {
    let sql = "SELECT kind, html, at FROM inbox_drafts WHERE shop_id = $1 AND conversation_id = $2 AND member_id = $3";
    let row = tx.row(sql, &[&shop, &conversation, &member]).await?;
    row.map(|row| Ok(Draft { kind: row.get(0)?, html: row.get(1)?, at: row.get(2)? })).transpose()
}

pub async fn save_draft(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, member: MemberId, draft: &Draft) -> Result<()> {
    let sql = "INSERT INTO inbox_drafts (shop_id, conversation_id, member_id, kind, html, at) VALUES ($1, $2, $3, $4, $5, $6) \
               ON CONFLICT (shop_id, conversation_id, member_id) DO UPDATE SET kind = excluded.kind, html = excluded.html, at = excluded.at";
    tx.execute(sql, &[&shop, &conversation, &member, &draft.kind, &draft.html, &draft.at]).await.map(drop)
}

pub async fn remove_draft(tx: &mut Tx<'_>, shop: ShopId, conversation: ConversationId, member: MemberId) -> Result<()> {
    let sql = "DELETE FROM inbox_drafts WHERE shop_id = $1 AND conversation_id = $2 AND member_id = $3";
    tx.execute(sql, &[&shop, &conversation, &member]).await.map(drop)
}

const FILE_COLUMNS: &str = "id, storage_key, name, media_type, size, width, height";

fn read_file(row: &Row) -> Result<StoredFile> {
    let mut c = row.columns();
    Ok(StoredFile {
        id: c.take()?,
        key: c.take()?,
        name: c.take()?,
        media_type: c.take()?,
        size: c.take()?,
        width: c.take()?,
        height: c.take()?,
    })
}

pub async fn insert_file(tx: &mut Tx<'_>, owner: &Actor, file: &StoredFile) -> Result<()> {
    let now = tx.now();
    let sql = format!(
        "INSERT INTO inbox_files (shop_id, {FILE_COLUMNS}, owner_kind, owner_id, messages, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)"
    );
    tx.one(
        &sql,
        &[
            &owner.shop,
            &file.id,
            &file.key,
            &file.name,
            &file.media_type,
            &file.size,
            &file.width,
            &file.height,
            &owner.kind,
            &owner.id,
            &now,
        ],
    )
    .await
}

/// A file; only if it is this owner's, when one is named.
pub async fn file(tx: &mut Tx<'_>, shop: ShopId, id: FileId, owner: Option<(ActorKind, Option<Uuid>)>) -> Result<Option<StoredFile>> {
    let sql = format!("SELECT {FILE_COLUMNS}, owner_kind, owner_id FROM inbox_files WHERE shop_id = $1 AND id = $2");
    let Some(row) = tx.row(&sql, &[&shop, &id]).await? else { return Ok(None) };
    let found: (ActorKind, Option<Uuid>) = (row.get(7)?, row.get(8)?);
    if owner.is_some_and(|owner| owner != found) {
        return Ok(None);
    }
    read_file(&row).map(Some)
}

/// A message more carries this file.
pub async fn carried_by_one_more(tx: &mut Tx<'_>, shop: ShopId, id: FileId) -> Result<()> {
    tx.execute("UPDATE inbox_files SET messages = messages + 1 WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await.map(drop)
}

/// A message less carries this file; how many still do, and where it lies.
pub async fn carried_by_one_less(tx: &mut Tx<'_>, shop: ShopId, id: FileId) -> Result<Option<(i64, String)>> {
    let sql = "UPDATE inbox_files SET messages = messages - 1 WHERE shop_id = $1 AND id = $2 RETURNING messages, storage_key";
    tx.row(sql, &[&shop, &id]).await?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
}

pub async fn remove_file(tx: &mut Tx<'_>, shop: ShopId, id: FileId) -> Result<()> {
    tx.execute("DELETE FROM inbox_files WHERE shop_id = $1 AND id = $2", &[&shop, &id]).await.map(drop)
}

/// Removes files no message carries, uploaded before a moment; where they lie.
pub async fn remove_unsent_files(tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<String>> {
    let sql = "DELETE FROM inbox_files WHERE (shop_id, id) IN \
               (SELECT shop_id, id FROM inbox_files WHERE messages = 0 AND created_at <= $1 LIMIT $2) RETURNING storage_key";
    tx.rows(sql, &[&before, &PIECE]).await?.iter().map(|row| row.get(0)).collect()
}

/// Every file a customer has uploaded.
pub async fn files_of_customer(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId) -> Result<Vec<StoredFile>> {
    let sql = format!("SELECT {FILE_COLUMNS} FROM inbox_files WHERE shop_id = $1 AND owner_id = $2 AND owner_kind = 'customer'");
    tx.rows(&sql, &[&shop, &customer]).await?.iter().map(read_file).collect()
}
