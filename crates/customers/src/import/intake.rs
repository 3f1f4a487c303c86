//! Takes a file in as it comes: found out how it is written, counted, and cut into pieces of whole rows. Nothing of it is
//! in memory but the piece in hand.

use bytes::Bytes;
use csv::ReaderBuilder;
use csv_core::{ReadRecordResult, Reader};
use kernel::{Error, Result, Sentence, invalid, say};
use platform::html;
use serde::{Deserialize, Serialize};

use super::encoding::{Decoder, FileEncoding};

/// No file is larger, in bytes.
pub(crate) const MOST_BYTES: u64 = 256 * 1024 * 1024;
/// No file has more rows, its first one left out.
pub(crate) const MOST_ROWS: i64 = 1_000_000;
/// No file has more columns.
pub(crate) const MOST_COLUMNS: usize = 200;
/// No row has more bytes: in one that does, a quotation mark is not closed.
pub(crate) const LONGEST_ROW: usize = 256 * 1024;
/// A piece is closed with the row that makes it so long: done in one go, and soon read again.
const PIECE: usize = 1024 * 1024;
/// Rows that are shown before anything is done, and characters of each cell.
const SHOWN: usize = 5;
pub(crate) const SHOWN_LETTERS: usize = 120;
/// The separator is looked for in so much of the first row.
const LOOKED_AT: usize = 64 * 1024;

/// Whole rows of a file, as UTF-8.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Which row its first one is; the row of headings is 1, as spreadsheets count.
    pub first: i64,
    pub rows: i64,
    pub text: Bytes,
}

/// What there is to know about a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// In bytes, as it was sent.
    pub size: i64,
    /// Without the headings.
    pub rows: i64,
    pub encoding: FileEncoding,
    pub separator: u8,
    pub headings: Vec<String>,
    /// The first rows, long cells cut.
    pub sample: Vec<Vec<String>>,
}

/// A file on its way in.
pub(crate) struct Intake {
    decoder: Decoder,
    size: u64,
    /// What has not been put into a piece: from the beginning of the row in hand.
    text: String,
    /// So much of it the reader has seen.
    seen: usize,
    /// Once the separator is known.
    reader: Option<(Reader, u8)>,
    headings: Vec<String>,
    sample: Vec<Vec<String>>,
    rows: i64,
    piece: Vec<u8>,
    piece_rows: i64,
}

impl Intake {
    pub fn new() -> Self {
        Intake {
            decoder: Decoder::new(),
            size: 0,
            text: String::new(),
            seen: 0,
            reader: None,
            headings: Vec::new(),
            sample: Vec::new(),
            rows: 0,
            piece: Vec::new(),
            piece_rows: 0,
        }
    }

    /// Takes more of it; the pieces that have become whole.
    ///
    /// Errors: `TooLarge`; `Invalid` when it is no table.
    pub fn take(&mut self, bytes: &[u8]) -> Result<Vec<Piece>> {
        self.size += bytes.len() as u64;
        if self.size > MOST_BYTES {
            return Err(Error::TooLarge(say!("import-too-large", megabytes = (MOST_BYTES / 1024 / 1024) as i64)));
        }
        self.decoder.read(bytes, false, &mut self.text)?;
        self.cut(false)
    }

    /// Takes its end: the pieces that were left, and what it is.
    ///
    /// Errors: `Invalid` when there are no rows.
    pub fn end(mut self) -> Result<(Vec<Piece>, Shape)> {
        self.decoder.read(&[], true, &mut self.text)?;
        let mut pieces = self.cut(true)?;
        pieces.extend(self.close());
        let (Some((_, separator)), true) = (&self.reader, self.rows > 0) else { return Err(invalid("file", say!("import-without-rows"))) };
        let shape = Shape {
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
            rows: self.rows,
            encoding: self.decoder.encoding(),
            separator: *separator,
            headings: self.headings,
            sample: self.sample,
        };
        Ok((pieces, shape))
    }

    /// Cuts off the rows that have come whole.
    fn cut(&mut self, last: bool) -> Result<Vec<Piece>> {
        if self.reader.is_none() {
            let enough = last || self.text.len() >= LOOKED_AT;
            let Some(separator) = separator_of(&self.text[..self.text.floor_char_boundary(LOOKED_AT)], enough) else {
                return Ok(Vec::new());
            };
            self.reader = Some((csv_core::ReaderBuilder::new().delimiter(separator).build(), separator));
        }
        let (mut pieces, mut begin) = (Vec::new(), 0);
        while let Some(end) = self.next_end(begin, last)? {
            self.row(begin, end)?;
            begin = end;
            if self.piece.len() >= PIECE {
                pieces.extend(self.close());
            }
        }
        self.text.drain(..begin);
        self.seen -= begin;
        Ok(pieces)
    }

