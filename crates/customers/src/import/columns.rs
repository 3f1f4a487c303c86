//! What the columns of a file mean: said by whoever imports it, suggested from the headings.

use std::collections::BTreeSet;

use kernel::{Error, FieldError, Result, Sentence, say};
use platform::{keyed, search};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{attribute::Attribute, channel::Channel, consent::Purpose};

keyed! {
    /// What a column says of a customer.
    pub enum ImportField {
        /// Ombud’s own id, as an export has it.
        Id = "id",
        /// The shop's own number for its customer.
        Account = "account",
        Email = "email",
        Phone = "phone",
        Name = "name",
        FirstName = "first_name",
        LastName = "last_name",
        Language = "language",
        Country = "country",
        Birthday = "birthday",
        Tags = "tags",
        Note = "note",
        Attribute = "attribute",
        Consent = "consent",
    }
}

keyed! {
    /// What becomes of what is known already.
    pub enum Existing {
        /// It stays; what is not known is filled in.
        Fill = "fill",
        /// What the file says takes its place. An empty cell says nothing.
        Overwrite = "overwrite",
    }
}

keyed! {
    /// Which comes first in dates such as 05/04/1990. Dates with dots and those that begin with the year say it themselves.
    pub enum Dates {
        DayFirst = "day_first",
        MonthFirst = "month_first",
    }
}

/// What the yes and no of a column are about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentColumn {
    pub channel: Channel,
    pub purpose: Purpose,
    /// Where they said it, in the words of whoever imports it: it is the evidence.
    pub origin: String,
}

/// What one column means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportColumn {
    /// Its place, counted from 0.
    #[schema(minimum = 0)]
    pub column: i64,
    pub field: ImportField,
    /// The key of an attribute, of a column that is one; null otherwise.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")]
    pub attribute: Option<String>,
    /// What was allowed, of a column that says it; null otherwise.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")]
    pub consent: Option<ConsentColumn>,
}

/// What the columns mean, and how to go about it. Columns not named are passed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportMapping {
    pub columns: Vec<ImportColumn>,
    pub existing: Existing,
    pub dates: Dates,
    /// Where telephone numbers without a country code are, and customers of whom nothing else is said: two letters of ISO 3166.
    #[schema(required)]
    #[serde(deserialize_with = "Option::deserialize")]
    pub country: Option<String>,
    /// Whether the shop has seen proof that the e-mail addresses are theirs. They are claims otherwise.
    pub proved: bool,
}

impl ImportMapping {
    /// The place of the column that says this.
    pub(crate) fn place(&self, field: ImportField) -> Option<usize> {
        self.columns.iter().find(|column| column.field == field).and_then(|column| usize::try_from(column.column).ok())
    }

    /// Errors: `Invalid`, with one entry for each column that cannot mean what it is said to.
    pub(crate) fn must_fit(&self, headings: &[String], attributes: &[Attribute]) -> Result<()> {
        let mut wrong: Vec<FieldError> = Vec::new();
        let (mut places, mut meanings) = (BTreeSet::new(), BTreeSet::new());
        for (n, column) in self.columns.iter().enumerate() {
            let there = usize::try_from(column.column).is_ok_and(|place| place < headings.len());
            let found = match () {
                () if !there => Some(say!("import-column-not-there", count = headings.len())),
                () if !places.insert(column.column) => Some(say!("import-column-twice")),
                () => column.objection(attributes),
            };
            let again = !meanings.insert((column.field, column.attribute.clone(), column.consent.as_ref().map(|c| (c.channel, c.purpose))));
            if let Some(message) = found.or_else(|| again.then(|| say!("import-meaning-twice"))) {
                wrong.push(FieldError { field: format!("columns.{n}"), message });
            }
        }
        let recognised = [ImportField::Id, ImportField::Account, ImportField::Email].iter().any(|field| self.place(*field).is_some());
        if !recognised {
            wrong.push(FieldError { field: "columns".into(), message: say!("import-nobody-recognised") });
        }
        if wrong.is_empty() { Ok(()) } else { Err(Error::Invalid(wrong)) }
    }
}

