//! Customers come in from a file, and go out as one.

mod exports;
mod hostile;
mod killed;

use serde_json::{Value, json};
use story_macro::story;

use ::platform::{
    Tx,
    event::{self, Origin, Recorded},
};

use crate::{
    actor::{Agent, items},
    world::World,
};

/// Sends a file; what it was taken for.
async fn sent(owner: &Agent, file: impl AsRef<[u8]>) -> Value {
    owner.uploads("/customer-imports?name=list.csv", file.as_ref()).await.ok()
}

fn at(import: &Value, more: &str) -> String {
    format!("/customer-imports/{}{more}", import["id"].as_str().unwrap())
}

/// Says that the columns mean these, in their order; an empty one is left out.
fn mapping(fields: &[&str]) -> Value {
    let column = |(place, field): (i64, &&str)| json!({ "column": place, "field": field, "attribute": null, "consent": null });
    let columns: Vec<Value> = (0..).zip(fields).filter(|(_, field)| !field.is_empty()).map(column).collect();
    json!({ "columns": columns, "existing": "fill", "dates": "day_first", "country": null, "proved": false })
}

/// Tries it or runs it, to its end.
async fn goes(world: &World, owner: &Agent, import: &Value, dry: bool) -> Value {
    owner.post(&at(import, "/runs"), json!({ "dry": dry })).await.ok();
    world.settle().await;
    owner.get(&at(import, "")).await.ok()
}

/// Sends a file, tries it and runs it; what became of it, which was what the trial had said.
async fn imported(world: &World, owner: &Agent, file: impl AsRef<[u8]>, mapping: Value) -> Value {
    let import = sent(owner, file).await;
    owner.put(&at(&import, "/mapping"), mapping).await.ok();
    let tried = goes(world, owner, &import, true).await;
    assert_eq!(tried["state"], "checked");
    let ran = goes(world, owner, &import, false).await;
    assert_eq!(ran["state"], "done");
    assert_eq!(figures(&tried), figures(&ran), "what was said before is what has happened");
    ran
}

/// New, changed, unchanged, repeated, refused.
fn figures(import: &Value) -> [i64; 5] {
    ["new", "changed", "unchanged", "repeated", "refused"].map(|name| import["progress"][name].as_i64().unwrap())
}

