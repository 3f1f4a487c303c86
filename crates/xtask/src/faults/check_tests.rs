//! What the comparison finds wrong, and what it lets pass.

use serde_json::json;

use super::*;
use crate::faults::journal::{Kept, Written};

fn kept(client_id: &str) -> Kept {
    let written = Written { by: 1, client_id: client_id.into(), text: format!("Text of {client_id}"), sheets: Vec::new(), in_order: true };
    Kept { written, id: format!("msg_{client_id}") }
}

fn entry(client_id: &str, seq: i64) -> Value {
    json!({ "id": format!("msg_{client_id}"), "client_id": client_id, "seq": seq, "text": format!("Text of {client_id}"), "files": [] })
}

fn known() -> Conversation {
    let row = json!({ "version": 4, "status": "open" });
    Conversation { kept: vec![kept("a"), kept("b")], row, heard: ["msg_a".to_owned()].into() }
}

fn shown(entries: Vec<Value>) -> Shown {
    Shown { row: json!({ "version": 4, "status": "open" }), entries }
}

fn found(shown: &Shown) -> Vec<Wrong> {
    compare("cnv", &known(), shown).into_iter().map(|violation| violation.wrong).collect()
}

#[test]
fn what_was_acknowledged_is_there_once_and_in_order() {
    let unanswered = entry("c", 3);
    assert_eq!(found(&shown(vec![entry("a", 1), entry("b", 2), unanswered])), []);
    assert_eq!(found(&shown(vec![entry("a", 1)])), [Wrong::Missing]);
    assert_eq!(found(&shown(vec![entry("b", 2)])), [Wrong::Missing, Wrong::Missing], "and the socket told of it");
    assert_eq!(found(&shown(vec![entry("a", 1), entry("b", 2), entry("b", 3)])), [Wrong::Doubled]);
    assert_eq!(found(&shown(vec![entry("b", 1), entry("a", 2)])), [Wrong::Misordered]);
    assert_eq!(found(&shown(vec![entry("a", 1), entry("b", 2), entry("c", 2)])), [Wrong::Misordered]);
}

#[test]
fn it_is_what_was_acknowledged() {
    let mut other = entry("b", 2);
    other["text"] = json!("Something else");
    assert_eq!(found(&shown(vec![entry("a", 1), other])), [Wrong::Altered]);
    let mut known = known();
    known.kept[1].written.sheets.push(Sheet { number: 7, lines: 3 });
    let wrong = compare("cnv", &known, &shown(vec![entry("a", 1), entry("b", 2)]));
    assert_eq!(wrong.len(), 1, "a file is missing");
}

#[test]
fn a_change_is_there_or_a_newer_one_is() {
    let acknowledged = json!({ "version": 4, "status": "resolved" });
    for (row, lost) in [
        (json!({ "version": 4, "status": "resolved" }), false),
        (json!({ "version": 5, "status": "open" }), false),
        (json!({ "version": 4, "status": "open" }), true),
        (json!({ "version": 3, "status": "resolved" }), true),
        (Value::Null, true),
    ] {
        assert_eq!(change_lost(&acknowledged, &row).is_some(), lost, "{row}");
    }
    assert_eq!(change_lost(&Value::Null, &Value::Null), None);
}
