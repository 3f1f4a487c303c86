//! Full-text search: one index for all rooms, said once to each engine.
//!
//! Texts are folded here, in Rust, so that both engines see the same words: lower case, without accents, Chinese one
//! character a word. Hits come newest first; finding the newest is what people do, and it stays fast on common words.

use kernel::{Result, ShopId, Timestamp};
use uuid::Uuid;

use crate::db::{Bind, Twin, Tx};

pub(crate) const TABLES: Twin = Twin {
    sqlite: "CREATE TABLE IF NOT EXISTS platform_search_rows (shop_id UUID NOT NULL, kind TEXT NOT NULL, id UUID NOT NULL, place INTEGER PRIMARY KEY, UNIQUE (shop_id, kind, id)); \
             CREATE VIRTUAL TABLE IF NOT EXISTS platform_search USING fts5 (scope, words, tokenize = 'unicode61 remove_diacritics 2'); \
             INSERT INTO platform_search (platform_search, rank) VALUES ('secure-delete', 1)",
    postgres: "CREATE TABLE IF NOT EXISTS platform_search (shop_id UUID NOT NULL, kind TEXT NOT NULL, id UUID NOT NULL, at BIGINT NOT NULL, words TSVECTOR NOT NULL, PRIMARY KEY (shop_id, kind, id)); \
               CREATE INDEX IF NOT EXISTS platform_search_words ON platform_search USING GIN (words); \
               CREATE INDEX IF NOT EXISTS platform_search_recent ON platform_search (shop_id, kind, at, id)",
};

/// Among so many of the newest for each that is wanted, words that many texts hold are found at once on PostgreSQL. Its index of words
/// knows no order: of such a word it would have to look at every text.
const RECENT: i64 = 32;

/// How PostgreSQL is asked: among the newest, and then among all. There it finds all that hold the words before it looks for the newest of
/// them: left to choose, it takes a rare word for a common one, and walks through all there is from the newest on.
pub const STATEMENTS: [&str; 2] = [
    "SELECT id FROM (SELECT id, at, words FROM platform_search WHERE shop_id = $2 AND kind = $3 ORDER BY at DESC, id DESC LIMIT $5) recent \
     WHERE words @@ to_tsquery('simple', $1) ORDER BY at DESC, id DESC LIMIT $4",
    "WITH found AS MATERIALIZED (SELECT id, at FROM platform_search WHERE words @@ to_tsquery('simple', $1) AND shop_id = $2 AND kind = $3) \
     SELECT id FROM found ORDER BY at DESC, id DESC LIMIT $4",
];

/// Longer texts are found by their first part only, in characters.
const INDEXED: usize = 20_000;
/// A query has at most so many words.
const WORDS: usize = 12;

/// Makes `text` findable as `id` of this kind; what was findable there before is not any more.
pub async fn put(tx: &mut Tx<'_>, shop: ShopId, kind: &str, id: Uuid, at: Timestamp, text: &str) -> Result<()> {
    let text: String = text.chars().take(INDEXED).collect();
    let words = fold(&text).join(" ");
    if !tx.is_sqlite() {
        let sql = "INSERT INTO platform_search (shop_id, kind, id, at, words) VALUES ($1, $2, $3, $4, to_tsvector('simple', $5)) \
                   ON CONFLICT (shop_id, kind, id) DO UPDATE SET words = excluded.words, at = excluded.at";
        let words = format!("{} {words}", scope(shop, kind));
        return tx.execute(sql, &[&shop, &kind, &id, &at, &words]).await.map(drop);
    }
    let sql = "INSERT INTO platform_search_rows (shop_id, kind, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING place";
    let place: i64 = match tx.row(sql, &[&shop, &kind, &id]).await? {
        Some(row) => row.get(0)?,
        None => {
            let sql = "SELECT place FROM platform_search_rows WHERE shop_id = $1 AND kind = $2 AND id = $3";
            let place = tx.value(sql, &[&shop, &kind, &id]).await?;
            tx.execute("DELETE FROM platform_search WHERE rowid = $1", &[&place]).await?;
            place
        }
    };
    let sql = "INSERT INTO platform_search (rowid, scope, words) VALUES ($1, $2, $3)";
    tx.execute(sql, &[&place, &scope(shop, kind), &words]).await.map(drop)
}

