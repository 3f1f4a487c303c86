//! Words nobody else would say, planted wherever something about a customer may be written down.

use ::platform::{
    Tx,
    config::{Config, DatabaseUrl},
    files,
};
use axum::{body::Body, http::Method};
use rusqlite::Connection;
use serde_json::json;
use tokio_postgres::NoTls;

use crate::{
    actor::{Actor, Talk},
    credits::asks,
    world::World,
};

/// A customer all of whose data is a canary.
pub struct Canaries {
    pub customer: String,
    pub talk: Talk,
    /// Where each is, and what it is. Of those that begin with “our” they are not handed out: they are ours.
    pub planted: Vec<(&'static str, &'static str)>,
    /// What another customer has written.
    pub of_another: &'static str,
}

impl Canaries {
    pub async fn plant(world: &World) -> Canaries {
        let (mara, ines) = (world.shopper("zqname"), world.agent("Ines"));
        let picture = mara.uploads("/chat/files?name=zqfilename.txt", b"zqfilecontent").await.ok()["id"].clone();
        mara.uploads("/chat/files?name=zqunsentname.txt", b"zqunsentcontent").await.ok();
        let page = json!({ "url": "https://fjell.example/zqpageurl", "title": "zqpagetitle" });
        let begun = json!({
            "client_id": "zqclientid", "text": "zqsubject\nzqmessage", "files": [picture], "department": null, "name": "zqname",
            "email": "zqclaimed@example.org", "consent": true, "page": page,
        });
        let begun = mara.post("/chat/conversations", begun).await.ok();
        let talk = Talk {
            id: begun["conversation"]["id"].as_str().unwrap().to_owned(),
            number: begun["conversation"]["number"].as_i64().unwrap(),
        };
        let customer = ines.sees(&talk).await["customer"]["id"].as_str().unwrap().to_owned();
        world.settle().await;

        describe(world, &ines, &format!("/customers/{customer}")).await;
        ines.notes(&talk, "zqinternal").await;
        answer(&ines, &talk, json!({ "client_id": "zqreplyid", "html": "<p>Dear <b>zqreply</b></p>", "hold_seconds": 0 })).await;
        let invoice = ines.uploads("/files?name=zqinvoicename.txt", b"zqinvoicecontent").await.ok()["id"].clone();
        answer(&ines, &talk, json!({ "client_id": "f", "html": "", "files": [invoice], "hold_seconds": 0 })).await;
        world.settle().await;
        answer(&ines, &talk, json!({ "client_id": "h", "html": "<p>zqheld</p>", "hold_seconds": 30 })).await;
        let owner = world.owner();
        owner.put(&format!("/conversations/{}/draft", talk.id), json!({ "html": "<p>zqdraft</p>", "kind": "reply" })).await.ok();
        owner.get("/search?q=zqmessage").await.ok();
        owner.get("/customers?q=zqfullname").await.ok();
        mara.writes_in(&talk, "zqlast").await;
        plant_by_hand(world, &talk).await;
        write_letter(world, &talk).await;
        order(world).await;
        credit(world, &customer).await;
        // whoever orders has no cart any more
        world.settle().await;
        browse(&mara).await;

        world.shopper("Nia").begins("nobodyelse writes this").await;
        world.settle().await;
        Canaries { customer, talk, planted: planted(), of_another: "nobodyelse" }
    }

    /// Whether a word is among these bytes, in whatever case.
    pub fn is_in(&self, bytes: &[u8], word: &str) -> bool {
        bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    }
}

/// What members write down about somebody.
async fn describe(world: &World, ines: &Actor, customer: &str) {
    let change = json!({
        "name": "zqfullname", "email": "zqmail@example.org", "phone": "+47 22 77 66 55 44", "country": "ZQ",
        "time_zone": "Antarctica/Troll", "preferred_channel": "instagram",
    });
    ines.patch(customer, change).await.ok();
    ines.post(&format!("{customer}/addresses"), json!({ "kind": "email", "address": "zqsecond@example.org" })).await.ok();
    ines.post(&format!("{customer}/notes"), json!({ "text": "zqnotes" })).await.ok();
    let tag = world.owner().post("/customer-tags", json!({ "name": "zqtag" })).await.ok()["id"].clone();
    ines.put(&format!("{customer}/tags"), json!({ "tags": [tag] })).await.ok();
    let consent = json!({
        "channel": "email", "purpose": "marketing", "given": true, "source": "form", "wording": "zqconsent",
        "page": "https://fjell.example/zqconsentpage", "network": "203.0.113.177",
    });
    ines.post(&format!("{customer}/consents"), consent).await.ok();
    world.owner().post("/customer-attributes", json!({ "key": "shoe_size", "label": "Shoe size", "kind": "text" })).await.ok();
    ines.patch(&format!("{customer}/attributes"), json!({ "values": { "shoe_size": "zqshoesize" } })).await.ok();
}

