//! What one row of a file says about somebody.

use csv::StringRecord;
use kernel::{AttributeId, CustomerId, FieldError, Language, Sentence, Timestamp, say};
use platform::http::Check;
use serde_json::Value;

use super::{
    cell,
    columns::{ConsentColumn, ImportColumn, ImportField, ImportMapping},
    phone,
};
use crate::{address, attribute::Attribute, birthday::Birthday, tag::Tag};

/// No note is longer, in characters.
const LONGEST_NOTE: usize = 5_000;
/// No account number is longer, in characters.
const LONGEST_ACCOUNT: usize = 200;
/// Nobody carries more tags after one row.
const MOST_TAGS: usize = 50;

/// How the rows of a file are read.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub mapping: ImportMapping,
    pub headings: Vec<String>,
    pub attributes: Vec<Attribute>,
    pub tags: Vec<Tag>,
    pub now: Timestamp,
}

/// What a row says; what it is silent about is not there.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Said {
    pub id: Option<CustomerId>,
    pub account: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// A number nobody can dial from elsewhere: somebody may be known by it all the same.
    pub odd_phone: Option<String>,
    pub name: Option<String>,
    pub language: Option<Language>,
    pub country: Option<String>,
    pub birthday: Option<Birthday>,
    pub tags: Vec<String>,
    pub note: Option<String>,
    pub values: Vec<(AttributeId, Value)>,
    pub consents: Vec<(ConsentColumn, bool)>,
}

impl Plan {
    /// What the column that says this is called.
    pub fn heading(&self, field: ImportField) -> String {
        self.mapping.place(field).and_then(|at| self.headings.get(at)).cloned().unwrap_or_default()
    }
}

/// Why a row is refused: for each wrong cell its heading, and a sentence.
pub(crate) type Wrong = Vec<FieldError>;

impl Plan {
    /// Errors: all that is wrong with the row.
    pub fn read(&self, row: &StringRecord) -> Result<Said, Wrong> {
        if row.len() > self.headings.len() && row.iter().skip(self.headings.len()).any(|cell| !cell.trim().is_empty()) {
            let message = say!("import-more-cells-than-headings", count = row.len(), headings = self.headings.len());
            return Err(vec![FieldError { field: String::new(), message }]);
        }
        let (mut said, mut wrong) = (Said::default(), Wrong::new());
        let country =
            self.mapping.place(ImportField::Country).and_then(|at| row.get(at)).map(|cell| cell::meant(cell).to_ascii_uppercase());
        let near = country.filter(|country| !country.is_empty()).or_else(|| self.mapping.country.clone());
        let (mut first, mut last) = (None, None);
        for column in &self.mapping.columns {
            let Ok(place) = usize::try_from(column.column) else { continue };
            let text = row.get(place).map(cell::meant).unwrap_or_default();
            if text.is_empty() {
                continue;
            }
            let read = match column.field {
                ImportField::FirstName => line(text, 60).map(|name| first = name),
                ImportField::LastName => line(text, 60).map(|name| last = name),
                _ => self.learn(&mut said, column, text, near.as_deref()),
            };
            if let Err(message) = read {
                let field = self.headings.get(place).cloned().unwrap_or_default();
                wrong.push(FieldError { field, message });
            }
        }
        said.name = said.name.or_else(|| whole(first, last));
        if wrong.is_empty() && said.id.is_none() && said.account.is_none() && said.email.is_none() {
            wrong.push(FieldError { field: String::new(), message: say!("import-row-of-nobody") });
        }
        if wrong.is_empty() { Ok(said) } else { Err(wrong) }
    }

