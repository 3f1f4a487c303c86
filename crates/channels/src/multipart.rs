//! A form with files, as HTTP carries it (RFC 7578).

use data_encoding::HEXLOWER;
use kernel::Result;
use platform::{egress::Request, rng::Rng};

use crate::partner::FILE_WITHIN;

/// A form that is being filled in.
pub struct Multipart {
    boundary: String,
    body: Vec<u8>,
}

impl Multipart {
    /// With a boundary that stands in no file: 128 random bits.
    pub fn new(rng: &Rng) -> Multipart {
        Multipart { boundary: HEXLOWER.encode(&rng.bytes::<16>()), body: Vec::new() }
    }

    pub fn text(mut self, field: &str, value: &str) -> Multipart {
        self.part(&format!("name=\"{field}\""), None, value.as_bytes());
        self
    }

    pub fn file(mut self, field: &str, name: &str, media_type: &str, content: &[u8]) -> Multipart {
        // what would end the name or the line is written as browsers write it
        let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        self.part(&format!("name=\"{field}\"; filename=\"{name}\""), Some(media_type), content);
        self
    }

    fn part(&mut self, disposition: &str, media_type: Option<&str>, content: &[u8]) {
        let kind = media_type.map(|kind| format!("Content-Type: {kind}\r\n")).unwrap_or_default();
        let head = format!("--{}\r\nContent-Disposition: form-data; {disposition}\r\n{kind}\r\n", self.boundary);
        self.body.extend_from_slice(head.as_bytes());
        self.body.extend_from_slice(content);
        self.body.extend_from_slice(b"\r\n");
    }

    /// The request with all of it; a large file over a slow line takes its time.
    pub fn on(mut self, request: Request) -> Result<Request> {
        self.body.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        let kind = format!("multipart/form-data; boundary={}", self.boundary);
        Ok(request.header("content-type", &kind)?.raw_body(self.body).within(FILE_WITHIN))
    }
}
