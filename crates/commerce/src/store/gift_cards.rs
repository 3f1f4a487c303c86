//! Statements on gift cards.

use kernel::{AccountId, Currency, Cursor, CustomerId, GiftCardId, Result, ShopId, say};
use platform::{
    Tx,
    db::{Bind, Row},
    personal_data::Moved,
};

use crate::gift_card::GiftCard;

const COLUMNS: &str = "shop_id, id, last4, account_id, currency, customer_id, expires_at, voided_at, issued_at";

fn read(row: &Row) -> Result<GiftCard> {
    let mut c = row.columns();
    Ok(GiftCard {
        shop: c.take()?,
        id: c.take()?,
        last4: c.take()?,
        account: c.take()?,
        currency: c.take()?,
        customer: c.take()?,
        expires_at: c.take()?,
        voided_at: c.take()?,
        issued_at: c.take()?,
    })
}

pub async fn insert(tx: &mut Tx<'_>, g: &GiftCard, code_hash: &str) -> Result<()> {
    tx.one(
        "INSERT INTO commerce_gift_cards (shop_id, id, code_hash, last4, account_id, currency, customer_id, customer_first, expires_at, issued_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9)",
        &[&g.shop, &g.id, &code_hash, &g.last4, &g.account, &g.currency, &g.customer, &g.expires_at, &g.issued_at],
    )
    .await
}

/// Saves what can change: a card is voided once.
pub async fn save(tx: &mut Tx<'_>, g: &GiftCard) -> Result<()> {
    let sql = "UPDATE commerce_gift_cards SET voided_at = $1 WHERE shop_id = $2 AND id = $3 AND voided_at IS NULL";
    tx.one(sql, &[&g.voided_at, &g.shop, &g.id]).await
}

pub async fn card(tx: &mut Tx<'_>, shop: ShopId, id: GiftCardId) -> Result<GiftCard> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_gift_cards WHERE shop_id = $1 AND id = $2");
    read(&tx.found(say!("gift-card-not-found"), &sql, &[&shop, &id]).await?)
}

pub async fn by_code(tx: &mut Tx<'_>, shop: ShopId, code_hash: &str) -> Result<Option<GiftCard>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_gift_cards WHERE shop_id = $1 AND code_hash = $2");
    tx.row(&sql, &[&shop, &code_hash]).await?.map(|row| read(&row)).transpose()
}

pub async fn by_account(tx: &mut Tx<'_>, shop: ShopId, account: AccountId) -> Result<Option<GiftCard>> {
    let sql = format!("SELECT {COLUMNS} FROM commerce_gift_cards WHERE shop_id = $1 AND account_id = $2");
    tx.row(&sql, &[&shop, &account]).await?.map(|row| read(&row)).transpose()
}

/// A page of all cards, or of those issued for a customer, the newest first.
pub async fn list(tx: &mut Tx<'_>, shop: ShopId, customer: Option<CustomerId>, after: Cursor, limit: i64) -> Result<Vec<GiftCard>> {
    let whose = if customer.is_some() { "AND customer_id = $5" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS} FROM commerce_gift_cards WHERE shop_id = $1 {whose} AND (issued_at, id) < ($2, $3) \
         ORDER BY issued_at DESC, id DESC LIMIT $4"
    );
    let mut values: Vec<&dyn Bind> = vec![&shop, &after.key, &after.id, &limit];
    values.extend(customer.as_ref().map(|id| id as &dyn Bind));
    tx.rows(&sql, &values).await?.iter().map(read).collect()
}

/// The accounts of the cards that were issued for this customer.
pub async fn accounts_for(tx: &mut Tx<'_>, shop: ShopId, first: CustomerId) -> Result<Vec<(AccountId, Currency)>> {
    let sql = "SELECT account_id, currency FROM commerce_gift_cards WHERE shop_id = $1 AND customer_first = $2";
    tx.rows(sql, &[&shop, &first]).await?.iter().map(|row| Ok((row.get(0)?, row.get(1)?))).collect()
}

/// Cards go along with whoever they were issued for.
pub async fn follow(tx: &mut Tx<'_>, moved: Moved) -> Result<u64> {
    let Moved { shop, first, now, most } = moved;
    let sql = "UPDATE commerce_gift_cards SET customer_id = $1 WHERE shop_id = $2 AND id IN \
               (SELECT id FROM commerce_gift_cards WHERE shop_id = $2 AND customer_first = $3 AND customer_id <> $1 LIMIT $4)";
    tx.execute(sql, &[&now, &shop, &first, &most]).await
}