    fn learn(&self, said: &mut Said, column: &ImportColumn, text: &str, near: Option<&str>) -> Result<(), Sentence> {
        match column.field {
            ImportField::Id => said.id = Some(text.parse().map_err(|_| say!("import-no-id"))?),
            ImportField::Account => said.account = line(text, LONGEST_ACCOUNT)?,
            ImportField::Email => said.email = Some(email(text)?),
            ImportField::Phone => match phone::number(text, near) {
                Some(number) => said.phone = Some(number),
                None => said.odd_phone = line(text, address::LONGEST_PHONE)?,
            },
            ImportField::Name => said.name = line(text, 120)?,
            ImportField::FirstName | ImportField::LastName => (),
            ImportField::Language => said.language = Some(Language::from_tag(text).ok_or(say!("import-language-not-ours"))?),
            ImportField::Country => said.country = Some(country(text)?),
            ImportField::Birthday => said.birthday = Some(self.birthday(text)?),
            ImportField::Tags => said.tags = self.tags(text)?,
            ImportField::Note => {
                let mut note = text.to_owned();
                checked(|check| check.text("", &mut note, 0, LONGEST_NOTE))?;
                said.note = Some(note).filter(|note| !note.is_empty());
            }
            ImportField::Attribute => {
                let attribute = self.attributes.iter().find(|one| Some(&one.key) == column.attribute.as_ref());
                let attribute = attribute.ok_or(say!("attribute-not-found"))?;
                said.values.push((attribute.id, cell::value(attribute, text, self.mapping.dates)?));
            }
            ImportField::Consent => {
                let given = cell::yes_or_no(text).ok_or(say!("not-yes-or-no"))?;
                said.consents.extend(column.consent.clone().map(|about| (about, given)));
            }
        }
        Ok(())
    }

    fn birthday(&self, text: &str) -> Result<Birthday, Sentence> {
        let day = cell::birthday(text, self.mapping.dates).ok_or(say!("not-a-birthday"))?;
        day.must_have_been(self.now).map_err(|error| error.sentence())?;
        Ok(day)
    }

    fn tags(&self, text: &str) -> Result<Vec<String>, Sentence> {
        let known = |name: &str| {
            let name = name.to_lowercase();
            self.tags.iter().any(|tag| tag.name.to_lowercase() == name)
        };
        let mut tags = cell::tags(text, known);
        tags.sort_by_key(|tag| tag.to_lowercase());
        tags.dedup_by_key(|tag| tag.to_lowercase());
        checked(|check| check.at_most("", &tags, MOST_TAGS))?;
        for tag in &mut tags {
            checked(|check| check.line("", tag, 1, 40))?;
        }
        Ok(tags)
    }
}

fn checked(look: impl FnOnce(&mut Check)) -> Result<(), Sentence> {
    let mut check = Check::default();
    look(&mut check);
    check.finish().map_err(|error| error.sentence())
}

fn line(text: &str, most: usize) -> Result<Option<String>, Sentence> {
    let mut line = text.to_owned();
    checked(|check| check.line("", &mut line, 0, most))?;
    Ok(Some(line).filter(|line| !line.is_empty()))
}

fn email(text: &str) -> Result<String, Sentence> {
    let mut email = text.to_owned();
    checked(|check| check.email("", &mut email))?;
    Ok(email)
}

fn country(text: &str) -> Result<String, Sentence> {
    let country = text.to_ascii_uppercase();
    let fine = country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase());
    if fine { Ok(country) } else { Err(say!("not-a-country")) }
}

