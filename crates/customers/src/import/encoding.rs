//! From the bytes of a file to text, as they come. The writing is found out: shops' spreadsheets rarely say it.

use encoding_rs::{DecoderResult, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1254};
use kernel::{Result, invalid, say};
use platform::keyed;

keyed! {
    /// How the letters of a file are written.
    pub enum FileEncoding {
        Utf8 = "utf-8",
        Utf16 = "utf-16",
        Western = "windows-1252",
        Turkish = "windows-1254",
    }
}

/// The only bytes in which the two Windows alphabets differ: in Turkish six letters that are frequent there, in the other
/// one six that only Icelanders write.
const TURKISH: [u8; 6] = [0xd0, 0xdd, 0xde, 0xf0, 0xfd, 0xfe];
/// The beginning of a spreadsheet that was not saved as CSV.
const WORKBOOK: &[u8] = b"PK\x03\x04";
/// The longest mark of an encoding, and of a workbook.
const MARK: usize = 4;

/// Reads a file's bytes piece by piece.
pub(crate) struct Decoder {
    writing: Writing,
    /// What is too little to tell anything by.
    held: Vec<u8>,
}

enum Writing {
    /// Nothing has been seen.
    Unknown,
    /// Only what is written alike in all of them.
    Plain,
    Found(FileEncoding, Box<encoding_rs::Decoder>),
}

impl Decoder {
    pub fn new() -> Self {
        Decoder { writing: Writing::Unknown, held: Vec::new() }
    }

    /// What it has turned out to be.
    pub fn encoding(&self) -> FileEncoding {
        match self.writing {
            Writing::Found(encoding, _) => encoding,
            _ => FileEncoding::Utf8,
        }
    }

    /// Adds the text of more bytes to `out`; `last` when no more will come.
    ///
    /// Errors: `Invalid` when it is no text, or not of the alphabet it began in.
    pub fn read(&mut self, bytes: &[u8], last: bool, out: &mut String) -> Result<()> {
        let joined;
        let mut bytes = bytes;
        if !self.held.is_empty() {
            self.held.extend_from_slice(bytes);
            joined = std::mem::take(&mut self.held);
            bytes = &joined;
        }
        let from = out.len();
        if matches!(self.writing, Writing::Unknown) {
            if bytes.len() < MARK && !last {
                self.held = bytes.to_vec();
                return Ok(());
            }
            bytes = self.look_for_a_mark(bytes)?;
        }
        if matches!(self.writing, Writing::Plain) {
            bytes = self.read_plain(bytes, last, out);
        }
        if let Writing::Found(_, decoder) = &mut self.writing {
            decode(decoder, bytes, last, out)?;
        }
        if out[from..].contains('\0') { Err(invalid("file", say!("import-no-text"))) } else { Ok(()) }
    }

    fn look_for_a_mark<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8]> {
        if bytes.starts_with(WORKBOOK) {
            return Err(invalid("file", say!("import-workbook")));
        }
        let (encoding, found, mark) = match bytes {
            [0xef, 0xbb, 0xbf, ..] => (UTF_8, FileEncoding::Utf8, 3),
            [0xff, 0xfe, ..] => (UTF_16LE, FileEncoding::Utf16, 2),
            [0xfe, 0xff, ..] => (UTF_16BE, FileEncoding::Utf16, 2),
            _ => {
                self.writing = Writing::Plain;
                return Ok(bytes);
            }
        };
        self.writing = Writing::Found(found, Box::new(encoding.new_decoder_without_bom_handling()));
        Ok(&bytes[mark..])
    }

    /// Passes on what is written alike everywhere; the rest, once it is known how to read it.
    fn read_plain<'b>(&mut self, bytes: &'b [u8], last: bool, out: &mut String) -> &'b [u8] {
        let at = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
        let (plain, rest) = bytes.split_at(at);
        out.push_str(std::str::from_utf8(plain).unwrap_or_default());
        if rest.is_empty() {
            return rest;
        }
        let (encoding, found) = match std::str::from_utf8(rest) {
            // a letter that ends in the next piece
            Err(error) if error.valid_up_to() == 0 && error.error_len().is_none() && !last => {
                self.held = rest.to_vec();
                return &[];
            }
            Err(error) if error.valid_up_to() == 0 && rest.iter().any(|byte| TURKISH.contains(byte)) => {
                (WINDOWS_1254, FileEncoding::Turkish)
            }
            Err(error) if error.valid_up_to() == 0 => (WINDOWS_1252, FileEncoding::Western),
            _ => (UTF_8, FileEncoding::Utf8),
        };
        self.writing = Writing::Found(found, Box::new(encoding.new_decoder_without_bom_handling()));
        rest
    }
}

fn decode(decoder: &mut encoding_rs::Decoder, bytes: &[u8], last: bool, out: &mut String) -> Result<()> {
    out.reserve(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(bytes.len()));
    match decoder.decode_to_string_without_replacement(bytes, out, last) {
        (DecoderResult::Malformed(..), _) => Err(invalid("file", say!("import-broken-letters"))),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Read whole, and byte by byte.
    fn read(bytes: &[u8]) -> Option<(String, FileEncoding)> {
        let mut ways = [usize::MAX, 1, 3].map(|step| {
            let (mut decoder, mut text) = (Decoder::new(), String::new());
            for piece in bytes.chunks(step.min(bytes.len().max(1))) {
                decoder.read(piece, false, &mut text).ok()?;
            }
            decoder.read(&[], true, &mut text).ok()?;
            Some((text, decoder.encoding()))
        });
        let whole = ways[0].take();
        assert!(
            ways[1..].iter().all(|way| way.as_ref().map(|(text, _)| text.is_ascii()) == whole.as_ref().map(|(text, _)| text.is_ascii()))
        );
        whole
    }

    #[test]
    fn how_a_file_is_written_is_found_out() {
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
        for (bytes, text, encoding) in [
            (b"name\nMara".to_vec(), "name\nMara", FileEncoding::Utf8),
            ("navn\nBjørn 李".as_bytes().to_vec(), "navn\nBjørn 李", FileEncoding::Utf8),
            (b"\xef\xbb\xbfnavn\nBj\xc3\xb8rn".to_vec(), "navn\nBjørn", FileEncoding::Utf8),
            (b"navn\nBj\xf8rn".to_vec(), "navn\nBjørn", FileEncoding::Western),
            (b"ad\nI\xfe\xfdk".to_vec(), "ad\nIşık", FileEncoding::Turkish),
            ([vec![0xff, 0xfe], utf16("ad\nIşık")].concat(), "ad\nIşık", FileEncoding::Utf16),
            (vec![0xfe, 0xff, 0, b'a', 0, b'b'], "ab", FileEncoding::Utf16),
            (Vec::new(), "", FileEncoding::Utf8),
            (b"a".to_vec(), "a", FileEncoding::Utf8),
        ] {
            assert_eq!(read(&bytes), Some((text.to_owned(), encoding)), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for bytes in [
            b"a\0b".to_vec(),
            b"PK\x03\x04 a workbook".to_vec(),
            // begun in UTF-8, and broken later
            b"Bj\xc3\xb8rn, Bj\xf8rn".to_vec(),
            b"\xef\xbb\xbfBj\xf8rn".to_vec(),
            // half a letter at the end
            vec![0xff, 0xfe, 0x41],
            // UTF-16 that does not say so
            "name".encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ] {
            assert_eq!(read(&bytes), None, "{bytes:?}");
        }
    }
}
