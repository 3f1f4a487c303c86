//! What somebody filled in.

use axum::extract::multipart::{Multipart, MultipartError};
use inbox::{
    conversation::{PageVisited, PreChatAnswer},
    file::{MAX_FILE, MAX_FILES},
};
use kernel::{DepartmentId, Error, Language, Result, say};
use platform::http::{Check, Checked};

use super::{
    opened::Opened,
    settings::{ContactQuestion, QuestionKind},
};
use crate::webchat::settings::Asked;

/// No form is larger with its files, in bytes.
pub const LARGEST: usize = 20 * 1024 * 1024;
pub const LONGEST_MESSAGE: usize = 10_000;
pub const LONGEST_LINE: usize = 200;
pub const LONGEST_TEXT: usize = 2_000;
pub const LONGEST_NAME: usize = 120;
/// More parts no form of ours has.
const MOST_PARTS: usize = 40;

/// A form as it was sent.
#[derive(Debug, Clone, Default)]
pub struct Filled {
    /// What the page was handed out with.
    pub token: String,
    /// Nobody sees this field; programs fill it in.
    pub trap: String,
    /// The page of the shop it stood in.
    pub page: String,
    pub name: String,
    pub email: String,
    pub department: String,
    pub answers: Vec<String>,
    pub message: String,
    /// Whether they ticked the box.
    pub agrees: bool,
    pub files: Vec<Attached>,
}

/// A file that came along.
#[derive(Debug, Clone)]
pub struct Attached {
    pub name: String,
    pub content: Vec<u8>,
}

impl Filled {
    /// Errors: `TooLarge`, and `Invalid` on what no browser sends.
    pub async fn read(mut form: Multipart) -> Result<Filled> {
        let mut filled = Filled::default();
        for _ in 0..MOST_PARTS {
            let Some(part) = form.next_field().await.map_err(unread)? else { return Ok(filled) };
            let name = part.name().unwrap_or_default().to_owned();
            if name == "files" {
                let called = part.file_name().unwrap_or_default().to_owned();
                let content = part.bytes().await.map_err(unread)?.to_vec();
                // a browser sends an empty one where none was chosen
                if !(called.is_empty() && content.is_empty()) {
                    filled.files.push(Attached { name: called, content });
                }
                continue;
            }
            let text = part.text().await.map_err(unread)?;
            match name.as_str() {
                "at" => filled.token = text,
                "website" => filled.trap = text,
                "page" => filled.page = text,
                "name" => filled.name = text,
                "email" => filled.email = text,
                "department" => filled.department = text,
                "answer" => filled.answers.push(text),
                "message" => filled.message = text,
                "agrees" => filled.agrees = true,
                _ => (),
            }
        }
        Err(kernel::invalid("form", say!("too-many-entries", most = MOST_PARTS, count = MOST_PARTS + 1)))
    }

    /// Cleans it, and holds it against what the form asks.
    ///
    /// Errors: `Invalid`, with one entry for each thing that is wrong.
    pub fn check(&mut self, opened: &Opened, language: Language) -> Checked {
        let mut check = Check::default();
        let settings = &opened.settings;
        check.line("name", &mut self.name, usize::from(settings.ask_name == Asked::Required), LONGEST_NAME);
        check.email("email", &mut self.email);
        check.text("message", &mut self.message, 1, LONGEST_MESSAGE);
        let is_shown = |id: DepartmentId| opened.departments.iter().any(|(shown, _)| *shown == id);
        check.that(self.department.is_empty() || self.department().is_some_and(is_shown), "department", say!("department-gone"));
        self.answers.resize(settings.questions.len(), String::new());
        for (at, (question, answer)) in settings.questions.iter().zip(&mut self.answers).enumerate() {
            check_answer(&mut check, &format!("answers[{at}]"), question, answer, opened, language);
        }
        check.at_most("files", &self.files, if settings.takes_files { MAX_FILES } else { 0 });
        let fits = |file: &Attached| file.content.len() <= MAX_FILE;
        check.that(self.files.iter().all(fits), "files", say!("file-too-large", megabytes = MAX_FILE / 1024 / 1024));
        let kind_of = |file: &Attached| platform::files::sniff(&file.content, &file.name);
        if let Some(error) = self.files.iter().filter(|file| fits(file)).find_map(|file| kind_of(file).err()) {
            check.that(false, "files", error.sentence());
        }
        check.that(self.agrees || !opened.widget.needs_consent, "agrees", say!("contact-consent-missing"));
        check.finish()
    }

    /// The one they chose.
    pub fn department(&self) -> Option<DepartmentId> {
        self.department.parse().ok()
    }

    /// What they answered, as members read it.
    pub fn answered(&self, opened: &Opened) -> Vec<PreChatAnswer> {
        let label =
            |question: &ContactQuestion| question.label.get(opened.shop.language, opened.shop.language).unwrap_or_default().to_owned();
        let both = opened.settings.questions.iter().zip(&self.answers).filter(|(_, answer)| !answer.is_empty());
        both.map(|(question, answer)| PreChatAnswer { question: label(question), answer: answer.clone() }).collect()
    }

    /// Where the form stood.
    pub fn page(&self) -> Option<PageVisited> {
        let is_address = self.page.len() <= 2_000 && (self.page.starts_with("https://") || self.page.starts_with("http://"));
        is_address.then(|| PageVisited { url: platform::html::clean_line(&self.page), title: None })
    }
}

fn check_answer(check: &mut Check, field: &str, question: &ContactQuestion, answer: &mut String, opened: &Opened, language: Language) {
    let least = usize::from(question.required);
    match question.kind {
        QuestionKind::Line => check.line(field, answer, least, LONGEST_LINE),
        QuestionKind::Text => check.text(field, answer, least, LONGEST_TEXT),
        QuestionKind::Choice => {
            check.line(field, answer, least, LONGEST_LINE);
            let offered = question.choices(language, opened.shop.language);
            check.that(answer.is_empty() || offered.contains(&answer.as_str()), field, say!("contact-option-gone"));
        }
    }
}

fn unread(error: MultipartError) -> Error {
    match error.status().as_u16() {
        413 => Error::TooLarge(say!("contact-form-too-large", megabytes = LARGEST / 1024 / 1024)),
        _ => kernel::invalid("form", say!("contact-form-unreadable")),
    }
}