async fn errors(owner: &Agent, import: &Value) -> Vec<Vec<String>> {
    let text = owner.get(&at(import, "/errors")).await.text();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

async fn found(owner: &Agent, words: &str) -> Vec<Value> {
    items(owner.get(&format!("/customers?q={}", words.replace('@', "%40"))).await.ok())
}

async fn all(owner: &Agent) -> Vec<Value> {
    items(owner.get("/customers?limit=100").await.ok())
}

async fn told(world: &World, kind: &str) -> Vec<Recorded> {
    let shop = world.id();
    let told = world.app.read(async move |tx: &mut Tx<'_>| event::after(tx, shop, 0, 1_000).await).await.unwrap();
    told.into_iter().filter(|one| one.kind == kind).collect()
}

#[story]
async fn a_file_is_sent_tried_and_run(world: World) {
    let owner = world.owner();
    let file =
        "E-post;Navn;Telefon;Fødselsdato;Merkelapper;Notat\nMara@Example.org;Mara Lind;+47 22 22 22 22;17.05.1990;vip, new;Likes tents\n";
    let import = sent(&owner, file).await;
    assert_eq!((&import["rows"], &import["separator"], &import["encoding"]), (&json!(1), &json!(";"), &json!("utf-8")));
    let suggested: Vec<&str> = import["suggested"].as_array().unwrap().iter().map(|column| column["field"].as_str().unwrap()).collect();
    assert_eq!(suggested, ["email", "name", "phone", "birthday", "tags", "note"]);
    assert_eq!(import["sample"][0][1], "Mara Lind");

    owner.put(&at(&import, "/mapping"), mapping(&suggested)).await.ok();
    let tried = goes(&world, &owner, &import, true).await;
    assert_eq!((&tried["state"], figures(&tried)), (&json!("checked"), [1, 0, 0, 0, 0]));
    assert!(found(&owner, "mara").await.is_empty(), "nobody was changed");
    assert!(items(owner.get("/customer-tags").await.ok()).is_empty());

    let ran = goes(&world, &owner, &import, false).await;
    assert_eq!((&ran["state"], figures(&ran)), (&json!("done"), [1, 0, 0, 0, 0]));
    let mara = &found(&owner, "mara@example.org").await[0];
    assert_eq!((&mara["name"], &mara["phone"]), (&json!("Mara Lind"), &json!("+4722222222")));
    assert_eq!(mara["birthday"], json!({ "month": 5, "day": 17, "year": 1990 }));
    assert_eq!((mara["tags"].as_array().unwrap().len(), &mara["email_verified"]), (2, &json!(false)));
    let notes = items(owner.get(&format!("/customers/{}/notes", mara["id"].as_str().unwrap())).await.ok());
    assert_eq!(notes[0]["text"], "Likes tents");
}

#[story]
async fn an_import_tells_of_the_past_and_says_who_did_it(world: World) {
    let owner = world.owner();
    imported(&world, &owner, "email\nmara@example.org\nida@example.org\n", mapping(&["email"])).await;
    let told = told(&world, "customers_imported").await;
    assert_eq!(told.len(), 1, "a batch, not one for each");
    assert_eq!((told[0].origin, told[0].data["appeared"].as_array().unwrap().len()), (Origin::Backfill, 2));
    for event in ["customer_import_begun", "customer_import_ended"] {
        let audit = items(owner.get(&format!("/audit?event={event}")).await.ok());
        assert_eq!((audit.len(), &audit[0]["actor"]["name"]), (1, &json!("Kari Nordmann")), "{event}");
    }
}

#[story]
async fn whoever_only_stands_in_a_file_has_never_been_seen_and_is_listed_last(world: World) {
    let owner = world.owner();
    world.shopper("Anna").writes("Hello?").await;
    imported(&world, &owner, "email\nmara@example.org\nida@example.org\n", mapping(&["email"])).await;
    let listed = all(&owner).await;
    let seen: Vec<bool> = listed.iter().map(|one| one["last_seen_at"].is_string()).collect();
    assert_eq!(seen, [true, false, false]);
    let page = owner.get("/customers?limit=2").await.ok();
    let rest = owner.get(&format!("/customers?limit=2&cursor={}", page["next"].as_str().unwrap())).await.ok();
    assert_eq!(items(rest).len(), 1, "a page begins among them");
}

#[story]
async fn who_is_known_already_is_recognised_by_what_is_proved_and_by_nothing_else(world: World) {
    let (owner, shopper) = (world.owner(), world.shopper("Mara"));
    shopper.begins("Hello").await;
    shopper.put("/chat/visitor", json!({ "email": "mara@example.org" })).await.ok();
    let file = "email,name\nMARA@example.org,Mara Lind\n";

    assert_eq!(
        figures(&imported(&world, &owner, file, mapping(&["email", "name"])).await),
        [1, 0, 0, 0, 0],
        "a claim opens nobody's history"
    );
    assert_eq!(found(&owner, "mara@example.org").await.len(), 2);
    assert_eq!(
        figures(&imported(&world, &owner, file, mapping(&["email", "name"])).await),
        [0, 0, 1, 0, 0],
        "the shop's book finds its own"
    );

    let by_account = "no,email,name\n4711,mara@example.org,M. Lind\n";
    let fields = mapping(&["account", "email", "name"]);
    assert_eq!(figures(&imported(&world, &owner, by_account, fields.clone()).await), [1, 0, 0, 0, 0]);
    assert_eq!(figures(&imported(&world, &owner, by_account, fields).await), [0, 0, 1, 0, 0]);
}

#[story]
async fn what_the_shop_has_proved_is_proved(world: World) {
    let owner = world.owner();
    let mut proved = mapping(&["email", "name", "account"]);
    proved["proved"] = json!(true);
    imported(&world, &owner, "email,name,account\nmara@example.org,Mara,\n", proved.clone()).await;
    assert_eq!(found(&owner, "mara@example.org").await[0]["email_verified"], true);
    let again = imported(&world, &owner, "email,name,account\nmara@example.org,,4711\nmara@example.org,,\n", proved).await;
    assert_eq!(figures(&again), [0, 1, 0, 1, 0], "they get the account, and the second row names them again");
    assert_eq!(found(&owner, "mara@example.org").await.len(), 1);
}

#[story]
async fn what_is_known_stays_or_gives_way(world: World) {
    let owner = world.owner();
    let fields = ["email", "name", "country", "phone"];
    imported(&world, &owner, "email,name,country,phone\nmara@example.org,Mara,NO,\n", mapping(&fields)).await;
    let file = "email,name,country,phone\nmara@example.org,Mara Lind,SE,+46812345678\n";

    assert_eq!(figures(&imported(&world, &owner, file, mapping(&fields)).await), [0, 1, 0, 0, 0]);
    let mara = found(&owner, "mara").await.remove(0);
    assert_eq!((&mara["name"], &mara["country"], &mara["phone"]), (&json!("Mara"), &json!("NO"), &json!("+46812345678")));

    let mut overwrite = mapping(&fields);
    overwrite["existing"] = json!("overwrite");
    assert_eq!(figures(&imported(&world, &owner, file, overwrite.clone()).await), [0, 1, 0, 0, 0]);
    let mara = found(&owner, "lind").await.remove(0);
    assert_eq!((&mara["name"], &mara["country"]), (&json!("Mara Lind"), &json!("SE")));
    let silent = imported(&world, &owner, "email,name,country,phone\nmara@example.org,,,\n", overwrite).await;
    assert_eq!(figures(&silent), [0, 0, 1, 0, 0], "an empty cell says nothing");
}

#[story]
async fn rows_of_one_customer_make_one(world: World) {
    let owner = world.owner();
    let file = "email,name\nmara@example.org,Mara\nIDA@example.org,Ida\nmara@EXAMPLE.org,Somebody\nida@example.org,\n";
    let ran = imported(&world, &owner, file, mapping(&["email", "name"])).await;
    assert_eq!(figures(&ran), [2, 0, 0, 2, 0]);
    assert_eq!(all(&owner).await.len(), 2);
    assert_eq!(found(&owner, "mara").await[0]["name"], "Mara", "the first counts");
}

#[story]
async fn consent_comes_with_its_evidence_and_brings_nothing_back(world: World) {
    let owner = world.owner();
    let consent = json!({ "channel": "email", "purpose": "marketing", "origin": "The form on our page" });
    let mut with = mapping(&["email"]);
    with["columns"].as_array_mut().unwrap().push(json!({ "column": 1, "field": "consent", "attribute": null, "consent": consent }));
    let mut without = with.clone();
    without["columns"][1]["consent"] = Value::Null;
    let file = "email,newsletter\nmara@example.org,yes\nida@example.org,\nbo@example.org,no\n";
    let import = sent(&owner, file).await;
    assert_eq!(owner.put(&at(&import, "/mapping"), without).await.problem(), "invalid", "of what, and from where?");
    let mut nowhere = with.clone();
    nowhere["columns"][1]["consent"]["origin"] = json!(" ");
    assert_eq!(owner.put(&at(&import, "/mapping"), nowhere).await.problem(), "invalid");

    imported(&world, &owner, file, with.clone()).await;
    let said =
        async |who: &str| owner.get(&format!("/customers/{}/consents", found(&owner, who).await[0]["id"].as_str().unwrap())).await.ok();
    let mara = said("mara").await;
    assert_eq!((&mara["standing"][0]["given"], &mara["items"][0]["source"]), (&json!(true), &json!("import")));
    assert_eq!(mara["items"][0]["origin"], "The form on our page");
    assert_eq!(said("ida").await["items"], json!([]), "nobody has said anything about her");
    assert_eq!(said("bo").await["standing"][0]["given"], false);

    let id = found(&owner, "mara").await[0]["id"].as_str().unwrap().to_owned();
    let no = json!({ "channel": "email", "purpose": "marketing", "given": false, "source": "told" });
    owner.post(&format!("/customers/{id}/consents"), no).await.ok();
    assert_eq!(figures(&imported(&world, &owner, file, with).await), [0, 0, 3, 0, 0]);
    assert_eq!(said("mara").await["standing"][0]["given"], false, "what was taken back stays so");
}

#[story]
async fn refused_rows_are_handed_out_with_their_reasons(world: World) {
    let owner = world.owner();
    let file = "email,name,phone\nnobody,Mara,12\n,=2+5,\nida@example.org,Ida,\n";
    let ran = imported(&world, &owner, file, mapping(&["email", "name", "phone"])).await;
    assert_eq!(figures(&ran), [1, 0, 0, 0, 2]);
    let stranger = world.other_shop().owner();
    assert_eq!(stranger.get(&at(&ran, "/errors")).await.problem(), "not_found");
    let rows = errors(&owner, &ran).await;
    assert_eq!(rows[0], ["row", "column", "reason", "email", "name", "phone"]);
    assert_eq!(
        (&rows[1][..2], &rows[1][3..]),
        (&["2".to_owned(), "email".into()][..], &["nobody".to_owned(), "Mara".into(), "12".into()][..])
    );
    assert!(rows[1][2].contains("name@example.com"), "{}", rows[1][2]);
    assert_eq!((&rows[2][0], &rows[2][4]), (&"3".to_owned(), &"'=2+5".to_owned()), "no formula to whoever opens it");
    assert_eq!(rows.len(), 3);
}

#[story]
async fn a_file_is_forgotten_after_a_week_and_what_it_brought_stays(world: World) {
    let owner = world.owner();
    let ran = imported(&world, &owner, "email\nnobody\nmara@example.org\n", mapping(&["email"])).await;
    world.after(kernel::days(6)).await;
    owner.signs_in_again().await;
    owner.get(&at(&ran, "")).await.ok();
    world.after(kernel::days(2)).await;
    owner.signs_in_again().await;
    assert_eq!(owner.get(&at(&ran, "")).await.problem(), "not_found");
    assert_eq!(owner.get(&at(&ran, "/errors")).await.problem(), "not_found");
    let folder = format!("{}/files/{}", world.app.config().data, world.id());
    assert_eq!(std::fs::read_dir(folder).map(Iterator::count).unwrap_or(0), 0, "nor does the store know it");
    assert_eq!(found(&owner, "mara").await.len(), 1);
}

#[story]
async fn only_administrators_import_and_a_shop_has_so_many_files(world: World) {
    let (owner, ines) = (world.owner(), world.agent("Ines"));
    assert_eq!(ines.uploads("/customer-imports?name=a.csv", b"email\na@b.no\n").await.problem(), "forbidden");
    let mut last = Value::Null;
    for _ in 0..20 {
        last = sent(&owner, "email\na@b.no\n").await;
    }
    assert_eq!(owner.uploads("/customer-imports?name=a.csv", b"email\na@b.no\n").await.problem(), "conflict");
    owner.delete(&at(&last, "")).await.ok();
    sent(&owner, "email\na@b.no\n").await;
    assert_eq!(items(owner.get("/customer-imports?limit=100").await.ok()).len(), 20);
}
