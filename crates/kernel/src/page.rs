//! Paging by cursor: a page says where the next one begins.

use data_encoding::BASE64URL_NOPAD;

use crate::{invalid, say};

/// One page of a list.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Hand this back as `cursor` for what follows; null at the end.
    #[schema(required)]
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// All there is, on one page.
    pub fn all(items: Vec<T>) -> Self {
        Page { items, next: None }
    }

    /// Cuts `items`, of which one more than `limit` was asked for, into a page; `at` names the place of its last row.
    pub fn cut(mut items: Vec<T>, limit: usize, at: impl Fn(&T) -> Cursor) -> Self {
        let more = items.len() > limit;
        items.truncate(limit);
        let next = more.then(|| items.last().map(|last| at(last).to_string())).flatten();
        Page { items, next }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

/// A place in a list: the sort value and the id of the last row seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    pub key: i64,
    pub id: uuid::Uuid,
}

impl Cursor {
    /// Before everything, in a list sorted newest first.
    pub const FIRST_DESCENDING: Cursor = Cursor { key: i64::MAX, id: uuid::Uuid::max() };
    /// Before everything, in a list sorted oldest first.
    pub const FIRST_ASCENDING: Cursor = Cursor { key: i64::MIN, id: uuid::Uuid::nil() };
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = [0; 24];
        bytes[..8].copy_from_slice(&self.key.to_be_bytes());
        bytes[8..].copy_from_slice(self.id.as_bytes());
        f.write_str(&BASE64URL_NOPAD.encode(&bytes))
    }
}

impl std::str::FromStr for Cursor {
    type Err = crate::Error;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || invalid("cursor", say!("cursor-unknown"));
        let bytes: [u8; 24] = BASE64URL_NOPAD.decode(text.as_bytes()).map_err(|_| wrong())?.try_into().map_err(|_| wrong())?;
        let (key, id) = bytes.split_at(8);
        Ok(Cursor { key: i64::from_be_bytes(key.try_into().map_err(|_| wrong())?), id: uuid::Uuid::from_slice(id).map_err(|_| wrong())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_the_wire_and_a_made_up_one_does_not() {
        let here = Cursor { key: -5, id: uuid::Uuid::from_u128(9) };
        assert_eq!(here.to_string().parse::<Cursor>().unwrap(), here);
        for text in ["", "x", "🦊", &"A".repeat(33)] {
            assert!(text.parse::<Cursor>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_page_is_cut_only_when_there_is_more() {
        let at = |n: &i64| Cursor { key: *n, id: uuid::Uuid::nil() };
        assert_eq!(Page::cut(vec![1, 2], 2, at).next, None);
        let page = Page::cut(vec![1, 2, 3], 2, at);
        assert_eq!((page.items, page.next), (vec![1, 2], Some(at(&2).to_string())));
    }
}
