//! How many of a variant a Shopify can sell, place by place. A sale moves no stamp of a product, but that of what lies at a place: so what
//! changed is asked for place by place, and with each all that lies of that variant elsewhere. Once a day everything is, since what
//! is not kept at a place any more says nothing.

use commerce::stock::Count;
use kernel::Timestamp;
use platform::App;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    Shopify,
    client::Answered,
    page::{Books, RHYTHM, Row, Rows, moment, number},
};
use crate::{
    connector::{Fact, Limit, Page, Progress, Settings, Subject},
    place::{Brought, Clocks, Place, Wanted},
    told::{count, figure, reference},
    trouble::{Fault, Trouble},
};

/// What an app has to be allowed to read for that.
pub(super) const SCOPES: [&str; 2] = ["read_inventory", "read_locations"];

const LEVELS: &str = "inventoryLevels(first: 10) { nodes { location { name } quantities(names: [\"available\"]) { quantity } } \
                      pageInfo { hasNextPage endCursor } }";
const ITEM: &str = "id tracked variants(first: 1) { nodes { id } } LEVELS";
const ALL: &str =
    "query($query: String) { inventoryItems(first: 10, query: $query) { nodes { ITEM } pageInfo { hasNextPage endCursor } } }";
const CHANGED: &str = "query($place: String, $after: String, $query: String) { locations(first: 1, after: $place) { nodes { \
    inventoryLevels(first: 10, after: $after, query: $query) { nodes { item { ITEM } } pageInfo { hasNextPage endCursor } } } \
    pageInfo { hasNextPage endCursor } } }";

/// What lies at the shop's places of one thing.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    id: String,
    tracked: bool,
    variants: Option<Nodes>,
    inventory_levels: Rows<Level>,
}

#[derive(Debug, Deserialize)]
struct Nodes {
    nodes: Vec<Known>,
}

#[derive(Debug, Deserialize)]
struct Known {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Level {
    location: Location,
    quantities: Vec<Quantity>,
}

#[derive(Debug, Deserialize)]
struct Location {
    name: String,
}

#[derive(Debug, Deserialize)]
struct Quantity {
    #[serde(deserialize_with = "figure")]
    quantity: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    inventory_items: Rows<Item>,
}

#[derive(Deserialize)]
struct Changed {
    locations: Rows<AtPlace>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AtPlace {
    inventory_levels: Rows<Moved>,
}

#[derive(Deserialize)]
struct Moved {
    item: Item,
}

impl Row for Item {
    fn gid(&self) -> &str {
        &self.id
    }
}

/// Up to which place, and there up to which level, changes have been read.
#[derive(Default, Serialize, Deserialize)]
struct Reached {
    place: Option<String>,
    after: Option<String>,
}

impl Item {
    fn counts(&self, books: &Books) -> Vec<Count> {
        let levels = self.inventory_levels.nodes.iter().filter(|_| self.tracked);
        let left: Vec<(String, i64)> =
            levels.filter_map(|level| Some((level.location.name.clone(), level.quantities.first()?.quantity))).collect();
        let variants = self.variants.iter().flat_map(|variants| &variants.nodes);
        variants.map(|variant| count(reference(&books.source, number(&variant.id)), left.clone())).collect()
    }

    pub(super) fn fact(&self, books: &Books) -> Fact {
        Fact::Stock(self.counts(books))
    }
}

/// What a question about stock brought, and where to go on.
struct Found {
    items: Vec<Item>,
    last: Option<String>,
    more: bool,
    rest: i64,
    shop_time: Option<Timestamp>,
}

fn spelled(query: &str) -> String {
    query.replace("ITEM", ITEM).replace("LEVELS", LEVELS)
}

impl Shopify {
    /// Reads the next page of it; without the scopes that needs, the rest is copied all the same.
    pub(super) async fn stock(&self, app: &App, settings: &Settings, place: &Place, books: &Books) -> Result<Page, Fault> {
        let found = match place.wanted(books.now) {
            Wanted::Changed(since) => self.what_changed(app, settings, place.last.as_deref(), since).await,
            Wanted::All | Wanted::Lately { .. } => self.all_there_is(app, settings, place.last.as_deref()).await,
        };
        let (mut found, withheld) = match found {
            Ok(found) => (found, false),
            Err(fault) if fault.trouble == Trouble::NotAllowed => {
                (Found { items: Vec::new(), last: None, more: false, rest: 0, shop_time: None }, true)
            }
            Err(fault) => return Err(fault),
        };
        for item in &mut found.items {
            self.rest_of(app, settings, "inventoryItem", LEVELS, &item.id, &mut item.inventory_levels).await?;
        }
        let (items, beyond) = (found.items.len() as i64, i64::from(found.more));
        // a place where nothing has changed is read as well
        let rows = items.max(1);
        let brought = Brought { rows, total: place.skip + rows + beyond, newest: None, last: found.last, withheld };
        let (next, more) = place.after(brought, Clocks { ours: books.now, theirs: found.shop_time }, RHYTHM);
        Ok(Page {
            facts: found.items.iter().map(|item| item.fact(books)).collect(),
            history: place.history.then_some((Subject::Stock, Progress { read: place.skip + items, total: place.skip + items + beyond })),
            limits: vec![(Limit::Stock, withheld)],
            place: next.written()?,
            more,
            rest: found.rest,
            shop_time: found.shop_time,
        })
    }

    /// By id, each page a question of its own.
    async fn all_there_is(&self, app: &App, settings: &Settings, last: Option<&str>) -> Result<Found, Fault> {
        let beyond = last.and_then(|last| last.parse::<u64>().ok()).map(|last| format!("id:>={}", last + 1));
        let Answered { data, rest, shop_time } = self.ask::<Listed>(app, settings, &spelled(ALL), json!({ "query": beyond })).await?;
        let Rows { nodes: items, page_info } = data.inventory_items;
        let last = items.last().map(|item| number(item.gid()).to_owned());
        Ok(Found { items, last, more: page_info.has_next_page, rest, shop_time })
    }

    async fn what_changed(&self, app: &App, settings: &Settings, last: Option<&str>, since: Timestamp) -> Result<Found, Fault> {
        let mut reached: Reached = last.and_then(|last| serde_json::from_str(last).ok()).unwrap_or_default();
        let variables = json!({ "place": reached.place, "after": reached.after, "query": format!("updated_at:>='{}'", moment(since)) });
        let Answered { data, rest, shop_time } = self.ask::<Changed>(app, settings, &spelled(CHANGED), variables).await?;
        let Rows { nodes, page_info } = data.locations;
        let levels = nodes.into_iter().next().map(|at| at.inventory_levels);
        let goes_on = levels.as_ref().and_then(|levels| levels.page_info.end_cursor.clone().filter(|_| levels.page_info.has_next_page));
        let more = goes_on.is_some() || page_info.has_next_page;
        if goes_on.is_none() {
            reached.place = page_info.end_cursor;
        }
        reached.after = goes_on;
        let items = levels.into_iter().flat_map(|levels| levels.nodes).map(|moved| moved.item).collect();
        let last = serde_json::to_string(&reached).map_err(|error| Fault::new(Trouble::NotStored, error.to_string()))?;
        Ok(Found { items, last: Some(last), more, rest, shop_time })
    }
}
