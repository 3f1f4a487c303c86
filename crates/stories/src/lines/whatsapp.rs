//! What only WhatsApp does.

use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode},
};
use platform::Module;
use story_macro::story;

use super::{DESK, Lined, Whatsapp};
use crate::{
    actor,
    story::{Place, Setting},
    world::World,
};

/// A shop with a number at WhatsApp.
pub struct Numbered(Lined);

impl std::ops::Deref for Numbered {
    type Target = Lined;
    fn deref(&self) -> &Lined {
        &self.0
    }
}

impl Setting for Numbered {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Numbered {
        Numbered(Lined::of(place, &Whatsapp).await)
    }
}

#[story]
async fn meta_tries_an_address_and_is_answered_only_when_it_knows_the_word(world: Numbered) {
    world.connects().await;
    let sandbox::Hook { address, secret: word } = world.partner.book().hook.clone().unwrap();
    let path = address.strip_prefix(&format!("{DESK}/api/v1")).unwrap().to_owned();
    let tries = async |word: &str| {
        let asked = format!("{path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={word}");
        actor::send(world.router(), Method::GET, &asked, &HeaderMap::new(), Body::empty()).await
    };
    assert_eq!(tries(&word).await.text(), "1158201444");
    assert_eq!(tries("guessed").await.status, StatusCode::UNAUTHORIZED);
}
