//! Finding: the newest come first, whether many texts hold a word or few do, and however old those are.

use ::platform::{Tx, search};
use kernel::minutes;
use story_macro::story;
use uuid::Uuid;

use crate::world::World;

#[story]
async fn what_is_found_is_the_newest_whatever_the_word(world: World) {
    let (shop, from) = (world.id(), world.app.now());
    // all speak of a parcel, every fortieth of pegs, and the second of all of a lantern
    let told = world.app.write(async move |tx: &mut Tx<'_>| {
        for n in 0..200 {
            let more = [(n % 40 == 0).then_some("pegs"), (n == 1).then_some("lantern")].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let id = Uuid::from_u128(u128::from(n as u64));
            search::put(tx, shop, "thing", id, from + minutes(n), &format!("Where is my parcel? {more}")).await?;
        }
        Ok(())
    });
    told.await.unwrap();
    let found = async |words: &'static str, limit: i64| -> Vec<u128> {
        let ids = world.app.read(async move |tx: &mut Tx<'_>| search::find(tx, shop, "thing", words, limit).await).await.unwrap();
        ids.into_iter().map(|id| id.as_u128()).collect()
    };
    assert_eq!(found("parcel", 3).await, [199, 198, 197]);
    assert_eq!(found("where parc", 2).await, [199, 198]);
    assert_eq!(found("pegs", 2).await, [160, 120], "some of the newest, and not enough of them");
    assert_eq!(found("pegs", 9).await, [160, 120, 80, 40, 0]);
    assert_eq!(found("lantern", 1).await, [1], "none of the newest");
    assert_eq!(found("parcel lantern pegs", 1).await, [0_u128; 0]);
}