/// [`put`] for many things at once that nobody could find before.
pub async fn put_new(tx: &mut Tx<'_>, shop: ShopId, kind: &str, at: Timestamp, things: &[(Uuid, String)]) -> Result<()> {
    let words = |text: &String| fold(&text.chars().take(INDEXED).collect::<String>()).join(" ");
    let scope = scope(shop, kind);
    if !tx.is_sqlite() {
        let sql = "INSERT INTO platform_search (shop_id, kind, id, at, words) VALUES $rows";
        let texts: Vec<String> = things.iter().map(|(_, text)| format!("{scope} {}", words(text))).collect();
        let rows: Vec<Vec<&dyn Bind>> =
            things.iter().zip(&texts).map(|((id, _), text)| vec![&shop as &dyn Bind, &kind, id, &at, text]).collect();
        return tx.many(sql, "($1, $2, $3, $4, to_tsvector('simple', $5))", &rows).await.map(drop);
    }
    for (id, text) in things {
        let sql = "INSERT INTO platform_search_rows (shop_id, kind, id) VALUES ($1, $2, $3)";
        tx.execute(sql, &[&shop, &kind, id]).await?;
        // the place it was just given
        let sql = "INSERT INTO platform_search (rowid, scope, words) VALUES (last_insert_rowid(), $1, $2)";
        tx.execute(sql, &[&scope, &words(text)]).await?;
    }
    Ok(())
}

/// Makes it findable no more.
pub async fn remove(tx: &mut Tx<'_>, shop: ShopId, kind: &str, id: Uuid) -> Result<()> {
    if !tx.is_sqlite() {
        return tx
            .execute("DELETE FROM platform_search WHERE shop_id = $1 AND kind = $2 AND id = $3", &[&shop, &kind, &id])
            .await
            .map(drop);
    }
    let sql = "DELETE FROM platform_search_rows WHERE shop_id = $1 AND kind = $2 AND id = $3 RETURNING place";
    if let Some(row) = tx.row(sql, &[&shop, &kind, &id]).await? {
        tx.execute("DELETE FROM platform_search WHERE rowid = $1", &[&row.get::<i64>(0)?]).await?;
    }
    Ok(())
}

/// The newest things of this kind that hold every word of `query`, the last one as a beginning.
pub async fn find(tx: &mut Tx<'_>, shop: ShopId, kind: &str, query: &str, limit: i64) -> Result<Vec<Uuid>> {
    let mut words = fold(query);
    words.truncate(WORDS);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let rows = if tx.is_sqlite() {
        let wanted = words.iter().map(|w| format!("\"{w}\" *")).collect::<Vec<_>>().join(" AND ");
        let wanted = format!("scope : \"{}\" AND words : ({wanted})", scope(shop, kind));
        let sql = "SELECT r.id FROM platform_search s JOIN platform_search_rows r ON r.place = s.rowid \
                   WHERE platform_search MATCH $1 ORDER BY s.rowid DESC LIMIT $2";
        tx.rows(sql, &[&wanted, &limit]).await?
    } else {
        let wanted = words.iter().map(|w| format!("'{w}':*")).collect::<Vec<_>>().join(" & ");
        let wanted = format!("'{}' & {wanted}", scope(shop, kind));
        let [among_recent, among_all] = STATEMENTS;
        let recent = tx.rows(among_recent, &[&wanted, &shop, &kind, &limit, &(limit * RECENT)]).await?;
        if recent.len() as i64 == limit { recent } else { tx.rows(among_all, &[&wanted, &shop, &kind, &limit]).await? }
    };
    rows.iter().map(|row| row.get(0)).collect()
}

// one word, so that a hit in another shop or of another kind is never even looked at
fn scope(shop: ShopId, kind: &str) -> String {
    format!("x{}x{kind}", Uuid::from(shop).simple())
}

/// The words of a text, folded: letters and digits only, so that nothing in them means anything to a query.
pub fn fold(text: &str) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase) {
        // what lower-casing and decomposing leave apart: the Nordic and Turkish letters people type without
        let c = match c {
            'ø' => 'o',
            'æ' => 'a',
            'ı' => 'i',
            'đ' => 'd',
            'ł' => 'l',
            c => c,
        };
        // among them are dots and dashes, and places where no letter is
        let alone = is_ideograph(c) && c.is_alphanumeric();
        if (alone || !c.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if alone {
            words.push(c.to_string());
        } else if c.is_alphanumeric() {
            word.push(c);
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_alike_whatever_the_language() {
        for (text, words) in [
            ("Hvor er pakken på Ås?", "hvor er pakken pa as"),
            ("KARGOM NEREDE, IŞIK?", "kargom nerede isik"),
            ("Kağıt ısırgan", "kagit isirgan"),
            ("我的包裹在哪里", "我 的 包 裹 在 哪 里"),
            ("Grønn ÆSJ", "gronn asj"),
            ("order #10482-B", "order 10482 b"),
            ("\" OR 1=1; ' & ! *", "or 1 1"),
            ("🦊", ""),
            ("カタ・カナ\u{faff}", "カ タ カ ナ"),
        ] {
            assert_eq!(fold(text).join(" "), words, "{text}");
        }
    }
}
