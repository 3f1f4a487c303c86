//! Orders, products and stock, whatever shop system they come from; store credit and gift cards.

mod acting;
pub mod action;
mod api;
mod card;
pub mod companion;
pub mod copied;
pub mod credit;
pub mod deed;
pub mod dispute;
pub mod events;
pub mod figures;
pub mod gift_card;
mod gift_code;
pub mod goods;
pub mod movement;
pub mod order;
pub mod payment;
mod personal_data;
pub mod product;
pub mod refund_limit;
pub mod sales;
mod shop_system;
pub mod status;
pub mod stock;
mod store;
mod telling;
pub mod trouble;
mod watch;

pub use card::{Card, cards, say_what_is_left};
pub use order::Order;
pub use product::Product;
pub use shop_system::{Answer, Asked, Keeper, Made, ShopSystem, ShopSystems};

use platform::{
    Migrations, Module, Twin,
    http::{Permission, Rank},
    job::JobKind,
};

/// To see orders.
pub const READ: Permission = Permission { key: "orders.read", about: "See customers’ orders", least: Rank::Viewer };
/// To tell of orders, as the shop's own system does.
pub const RECORD: Permission =
    Permission { key: "orders.record", about: "Tell Ombud of orders, as a shop system does", least: Rank::Admin };
/// To give money back for an order, or send goods again.
pub const REFUND: Permission = Permission {
    key: "refunds.make",
    about: "Give money back for an order or send goods again, within the limits of the role",
    least: Rank::Agent,
};
/// To do to an order what costs the shop nothing.
pub const SERVE: Permission = Permission {
    key: "orders.serve",
    about: "Cancel orders, change where they go, place them once more, and write to whoever packs them",
    least: Rank::Agent,
};
/// To agree to what passes somebody else's limit.
pub const APPROVE: Permission =
    Permission { key: "refunds.approve", about: "Agree to colleagues’ refunds above their limit", least: Rank::Lead };
/// To say how much a role may give back.
pub const LIMIT: Permission = Permission { key: "refunds.limit", about: "Set how much each role may give back", least: Rank::Admin };
/// To see products and how many are left.
pub const READ_PRODUCTS: Permission = Permission { key: "products.read", about: "See products and stock", least: Rank::Viewer };
/// To tell of products and stock, as the shop's own system does.
pub const RECORD_PRODUCTS: Permission =
    Permission { key: "products.record", about: "Tell Ombud of products and stock, as a shop system does", least: Rank::Admin };

/// To see what the shop owes its customers.
pub const READ_CREDIT: Permission =
    Permission { key: "credits.read", about: "See customers’ store credit and gift cards", least: Rank::Viewer };
/// To give money away.
pub const GIVE: Permission =
    Permission { key: "credits.give", about: "Give store credit and gift cards, and take them back", least: Rank::Lead };
/// To take a customer's payment out of what the shop owes them, as a shop system does.
pub const SPEND: Permission = Permission {
    key: "credits.spend",
    about: "Take payments out of store credit and gift cards, as a shop system does",
    least: Rank::Lead,
};

mod schema {
    refinery::embed_migrations!("migrations");
}

pub fn module() -> Module {
    Module {
        name: "commerce",
        migrations: Some(Migrations { room: "commerce", runner: schema::migrations::runner, twin: Twin::default() }),
        api: Some(api::routes()),
        policy: api::policy(),
        permissions: &[READ, RECORD, REFUND, SERVE, APPROVE, LIMIT, READ_PRODUCTS, RECORD_PRODUCTS, READ_CREDIT, GIVE, SPEND],
        jobs: vec![
            JobKind::new(acting::take).within(acting::AS_LONG_AS),
            JobKind::new(watch::look),
            JobKind::new(sales::end_day),
            JobKind::new(companion::find).within(companion::AS_LONG_AS),
        ],
        personal_data: Some(personal_data::ours()),
        ..Module::default()
    }
}
