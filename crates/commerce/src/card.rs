//! A product as a customer is shown it: what it was called and what it cost when it was shown.

use kernel::{Currency, CustomerId, Language, Money, ProductId, Result, Sentence, ShopId, invalid, say};
use platform::Tx;
use serde::{Deserialize, Serialize};

use crate::{
    product::{self, Price, Product},
    sales, stock, store,
};

/// A product shown to a customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Card {
    pub product: ProductId,
    pub title: String,
    /// Where the shop sells it.
    #[schema(required)]
    pub page: Option<String>,
    #[schema(required)]
    pub picture: Option<String>,
    /// What its cheapest variant costs.
    #[schema(required)]
    pub price: Option<Money>,
    /// What that cost before, where the shop shows it struck through.
    #[schema(required)]
    pub before: Option<Money>,
    /// Whether other variants cost more.
    pub dearer: bool,
    /// Whether it can be bought; null where the shop does not count.
    #[schema(required)]
    pub in_stock: Option<bool>,
    /// How many are left, where few are. It is said when a card is looked at, and is no part of what was shown.
    #[schema(required)]
    pub left: Option<i64>,
}

impl Card {
    fn new(product: &Product, language: Language, currency: Option<Currency>) -> Card {
        let facts = &product.facts;
        let prices = || facts.variants.iter().flat_map(|variant| &variant.prices);
        let first = prices().next().map(|price| price.currency);
        let currency = currency.filter(|wanted| prices().any(|price| price.currency == *wanted)).or(first);
        let theirs: Vec<&Price> = prices().filter(|price| Some(price.currency) == currency).collect();
        let least = theirs.iter().copied().min_by_key(|price| price.minor);
        let money = |minor, price: &Price| Money { minor, currency: price.currency };
        let left = |variant: &str| product.stock.get(variant).map(|levels| stock::left(levels));
        let counted: Vec<bool> =
            facts.variants.iter().filter_map(|variant| left(&variant.reference).map(|left| left > 0 || variant.on_backorder)).collect();
        Card {
            product: product.id,
            title: facts.titles.0.get(&language).unwrap_or(&facts.title).clone(),
            page: facts.page.clone(),
            picture: facts.picture.clone(),
            price: least.map(|price| money(price.minor, price)),
            before: least.and_then(|price| price.before.map(|before| money(before, price))),
            dearer: least.is_some_and(|least| theirs.iter().any(|price| price.minor > least.minor)),
            in_stock: (!counted.is_empty()).then(|| counted.contains(&true)),
            left: None,
        }
    }
}

/// These products, the way this customer is to see them: in their language, and in the currency they last paid in or, before
/// they have, in that of their country.
///
/// Each once, though it be named twice.
///
/// Errors: `Invalid` on `products` when one of them is not there, or no longer sold.
pub async fn cards(tx: &mut Tx<'_>, shop: ShopId, customer: CustomerId, language: Language, ids: &[ProductId]) -> Result<Vec<Card>> {
    let currency = match store::newest_of(tx, shop, customer).await? {
        Some(order) => Some(order.facts.currency),
        None => customers::person::by_id(tx, shop, customer).await?.country.as_deref().and_then(Currency::of_country),
    };
    let mut products = product::by_ids(tx, shop, ids).await?;
    if let Some(missing) = ids.iter().find_map(|id| not_to_be_shown(products.get(id))) {
        return Err(invalid("products", missing));
    }
    Ok(ids.iter().filter_map(|id| products.remove(id)).map(|product| Card::new(&product, language, currency)).collect())
}

/// Says of which of these few are left now.
pub async fn say_what_is_left<'a>(tx: &mut Tx<'_>, shop: ShopId, cards: impl IntoIterator<Item = &'a mut Card>) -> Result<()> {
    let cards: Vec<&mut Card> = cards.into_iter().collect();
    if cards.is_empty() {
        return Ok(());
    }
    let ids: Vec<ProductId> = cards.iter().map(|card| card.product).collect();
    let products = product::by_ids(tx, shop, &ids).await?;
    for card in cards {
        card.left = products.get(&card.product).and_then(sales::few_left);
    }
    Ok(())
}

