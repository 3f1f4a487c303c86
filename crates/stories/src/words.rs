//! What Ombud says, and in whose language it says it.

use axum::{
    body::Body,
    http::{Method, StatusCode},
};
use kernel::{Language, minutes};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Answer},
    world::World,
};

/// Asks for something as a browser in this language would.
async fn asks(who: &Actor, languages: &str, method: Method, path: &str, body: Value) -> Answer {
    let headers = [("content-type", "application/json"), ("accept-language", languages)];
    who.send(method, path, &headers, Body::from(body.to_string())).await
}

async fn looks_at(who: &Actor, languages: &str, path: &str) -> Answer {
    who.send(Method::GET, path, &[("accept-language", languages)], Body::empty()).await
}

const NO_CONVERSATION: &str = "/conversations/cnv_00000000000000000000000000";

#[story]
async fn a_turkish_agent_reads_in_turkish_what_is_wrong_with_a_field(world: World) {
    let (mara, elif) = (world.shopper("Mara"), world.agent("Elif"));
    let talk = mara.begins("Where is my parcel?").await;
    let path = format!("/conversations/{}/snooze", talk.id);

    let refused = asks(&elif, "tr-TR,tr;q=0.9,en;q=0.5", Method::PUT, &path, json!({ "until": world.in_(-minutes(1)) })).await;

    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!((refused.header("content-language"), refused.header("vary")), (Some("tr"), Some("accept-language")));
    let said = "Gelecekte bir zaman seçin.";
    assert_eq!(
        refused.json(),
        json!({ "type": "/problems/invalid", "title": "Geçerli değil", "status": 422, "detail": said, "fields": [{ "field": "until", "message": said }] }),
        "programs read the same words in every language"
    );
    let english = asks(&elif, "fr", Method::PUT, &path, json!({ "until": world.in_(-minutes(1)) })).await;
    assert_eq!(english.json()["detail"], "Choose a time in the future.", "nobody here speaks French");
}

#[story]
async fn a_norwegian_shopper_reads_norwegian(world: World) {
    let nils = world.shopper_in("nb", "Nils");
    let written = json!({ "client_id": "one", "text": " ", "files": [], "department": null, "name": null, "email": "nils@", "consent": true, "page": null });

    let refused = asks(&nils, "nb", Method::POST, "/chat/conversations", written).await.json();

    let faults = refused["fields"].as_array().unwrap();
    let email = faults.iter().find(|fault| fault["field"] == "email").unwrap();
    assert_eq!(email["message"], "Skriv en e-postadresse, for eksempel navn@example.com.");
    let gone = looks_at(&nils, "nb", &format!("/chat{NO_CONVERSATION}/messages")).await;
    assert_eq!(gone.json()["detail"], "Denne samtalen ble ikke funnet.");
}

#[story]
async fn a_number_chooses_its_words(world: World) {
    let owner = world.owner();
    let role = owner.post("/roles", json!({ "name": "Night watch", "permissions": ["conversations.read"] })).await.ok()["id"].clone();
    let path = format!("/roles/{}", role.as_str().unwrap());
    for (name, norwegian, turkish) in [
        (
            "Ines",
            "Ett medlem har denne rollen. Gi medlemmet en annen rolle først.",
            "Bu role sahip 1 üye var. Önce ona başka bir rol verin.",
        ),
        ("Mats", "2 medlemmer har denne rollen. Gi dem en annen rolle først.", "Bu role sahip 2 üye var. Önce onlara başka bir rol verin."),
    ] {
        let member = world.agent(name).get("/session").await.ok()["member"]["id"].clone();
        owner.patch(&format!("/members/{}", member.as_str().unwrap()), json!({ "role": role })).await.ok();
        for (language, said) in [("nb", norwegian), ("tr", turkish)] {
            assert_eq!(asks(&owner, language, Method::DELETE, &path, Value::Null).await.json()["detail"], said);
        }
    }
}

#[story]
async fn whoever_is_refused_at_the_door_is_told_in_their_language(world: World) {
    let stranger = world.stranger();
    for (path, language, status, said) in [
        ("/conversations", "nb", StatusCode::UNAUTHORIZED, "Du er ikke logget inn, eller økten er avsluttet. Logg inn igjen."),
        ("/nowhere", "tr", StatusCode::NOT_FOUND, "Bu adreste hiçbir şey yok."),
        ("/customers/nobody/nothing", "zh-CN", StatusCode::NOT_FOUND, "此地址没有任何内容。"),
        ("/conversations?view=%00", "en", StatusCode::UNAUTHORIZED, "You are not signed in, or your session has ended. Sign in again."),
        ("//console/assets/gone.js", "nb", StatusCode::NOT_FOUND, "Denne filen hører til en annen versjon. Last siden på nytt."),
    ] {
        let answer = looks_at(&stranger, language, path).await;
        assert_eq!((answer.status, answer.json()["detail"].as_str()), (status, Some(said)), "{path}");
    }
    let method = asks(&world.owner(), "tr", Method::PATCH, "/conversations", json!({})).await;
    assert_eq!((method.status, method.json()["detail"].as_str()), (StatusCode::NOT_FOUND, Some("Bu adreste böyle bir işlem yok.")));
    assert!(method.header("content-security-policy").is_some(), "what every answer carries");
}

#[story]
async fn a_hostile_wish_for_languages_is_answered_in_english(world: World) {
    let ines = world.agent("Ines");
    let (many, long) = ("xx;q=0.9,".repeat(10_000), format!("tr-{}", "x".repeat(60_000)));
    for languages in [many.as_str(), &long, "*", "tr;q=9", "tr;q=0", "../../nb", "{ $name }", ",;,;q=,=;"] {
        let answer = looks_at(&ines, languages, NO_CONVERSATION).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert_eq!(
            (answer.json()["detail"].as_str(), answer.header("content-language")),
            (Some("This conversation was not found."), Some("en"))
        );
    }
}

#[story]
async fn the_servers_own_pages_speak_the_readers_language(world: World) {
    let stranger = world.stranger();
    for (languages, path, language, about) in [
        ("nb-NO,en;q=0.3", "//", Language::Nb, "Kundeservice for en nettbutikk."),
        ("nb-NO,en;q=0.3", "//?lang=zh", Language::Zh, "网店的客户服务台。"),
        ("tr", "//", Language::Tr, "Bir çevrimiçi mağazanın müşteri hizmetleri masası."),
        ("", "//", Language::En, "The customer-service desk of an online shop."),
        ("tr", "//api/", Language::Tr, "API belgeleri"),
        ("", "//api/?lang=nb", Language::Nb, "API-referanse"),
    ] {
        let page = looks_at(&stranger, languages, path).await;
        let html = page.text();
        assert!(html.contains(about) && html.contains(&format!("<html lang=\"{language}\">")), "{path} in {languages}: {html}");
        assert!(html.contains(&format!("hreflang=\"{language}\" aria-current=\"true\"")), "{path}: the language is marked");
        assert_eq!((page.header("content-language"), page.header("vary")), (Some(language.code()), Some("accept-language")));
    }
}