impl ImportColumn {
    fn of(column: usize, field: ImportField) -> ImportColumn {
        ImportColumn { column: column as i64, field, attribute: None, consent: None }
    }

    fn objection(&self, attributes: &[Attribute]) -> Option<Sentence> {
        let known = self.attribute.as_ref().map(|key| attributes.iter().any(|attribute| attribute.key == *key));
        if (self.field == ImportField::Consent) != self.consent.is_some() {
            return Some(say!("import-consent-of-what"));
        }
        match (self.field == ImportField::Attribute, known) {
            (true, None) | (false, Some(_)) => Some(say!("import-attribute-of-which")),
            (_, Some(false)) => Some(say!("attribute-not-found")),
            _ => None,
        }
    }
}

/// What headings are called where, folded as search folds words, without spaces. Consent is not among them: nobody has
/// allowed anything because of a heading.
const CALLED: &[(ImportField, &[&str])] = &[
    (ImportField::Id, &["ombudid", "id"]),
    (
        ImportField::Account,
        &[
            "account",
            "accountid",
            "accountnumber",
            "customerid",
            "customernumber",
            "externalid",
            "kundenr",
            "kundenummer",
            "musterino",
            "musterinumarasi",
            "客户编号",
            "客户id",
            "会员号",
        ],
    ),
    (
        ImportField::Email,
        &["email", "emailaddress", "mail", "epost", "epostadresse", "eposta", "epostaadresi", "邮箱", "电子邮件", "电子邮箱"],
    ),
    (
        ImportField::Phone,
        &[
            "phone",
            "phonenumber",
            "telephone",
            "mobile",
            "mobilephone",
            "telefon",
            "telefonnummer",
            "mobil",
            "mobiltelefon",
            "telefonnumarasi",
            "ceptelefonu",
            "cep",
            "电话",
            "手机",
            "手机号",
            "电话号码",
        ],
    ),
    (
        ImportField::Name,
        &["name", "fullname", "customername", "customer", "navn", "fulltnavn", "adsoyad", "adisoyadi", "isim", "姓名", "名称", "客户姓名"],
    ),
    (ImportField::FirstName, &["firstname", "givenname", "fornavn", "ad", "adi", "名", "名字"]),
    (ImportField::LastName, &["lastname", "surname", "familyname", "etternavn", "soyad", "soyadi", "姓", "姓氏"]),
    (ImportField::Language, &["language", "locale", "lang", "sprak", "dil", "语言"]),
    (ImportField::Country, &["country", "countrycode", "land", "landkode", "ulke", "ulkekodu", "国家"]),
    (
        ImportField::Birthday,
        &["birthday", "birthdate", "dateofbirth", "fodselsdag", "fodselsdato", "dogumgunu", "dogumtarihi", "生日", "出生日期"],
    ),
    (ImportField::Tags, &["tags", "tag", "labels", "merker", "merkelapper", "etiketter", "etikett", "etiketler", "etiket", "标签"]),
    (ImportField::Note, &["note", "notes", "comment", "notat", "notater", "merknad", "not", "notlar", "备注"]),
];

