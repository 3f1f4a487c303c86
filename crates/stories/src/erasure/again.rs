//! A backup still knows whoever was erased after it was made.

use std::path::{Path, PathBuf};

use ::platform::{App, backup, config::Config};
use serde_json::json;
use story_macro::story;
use tempfile::TempDir;

use super::{
    canaries::{Canaries, everything_stored},
    erases,
};
use crate::{
    ground,
    story::{Engine, Place, Setting},
    world::World,
};

async fn back_up(world: &World) -> (TempDir, PathBuf) {
    let config = world.app.config();
    std::fs::write(format!("{}/secret.key", config.data), [7; 32]).unwrap();
    let beside = tempfile::tempdir().unwrap();
    let file = beside.path().join("backup");
    backup::take(config, &file, world.app.now()).await.unwrap();
    (beside, file)
}

/// What a backup holds, in another place.
async fn restore(world: &World, file: &Path) -> (App, Config, Place) {
    let engine = if world.app.config().database_url.is_empty() { Engine::Sqlite } else { Engine::Postgres };
    let elsewhere = Place::beside(engine).await;
    let config: Config = elsewhere.config();
    app::upkeep::restore(&config, file).await.unwrap();
    let (ground, _) = ground::lay_with(&config, world.clock.clone(), 4);
    let (restored, _) = app::open_with(config.clone(), ground, World::modules()).await.unwrap();
    (restored, config, elsewhere)
}

#[story]
async fn whoever_was_erased_since_the_backup_is_erased_again_after_a_restore(world: World) {
    let mara = Canaries::plant(&world).await;
    let (_beside, file) = back_up(&world).await;
    erases(&world.owner(), &mara.customer).await.ok();
    let list = app::upkeep::erasures(&world.app).await.unwrap();
    assert_eq!(list, format!("{} {}\n", world.id(), mara.customer));

    let (restored, config, elsewhere) = restore(&world, &file).await;
    let known = everything_stored(&config).await;
    assert!(mara.planted.iter().all(|(_, canary)| mara.is_in(&known, canary)));

    app::upkeep::erase_again(&restored, "mara").await.unwrap_err();
    assert_eq!(app::upkeep::erase_again(&restored, &list).await.unwrap(), 1);
    assert_eq!(app::upkeep::erase_again(&restored, &list).await.unwrap(), 0, "once more is as good");
    app::upkeep::resume(&restored).await.unwrap();
    restored.run_due_jobs().await.unwrap();

    let left = everything_stored(&config).await;
    let left: Vec<_> = mara.planted.iter().filter(|(_, canary)| mara.is_in(&left, canary)).map(|(what, _)| *what).collect();
    assert_eq!(left, Vec::<&str>::new());
    drop(restored);
    elsewhere.remove().await;
}

#[story]
async fn whoever_was_separated_and_erased_since_is_erased_alone(world: World) {
    let mara = Canaries::plant(&world).await;
    let (ines, nia) = (world.agent("Ines"), world.shopper("Nia"));
    let nia = ines.sees(&nia.begins("nobodyelse can read this").await).await["customer"]["id"].as_str().unwrap().to_owned();
    ines.post(&format!("/customers/{nia}/merges"), json!({ "other": mara.customer })).await.ok();
    world.settle().await;
    let (_beside, file) = back_up(&world).await;
    ines.delete(&format!("/customers/{nia}/merges/{}", mara.customer)).await.ok();
    erases(&world.owner(), &mara.customer).await.ok();
    let list = app::upkeep::erasures(&world.app).await.unwrap();

    let (restored, config, elsewhere) = restore(&world, &file).await;
    assert_eq!(app::upkeep::erase_again(&restored, &list).await.unwrap(), 1);
    app::upkeep::resume(&restored).await.unwrap();
    restored.run_due_jobs().await.unwrap();
    let left = everything_stored(&config).await;
    let canaries: Vec<_> = mara.planted.iter().filter(|(_, canary)| mara.is_in(&left, canary)).map(|(what, _)| *what).collect();
    assert_eq!(canaries, Vec::<&str>::new());
    assert!(mara.is_in(&left, "nobodyelse can read this"), "with whom she was merged there");
    drop(restored);
    elsewhere.remove().await;
}