    /// Where the row ends that begins at `begin`, if it has come whole.
    fn next_end(&mut self, begin: usize, last: bool) -> Result<Option<usize>> {
        let Some((reader, _)) = &mut self.reader else { return Ok(None) };
        let (mut cells, mut ends) = ([0; 4096], [0; 256]);
        loop {
            let input = &self.text.as_bytes()[self.seen..];
            if input.is_empty() && !last {
                return Ok(None);
            }
            let (outcome, read, _, _) = reader.read_record(input, &mut cells, &mut ends);
            self.seen += read;
            if self.seen - begin > LONGEST_ROW {
                return Err(invalid("file", say!("import-row-too-long", row = self.rows + 2, kilobytes = (LONGEST_ROW / 1024) as i64)));
            }
            match outcome {
                ReadRecordResult::Record => return Ok(Some(self.seen)),
                ReadRecordResult::End => return Ok(None),
                ReadRecordResult::InputEmpty if !last => return Ok(None),
                ReadRecordResult::InputEmpty | ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => (),
            }
        }
    }

    fn row(&mut self, begin: usize, end: usize) -> Result<()> {
        if self.headings.is_empty() {
            self.headings = headings(&cells(&self.text[begin..end], self.separator())?)?;
            return Ok(());
        }
        self.rows += 1;
        if self.rows > MOST_ROWS {
            return Err(Error::TooLarge(say!("import-too-many-rows", most = MOST_ROWS)));
        }
        if self.sample.len() < SHOWN {
            let shown = |cell: &String| html::preview(cell, SHOWN_LETTERS);
            let row: Vec<String> = cells(&self.text[begin..end], self.separator())?.iter().map(shown).take(self.headings.len()).collect();
            self.sample.push(row);
        }
        self.piece_rows += 1;
        self.piece.extend_from_slice(&self.text.as_bytes()[begin..end]);
        Ok(())
    }

    fn separator(&self) -> u8 {
        self.reader.as_ref().map_or(b',', |(_, separator)| *separator)
    }

    fn close(&mut self) -> Option<Piece> {
        let (rows, text) = (std::mem::take(&mut self.piece_rows), std::mem::take(&mut self.piece));
        (rows > 0).then(|| Piece { first: self.rows - rows + 2, rows, text: text.into() })
    }
}

/// Of comma, semicolon and tab the one that is most frequent outside quotation marks in the first row; none before that has
/// come whole, unless it is to be `enough`.
fn separator_of(text: &str, enough: bool) -> Option<u8> {
    let (mut quoted, mut whole, mut counts) = (false, false, [0; 3]);
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => {
                whole = true;
                break;
            }
            b',' if !quoted => counts[0] += 1,
            b';' if !quoted => counts[1] += 1,
            b'\t' if !quoted => counts[2] += 1,
            _ => (),
        }
    }
    let [commas, semicolons, tabs] = counts;
    let most = if tabs > commas.max(semicolons) {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    };
    (whole || enough).then_some(most)
}

/// The cells of one row.
fn cells(row: &str, separator: u8) -> Result<Vec<String>> {
    let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).delimiter(separator).from_reader(row.as_bytes());
    let record = reader.records().next().transpose().map_err(Error::broken)?.unwrap_or_default();
    Ok(record.iter().map(str::to_owned).collect())
}

