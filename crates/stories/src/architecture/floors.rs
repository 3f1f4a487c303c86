//! Calls go down: never up, never sideways.

use super::{
    house::{files, rooms, rooms_inside},
    nothing_wrong,
};

/// Where the side wings stand, adapters to the outside; only the binary above them knows them.
const WINGS: u64 = 90;

#[test]
fn every_crate_says_its_floor_and_its_purpose() {
    let rooms = rooms();
    let wrong = rooms.iter().filter(|room| room.floor.is_some() == room.tool || !room.description.ends_with('.'));
    nothing_wrong(
        wrong.map(|room| format!("{}: say a floor (or `tool = true`) and a description that is a sentence", room.name)).collect(),
    );
}

#[test]
fn a_crate_calls_only_lower_floors() {
    let rooms = rooms();
    let find = |name: &str| rooms.iter().find(|room| room.name == name);
    let mut wrong = Vec::new();
    for room in &rooms {
        for called in room.calls.iter().filter_map(|name| find(name)) {
            let (from, to) = (&room.name, &called.name);
            match (room.floor, called.floor) {
                (Some(_), None) => wrong.push(format!("{from} calls {to}, which is a tool")),
                (Some(own), Some(other)) if other >= own => wrong.push(format!("{from} (floor {own}) calls {to} (floor {other})")),
                (Some(_), Some(WINGS)) if from != "app" => wrong.push(format!("{from} calls {to}, a side wing that only app knows")),
                _ => (),
            }
        }
    }
    nothing_wrong(wrong);
}

#[test]
fn modules_rs_lists_every_room_from_bottom_to_top() {
    let list = files("crates/app/src/modules.rs", &[".rs"]).pop();
    let Some(list) = list else { return };
    let fronts = files("crates", &["/src/lib.rs"]);
    let with_a_module: Vec<_> =
        fronts.iter().filter(|front| front.text.contains("pub fn module()")).filter_map(|front| front.room()).collect();

    let (mut wrong, mut places) = (Vec::new(), Vec::new());
    for room in rooms_inside().iter().filter(|room| with_a_module.contains(&room.name.as_str())) {
        match list.text.find(&format!("{}::module()", room.name.replace('-', "_"))) {
            Some(place) => places.push((place, room.floor, room.name.clone())),
            None => wrong.push(format!("{} has a module() that modules.rs does not list", room.name)),
        }
    }
    places.sort();
    for pair in places.windows(2) {
        if pair[0].1 > pair[1].1 {
            wrong.push(format!("modules.rs lists {} before {}, which stands below it", pair[0].2, pair[1].2));
        }
    }
    nothing_wrong(wrong);
}
