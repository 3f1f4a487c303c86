//! What the lines of orders are of: a line is of the variant that has its SKU. Where several have it, nobody can say which.

use std::collections::{BTreeSet, HashMap};

use kernel::{ProductId, Result, ShopId};
use platform::Tx;

use crate::{
    order::{Line, Order},
    product::{self, Product, Variant},
    stock::Level,
    store,
};

/// The products that lines are of.
#[derive(Debug, Default)]
pub struct Shelf {
    products: HashMap<ProductId, Product>,
    by_sku: HashMap<String, Vec<ProductId>>,
}

/// What a line is of.
#[derive(Debug, Clone, Copy)]
pub struct Goods<'a> {
    pub product: &'a Product,
    /// None where several variants have its SKU.
    pub variant: Option<&'a Variant>,
}

/// The products of all these orders' lines, with what is left of them.
pub async fn of_orders(tx: &mut Tx<'_>, shop: ShopId, orders: impl IntoIterator<Item = &Order>) -> Result<Shelf> {
    let lines = orders.into_iter().flat_map(|order| &order.facts.lines);
    let skus: BTreeSet<&str> = lines.filter_map(|line| line.sku.as_deref()).collect();
    let skus: Vec<String> = skus.into_iter().map(str::to_owned).collect();
    let mut by_sku: HashMap<String, Vec<ProductId>> = HashMap::new();
    for (sku, product) in store::products_with(tx, shop, &skus).await? {
        by_sku.entry(sku).or_default().push(product);
    }
    let ids: Vec<ProductId> = by_sku.values().flatten().copied().collect();
    Ok(Shelf { products: product::by_ids(tx, shop, &ids).await?, by_sku })
}

impl Shelf {
    /// What a line is of, if that is known.
    pub fn of(&self, line: &Line) -> Option<Goods<'_>> {
        let sku = line.sku.as_deref()?;
        let [product] = self.by_sku.get(sku)?.as_slice() else { return None };
        let product = self.products.get(product)?;
        let mut variants = product.facts.variants.iter().filter(|variant| variant.sku.as_deref() == Some(sku));
        let variant = variants.next();
        Some(Goods { product, variant: variant.filter(|_| variants.next().is_none()) })
    }
}

impl Goods<'_> {
    /// How many are left at each place; nothing where the shop does not count.
    pub fn levels(&self) -> Option<&[Level]> {
        self.product.stock.get(&self.variant?.reference).map(Vec::as_slice)
    }
}
