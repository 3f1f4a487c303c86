//! The form as it is seen.

use std::collections::HashMap;

use askama::Template;
use inbox::file::MAX_FILES;
use kernel::{FieldError, Language};
use platform::files::MediaType;

use super::{
    filled::{Filled, LARGEST, LONGEST_LINE, LONGEST_MESSAGE, LONGEST_NAME, LONGEST_TEXT},
    opened::Opened,
    settings::QuestionKind,
    visit::Visit,
    words::{naming, word},
};
use crate::webchat::settings::Asked;

/// A page of the form's: the form itself, or what there is to say in its place.
#[derive(Template)]
#[template(path = "contact.html")]
pub struct ContactPage<'a> {
    pub visit: &'a Visit,
    pub shop: &'a str,
    pub title: String,
    /// What the shop says above the form, or in its place.
    pub said: String,
    pub form: Option<Form>,
    /// Where one goes from here, where there is no form.
    pub again: bool,
}

/// What is to be filled in.
pub struct Form {
    /// What is wrong with it as a whole.
    pub notice: Option<String>,
    pub token: String,
    pub page: String,
    pub fields: Vec<Field>,
    pub files: Option<Files>,
    pub agreement: Option<Agreement>,
}

/// A field to write or to choose in.
pub struct Field {
    pub id: String,
    pub name: &'static str,
    /// `text`, `email`, `area` or `choice`.
    pub kind: &'static str,
    pub label: String,
    pub value: String,
    /// What can be chosen: as it is sent, and as it is read.
    pub options: Vec<(String, String)>,
    pub required: bool,
    pub most: usize,
    pub autocomplete: &'static str,
    pub error: Option<String>,
}

/// Where files are chosen.
pub struct Files {
    /// What the server takes, as a browser wants to hear it.
    pub types: String,
    pub about: String,
    pub most_bytes: usize,
    pub too_large: String,
    pub error: Option<String>,
}

/// The box that has to be ticked.
pub struct Agreement {
    pub policy: Option<String>,
    pub ticked: bool,
    pub error: Option<String>,
}

impl Form {
    /// The form with what was filled in, and what is wrong with it.
    pub fn new(opened: &Opened, language: Language, filled: &Filled, token: String, wrong: &[FieldError], notice: Option<String>) -> Form {
        let errors: HashMap<&str, String> =
            wrong.iter().rev().map(|error| (error.field.as_str(), error.message.in_language(language))).collect();
        let error = |name: &str| errors.get(name).cloned();
        let settings = &opened.settings;
        let plain = |name: &'static str, kind: &'static str, value: &str, most: usize| Field {
            id: name.to_owned(),
            name,
            kind,
            label: word(language, name),
            value: value.to_owned(),
            options: Vec::new(),
            required: true,
            most,
            autocomplete: "off",
            error: error(name),
        };
        let mut fields = Vec::new();
        if settings.ask_name != Asked::No {
            let required = settings.ask_name == Asked::Required;
            fields.push(Field { required, autocomplete: "name", ..plain("name", "text", &filled.name, LONGEST_NAME) });
        }
        fields.push(Field { autocomplete: "email", ..plain("email", "email", &filled.email, 254) });
        if !opened.departments.is_empty() {
            let options = opened.departments.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
            fields.push(Field { options, required: false, ..plain("department", "choice", &filled.department, 64) });
        }
        for (at, question) in settings.questions.iter().enumerate() {
            let (kind, most) = match question.kind {
                QuestionKind::Line => ("text", LONGEST_LINE),
                QuestionKind::Text => ("area", LONGEST_TEXT),
                QuestionKind::Choice => ("choice", LONGEST_LINE),
            };
            let value = filled.answers.get(at).map(String::as_str).unwrap_or_default();
            let choices = question.choices(language, opened.shop.language).into_iter();
            fields.push(Field {
                id: format!("answer-{at}"),
                label: question.label.get(language, opened.shop.language).unwrap_or_default().to_owned(),
                options: choices.map(|one| (one.to_owned(), one.to_owned())).collect(),
                required: question.required,
                error: error(&format!("answers[{at}]")),
                ..plain("answer", kind, value, most)
            });
        }
        fields.push(plain("message", "area", &filled.message, LONGEST_MESSAGE));
        let files = settings.takes_files.then(|| Files {
            types: MediaType::ALL.map(|media| media.mime()).join(","),
            about: files_about(language),
            most_bytes: LARGEST,
            too_large: word(language, "files-too-large"),
            error: error("files"),
        });
        let agreement = opened.widget.needs_consent.then(|| Agreement {
            policy: opened.widget.privacy_url.clone(),
            ticked: filled.agrees,
            error: error("agrees"),
        });
        let notice = notice.or_else(|| (!wrong.is_empty()).then(|| word(language, "something-wrong")));
        Form { notice, token, page: filled.page.clone(), fields, files, agreement }
    }
}

fn files_about(language: Language) -> String {
    word(language, "files-about").replace("{count}", &MAX_FILES.to_string()).replace("{size}", &(LARGEST / 1024 / 1024).to_string())
}

/// The title and the words above the form.
pub fn heading(opened: &Opened, language: Language) -> (String, String) {
    let (settings, own) = (&opened.settings, opened.shop.language);
    let title = settings.title.get(language, own).map_or_else(|| naming(language, "title", &opened.shop.name), str::to_owned);
    (title, settings.intro.get(language, own).unwrap_or_default().to_owned())
}
