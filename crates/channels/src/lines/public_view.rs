//! What everybody reads, as it is seen over HTTP beside a conversation.

use kernel::{ConversationId, Result, Timestamp};
use platform::Tx;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Dialog, private_reply};
use crate::{
    partner::{Partner, Post, Public},
    store::comments,
};

/// A conversation that everybody reads.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicThread {
    /// What the shop had posted; null where it stands under nothing of the shop’s, or that is not known.
    #[schema(required)]
    post: Option<PublicPost>,
    /// Where the newest of it is read.
    #[schema(required)]
    link: Option<String>,
    /// Whether all of it is gone: then there is nothing to answer.
    removed: bool,
    /// Whether it is hidden from everybody but its author.
    hidden: bool,
    /// Whether the shop may hide it.
    may_hide: bool,
    /// No answer is longer, in UTF-16 units, or less where the partner counts otherwise.
    longest: i64,
    /// Whether its author can be answered in private.
    may_answer_privately: bool,
    /// Until when; null where that does not end, or cannot be.
    #[schema(required)]
    privately_until: Option<Timestamp>,
    /// The conversation in private with its author.
    #[schema(required)]
    private: Option<ConversationId>,
}

/// What the shop had posted.
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicPost {
    #[schema(required)]
    text: Option<String>,
    /// Where it is read.
    #[schema(required)]
    link: Option<String>,
}

impl PublicThread {
    pub async fn of(tx: &mut Tx<'_>, partner: &dyn Partner, public: &dyn Public, dialog: &Dialog) -> Result<PublicThread> {
        let comments = comments::of(tx, dialog.shop, dialog.conversation).await?;
        let there = || comments.iter().filter(|one| !one.removed);
        let name = comments.iter().find_map(|one| one.post.clone());
        let post = match name {
            Some(name) => comments::post(tx, dialog.shop, dialog.line, &name).await?.and_then(|known| known.facts),
            None => None,
        };
        let path = private_reply::path(tx, partner, public, dialog).await?;
        Ok(PublicThread {
            post: post.map(|Post { text, link }| PublicPost { text, link }),
            link: there().find_map(|one| one.link.clone()),
            removed: there().next().is_none(),
            hidden: there().any(|one| one.hidden),
            may_hide: there().any(|one| one.may_hide),
            longest: public.longest() as i64,
            may_answer_privately: path.is_some(),
            privately_until: path.and_then(|path| path.until()),
            private: private_reply::beside(tx, dialog).await?.map(|conversation| conversation.id),
        })
    }
}