fn headings(cells: &[String]) -> Result<Vec<String>> {
    let wrong = |sentence: Sentence| Err(invalid("file", sentence));
    if cells.len() > MOST_COLUMNS {
        return wrong(say!("import-too-many-columns", most = MOST_COLUMNS, count = cells.len()));
    }
    let headings: Vec<String> = cells.iter().map(|cell| html::preview(cell, SHOWN_LETTERS)).collect();
    if headings.iter().all(String::is_empty) {
        return wrong(say!("import-without-headings"));
    }
    Ok(headings)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(bytes: &[u8], step: usize) -> Result<(Vec<Piece>, Shape)> {
        let mut intake = Intake::new();
        let mut pieces = Vec::new();
        for part in bytes.chunks(step) {
            pieces.extend(intake.take(part)?);
        }
        let (rest, shape) = intake.end()?;
        pieces.extend(rest);
        Ok((pieces, shape))
    }

    fn refusal(bytes: &[u8]) -> String {
        taken(bytes, 65_536).map(drop).unwrap_err().sentence().to_string()
    }

    #[test]
    fn separators_quotes_and_line_breaks_are_found_out_however_the_file_comes() {
        for (text, separator, headings, rows) in [
            ("name,email\nMara,m@x.no\n", b',', 2, 1),
            ("name;email\r\nMara;m@x.no\r\nIda;i@x.no", b';', 2, 2),
            ("name\temail\nMara\tm@x.no\n\n\n", b'\t', 2, 1),
            ("\"a;b;c\",email\n\"two\nlines\",m@x.no\n\"a \"\"b\"\"\",c\n", b',', 2, 2),
            ("only\nMara\n", b',', 1, 1),
            ("\"a\n,b\";email\nMara;m@x.no", b';', 2, 1),
            ("\n\nname;email\nMara;m@x.no", b';', 2, 1),
        ] {
            for step in [1, 2, 7, 1_000] {
                let (pieces, shape) = taken(text.as_bytes(), step).unwrap();
                assert_eq!((shape.separator, shape.headings.len(), shape.rows), (separator, headings, rows), "{text:?} by {step}");
                let sum: i64 = pieces.iter().map(|piece| piece.rows).sum();
                assert_eq!((sum, pieces[0].first), (rows, 2), "{text:?} by {step}");
            }
        }
    }

    #[test]
    fn pieces_are_whole_rows_and_together_the_file() {
        let row = format!("\"{}\n\",b\n", "x".repeat(100_000));
        let file = format!("a,b\n{}", row.repeat(25));
        let (pieces, shape) = taken(file.as_bytes(), 30_000).unwrap();
        assert_eq!((shape.rows, pieces.len()), (25, 3));
        assert_eq!(pieces.iter().map(|piece| (piece.first, piece.rows)).collect::<Vec<_>>(), [(2, 11), (13, 11), (24, 3)]);
        let text: Vec<u8> = pieces.iter().flat_map(|piece| piece.text.to_vec()).collect();
        assert_eq!(text, row.repeat(25).as_bytes());
    }

    #[test]
    fn the_limits_hold_at_them_and_past_them() {
        let wide = |columns: usize| format!("{}\n{}\n", vec!["a"; columns].join(","), vec!["b"; columns].join(","));
        assert_eq!(taken(wide(MOST_COLUMNS).as_bytes(), 99).unwrap().1.headings.len(), MOST_COLUMNS);
        assert!(refusal(wide(MOST_COLUMNS + 1).as_bytes()).contains("201"));
        assert!(refusal(wide(10_000).as_bytes()).contains("10000"));

        let long = |bytes: usize| format!("a\n{}\n", "x".repeat(bytes - 1));
        assert_eq!(taken(long(LONGEST_ROW).as_bytes(), 4_096).unwrap().1.rows, 1);
        assert!(refusal(long(LONGEST_ROW + 1).as_bytes()).contains("Row 2"));
        assert!(refusal(format!("a,b\nc,\"{}", "x,\n".repeat(100_000)).as_bytes()).contains("quotation mark"), "never closed");
        assert!(refusal(long(1_000_000).as_bytes()).contains("256"), "a cell of a megabyte");

        let rows = |rows: i64| format!("a\n{}", "b\n".repeat(rows as usize));
        assert_eq!(taken(rows(MOST_ROWS).as_bytes(), 65_536).unwrap().1.rows, MOST_ROWS);
        assert!(refusal(rows(MOST_ROWS + 1).as_bytes()).contains("1000000"));

        let mut intake = Intake::new();
        intake.size = MOST_BYTES - 4;
        assert!(intake.take(b"a\nb\n").is_ok());
        assert!(intake.take(b"c").unwrap_err().sentence().to_string().contains("256 MB"));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        for (file, why) in [("", "no rows"), ("name,email\n", "no rows"), ("\n\n", "no rows"), (",,\nMara,b,c\n", "headings")] {
            assert!(refusal(file.as_bytes()).contains(why), "{file:?}: {}", refusal(file.as_bytes()));
        }
    }

    #[test]
    fn the_first_rows_are_shown_and_long_cells_cut() {
        let (_, shape) = taken(format!("a,b\n{}", format!("{},\"x\ny\",more\n", "long ".repeat(100)).repeat(9)).as_bytes(), 50).unwrap();
        assert_eq!(shape.sample.len(), SHOWN);
        assert!(shape.sample.iter().all(|row| row.len() == 2 && row[0].chars().count() <= SHOWN_LETTERS && row[1] == "x y"));
    }
}
