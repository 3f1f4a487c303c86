//! What only Messenger does.

use kernel::hours;
use platform::Module;
use serde_json::json;
use story_macro::story;

use super::{Lined, Messenger};
use crate::{
    story::{Place, Setting},
    world::World,
};

/// A shop with a page.
pub struct Paged(Lined);

impl std::ops::Deref for Paged {
    type Target = Lined;
    fn deref(&self) -> &Lined {
        &self.0
    }
}

impl Setting for Paged {
    fn modules() -> Vec<Module> {
        World::modules()
    }
    async fn set(place: &Place) -> Paged {
        Paged(Lined::of(place, &Messenger).await)
    }
}

#[story]
async fn after_a_day_only_a_person_answers_and_says_so(world: Paged) {
    world.connects().await;
    world.writes(1, "Where is my tent?").await;
    let (ines, talk) = (world.agent("Ines"), world.owner().only_talk().await);
    assert_eq!(world.settled_reply(&ines, &talk, "One moment").await[0], "sent");
    world.after(hours(25)).await;
    ines.signs_in_again().await;
    assert_eq!(world.settled_reply(&ines, &talk, "It comes today.").await[0], "sent");
    let tags: Vec<_> = world.sent().into_iter().map(|sent| json!([sent.text, sent.tag])).collect();
    assert_eq!(tags, [json!(["One moment", null]), json!(["It comes today.", "HUMAN_AGENT"])]);
}

#[story]
async fn access_that_only_people_can_renew_is_shown_with_when_it_ends(world: Paged) {
    let id = world.connects().await;
    assert_eq!(world.line(&id).await["access"], json!(null), "it lasts");
    world.partner.book().ends_at = 1_800_000_000;
    world.after(hours(1)).await;
    assert_eq!(world.line(&id).await["access"], json!({ "ends_at": "2027-01-15T08:00:00.000000Z", "renewal": "by_people" }));
    assert_eq!(world.line(&id).await["trouble"], json!(null));
    assert_eq!(world.partner.book().wrong, Vec::<String>::new());
}
