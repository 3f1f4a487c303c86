//! What must not change unnoticed: the API's description, the schema and the example of the settings, all three committed.
//!
//! A change that is meant: `UPDATE_SNAPSHOTS=1 cargo test -p stories snapshots`, and the difference goes through review.

use crate::{architecture, story::setting, world::World};

use story_macro::story;

fn unchanged(path: &str, now: &str) {
    let file = architecture::root().join(path);
    if setting("UPDATE_SNAPSHOTS").is_some() {
        return std::fs::write(file, now).unwrap();
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    let first = kept.lines().zip(now.lines()).enumerate().find(|(_, (kept, now))| kept != now);
    let difference = first.map(|(at, (kept, now))| format!("line {}:\n  kept: {kept}\n  now:  {now}", at + 1));
    assert!(
        kept == now,
        "{path} is not what it was. If that is meant: UPDATE_SNAPSHOTS=1 cargo test -p stories snapshots\n{}",
        difference.unwrap_or_default()
    );
}

#[story]
async fn the_api_is_described_as_committed(world: World) {
    unchanged("docs/openapi.json", &format!("{}\n", world.built.openapi.to_pretty_json().unwrap()));
}

#[test]
fn the_schema_is_as_committed() {
    unchanged("docs/schema.sql", &architecture::schema_text());
}

#[test]
fn the_example_names_every_setting() {
    unchanged("config.example.toml", &app::commands::example_settings().unwrap());
}
