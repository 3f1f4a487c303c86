//! Customers go out as a table, and come in again as they were.

use serde_json::json;
use story_macro::story;

use super::{at, figures, found, goes, imported, mapping, sent};
use crate::{actor::items, world::World};

#[story]
async fn what_was_exported_changes_nothing_when_it_comes_in_again(world: World) {
    let (owner, shopper) = (world.owner(), world.shopper("Claims"));
    owner.post("/customer-attributes", json!({ "key": "size", "label": "Size", "kind": "number" })).await.ok();
    owner.post("/customer-attributes", json!({ "key": "member", "label": "Member", "kind": "yes_no" })).await.ok();
    let file = "no,email,name,phone,language,country,birthday,tags\n\
                4711,mara@example.org,'=Mara,+47 22 22 22 22,nb,NO,1990-05-17,\"Oslo, west|\"\n\
                ,ida@example.org,\"Ida \"\"I\"\" Li\",+46 8 123 456 78,tr,SE,02-29,a;b\n";
    imported(&world, &owner, file, mapping(&["account", "email", "name", "phone", "language", "country", "birthday", "tags"])).await;
    shopper.begins("Hello").await;
    shopper.put("/chat/visitor", json!({ "email": "mara@example.org" })).await.ok();
    let mara = found(&owner, "mara@example.org").await;
    let values = json!({ "values": { "size": 42.5, "member": false } });
    owner.patch(&format!("/customers/{}/attributes", mara[0]["id"].as_str().unwrap()), values).await.ok();

    let before = owner.get("/customers/export").await.text();
    assert_eq!(before.lines().count(), 4, "{before}");
    assert!(before.contains("'=Mara") && before.contains("'+4722222222"), "no cell is a formula: {before}");
    for existing in ["fill", "overwrite"] {
        let import = sent(&owner, &before).await;
        let mut as_suggested = mapping(&[]);
        as_suggested["columns"] = import["suggested"].clone();
        as_suggested["existing"] = json!(existing);
        assert_eq!(as_suggested["columns"].as_array().unwrap().len(), 11, "an export says itself what its columns mean");
        owner.put(&at(&import, "/mapping"), as_suggested).await.ok();
        assert_eq!(figures(&goes(&world, &owner, &import, false).await), [0, 0, 3, 0, 0], "{existing}");
    }
    assert_eq!(owner.get("/customers/export").await.text(), before);
}

#[story]
async fn the_list_is_taken_out_as_it_is_narrowed(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    let file = "email,country,tags\na@example.org,NO,vip\nb@example.org,NO,\nc@example.org,SE,vip\n";
    imported(&world, &owner, file, mapping(&["email", "country", "tags"])).await;
    let vip = items(owner.get("/customer-tags").await.ok())[0]["id"].as_str().unwrap().to_owned();
    for (asked, emails) in [
        ("", vec!["a@example.org", "b@example.org", "c@example.org"]),
        ("&country=NO", vec!["a@example.org", "b@example.org"]),
        (&format!("&country=NO&tag={vip}"), vec!["a@example.org"]),
        ("&q=c%40example", vec!["c@example.org"]),
        ("&language=tr", vec![]),
    ] {
        let answer = owner.get(&format!("/customers/export?columns=email{asked}")).await;
        assert_eq!(answer.headers["content-type"], "text/csv; charset=utf-8");
        let text = answer.text();
        let rows: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!((rows[0], &rows[1..]), ("email", &emails[..]), "{asked}");
    }
    assert_eq!(owner.get("/customers/export?columns=email,password").await.problem(), "invalid");
    assert_eq!(owner.get("/customers/export?columns=email,email").await.problem(), "invalid");
    assert_eq!(ines.get("/customers/export").await.problem(), "forbidden");
    let theirs = world.other_shop().owner().get("/customers/export?columns=email").await.text();
    assert_eq!(theirs.trim_start_matches('\u{feff}').lines().count(), 1, "another shop has none of them");
    world.settle().await;
    let audit = items(owner.get("/audit?event=customers_exported").await.ok());
    assert_eq!(audit.len(), 5);
}

#[story]
async fn whoever_was_erased_is_not_in_it_and_does_not_come_back(world: World) {
    let owner = world.owner();
    imported(&world, &owner, "email\nmara@example.org\nida@example.org\n", mapping(&["email"])).await;
    let before = owner.get("/customers/export?columns=id,email,consents").await.text();
    let mara = found(&owner, "mara").await[0]["id"].as_str().unwrap().to_owned();
    owner.put(&format!("/customers/{mara}/erasure"), json!({})).await.ok();
    let after = owner.get("/customers/export?columns=id,email,consents").await.text();
    assert!(before.contains(&mara) && !after.contains(&mara), "{after}");

    let ran = imported(&world, &owner, &before, mapping(&["id", "email"])).await;
    assert_eq!(figures(&ran), [0, 0, 1, 0, 1], "nothing more is written down about them");
}