/// Why nobody is shown it, if that is so.
fn not_to_be_shown(product: Option<&Product>) -> Option<Sentence> {
    match product {
        None => Some(say!("product-not-found")),
        Some(product) if !product.facts.published => Some(say!("product-not-sold")),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kernel::{Texts, Timestamp};

    use super::*;
    use crate::{
        product::{Facts, Variant},
        stock::Level,
    };

    const NOW: Timestamp = Timestamp::from_micros(0);

    fn variant(reference: &str, prices: &[(&str, i64)], on_backorder: bool) -> Variant {
        let prices = prices.iter().map(|(currency, minor)| Price { currency: currency.parse().unwrap(), minor: *minor, before: None });
        Variant { reference: reference.into(), sku: None, title: None, prices: prices.collect(), picture: None, on_backorder }
    }

    fn product(variants: Vec<Variant>, stock: &[(&str, i64)]) -> Product {
        let level = |(variant, available): &(&str, i64)| {
            let level = Level { variant: (*variant).into(), location: "Oslo".into(), available: *available, changed_at: NOW };
            ((*variant).to_owned(), vec![level])
        };
        let id = uuid::Uuid::from_u128(1);
        Product {
            shop: id.into(),
            id: id.into(),
            facts: Facts {
                reference: "t".into(),
                title: "Teltet Vidde".into(),
                titles: Texts::one(Language::En, "Vidde tent"),
                description: None,
                vendor: None,
                category: None,
                page: None,
                picture: None,
                published: true,
                delivery_days: None,
                variants,
                changed_at: NOW,
            },
            added_at: NOW,
            version: 1,
            sold: 0,
            sold_of: BTreeMap::new(),
            stock: stock.iter().map(level).collect::<BTreeMap<_, _>>(),
        }
    }

    #[test]
    fn the_price_is_the_lowest_in_the_customers_currency_or_else_in_the_shops_own() {
        let two = product(vec![variant("2", &[("NOK", 500), ("GBP", 40)], false), variant("3", &[("NOK", 400), ("GBP", 40)], false)], &[]);
        for (currency, minor, shown, dearer) in
            [(Some("NOK"), 400, "NOK", true), (Some("GBP"), 40, "GBP", false), (Some("TRY"), 400, "NOK", true), (None, 400, "NOK", true)]
        {
            let card = Card::new(&two, Language::En, currency.map(|code| code.parse().unwrap()));
            assert_eq!((card.price, card.dearer), (Some(Money { minor, currency: shown.parse().unwrap() }), dearer), "{currency:?}");
        }
        assert_eq!(Card::new(&product(vec![variant("2", &[], false)], &[]), Language::En, None).price, None);
    }

    #[test]
    fn it_can_be_bought_while_any_variant_can() {
        let card = |on_backorder, stock: &[(&str, i64)]| {
            let variants = vec![variant("2", &[], on_backorder), variant("3", &[], false)];
            Card::new(&product(variants, stock), Language::Nb, None).in_stock
        };
        for (on_backorder, stock, can) in [
            (false, &[][..], None),
            (true, &[][..], None),
            (false, &[("2", 0), ("3", 1)][..], Some(true)),
            (false, &[("2", -1)][..], Some(false)),
            (true, &[("2", -1)][..], Some(true)),
        ] {
            assert_eq!(card(on_backorder, stock), can, "{on_backorder} {stock:?}");
        }
    }

    #[test]
    fn it_is_called_what_the_customers_language_calls_it() {
        let tent = product(vec![variant("2", &[], false)], &[]);
        assert_eq!(Card::new(&tent, Language::En, None).title, "Vidde tent");
        assert_eq!(Card::new(&tent, Language::Tr, None).title, "Teltet Vidde");
    }
}
