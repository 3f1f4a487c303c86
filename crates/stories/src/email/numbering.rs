//! What is taken in once stays once, however its mail server counts.

use std::ops::Deref;

use ::platform::{Module, config::Config};
use axum::http::StatusCode;
use kernel::minutes;
use sandbox::PostOffice;
use serde_json::json;
use story_macro::story;

use super::letter;
use crate::{
    story::{Place, Setting},
    world::World,
};

const SHOP: &str = "support@fjell.example";

/// A shop whose mailbox lies with a mail server that can be made to count anew.
pub struct Counted {
    world: World,
    office: PostOffice,
}

impl Deref for Counted {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl Setting for Counted {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Counted {
        let office = PostOffice::open(1, [0, 0]).await.unwrap();
        let reachable_inside = format!("{},{}", office.imap, office.smtp);
        Counted { world: World::with(Config { reachable_inside, ..place.config() }).await, office }
    }
}

#[story]
async fn a_mailbox_that_is_numbered_anew_tells_nothing_twice_and_loses_nothing(post: Counted) {
    let server = |port: u16| json!({ "host": "127.0.0.1", "port": port, "security": "none", "user": SHOP });
    let form = json!({
        "name": "Fjell", "address": SHOP, "department": null, "signature": "", "trusted": null,
        "incoming": server(post.office.imap.port()), "incoming_password": "x",
        "outgoing": server(post.office.smtp.port()), "outgoing_password": "x",
    });
    let made = post.owner().post("/mailboxes", form).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    post.settle().await;
    let comes = |id: &str| post.office.puts(letter(SHOP, id, &format!("Matter {id}"), "", "Hello?").replace('\n', "\r\n"));
    for id in ["one", "two"] {
        comes(id);
    }
    post.after(minutes(1)).await;
    assert_eq!(post.owner().list("all").await.len(), 2);

    post.office.renumbers();
    comes("three");
    post.after(minutes(1)).await;
    let subjects: Vec<_> = post.owner().list("all").await.iter().map(|one| one["subject"].clone()).collect();
    assert_eq!(subjects, ["Matter three", "Matter two", "Matter one"]);
    comes("four");
    post.after(minutes(1)).await;
    assert_eq!(post.owner().list("all").await.len(), 4);
    assert_eq!(post.office.sent(), Vec::<String>::new(), "nobody is written to by itself");
}
