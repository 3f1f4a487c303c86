//! A macro: a reply saved for saying again, in several languages, with places for what differs.

use kernel::{Error, Language, MacroId, MemberId, Result, ShopId, TagId, Texts, Timestamp, conflict, invalid, say};
use platform::{Agent, Tx, search};
use uuid::Uuid;

use crate::{
    MANAGE,
    events::{MacroChanged, MacroCreated, MacroDeleted, OwnMacrosChanged},
    store,
};

/// A shop has at most so many, members' own among them.
const MOST: i64 = 2_000;

/// Whose a macro is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// Everybody uses it.
    Shop,
    /// Nobody else sees it.
    Member(MemberId),
}

impl Owner {
    pub(crate) fn member(self) -> Option<MemberId> {
        match self {
            Owner::Shop => None,
            Owner::Member(member) => Some(member),
        }
    }

    /// The part of the search index that holds what this owner can find.
    fn shelf(self) -> String {
        match self {
            Owner::Shop => "macro".into(),
            Owner::Member(member) => format!("macro{}", Uuid::from(member).simple()),
        }
    }
}

/// A macro.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Macro {
    pub shop: ShopId,
    pub id: MacroId,
    pub owner: Owner,
    pub name: String,
    /// Where it is kept; empty when it lies on top.
    pub folder: String,
    /// Plain text with Liquid in it.
    pub texts: Texts,
    /// What a conversation it is used in is tagged with.
    pub tags: Vec<TagId>,
    /// How often it has been put into an answer.
    pub used: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    pub version: i64,
}

impl Macro {
    /// The text to use and the language it is in: the wanted one, else the shop's, else English, else any there is.
    pub fn text(&self, wanted: Language, shop: Language) -> Option<(Language, &str)> {
        let known = [wanted, shop, Language::En].into_iter().find(|language| self.texts.0.contains_key(language));
        let language = known.or_else(|| self.texts.0.keys().next().copied())?;
        self.texts.0.get(&language).map(|text| (language, text.as_str()))
    }

    fn search_text(&self) -> String {
        let texts = self.texts.0.values().map(String::as_str);
        [self.name.as_str(), self.folder.as_str()].into_iter().chain(texts).collect::<Vec<_>>().join(" ")
    }
}

/// What a macro says, and to whom it belongs.
#[derive(Debug, Clone)]
pub struct NewMacro {
    pub name: String,
    pub folder: String,
    pub texts: Texts,
    pub tags: Vec<TagId>,
    pub shared: bool,
}

/// What may change about a macro; `None` leaves it alone.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub name: Option<String>,
    pub folder: Option<String>,
    pub texts: Option<Texts>,
    pub tags: Option<Vec<TagId>>,
    pub shared: Option<bool>,
}

/// A macro this member may use.
///
/// Errors: `NotFound`, also when it is a colleague's own.
pub async fn by_id(tx: &mut Tx<'_>, who: &Agent, id: MacroId) -> Result<Macro> {
    store::visible(tx, who.shop, who.id, id).await
}

/// Those whose name, folder or text hold all words of `query`: the member's own first, the newest of each first.
pub async fn find(tx: &mut Tx<'_>, who: &Agent, query: &str, limit: i64) -> Result<Vec<Macro>> {
    let mut found = Vec::new();
    for owner in [Owner::Member(who.id), Owner::Shop] {
        for id in search::find(tx, who.shop, &owner.shelf(), query, limit).await? {
            found.push(store::visible(tx, who.shop, who.id, id.into()).await?);
        }
    }
    found.truncate(limit.max(0) as usize);
    Ok(found)
}

