//! What a WooCommerce says of what it sells.

use kernel::Timestamp;
use serde_json::{Value, json};

use super::{
    super::{Books, Lying},
    stamp,
};

/// A sale changes what it is of.
pub fn product(books: &Books, (number, at): (usize, Timestamp)) -> Value {
    let at = books.lying(number, 1).chain(books.lying(number, 2)).map(|lying| lying.at).fold(at, Timestamp::max);
    json!({
        "id": number, "name": format!("Tent {number}"), "permalink": format!("https://shop.example/tent-{number}"), "date_created_gmt": stamp(at),
        "date_modified_gmt": stamp(at), "type": "variable", "status": "publish", "description": "<p>It <b>stands</b>.</p>", "short_description": "",
        "sku": "", "price": "123.50", "regular_price": "", "sale_price": "", "on_sale": false, "backorders": "no",
        "manage_stock": false, "stock_quantity": null, "stock_status": "instock",
        "categories": [{ "id": 7, "name": "Tents", "slug": "tents" }], "images": [{ "id": 9, "src": "https://assets.example/tent.jpg" }],
        "variations": [number * 10 + 1, number * 10 + 2],
    })
}

pub fn variations(books: &Books, (number, at): (usize, Timestamp)) -> Vec<Value> {
    let of = |(n, form): (usize, &str)| {
        // it knows one place
        let left: i64 = books.lying(number, n).map(Lying::available).sum();
        let is_counted = books.lying(number, n).count() > 0;
        json!({ "id": number * 10 + n, "date_created_gmt": stamp(at), "date_modified_gmt": stamp(at), "status": "publish",
                "sku": format!("S-{number}-{n}"), "price": "123.50", "regular_price": "123.50", "on_sale": false, "backorders": "no", "image": null,
                "manage_stock": is_counted, "stock_quantity": is_counted.then_some(left), "stock_status": if is_counted && left <= 0 { "outofstock" } else { "instock" },
                "attributes": [{ "id": 1, "name": "Colour", "option": form }] })
    };
    [(1, "green"), (2, "red")].map(of).into()
}
