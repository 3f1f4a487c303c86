//! Statements that take a copy of customers out again.

use kernel::{CustomerId, IdentityId, Result, ShopId};
use platform::{Tx, personal_data};

/// A customer's account, as the shop calls it.
pub struct Account {
    pub id: IdentityId,
    pub customer: CustomerId,
    pub address: String,
}

/// Accounts in the order of their ids.
pub async fn accounts_after(tx: &mut Tx<'_>, shop: ShopId, after: IdentityId, limit: i64) -> Result<Vec<Account>> {
    let sql = "SELECT id, customer_first, address FROM customers_identities \
               WHERE shop_id = $1 AND kind = 'account' AND id > $2 ORDER BY id LIMIT $3";
    let rows = tx.rows(sql, &[&shop, &after, &limit]).await?;
    rows.iter().map(|row| Ok(Account { id: row.get(0)?, customer: row.get(1)?, address: row.get(2)? })).collect()
}

/// Whether anything is known of a customer beside what they are called and where they are reached, or anybody was merged with them.
pub async fn holds(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<bool> {
    let tables = ["customers_notes", "customers_tagged", "customers_values", "customers_consents", "customers_visitors"];
    let is_known = personal_data::any_row_in(tx, &tables, shop, id).await?;
    Ok(is_known || !super::parts(tx, shop, id).await?.is_empty())
}

/// Removes a customer of whom nothing else is known.
pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, id: CustomerId) -> Result<()> {
    for sql in [
        "DELETE FROM customers_identities WHERE shop_id = $1 AND customer_first = $2",
        "DELETE FROM customers_distinctions WHERE shop_id = $1 AND one_id = $2",
        "DELETE FROM customers_distinctions WHERE shop_id = $1 AND other_id = $2",
        "DELETE FROM customers_customers WHERE shop_id = $1 AND id = $2",
    ] {
        tx.execute(sql, &[&shop, &id]).await?;
    }
    Ok(())
}
