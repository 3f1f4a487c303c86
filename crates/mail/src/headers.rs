//! The header of a letter or of one of its parts: fields in their order, each as often as it was written.

use encoding_rs::WINDOWS_1252;
use kernel::{Error, Result, say};
use mail_parser::{ContentType, DateTime, Header, HeaderValue, MessageParser};
use platform::html::clean_line;

use crate::{Address, MessageId};

/// More fields than this no mail server adds, on whatever way.
pub(crate) const MOST_FIELDS: usize = 1_000;
/// A field of more bytes is no list of recipients any more.
pub(crate) const LONGEST_FIELD: usize = 100 * 1024;
/// More addresses in the fields of one name than this were never meant to be read.
const MOST_ADDRESSES: usize = 1_000;
/// Of all fields together, in bytes.
pub(crate) const LONGEST_HEADER: usize = 1024 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Headers {
    fields: Vec<Header<'static>>,
    /// What the fields were read from; their places in it are theirs.
    block: Vec<u8>,
}

impl Headers {
    /// Reads a header that ends where `block` does.
    ///
    /// Errors: `TooLarge`.
    pub fn read(block: &[u8]) -> Result<Headers> {
        refuse_too_much(block)?;
        // before there were encoded words, letters were written as they lay in memory
        let mut block = match std::str::from_utf8(block) {
            Ok(_) => block.to_vec(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(block).0.into_owned().into_bytes(),
        };
        // a field that the file breaks off in would be read as none
        block.extend_from_slice(b"\r\n\r\n");
        let fields = MessageParser::default().parse_headers(&block).and_then(|read| read.parts.into_iter().next());
        let fields = fields.map(|part| part.headers.into_iter().map(Header::into_owned).collect()).unwrap_or_default();
        Ok(Headers { fields, block })
    }

    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Header<'static>> {
        self.fields.iter().filter(move |field| field.name().eq_ignore_ascii_case(name))
    }

    pub fn has(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }

    /// The fields of this name as they were written, each on one line, the topmost first.
    pub fn lines<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        self.named(name).map(|field| {
            let (start, end) = (field.offset_start as usize, field.offset_end as usize);
            clean_line(&String::from_utf8_lossy(self.block.get(start..end).unwrap_or_default()))
        })
    }

    /// The topmost field of this name as it was written, on one line.
    pub fn line(&self, name: &str) -> Option<String> {
        self.lines(name).next()
    }

    /// The topmost field of this name, decoded, on one line.
    pub fn text(&self, name: &str) -> Option<String> {
        self.named(name).next().and_then(|field| field.value.as_text()).map(clean_line)
    }

    /// The addresses in the fields of this name.
    pub fn addresses(&self, name: &str) -> Vec<Address> {
        let lists = self.named(name).filter_map(|field| field.value.as_address());
        lists.flat_map(|list| list.iter()).filter_map(|one| Address::read(one.name(), one.address()?)).take(MOST_ADDRESSES).collect()
    }

    /// Every Message-ID in the fields of this name that is one.
    pub fn ids(&self, name: &str) -> Vec<MessageId> {
        let mut ids = Vec::new();
        for field in self.named(name) {
            match &field.value {
                HeaderValue::Text(id) => ids.extend(MessageId::read(id)),
                HeaderValue::TextList(many) => ids.extend(many.iter().filter_map(|id| MessageId::read(id))),
                _ => (),
            }
        }
        ids
    }

    pub fn date(&self, name: &str) -> Option<DateTime> {
        self.named(name).next().and_then(|field| field.value.as_datetime()).copied().filter(DateTime::is_valid)
    }

    /// `Content-Type`, `Content-Disposition`.
    pub fn content<'a>(&'a self, name: &'a str) -> Option<&'a ContentType<'static>> {
        self.named(name).next().and_then(|field| field.value.as_content_type())
    }
}

fn refuse_too_much(block: &[u8]) -> Result<()> {
    if block.len() > LONGEST_HEADER {
        return Err(Error::TooLarge(say!("letter-header-too-long", kilobytes = LONGEST_HEADER / 1024)));
    }
    let (mut fields, mut length) = (0, 0);
    for line in block.split_inclusive(|byte| *byte == b'\n') {
        let goes_on = line.starts_with(b" ") || line.starts_with(b"\t");
        fields += usize::from(!goes_on);
        length = if goes_on { length + line.len() } else { line.len() };
        if length > LONGEST_FIELD {
            return Err(Error::TooLarge(say!("letter-field-too-long", kilobytes = LONGEST_FIELD / 1024)));
        }
    }
    if fields > MOST_FIELDS { Err(Error::TooLarge(say!("letter-too-many-fields", most = MOST_FIELDS))) } else { Ok(()) }
}