/// Saves a reply, for oneself or for everybody.
///
/// Errors: `Forbidden` for everybody without `macros.manage`, `Conflict` when the name is taken or there are too many,
/// `Invalid` when a tag does not exist.
pub async fn create(tx: &mut Tx<'_>, who: &Agent, new: NewMacro) -> Result<Macro> {
    let owner = chosen_owner(who, new.shared)?;
    if store::count(tx, who.shop).await? >= MOST {
        return Err(conflict(say!("too-many-macros", most = MOST)));
    }
    refuse_unknown_tags(tx, who.shop, &new.tags).await?;
    let NewMacro { name, folder, texts, tags, .. } = new;
    let (now, id) = (tx.now(), tx.new_id());
    let saved = Macro { shop: who.shop, id, owner, name, folder, texts, tags, used: 0, created_at: now, changed_at: now, version: 1 };
    refuse_taken_name(tx, &saved).await?;
    store::insert(tx, &saved).await?;
    search::put(tx, saved.shop, &owner.shelf(), id.into(), now, &saved.search_text()).await?;
    match owner {
        Owner::Shop => tx.announce(who, MacroCreated { r#macro: id }).await?,
        Owner::Member(member) => tx.announce(who, OwnMacrosChanged { r#macro: id, member }).await?,
    };
    Ok(saved)
}

/// Changes a macro. One that is the shop's no longer belongs to whoever took it out of the shop's hands.
pub async fn change(tx: &mut Tx<'_>, who: &Agent, id: MacroId, change: Change) -> Result<Macro> {
    let before = by_id(tx, who, id).await?;
    may_change(who, &before)?;
    if let Some(tags) = &change.tags {
        refuse_unknown_tags(tx, who.shop, tags).await?;
    }
    let mut after = before.clone();
    after.owner = change.shared.map_or(Ok(before.owner), |shared| chosen_owner(who, shared))?;
    after.name = change.name.unwrap_or(after.name);
    after.folder = change.folder.unwrap_or(after.folder);
    after.texts = change.texts.unwrap_or(after.texts);
    after.tags = change.tags.unwrap_or(after.tags);
    if after == before {
        return Ok(before);
    }
    refuse_taken_name(tx, &after).await?;
    after.changed_at = tx.now();
    store::save(tx, &mut after).await?;
    search::remove(tx, who.shop, &before.owner.shelf(), id.into()).await?;
    search::put(tx, who.shop, &after.owner.shelf(), id.into(), after.changed_at, &after.search_text()).await?;
    match (before.owner, after.owner) {
        (Owner::Member(_), Owner::Member(member)) => tx.announce(who, OwnMacrosChanged { r#macro: id, member }).await?,
        (_, now) => tx.announce(who, MacroChanged { r#macro: id, shared: now == Owner::Shop }).await?,
    };
    Ok(after)
}

/// Deletes a macro; answers written with it stay as they are.
pub async fn delete(tx: &mut Tx<'_>, who: &Agent, id: MacroId) -> Result<()> {
    let gone = by_id(tx, who, id).await?;
    may_change(who, &gone)?;
    store::remove(tx, who.shop, id).await?;
    search::remove(tx, who.shop, &gone.owner.shelf(), id.into()).await?;
    match gone.owner {
        Owner::Shop => tx.announce(who, MacroDeleted { r#macro: id }).await?,
        Owner::Member(member) => tx.announce(who, OwnMacrosChanged { r#macro: id, member }).await?,
    };
    Ok(())
}

fn chosen_owner(who: &Agent, shared: bool) -> Result<Owner> {
    if !shared {
        return Ok(Owner::Member(who.id));
    }
    who.may(&MANAGE).map(|()| Owner::Shop)
}

fn may_change(who: &Agent, one: &Macro) -> Result<()> {
    match one.owner {
        Owner::Shop => who.may(&MANAGE),
        Owner::Member(owner) if owner == who.id => Ok(()),
        Owner::Member(_) => Err(Error::NotFound(say!("macro-not-found"))),
    }
}

async fn refuse_taken_name(tx: &mut Tx<'_>, one: &Macro) -> Result<()> {
    if store::name_is_taken(tx, one).await? {
        return Err(conflict(say!("macro-name-taken", name = &one.name)));
    }
    Ok(())
}

async fn refuse_unknown_tags(tx: &mut Tx<'_>, shop: ShopId, tags: &[TagId]) -> Result<()> {
    let known = inbox::tag::all(tx, shop).await?;
    if tags.iter().all(|tag| known.iter().any(|k| k.id == *tag)) {
        return Ok(());
    }
    Err(invalid("tags", say!("tag-deleted")))
}

#[cfg(test)]
mod tests {
    use Language::*;

    use super::*;

    fn nobody<I: From<Uuid>>() -> I {
        Uuid::nil().into()
    }

    fn saying(texts: &[(Language, &str)]) -> Macro {
        Macro {
            shop: nobody(),
            id: nobody(),
            owner: Owner::Shop,
            name: "Late parcel".into(),
            folder: "Delivery".into(),
            texts: Texts(texts.iter().map(|(language, text)| (*language, (*text).to_owned())).collect()),
            tags: Vec::new(),
            used: 0,
            created_at: Timestamp::default(),
            changed_at: Timestamp::default(),
            version: 1,
        }
    }

    #[test]
    fn a_macro_speaks_the_customers_language_or_says_which_it_speaks_instead() {
        let all: &[_] = &[(En, "Hi"), (Nb, "Hei"), (Tr, "Merhaba")];
        for (texts, wanted, shop, expected) in [
            (all, Tr, Nb, Some((Tr, "Merhaba"))),
            (all, Zh, Nb, Some((Nb, "Hei"))),
            (&all[..1], Zh, Nb, Some((En, "Hi"))),
            (&all[2..], Zh, Nb, Some((Tr, "Merhaba"))),
            (&[], Zh, Nb, None),
        ] {
            assert_eq!(saying(texts).text(wanted, shop), expected, "{wanted} {shop}");
        }
    }

    #[test]
    fn what_a_member_keeps_lies_on_a_shelf_of_their_own() {
        let (kari, mats) = (Owner::Member(Uuid::from_u128(1).into()), Owner::Member(Uuid::from_u128(2).into()));
        assert_ne!(kari.shelf(), mats.shelf());
        assert_ne!(kari.shelf(), Owner::Shop.shelf());
        // the index takes it for one word
        assert!(kari.shelf().chars().all(|c| c.is_ascii_alphanumeric()));
    }
}
