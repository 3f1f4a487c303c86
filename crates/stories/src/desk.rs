//! Saved replies: whose they are, what they say, and what they do not know.

use axum::http::StatusCode;
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Agent, Answer, Talk, items},
    world::{Shop, World},
};

const HELLO: &str = "Hi {{ customer.first_name }}, I am {{ agent.first_name }} of {{ shop.name }}. This is no. {{ conversation.number }}.";

/// A macro in English, for everybody or for oneself.
fn saying(name: &str, text: &str, shared: bool) -> Value {
    json!({ "name": name, "folder": "Greetings", "texts": { "en": text }, "tags": [], "shared": shared })
}

async fn saved(who: &Agent, new: Value) -> String {
    who.post("/macros", new).await.ok()["id"].as_str().unwrap().to_owned()
}

async fn rendered(who: &Agent, id: &str, talk: &Talk) -> Answer {
    who.post(&format!("/macros/{id}/renderings"), json!({ "conversation": talk.id })).await
}

async fn names(who: &Agent) -> Vec<String> {
    items(who.get("/macros").await.ok()).iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

fn lead(shop: &Shop) -> Agent {
    shop.member("Lena Lead", "lead")
}

#[story]
async fn a_saved_reply_is_filled_in_for_the_conversation_it_is_meant_for(world: World) {
    let (mara, ines) = (world.shopper("Mara Lind"), world.agent("Ines Moreau"));
    let hello = saved(&lead(&world), saying("Hello", HELLO, true)).await;
    let talk = mara.begins("Where is my parcel?").await;

    let answer = rendered(&ines, &hello, &talk).await.ok();

    let text = format!("Hi Mara, I am Ines of Fjell & Fjord. This is no. {}.", talk.number);
    assert_eq!(answer["text"], text);
    assert_eq!(answer["html"], format!("<p>{}</p>", text.replace('&', "&amp;")));
    assert_eq!((answer["language"].as_str(), answer["missing"].as_array().map(Vec::len)), (Some("en"), Some(0)));
}

#[story]
async fn what_nobody_knows_is_named_before_anything_is_sent(world: World) {
    let (mara, ines) = (world.shopper("Mara"), world.agent("Ines"));
    let ask = saved(&ines, saying("Ask", "We write to {{ customer.email }}, {{ customer.first_name }}.", false)).await;
    let talk = mara.begins("Can you mail me?").await;

    let answer = rendered(&ines, &ask, &talk).await.ok();
    assert_eq!((&answer["missing"], &answer["text"]), (&json!(["customer.email"]), &json!("We write to , Mara.")));

    let customer = ines.sees(&talk).await["person"]["id"].as_str().unwrap().to_owned();
    ines.patch(&format!("/customers/{customer}"), json!({ "email": "mara@example.org" })).await.ok();
    assert_eq!(rendered(&ines, &ask, &talk).await.ok()["missing"], json!([]));
}

#[story]
async fn a_saved_reply_speaks_the_customers_language_or_says_which_instead(world: World) {
    let ines = world.agent("Ines");
    let mut hello = saying("Hello", "Hi", false);
    hello["texts"]["nb"] = json!("Hei");
    let hello = saved(&ines, hello).await;
    for (language, text, spoken) in [("nb", "Hei", "nb"), ("tr", "Hi", "en")] {
        let talk = world.shopper_in(language, "Mara").begins("…").await;
        let answer = rendered(&ines, &hello, &talk).await.ok();
        assert_eq!((answer["text"].as_str(), answer["language"].as_str()), (Some(text), Some(spoken)), "{language}");
    }
}

#[story]
async fn a_name_that_is_html_stays_a_name(world: World) {
    let ines = world.agent("Ines");
    let talk = world.shopper("<img src=x onerror=alert(1)>").begins("Hello").await;
    let hello = saved(&ines, saying("Hello", "Hi {{ customer.name }}", false)).await;

    let answer = rendered(&ines, &hello, &talk).await.ok();
    assert_eq!(answer["html"], "<p>Hi &lt;img src=x onerror=alert(1)&gt;</p>");
}

#[story]
async fn what_an_agent_keeps_is_nobody_elses(world: World) {
    let (ines, mats) = (world.agent("Ines"), world.agent("Mats"));
    let talk = world.shopper("Mara").begins("Hello").await;
    let own = saved(&ines, saying("My way", "Hi, dear!", false)).await;
    assert_eq!(names(&ines).await, ["My way"]);

    for other in [mats, lead(&world), world.owner()] {
        assert!(names(&other).await.is_empty());
        assert!(items(other.get("/macros?q=dear").await.ok()).is_empty());
        for answer in [
            other.get(&format!("/macros/{own}")).await,
            other.patch(&format!("/macros/{own}"), json!({ "name": "Mine now" })).await,
            other.delete(&format!("/macros/{own}")).await,
            rendered(&other, &own, &talk).await,
        ] {
            assert_eq!((answer.status, answer.problem().as_str()), (StatusCode::NOT_FOUND, "not_found"), "{}", other.name);
        }
    }
}

#[story]
async fn what_everybody_says_is_changed_by_leads_only(world: World) {
    let (ines, lena) = (world.agent("Ines"), lead(&world));
    assert_eq!(ines.post("/macros", saying("Hello", "Hi", true)).await.problem(), "forbidden");
    let hello = saved(&lena, saying("Hello", "Hi", true)).await;
    let at = format!("/macros/{hello}");
    assert_eq!(ines.patch(&at, json!({ "folder": "Elsewhere" })).await.problem(), "forbidden");
    assert_eq!(ines.patch(&at, json!({ "shared": false })).await.problem(), "forbidden");
    assert_eq!(ines.delete(&at).await.problem(), "forbidden");

    assert_eq!(lena.patch(&at, json!({ "texts": { "en": "Good day" } })).await.ok()["texts"]["en"], "Good day");
    assert_eq!(lena.delete(&at).await.status, StatusCode::NO_CONTENT);
    assert!(names(&ines).await.is_empty());
}

#[story]
async fn a_viewer_has_no_use_for_saved_replies(world: World) {
    let sara = world.member("Sara", "viewer");
    assert_eq!(sara.get("/macros").await.problem(), "forbidden");
    assert_eq!(sara.post("/macros", saying("Hello", "Hi", false)).await.problem(), "forbidden");
}

#[story]
async fn ones_own_reply_can_become_everybodys_and_go_back(world: World) {
    let (ines, lena) = (world.agent("Ines"), lead(&world));
    let own = saved(&ines, saying("My way", "Hi", false)).await;
    let refused = ines.patch(&format!("/macros/{own}"), json!({ "shared": true })).await;
    assert_eq!(refused.problem(), "forbidden");

    let hello = saved(&lena, saying("Hello", "Good morning", false)).await;
    assert_eq!(names(&ines).await, ["My way"]);
    lena.patch(&format!("/macros/{hello}"), json!({ "shared": true })).await.ok();
    assert_eq!(items(ines.get("/macros?q=morning").await.ok()).len(), 1);
    lena.patch(&format!("/macros/{hello}"), json!({ "shared": false })).await.ok();
    assert!(items(ines.get("/macros?q=morning").await.ok()).is_empty());
    assert_eq!(items(lena.get("/macros?q=morning").await.ok()).len(), 1);
}

#[story]
async fn two_replies_of_one_owner_do_not_share_a_name(world: World) {
    let (ines, lena) = (world.agent("Ines"), lead(&world));
    saved(&lena, saying("Late parcel", "…", true)).await;
    assert_eq!(lena.post("/macros", saying("LATE PARCEL", "…", true)).await.problem(), "conflict");
    let own = saved(&ines, saying("Late parcel", "mine", false)).await;
    saved(&ines, saying("Other", "…", false)).await;
    assert_eq!(ines.patch(&format!("/macros/{own}"), json!({ "name": "other" })).await.problem(), "conflict");
    // its own name is no obstacle
    assert_eq!(ines.patch(&format!("/macros/{own}"), json!({ "name": "late parcel" })).await.ok()["name"], "late parcel");
}

#[story]
async fn replies_are_found_by_words_of_name_folder_and_text(world: World) {
    let ines = world.agent("Ines");
    let new =
        json!({ "name": "Late parcel", "folder": "Delivery", "texts": { "en": "We are sorry", "nb": "Pakken er på vei" }, "tags": [] });
    let late = saved(&ines, new).await;
    saved(&ines, saying("Hello", "Hi", false)).await;
    for words in ["late", "deliv", "sorry", "pakken", "PA VEI", "late delivery"] {
        let found = items(ines.get(&format!("/macros?q={}", words.replace(' ', "%20"))).await.ok());
        assert_eq!(found.iter().map(|one| one["id"].as_str().unwrap()).collect::<Vec<_>>(), [late.as_str()], "{words}");
    }
    ines.patch(&format!("/macros/{late}"), json!({ "name": "Delayed", "folder": "", "texts": { "en": "…" } })).await.ok();
    assert!(items(ines.get("/macros?q=sorry").await.ok()).is_empty());
    ines.delete(&format!("/macros/{late}")).await.ok();
    assert!(items(ines.get("/macros?q=delayed").await.ok()).is_empty());
}

#[story]
async fn a_long_list_of_replies_is_read_page_by_page(world: World) {
    let ines = world.agent("Ines");
    for n in 0..5 {
        saved(&ines, saying(&format!("Reply {n}"), "…", false)).await;
    }
    let (mut seen, mut cursor) = (Vec::new(), String::new());
    for more in [true, true, false] {
        let page = ines.get(&format!("/macros?limit=2{cursor}")).await.ok();
        seen.extend(items(page.clone()).iter().map(|one| one["name"].as_str().unwrap().to_owned()));
        assert_eq!(page["next"].is_string(), more);
        cursor = format!("&cursor={}", page["next"].as_str().unwrap_or_default());
    }
    assert_eq!(seen, ["Reply 0", "Reply 1", "Reply 2", "Reply 3", "Reply 4"]);
}

#[story]
async fn a_list_of_the_longest_replies_is_read_whole(world: World) {
    let ines = world.agent("Ines");
    let long = "word ".repeat(999);
    for n in 0..60 {
        let new = json!({ "name": format!("Reply {n}"), "texts": { "en": long, "nb": long, "tr": long, "zh": long } });
        saved(&ines, new).await;
    }
    let page = ines.get("/macros?limit=100").await;
    assert!(page.bytes.len() > 1024 * 1024);
    assert_eq!(items(page.ok()).len(), 60);
}

#[story]
async fn each_time_a_reply_is_put_into_an_answer_counts(world: World) {
    let ines = world.agent("Ines");
    let talk = world.shopper("Mara").begins("Hello").await;
    let hello = saved(&ines, saying("Hello", "Hi", false)).await;
    for used in [1, 2] {
        rendered(&ines, &hello, &talk).await.ok();
        assert_eq!(ines.get(&format!("/macros/{hello}")).await.ok()["used"], used);
    }
}

#[story]
async fn a_reply_carries_only_tags_that_exist(world: World) {
    let (ines, lena) = (world.agent("Ines"), lead(&world));
    let tag = lena.post("/tags", json!({ "name": "delivery", "color": "amber" })).await.ok()["id"].clone();
    let mut new = saying("Late", "…", false);
    new["tags"] = json!([tag]);
    let late = saved(&ines, new.clone()).await;
    assert_eq!(ines.get(&format!("/macros/{late}")).await.ok()["tags"], json!([tag]));

    lena.delete(&format!("/tags/{}", tag.as_str().unwrap())).await.ok();
    assert_eq!(ines.get(&format!("/macros/{late}")).await.ok()["tags"], json!([]));
    new["name"] = json!("Another");
    assert_eq!(ines.post("/macros", new).await.problem(), "invalid");
}

#[story]
async fn what_the_whole_shop_says_is_audited_and_what_one_keeps_is_not(world: World) {
    let (ines, lena) = (world.agent("Ines"), lead(&world));
    let own = saved(&ines, saying("My way", "Hi", false)).await;
    ines.delete(&format!("/macros/{own}")).await.ok();
    let hello = saved(&lena, saying("Hello", "Hi", true)).await;
    lena.patch(&format!("/macros/{hello}"), json!({ "folder": "" })).await.ok();
    lena.delete(&format!("/macros/{hello}")).await.ok();
    world.settle().await;

    let audit = items(world.owner().get("/audit?limit=100").await.ok());
    let about_macros: Vec<&str> =
        audit.iter().filter_map(|entry| entry["event"].as_str()).filter(|event| event.contains("macro")).collect();
    assert_eq!(about_macros, ["macro_deleted", "macro_changed", "macro_created"]);
}

#[story]
async fn a_text_that_would_never_end_is_stopped(world: World) {
    let ines = world.agent("Ines");
    let talk = world.shopper("Mara").begins("Hello").await;
    let endless = "{% for a in (1..100000) %}{% for b in (1..100000) %}x{% endfor %}{% endfor %}";
    let endless = saved(&ines, saying("Endless", endless, false)).await;

    assert_eq!(rendered(&ines, &endless, &talk).await.problem(), "invalid");
    assert_eq!(ines.get(&format!("/macros/{endless}")).await.ok()["used"], 0);
}

#[story]
async fn another_shop_sees_nothing_of_the_first_shops_replies(world: World) {
    let there = world.other_shop().owner();
    let hello = saved(&world.owner(), saying("Hello", "Hi", true)).await;
    let theirs = saved(&there, saying("Hello", "Merhaba", true)).await;
    let talk = world.shopper("Mara").begins("Hello").await;

    assert_eq!(names(&there).await, ["Hello"]);
    assert!(items(there.get("/macros?q=hi").await.ok()).is_empty());
    for answer in [
        there.get(&format!("/macros/{hello}")).await,
        there.patch(&format!("/macros/{hello}"), json!({ "name": "Ours" })).await,
        there.delete(&format!("/macros/{hello}")).await,
        rendered(&there, &theirs, &talk).await,
    ] {
        assert_eq!(answer.problem(), "not_found");
    }
}