/// A name of its halves: Chinese ones are written without a space, the family's first.
fn whole(first: Option<String>, last: Option<String>) -> Option<String> {
    let alone = |name: &String| name.chars().all(|letter| ('\u{4e00}'..='\u{9fff}').contains(&letter));
    match (first, last) {
        (Some(first), Some(last)) if alone(&first) && alone(&last) => Some(last + &first),
        (Some(first), Some(last)) => Some(format!("{first} {last}")),
        (first, last) => first.or(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        channel::Channel,
        consent::Purpose,
        import::columns::{Dates, Existing},
    };

    fn plan(fields: &[ImportField]) -> Plan {
        let column = |(place, field): (i64, &ImportField)| ImportColumn {
            column: place,
            field: *field,
            attribute: None,
            consent: (*field == ImportField::Consent).then(|| ConsentColumn {
                channel: Channel::Email,
                purpose: Purpose::Marketing,
                origin: "The form".into(),
            }),
        };
        let columns = (0..).zip(fields).map(column).collect();
        let mapping =
            ImportMapping { columns, existing: Existing::Fill, dates: Dates::DayFirst, country: Some("NO".into()), proved: false };
        let headings = fields.iter().map(|field| field.key().to_owned()).collect();
        Plan { mapping, headings, attributes: Vec::new(), tags: Vec::new(), now: "2026-01-13T10:00:00Z".parse().unwrap() }
    }

    fn read(fields: &[ImportField], cells: &[&str]) -> Result<Said, Vec<String>> {
        let row = StringRecord::from(cells.to_vec());
        plan(fields).read(&row).map_err(|wrong| wrong.into_iter().map(|one| one.field).collect())
    }

    #[test]
    fn a_row_is_read_as_people_write() {
        use ImportField::*;
        let said = read(
            &[Email, FirstName, LastName, Phone, Language, Birthday, Tags, Consent],
            &[" Mara@Example.ORG ", "Mara", " Lind", "22 22 22 22", "no", "17.05.1990", "vip, VIP;b2b", "ja"],
        )
        .unwrap();
        assert_eq!((said.name.as_deref(), said.phone.as_deref()), (Some("Mara Lind"), Some("+4722222222")));
        assert_eq!((said.language, said.country), (Some(kernel::Language::Nb), None));
        assert_eq!((said.tags.len(), said.consents[0].1), (2, true));
        assert!(said.email.unwrap().eq_ignore_ascii_case("mara@example.org"));
        assert_eq!(read(&[Email, FirstName, LastName], &["l@x.cn", "雷", "李"]).unwrap().name.as_deref(), Some("李雷"));
    }

    #[test]
    fn an_empty_cell_says_nothing_and_a_formula_is_a_text() {
        use ImportField::*;
        let said = read(&[Account, Email, Name, Consent], &["1", "", "  ", ""]).unwrap();
        assert_eq!(said, Said { account: Some("1".into()), ..Said::default() });
        assert_eq!(read(&[Account, Name], &["1", "'=HYPERLINK(\"x\")"]).unwrap().name.as_deref(), Some("=HYPERLINK(\"x\")"));
        assert_eq!(read(&[Account, Phone], &["1", "'+47 22 22 22 22"]).unwrap().phone.as_deref(), Some("+4722222222"));
    }

    #[test]
    fn each_wrong_cell_is_named() {
        use ImportField::*;
        for (field, cell, fine) in [
            (Name, "x".repeat(120), true),
            (Name, "x".repeat(121), false),
            (Email, "nobody".into(), false),
            (Email, "mara@localhost".into(), false),
            (Phone, "1".repeat(address::LONGEST_PHONE), true),
            (Phone, "1".repeat(address::LONGEST_PHONE + 1), false),
            (Language, "de".into(), false),
            (Country, "Norway".into(), false),
            (Country, "no".into(), true),
            (Birthday, "2027-01-01".into(), false),
            (Note, "x".repeat(LONGEST_NOTE), true),
            (Note, "x".repeat(LONGEST_NOTE + 1), false),
            (Tags, "x".repeat(40), true),
            (Tags, "x".repeat(41), false),
            (Tags, (0..MOST_TAGS).map(|n| format!("{n},")).collect(), true),
            (Tags, (0..=MOST_TAGS).map(|n| format!("{n},")).collect(), false),
            (Consent, "perhaps".into(), false),
            (Id, "1".into(), false),
        ] {
            let wrong = read(&[Account, field], &["1", &cell]).err().unwrap_or_default();
            assert_eq!(wrong.is_empty(), fine, "{field} {}", &cell[..cell.len().min(40)]);
            assert!(fine || wrong == [field.key()]);
        }
        let account = read(&[Email, Account], &["m@x.no", &"x".repeat(LONGEST_ACCOUNT + 1)]);
        assert_eq!(account, Err(vec!["account".into()]));
        assert_eq!(
            read(&[Email, Name, Phone], &["nobody", "Mara", &"x".repeat(99)]),
            Err(vec!["email".into(), "phone".into()]),
            "all of them"
        );
    }

    #[test]
    fn a_row_of_nobody_and_one_that_is_too_long_are_refused() {
        use ImportField::*;
        assert_eq!(read(&[Email, Name], &["", "Mara"]), Err(vec![String::new()]));
        assert_eq!(read(&[Email], &["m@x.no", "more"]), Err(vec![String::new()]));
        assert!(read(&[Email], &["m@x.no", " "]).is_ok(), "an empty cell too many is no matter");
        assert!(read(&[Email, Name], &["m@x.no"]).is_ok(), "nor is one too few");
    }
}
