//! Files nobody sends by accident.

use serde_json::json;
use story_macro::story;

use super::{all, errors, figures, found, imported, mapping, sent};
use crate::world::World;

#[story]
async fn what_is_no_table_is_refused_with_a_reason_and_leaves_nothing(world: World) {
    let owner = world.owner();
    let wide = format!("{}\n", vec!["a"; 10_000].join(","));
    let long = format!("email\n{}\n", "x".repeat(1_000_000));
    for (what, file) in [
        ("nothing", Vec::new()),
        ("NUL bytes", b"email\na\0b\n".to_vec()),
        ("a workbook", b"PK\x03\x04\x14\x00".to_vec()),
        ("invalid UTF-8", b"email,name\nm\xc3\xb8@x.no,\xff\xfe\xc3\n".to_vec()),
        ("10,000 columns", wide.into_bytes()),
        ("a cell of a megabyte", long.into_bytes()),
        ("a quotation mark that is not closed", format!("email\n\"{}", "a\n".repeat(200_000)).into_bytes()),
        ("headings only", b"email,name\n".to_vec()),
    ] {
        let answer = owner.uploads("/customer-imports?name=list.csv", &file).await;
        assert_eq!(answer.problem(), "invalid", "{what}");
    }
    assert!(crate::actor::items(owner.get("/customer-imports").await.ok()).is_empty(), "nothing of them is kept");
}

#[story]
async fn other_alphabets_are_read_and_letters_that_only_look_alike_are_others(world: World) {
    let owner = world.owner();
    imported(&world, &owner, b"email;ad\nisik@example.org;I\xfe\xfdk \xd6z\n", mapping(&["email", "name"])).await;
    assert_eq!(found(&owner, "isik@example.org").await[0]["name"], "Işık Öz");
    let utf16: Vec<u8> = "email,name\nbjorn@example.org,Bjørn\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    imported(&world, &owner, [vec![0xff, 0xfe], utf16].concat(), mapping(&["email", "name"])).await;
    assert_eq!(found(&owner, "bjorn@example.org").await[0]["name"], "Bjørn");

    // the second has a Cyrillic а
    let ran = imported(&world, &owner, "email\nmara@example.org\nm\u{430}ra@example.org\n", mapping(&["email"])).await;
    assert_eq!(figures(&ran)[3], 0, "not the same");
}

#[story]
async fn cells_are_cleaned_and_refused_like_any_other_input(world: World) {
    let owner = world.owner();
    let file = [
        "email,name,tags",
        "a@example.org,\"Ma\u{202e}ra\u{200b}\u{1}\",",
        "b@example.org,<script>alert(1)</script>,",
        "c@example.org,'=HYPERLINK(0),",
        "d@example.org,\"two\nlines\",",
        &format!("e@example.org,{},", "x".repeat(121)),
        &format!("f@example.org,F,{}", "x".repeat(41)),
        "g@example.org,G,,,",
        "h@example.org,H,,more",
        "'; DROP TABLE customers_customers; --,I,",
    ]
    .join("\n");
    let ran = imported(&world, &owner, file, mapping(&["email", "name", "tags"])).await;
    assert_eq!(figures(&ran), [5, 0, 0, 0, 4]);
    let refused: Vec<String> = errors(&owner, &ran).await.into_iter().skip(1).map(|mut row| row.remove(0)).collect();
    assert_eq!(refused.len(), 4);
    let everybody = all(&owner).await;
    for (words, name) in [
        ("a@example.org", "Mara"),
        ("b@example.org", "<script>alert(1)</script>"),
        ("c@example.org", "=HYPERLINK(0)"),
        ("d@example.org", "two lines"),
    ] {
        assert_eq!(everybody.iter().find(|one| one["email"] == words).unwrap()["name"], name);
    }
    assert_eq!(everybody.len(), 5);
}

#[story]
async fn columns_mean_only_what_they_can(world: World) {
    let owner = world.owner();
    let import = sent(&owner, "email,name\nmara@example.org,Mara\n").await;
    let path = super::at(&import, "/mapping");
    let mut twice = mapping(&["email", "name"]);
    twice["columns"][1]["column"] = json!(0);
    let mut beyond = mapping(&["email", "name"]);
    beyond["columns"][1]["column"] = json!(2);
    let mut unknown = mapping(&["email", "attribute"]);
    unknown["columns"][1]["attribute"] = json!("size");
    for wrong in [mapping(&[]), mapping(&["name"]), mapping(&["email", "email"]), mapping(&["email", "consent"]), twice, beyond, unknown] {
        assert_eq!(owner.put(&path, wrong.clone()).await.problem(), "invalid", "{wrong}");
    }
    assert_eq!(
        owner.post(&super::at(&import, "/runs"), json!({ "dry": true })).await.problem(),
        "conflict",
        "nobody has said what they mean"
    );
}
