//! What of ours travels through other people's letters and comes back: names of conversations and messages, signed.
//!
//! Mail servers turn addresses into small letters and cut them after 64 characters, so the letters are base32 and the marks short.

use data_encoding::BASE32_DNSSEC;
use kernel::{ConversationId, ShopId};
use platform::token::Signer;
use uuid::Uuid;

use crate::MessageId;

/// 96 bits: a mailbox of 16 letters and the token fit into an address.
const SHORT: usize = 12;
/// 128 bits, where there is room.
const LONG: usize = 16;
/// A UUID, in base32.
const ID: usize = 26;
const SHORT_TEXT: usize = 20;
const LONG_TEXT: usize = 26;
/// RFC 5321: what stands before the `@`.
const LONGEST_LOCAL: usize = 64;
/// An id of ours begins so.
const OURS: &str = "ombud.";
/// What ours end with, so that an answer without any header still finds back.
const IN_TEXT: &str = "ref:";

/// Makes and reads the marks of one shop. Another shop's say nothing here.
pub struct Marks<'a> {
    shop: ShopId,
    signer: &'a Signer,
}

impl<'a> Marks<'a> {
    pub fn new(shop: ShopId, signer: &'a Signer) -> Marks<'a> {
        Marks { shop, signer }
    }

    fn purpose(&self, what: &str) -> String {
        format!("mail/{what}/{}", self.shop)
    }

    /// The address under which answers to a conversation come back: `support+…@shop.example`. None where the name before the
    /// `@` is too long to have anything added.
    pub fn address(&self, mailbox: &str, conversation: ConversationId) -> Option<String> {
        let (local, host) = mailbox.rsplit_once('@')?;
        let local = format!("{local}+{}", self.token(conversation));
        (local.len() <= LONGEST_LOCAL).then(|| format!("{local}@{host}"))
    }

    /// The conversation an address names.
    pub fn in_address(&self, address: &str) -> Option<ConversationId> {
        let (local, _) = address.rsplit_once('@')?;
        self.read_token(local.rsplit_once('+')?.1)
    }

    /// The line a letter of ours ends with.
    pub fn line(&self, conversation: ConversationId) -> String {
        format!("{IN_TEXT}{}", self.token(conversation))
    }

    /// The conversation a text names, quoted or not.
    pub fn in_text(&self, text: &str) -> Option<ConversationId> {
        text.split(IN_TEXT).skip(1).find_map(|rest| self.read_token(rest.get(..ID + SHORT_TEXT)?))
    }

    /// The Message-ID of a message we send: the same one each time it is sent.
    pub fn message_id(&self, message: kernel::MessageId, host: &str) -> MessageId {
        let id: Uuid = message.into();
        let mark: [u8; LONG] = self.signer.mark(&self.purpose("message"), id.as_bytes());
        MessageId::made(format!("{OURS}{}.{}@{host}", BASE32_DNSSEC.encode(id.as_bytes()), BASE32_DNSSEC.encode(&mark)))
    }

    /// The message of ours that a Message-ID names.
    pub fn in_message_id(&self, id: &MessageId) -> Option<kernel::MessageId> {
        let (local, _) = id.as_str().split_once('@')?;
        let (id, mark) = local.strip_prefix(OURS)?.split_once('.').filter(|(_, mark)| mark.len() == LONG_TEXT)?;
        let (id, mark) = (bytes::<16>(id)?, bytes::<LONG>(mark)?);
        self.signer.is_marked(&self.purpose("message"), &id, &mark).then(|| Uuid::from_bytes(id).into())
    }

    /// Whether somebody wants an id to be taken for one of ours.
    pub fn looks_like_ours(id: &MessageId) -> bool {
        id.as_str().starts_with(OURS)
    }

    fn token(&self, conversation: ConversationId) -> String {
        let id: Uuid = conversation.into();
        let mark: [u8; SHORT] = self.signer.mark(&self.purpose("conversation"), id.as_bytes());
        format!("{}{}", BASE32_DNSSEC.encode(id.as_bytes()), BASE32_DNSSEC.encode(&mark))
    }

    fn read_token(&self, token: &str) -> Option<ConversationId> {
        let token = token.to_ascii_lowercase();
        let (id, mark) = token.split_at_checked(ID).filter(|(_, mark)| mark.len() == SHORT_TEXT)?;
        let (id, mark) = (bytes::<16>(id)?, bytes::<SHORT>(mark)?);
        self.signer.is_marked(&self.purpose("conversation"), &id, &mark).then(|| Uuid::from_bytes(id).into())
    }
}

fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    BASE32_DNSSEC.decode(text.as_bytes()).ok()?.try_into().ok()
}