fn planted() -> Vec<(&'static str, &'static str)> {
    vec![
        ("the name", "zqfullname"),
        ("a claimed address", "zqmail@example.org"),
        ("the telephone number", "+47 22 77 66 55 44"),
        ("a second address", "zqsecond@example.org"),
        ("where they are", "Antarctica/Troll"),
        ("where they would rather be reached", "instagram"),
        ("notes about them", "zqnotes"),
        ("the subject", "zqsubject"),
        ("a message", "zqmessage"),
        ("the last message", "zqlast"),
        ("a file's name", "zqfilename"),
        ("a file's content", "zqfilecontent"),
        ("the name of a file never sent", "zqunsentname"),
        ("the content of a file never sent", "zqunsentcontent"),
        ("the page's address", "zqpageurl"),
        ("the page's title", "zqpagetitle"),
        ("an answer asked for before the chat", "zqprechat"),
        ("the words agreed to", "zqconsent"),
        ("where they were agreed to", "zqconsentpage"),
        ("from where they were agreed to", "203.0.113.177"),
        ("an attribute", "zqshoesize"),
        ("a note", "zqinternal"),
        ("an answer", "zqreply"),
        ("the name of a file in an answer", "zqinvoicename"),
        ("the content of a file in an answer", "zqinvoicecontent"),
        ("an answer that waits", "zqheld"),
        ("an order's number", "zqordernumber"),
        ("the shop's own id of an order", "zqorderref"),
        ("a note beside an order", "zqordernote"),
        ("where the shop shows an order", "zqorderpage"),
        ("the shop's own id of an order's line", "zqlineref"),
        ("what was to be written on it", "zqengraved"),
        ("the shop's own id of a parcel", "zqparcelref"),
        ("a parcel's number", "zqtracking"),
        ("where a parcel is", "zqtrackingurl"),
        ("why credit was given", "zqcreditreason"),
        ("why a gift card was issued", "zqcardreason"),
        ("the shop's own id of what is in the cart", "zqcartref"),
        ("what is in the cart", "zqcarttitle"),
        ("the shop's own id of what they looked at", "zqviewedref"),
        ("what they looked at", "zqviewedtitle"),
        ("the page they looked at", "zqlookedat"),
        ("what they searched", "zqsearched"),
        ("the shop's own id of what they wish for", "zqwishref"),
        ("what they wish for", "zqwishtitle"),
        ("where they came from", "zqreferrer"),
        ("a letter", "zqletter"),
        ("our key of their message", "zqclientid"),
        ("our key of an answer", "zqreplyid"),
        ("our draft", "zqdraft"),
        ("our note of whom to answer", "zqcopied"),
        ("as whom a partner knows them", "zqpeer"),
        ("our note of what the partner is told in place of an answer", "zqtemplate"),
        ("what a partner calls their message", "zqreference"),
        ("what a partner calls their comment", "zqcomment"),
        ("where their comment is read", "zqcommentlink"),
        ("the number they called from", "zqcaller"),
        ("what the telephone system calls their call", "zqcallid"),
        ("where what they spoke onto the machine lies", "zqrecording"),
        ("our note of why an answer did not arrive", "zqbounced"),
    ]
}

/// Answers with a key for repetitions, so that what was answered is kept as well.
async fn answer(ines: &Actor, talk: &Talk, mut body: serde_json::Value) {
    let seen = ines.get(&format!("/conversations/{}", talk.id)).await.ok()["last_seq"].clone();
    (body["kind"], body["seen_seq"]) = (json!("reply"), seen);
    let key = format!("key-{}", body["client_id"].as_str().unwrap());
    let headers = [("content-type", "application/json"), ("idempotency-key", key.as_str())];
    ines.send(Method::POST, &format!("/conversations/{}/messages", talk.id), &headers, Body::from(body.to_string())).await.ok();
}

