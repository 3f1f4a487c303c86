//! Files: taken for what they hold, given back as what they are, never run, never somebody else's.

pub mod bucket;

use ::platform::files::FileKey;
use axum::{
    body::Body,
    http::{HeaderMap, Method, StatusCode, header},
};
use kernel::{Error, days, seconds};
use serde_json::{Value, json};
use story_macro::story;

use crate::{
    actor::{Actor, Answer, OUR_ORIGIN, send},
    world::World,
};

pub fn png() -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x04\x08\x06\0\0\0".as_slice(), &[7; 64]].concat()
}

/// One of each kind that is taken.
fn kinds() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let padded = |head: &[u8]| [head, &[0; 64]].concat();
    vec![
        ("png", "image/png", png()),
        ("jpg", "image/jpeg", padded(b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\x00\x20\x00\x10\x03\x01\x22\0\x02\x11\x01\x03\x11\x01")),
        ("gif", "image/gif", padded(b"GIF89a\x05\0\x06\0")),
        ("webp", "image/webp", padded(b"RIFF\x2a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0")),
        ("pdf", "application/pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj".to_vec()),
        ("mp4", "video/mp4", padded(b"\0\0\0\x18ftypisom")),
        ("wav", "audio/wav", padded(b"RIFF\x2a\0\0\0WAVEfmt ")),
        ("mp3", "audio/mpeg", padded(b"ID3\x04\0")),
        ("ogg", "audio/ogg", padded(b"OggS\0")),
        ("txt", "text/plain; charset=utf-8", "ğüş 订单\n".into()),
        ("csv", "text/csv; charset=utf-8", "a;b\n1;2".into()),
    ]
}

async fn uploads(who: &Actor, name: &str, bytes: &[u8]) -> Answer {
    let path = if who.name == "Mara" { "/chat/files" } else { "/files" };
    who.uploads(&format!("{path}?name={name}"), bytes).await
}

/// Whether the store holds this content.
pub async fn is_kept(world: &World, content: &[u8]) -> bool {
    match world.app.files().get(FileKey::of(world.id(), content)).await {
        Ok(bytes) => bytes == content,
        Err(error) => matches!(error, Error::NotFound(_)).then_some(false).unwrap_or_else(|| panic!("{error}")),
    }
}

/// Opens a file's address as a browser without a sign-in would.
pub async fn opens(world: &World, url: &str) -> Answer {
    opens_with(world, url, &HeaderMap::new()).await
}

async fn opens_with(world: &World, url: &str, headers: &HeaderMap) -> Answer {
    let path = url.strip_prefix(OUR_ORIGIN).expect("an address of Ombud's own");
    send(world.router(), Method::GET, &format!("/{path}"), headers, Body::empty()).await
}

pub fn url(file: &Value) -> &str {
    file["url"].as_str().unwrap()
}

#[story]
async fn every_kind_comes_back_as_it_was_and_runs_nowhere(world: World) {
    for who in [world.agent("Ines").0, world.shopper("Mara").0] {
        for (ending, mime, bytes) in kinds() {
            // a visitor sends only so many at once
            world.clock.advance(seconds(15));
            let file = uploads(&who, &format!("thing.{ending}"), &bytes).await.ok();
            assert_eq!((&file["name"], &file["size"]), (&json!(format!("thing.{ending}")), &json!(bytes.len())));
            let back = opens(&world, url(&file)).await;
            assert_eq!((back.status, &back.bytes[..]), (StatusCode::OK, &bytes[..]), "{ending}");
            let header = |name| back.header(name).unwrap_or_default().to_owned();
            assert_eq!((header("content-type").as_str(), header("x-content-type-options").as_str()), (mime, "nosniff"));
            assert!(header("content-security-policy").contains("sandbox"), "{ending}");
            assert_eq!(header("cross-origin-resource-policy"), "cross-origin");
            let shown = if mime.starts_with("image/") { "inline" } else { "attachment" };
            assert!(header("content-disposition").starts_with(&format!("{shown};")), "{ending}: {}", header("content-disposition"));
        }
    }
}

#[story]
async fn a_part_of_a_file_is_handed_out_as_browsers_ask_for_sound(world: World) {
    let file = uploads(&world.agent("Ines"), "a.txt", b"0123456789").await.ok();
    for (asked, status, part, range) in [
        ("bytes=2-4", StatusCode::PARTIAL_CONTENT, "234", Some("bytes 2-4/10")),
        ("bytes=7-", StatusCode::PARTIAL_CONTENT, "789", Some("bytes 7-9/10")),
        ("bytes=10-", StatusCode::RANGE_NOT_SATISFIABLE, "", Some("bytes */10")),
        ("bytes=0-1,4-5", StatusCode::OK, "0123456789", None),
    ] {
        let headers = HeaderMap::from_iter([(header::RANGE, asked.parse().unwrap())]);
        let answer = opens_with(&world, url(&file), &headers).await;
        assert_eq!((answer.status, answer.text().as_str(), answer.header("content-range")), (status, part, range), "{asked}");
        assert!(answer.header("content-security-policy").unwrap().contains("sandbox"));
    }
}

#[story]
async fn an_address_that_was_altered_or_has_run_out_leads_nowhere(world: World) {
    let file = uploads(&world.agent("Ines"), "note.txt", b"a note").await.ok();
    let whole = url(&file);
    let token = whole.rsplit('/').next().unwrap();
    for at in [0, 5, token.len() / 2, token.len() - 2] {
        let other = if token.as_bytes()[at] == b'A' { "B" } else { "A" };
        let altered = format!("{}{other}{}", &token[..at], &token[at + 1..]);
        assert_eq!(opens(&world, &whole.replace(token, &altered)).await.problem(), "not_found", "{at}");
    }
    for wrong in ["x", "a.b", ".", "%00", &"x".repeat(5_000)] {
        assert_eq!(opens(&world, &whole.replace(token, wrong)).await.problem(), "not_found", "{wrong:.20}");
    }
    world.clock.advance(days(7));
    assert_eq!(opens(&world, whole).await.status, StatusCode::OK, "good for a week");
    world.clock.advance(days(1));
    assert_eq!(opens(&world, whole).await.problem(), "not_found");
}

#[story]
async fn nobody_sends_anothers_file(world: World) {
    let (mara, nia, ines) = (world.shopper("Mara"), world.shopper("Nia"), world.agent("Ines"));
    let talk = mara.begins("Hello").await;
    let of_ines = uploads(&ines, "note.txt", b"of Ines").await.ok()["id"].clone();
    let of_mats = uploads(&world.agent("Mats"), "note.txt", b"of Mats").await.ok()["id"].clone();
    let of_nia = nia.uploads("/chat/files?name=note.txt", b"of Nia").await.ok()["id"].clone();
    let elsewhere = uploads(&world.other_shop().owner(), "note.txt", b"elsewhere").await.ok()["id"].clone();

    for file in [&of_ines, &of_nia, &elsewhere] {
        let body = json!({ "client_id": world.fresh_key(), "text": "Look", "files": [file] });
        let answer = mara.post(&format!("/chat/conversations/{}/messages", talk.id), body).await;
        assert_eq!(answer.json()["fields"][0]["field"], "files");
    }
    for file in [&of_mats, &of_nia, &elsewhere] {
        let body = json!({ "client_id": world.fresh_key(), "kind": "reply", "html": "<p>Look</p>", "files": [file], "seen_seq": 1 });
        let answer = ines.post(&format!("/conversations/{}/messages", talk.id), body).await;
        assert_eq!(answer.json()["fields"][0]["field"], "files");
    }
}

#[story]
async fn what_is_two_things_or_a_page_is_refused(world: World) {
    let archive_behind = |front: &[u8]| [front, b"PK\x05\x06".as_slice(), &[0; 18]].concat();
    let mara = world.shopper("Mara");
    for (name, bytes) in [
        ("page.png", b"<!DOCTYPE html><script>alert(1)</script>".to_vec()),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("drawing.png", b"<?xml version='1.0'?><svg/>".to_vec()),
        ("both.png", archive_behind(&png())),
        ("both.gif", b"GIF89a\x05\0\x06\0/*<html><script>alert(1)</script>*/".to_vec()),
        ("script.jpg", [b"\xff\xd8\xff\xe0".as_slice(), b"<?php system($_GET[0]); ?>"].concat()),
        ("program.txt", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("archive.zip", b"PK\x03\x04\x14\0\0\0".to_vec()),
        ("shell.txt", b"#!/bin/sh\nrm -rf /".to_vec()),
        ("bomb.png", b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0\x08\x06\0\0\0aaaa".to_vec()),
    ] {
        let answer = uploads(&mara, name, &bytes).await;
        assert_eq!((answer.status, &answer.json()["fields"][0]["field"]), (StatusCode::UNPROCESSABLE_ENTITY, &json!("file")), "{name}");
    }
}

#[story]
async fn names_lose_their_tricks(world: World) {
    let ines = world.agent("Ines");
    for (asked, kept) in [
        ("..%2f..%2f..%2fetc%2fpasswd", "passwd.png"),
        ("C%3a%5cwindows%5cwin.ini", "win.ini.png"),
        ("invoice%E2%80%AEgnp.exe", "invoicegnp.png"),
        ("shell.php.png", "shell.png"),
        ("CON.png", "_CON.png"),
        (".htaccess", "file.png"),
        ("a%22%3b%20filename%3d%22evil.html", "a_; filename=_evil.png"),
        ("a%0d%0aSet-Cookie%3a%20x%3d1.png", "a Set-Cookie_ x=1.png"),
        ("%E8%AE%A2%E5%8D%95.png", "订单.png"),
        ("", "file.png"),
    ] {
        let file = uploads(&ines, asked, &png()).await.ok();
        assert_eq!(file["name"], kept, "{asked}");
        let answer = opens(&world, url(&file)).await;
        let disposition = answer.header("content-disposition").unwrap();
        assert_eq!(disposition.matches('"').count(), 2, "{disposition}");
        assert!(answer.header("set-cookie").is_none());
    }
    let long = uploads(&ines, &"x".repeat(3_000), &png()).await.ok();
    assert!(long["name"].as_str().unwrap().len() <= 200);
}
