//! Whoever knows something about a customer can hand it out, and forget it.

use ::platform::Module;

use super::{
    nothing_wrong,
    tables::{Table, columns, schema},
};

/// A table that belongs to customers, and what its room lacks for that.
fn lacking(table: &str, room: &str, columns: &[String], modules: &[Module]) -> Vec<String> {
    if !columns.iter().any(|column| column == "customer_id") {
        return Vec::new();
    }
    let mut wrong = Vec::new();
    if !modules.iter().any(|module| module.name == room && module.personal_data.is_some()) {
        wrong.push(format!("{room} knows customers in {table}, but its module() names no personal_data"));
    }
    // a merge rewrites the one and is undone from the other
    if !columns.iter().any(|column| column == "customer_first") {
        wrong.push(format!("{table} has a customer_id without a customer_first beside it"));
    }
    wrong
}

#[test]
fn a_room_that_knows_customers_can_forget_them() {
    let (database, tables) = schema();
    let modules = app::modules();
    let of = |Table { room, name }: &Table| lacking(name, room, &columns(&database, name), &modules);
    nothing_wrong(tables.iter().flat_map(of).collect());
    assert!(tables.iter().any(|table| columns(&database, &table.name).iter().any(|column| column == "customer_id")));
}

#[test]
fn a_room_that_cannot_is_found() {
    let columns = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let modules = app::modules();
    assert_eq!(lacking("desk_ratings", "desk", &columns(&["shop_id", "customer_id"]), &modules).len(), 2);
    assert_eq!(lacking("inbox_ratings", "inbox", &columns(&["customer_id"]), &modules).len(), 1);
    assert_eq!(lacking("inbox_ratings", "inbox", &columns(&["customer_id", "customer_first"]), &modules), Vec::<String>::new());
    assert_eq!(lacking("desk_ratings", "desk", &columns(&["customer"]), &modules), Vec::<String>::new());
}