/// An order of theirs, as the shop's own system tells of it.
async fn order(world: &World) {
    let order = json!({
        "reference": "zqorderref", "number": "zqordernumber", "buyer": { "account": "zqaccount" },
        "placed_at": "2026-01-12T08:00:00Z", "changed_at": "2026-01-12T08:00:00Z", "payment": "paid", "fulfilment": "all", "currency": "NOK",
        "lines": [{ "reference": "zqlineref", "sku": null, "title": "Tent", "variant": "zqengraved", "quantity": 1, "total": 100, "picture": null }],
        "total": 100,
        "parcels": [{
            "reference": "zqparcelref", "carrier": null, "tracking": "zqtracking", "tracking_url": "https://carrier.example/zqtrackingurl",
            "state": "in_transit", "at": "2026-01-12T08:00:00Z", "promised_at": null,
        }],
        "note": "zqordernote", "page": "https://shop.example/zqorderpage",
    });
    world.owner().post("/orders", order).await.ok();
}

/// What they do on the shop's pages.
async fn browse(mara: &Actor) {
    let line = json!({
        "reference": "zqcartref", "sku": null, "title": "zqcarttitle", "variant": null, "quantity": 1, "price": 100, "page": null,
        "picture": null,
    });
    let product = json!({ "reference": "zqviewedref", "title": "zqviewedtitle", "page": null, "picture": null, "price": null });
    let sightings = json!([
        { "type": "product_viewed", "product": product, "page": { "address": "https://fjell.example/zqlookedat", "title": null } },
        { "type": "searched", "query": "zqsearched" },
        { "type": "wished", "product": { "reference": "zqwishref", "title": "zqwishtitle", "page": null, "picture": null, "price": null } },
        { "type": "cart_changed", "cart": { "currency": "NOK", "lines": [line], "total": 100, "page": null } },
    ]);
    let source = json!({ "referrer": "https://social.example/zqreferrer", "campaign": null });
    mara.post("/chat/browsing", json!({ "consent": true, "source": source, "sightings": sightings })).await.ok();
}

/// Credit and a gift card of theirs, and why.
async fn credit(world: &World, customer: &str) {
    let amount = json!({ "minor": 100, "currency": "NOK" });
    let owner = world.owner();
    let gift = json!({ "amount": amount, "reason": "zqcreditreason" });
    asks(&owner, &format!("/customers/{customer}/credits"), gift).await.ok();
    asks(&owner, "/gift-cards", json!({ "amount": amount, "reason": "zqcardreason", "customer": customer })).await.ok();
}

/// What no operation writes so far.
async fn plant_by_hand(world: &World, talk: &Talk) {
    let id: kernel::ConversationId = talk.id.parse().unwrap();
    let planted = world.app.write(async move |tx: &mut Tx<'_>| {
        let answers = r#"[{"question":"Order?","answer":"zqprechat"}]"#;
        tx.one("UPDATE inbox_conversations SET answers = $1 WHERE id = $2", &[&answers, &id]).await?;
        let sql = "INSERT INTO customers_identities (shop_id, id, customer_id, customer_first, kind, address, address_key, verified, created_at) \
                   SELECT shop_id, id, customer_id, customer_id, 'account', 'zqaccount', 'zqaccount', TRUE, 0 FROM inbox_conversations WHERE id = $1";
        tx.one(sql, &[&id]).await
    });
    planted.await.unwrap();
}