/// What the columns seem to mean; each meaning once.
pub(crate) fn suggest(headings: &[String], attributes: &[Attribute]) -> Vec<ImportColumn> {
    let folded = |text: &str| search::fold(text).concat();
    let mut taken = BTreeSet::new();
    let mut suggested = Vec::new();
    for (place, heading) in headings.iter().enumerate().map(|(place, heading)| (place, folded(heading))) {
        let field = CALLED.iter().find(|(_, names)| names.iter().any(|name| folded(name) == heading)).map(|(field, _)| *field);
        let attribute = attributes.iter().find(|attribute| folded(&attribute.key) == heading || folded(&attribute.label) == heading);
        let column = match (attribute, field) {
            (Some(attribute), _) => {
                ImportColumn { attribute: Some(attribute.key.clone()), ..ImportColumn::of(place, ImportField::Attribute) }
            }
            (None, Some(field)) => ImportColumn::of(place, field),
            (None, None) => continue,
        };
        if taken.insert((column.field, column.attribute.clone())) {
            suggested.push(column);
        }
    }
    // a whole name says more than its halves
    if suggested.iter().any(|column| column.field == ImportField::Name) {
        suggested.retain(|column| !matches!(column.field, ImportField::FirstName | ImportField::LastName));
    }
    suggested
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribute::AttributeKind;

    fn size() -> Attribute {
        let id = uuid::Uuid::from_u128(1).into();
        Attribute { id, key: "shoe_size".into(), label: "Størrelse".into(), kind: AttributeKind::Text, choices: Vec::new() }
    }

    fn suggested(headings: &[&str]) -> Vec<(i64, ImportField)> {
        let headings: Vec<String> = headings.iter().map(|heading| (*heading).to_owned()).collect();
        suggest(&headings, &[size()]).into_iter().map(|column| (column.column, column.field)).collect()
    }

    #[test]
    fn headings_are_understood_in_four_languages() {
        use ImportField::*;
        for (headings, meant) in [
            (vec!["E-mail address", "Full Name", "PHONE"], vec![Email, Name, Phone]),
            (vec!["E-post", "Navn", "Fødselsdato", "Språk"], vec![Email, Name, Birthday, Language]),
            // as the console itself calls them
            (vec!["Kundenummer", "E-postadresse", "Etiketter"], vec![Account, Email, Tags]),
            (vec!["E-posta", "Adı", "Soyadı", "Ülke", "Müşteri No"], vec![Email, FirstName, LastName, Country, Account]),
            (vec!["邮箱", "姓名", "手机号", "标签"], vec![Email, Name, Phone, Tags]),
            (vec!["id", "shoe size", "note"], vec![Id, Attribute, Note]),
            (vec!["storrelse"], vec![Attribute]),
        ] {
            assert_eq!(suggested(&headings), (0..).zip(meant).collect::<Vec<_>>(), "{headings:?}");
        }
    }

    #[test]
    fn what_is_not_understood_or_said_twice_is_left_to_people() {
        assert_eq!(suggested(&["Newsletter", "Accepts Marketing", "", "email", "E-mail"]), [(3, ImportField::Email)]);
        assert_eq!(suggested(&["First name", "Name", "Last name"]), [(1, ImportField::Name)], "a whole name is enough");
    }

    #[test]
    fn a_mapping_fits_its_file() {
        let headings = ["a", "b", "c"].map(str::to_owned);
        let mapping = |columns: Vec<ImportColumn>| ImportMapping {
            columns,
            existing: Existing::Fill,
            dates: Dates::DayFirst,
            country: None,
            proved: false,
        };
        let consent = |column| ImportColumn {
            consent: Some(ConsentColumn { channel: Channel::Email, purpose: Purpose::Marketing, origin: "The form".into() }),
            ..ImportColumn::of(column, ImportField::Consent)
        };
        let attribute = |key: &str| ImportColumn { attribute: Some(key.into()), ..ImportColumn::of(1, ImportField::Attribute) };
        let email = || ImportColumn::of(0, ImportField::Email);
        for (columns, fine) in [
            (vec![email()], true),
            (vec![ImportColumn::of(2, ImportField::Id)], true),
            (vec![email(), attribute("shoe_size"), consent(2)], true),
            (vec![], false),
            (vec![ImportColumn::of(0, ImportField::Name)], false),
            (vec![email(), attribute("colour")], false),
            (vec![email(), ImportColumn::of(1, ImportField::Attribute)], false),
            (vec![email(), ImportColumn::of(1, ImportField::Consent)], false),
            (vec![email(), ImportColumn { field: ImportField::Name, ..consent(1) }], false),
            (vec![email(), consent(1), consent(2)], false),
            (vec![email(), ImportColumn::of(1, ImportField::Email)], false),
            (vec![email(), ImportColumn::of(0, ImportField::Name)], false),
            (vec![email(), ImportColumn::of(3, ImportField::Name)], false),
            (vec![email(), ImportColumn { column: -1, ..ImportColumn::of(1, ImportField::Name) }], false),
        ] {
            assert_eq!(mapping(columns.clone()).must_fit(&headings, &[size()]).is_ok(), fine, "{columns:?}");
        }
    }
}
