//! The policy table: who may call which operation. What is not in it cannot be called, and does not start.

use std::collections::{BTreeMap, HashMap};

use super::Permission;

/// Who may call an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anybody.
    Public,
    /// A shop's visitor with a visitor token.
    Visitor,
    /// Any member, and their tokens.
    SignedIn,
    /// Members and tokens that hold this permission.
    Needs(&'static str),
}

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    pub method: &'static str,
    pub path: &'static str,
    pub access: Access,
}

/// A room's rows.
pub type Policy = Vec<Rule>;

/// Writes a room's rows: `policy! { GET "/conversations" => READ; POST "/session" => public; }`.
#[macro_export]
macro_rules! policy {
    (@access public) => { $crate::http::Access::Public };
    (@access visitor) => { $crate::http::Access::Visitor };
    (@access signed_in) => { $crate::http::Access::SignedIn };
    (@access $permission:ident) => { $crate::http::Access::Needs($permission.key) };
    ($($method:ident $path:literal => $access:ident;)*) => {
        vec![$($crate::http::Rule { method: stringify!($method), path: $path, access: $crate::policy!(@access $access) }),*]
    };
}

/// The whole table, by method and path.
#[derive(Debug, Default)]
pub struct Table(HashMap<(String, String), Access>);

impl Table {
    /// Holds the table against the operations there are.
    ///
    /// Errors: a list of what is in one and not in the other, or needs a permission no room declares.
    pub fn new(rules: Vec<Rule>, operations: &[(String, String)], permissions: &[&Permission]) -> Result<Table, String> {
        let mut wrong = BTreeMap::new();
        let mut table = HashMap::new();
        for rule in rules {
            let key = (rule.method.to_owned(), rule.path.to_owned());
            if let Access::Needs(permission) = rule.access
                && !permissions.iter().any(|p| p.key == permission)
            {
                wrong.insert(key.clone(), "needs a permission no room declares");
            }
            if !operations.contains(&key) {
                wrong.insert(key.clone(), "is in the policy table but is no operation");
            }
            if table.insert(key.clone(), rule.access).is_some() {
                wrong.insert(key, "stands in the policy table twice");
            }
        }
        for operation in operations {
            if !table.contains_key(operation) {
                wrong.insert(operation.clone(), "is missing from the policy table");
            }
        }
        if wrong.is_empty() {
            return Ok(Table(table));
        }
        Err(wrong.into_iter().map(|((method, path), why)| format!("{method} {path} {why}")).collect::<Vec<_>>().join("\n"))
    }

    /// Who may call this operation; `None` when there is no such operation.
    pub fn access(&self, method: &str, path: &str) -> Option<Access> {
        // an answer to HEAD is an answer to GET without its body
        let method = if method == "HEAD" { "GET" } else { method };
        self.0.get(&(method.to_owned(), path.to_owned())).copied()
    }

    /// Every row.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &str, Access)> {
        self.0.iter().map(|((method, path), access)| (method.as_str(), path.as_str(), *access))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ: Permission = Permission { key: "things.read", about: "Read things", least: crate::http::Rank::Viewer };

    #[test]
    fn a_table_must_name_every_operation_and_nothing_else() {
        let rules = || crate::policy! { GET "/things" => READ; POST "/session" => public; };
        let operations = [("GET".to_owned(), "/things".to_owned()), ("POST".to_owned(), "/session".to_owned())];
        let table = Table::new(rules(), &operations, &[&READ]).unwrap();
        assert_eq!(table.access("HEAD", "/things"), Some(Access::Needs("things.read")));
        assert_eq!(table.access("DELETE", "/things"), None);
        for (operations, permissions, complaint) in [
            (&operations[..1], &[&READ][..], "POST /session is in the policy table but is no operation"),
            (&operations[..], &[][..], "GET /things needs a permission no room declares"),
        ] {
            assert_eq!(Table::new(rules(), operations, permissions).unwrap_err(), complaint);
        }
        assert_eq!(Table::new(rules().split_off(1), &operations, &[&READ]).unwrap_err(), "GET /things is missing from the policy table");
    }
}