/// A letter of theirs, as a mail server would have brought it.
async fn write_letter(world: &World, talk: &Talk) {
    let id: kernel::ConversationId = talk.id.parse().unwrap();
    let raw = b"From: zqclaimed@example.org\r\nSubject: zqletter\r\n\r\nzqletter".to_vec();
    let kept = files::keep(&world.app, world.id(), raw.into(), async move |tx: &mut Tx<'_>, key| {
        let (letter, mailbox): (kernel::LetterId, kernel::MailboxId) = (tx.new_id(), tx.new_id());
        let sql = "INSERT INTO channels_letters (shop_id, id, mailbox_id, uid_validity, uid, storage_key, size, state, let_in, customer_id, customer_first, \
                   conversation_id, received_at) SELECT shop_id, $1, $2, 1, 1, $3, 1, 'taken_in', FALSE, customer_id, customer_first, id, 0 \
                   FROM inbox_conversations WHERE id = $4";
        tx.one(sql, &[&letter, &mailbox, &key.to_string(), &id]).await?;
        let facts = r#"{"subject":"zqletter","to":[],"cc":[{"name":null,"email":"zqcopied@example.org"}],"participants":[],"references":[],"guests":[]}"#;
        let sql = "INSERT INTO channels_threads (shop_id, conversation_id, mailbox_id, customer_id, customer_first, facts) \
                   SELECT shop_id, id, $1, customer_id, customer_first, $2 FROM inbox_conversations WHERE id = $3";
        tx.one(sql, &[&mailbox, &facts, &id]).await?;
        let (line, message): (kernel::LineId, kernel::MessageId) = (tx.new_id(), tx.new_id());
        let sql = "INSERT INTO channels_dialogs (shop_id, conversation_id, line_id, peer, customer_id, customer_first, heard_at) \
                   SELECT shop_id, id, $1, $2, customer_id, customer_first, 0 FROM inbox_conversations WHERE id = $3";
        tx.one(sql, &[&line, &"zqpeer", &id]).await?;
        let sql = "INSERT INTO channels_references (shop_id, line_id, name, conversation_id, message_id, piece, customer_id, customer_first) \
                   SELECT shop_id, $1, $2, id, $3, 0, customer_id, customer_first FROM inbox_conversations WHERE id = $4";
        tx.one(sql, &[&line, &"zqreference", &message, &id]).await?;
        let sql = "INSERT INTO channels_comments (shop_id, line_id, name, conversation_id, message_id, customer_id, customer_first, link, may_hide, \
                   written_at, hidden, removed) SELECT shop_id, $1, $2, id, $3, customer_id, customer_first, $4, TRUE, 0, FALSE, FALSE \
                   FROM inbox_conversations WHERE id = $5";
        tx.one(sql, &[&line, &"zqcomment", &message, &"https://social.example/zqcommentlink", &id]).await?;
        let (call, line): (kernel::CallId, kernel::PhoneLineId) = (tx.new_id(), tx.new_id());
        let sql = "INSERT INTO telephony_calls (shop_id, id, line_id, reference, caller, customer_id, customer_first, conversation_id, rang_at, \
                   ended_at, recording, version) \
                   SELECT shop_id, $1, $2, $3, $4, customer_id, customer_first, id, created_at, created_at, $5, 1 FROM inbox_conversations WHERE id = $6";
        tx.one(sql, &[&call, &line, &"zqcallid", &"zqcaller", &"zqrecording", &id]).await?;
        let template = r#"{"name":"late","language":"nb","values":[["body.1","zqtemplate"]]}"#;
        let sql = "UPDATE inbox_messages SET fault = $1, template = $2 WHERE conversation_id = $3 AND kind = 'reply'";
        tx.execute(sql, &[&"zqbounced", &template, &id]).await.map(drop)
    });
    kept.await.unwrap();
}

/// Every byte of the folder, and every row of the database as text.
pub async fn everything_stored(config: &Config) -> Vec<u8> {
    let mut all = match config.database().unwrap() {
        DatabaseUrl::Sqlite(path) => sqlite_rows(&Connection::open(path).unwrap()),
        DatabaseUrl::Postgres(url) => postgres_rows(&url).await,
    };
    let mut folders = vec![std::path::PathBuf::from(&config.data)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            all.extend(entry.file_name().as_encoded_bytes());
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(entry.path()),
                false => all.extend(std::fs::read(entry.path()).unwrap()),
            }
        }
    }
    all
}

/// The rows; afterwards all there is is in the database's own file, and nothing in its log.
fn sqlite_rows(database: &Connection) -> Vec<u8> {
    database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).unwrap();
    let mut all = Vec::new();
    let mut tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for table in tables {
        let mut statement = database.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            for at in 0..width {
                all.extend(format!("{:?}\n", row.get_ref(at).unwrap()).into_bytes());
                if let Ok(bytes) = row.get_ref(at).unwrap().as_bytes() {
                    all.extend(bytes);
                }
            }
        }
    }
    all
}

async fn postgres_rows(url: &str) -> Vec<u8> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    let mut all = Vec::new();
    for table in client.query("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'", &[]).await.unwrap() {
        let table: String = table.get(0);
        for row in client.query(&format!("SELECT t::text FROM {table} t"), &[]).await.unwrap() {
            all.extend(row.get::<_, String>(0).into_bytes());
        }
    }
    all
}
