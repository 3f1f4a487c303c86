//! A backup still knows whoever was erased after it was made.

use ::platform::{backup, config::Config};
use story_macro::story;

use super::{
    canaries::{Canaries, everything_stored},
    erases,
};
use crate::{
    ground,
    story::{Engine, Place, Setting},
    world::World,
};

#[story]
async fn whoever_was_erased_since_the_backup_is_erased_again_after_a_restore(world: World) {
    let mara = Canaries::plant(&world).await;
    let config = world.app.config().clone();
    std::fs::write(format!("{}/secret.key", config.data), [7; 32]).unwrap();
    let beside = tempfile::tempdir().unwrap();
    let file = beside.path().join("backup");
    backup::take(&config, &file, world.app.now()).await.unwrap();
    erases(&world.owner(), &mara.customer).await.ok();
    let list = app::upkeep::erasures(&world.app).await.unwrap();
    assert_eq!(list, format!("{} {}\n", world.id(), mara.customer));

    let engine = if config.database_url.is_empty() { Engine::Sqlite } else { Engine::Postgres };
    let elsewhere = Place::beside(engine).await;
    let config: Config = elsewhere.config();
    app::upkeep::restore(&config, &file).await.unwrap();
    let (ground, _) = ground::lay_with(&config, world.clock.clone(), 4);
    let (restored, _) = app::open_with(config.clone(), ground, World::modules()).await.unwrap();
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
