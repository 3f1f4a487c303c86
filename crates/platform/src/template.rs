//! The one renderer of texts that shops write: Liquid, bounded in size, depth, loops and output.
//!
//! A text sees the values it is given and nothing else: no files, no environment, no clock, no other texts.

mod blocks;
mod filters;
mod fuel;
mod missing;
mod scan;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::LazyLock,
};

use kernel::{Error, Result, Sentence, invalid, say};
use liquid_core::{Language, ParseBlock, ParseFilter, ParseTag, Renderable, Template, parser, runtime::RuntimeBuilder};
use liquid_lib::stdlib;

use crate::html;

use self::{
    fuel::{Fuel, Paper},
    missing::Noting,
};

/// The longest text, in bytes.
pub const LONGEST: usize = 20_000;
/// The longest output, in bytes.
pub const LONGEST_OUTPUT: usize = 256 * 1024;

/// A text with its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    pub text: String,
    /// Variables the text shows that were absent or empty, such as `customer.first_name`, each once, in order.
    pub missing: Vec<String>,
}

static LANGUAGE: LazyLock<Language> = LazyLock::new(language);

/// Whether `text` can be rendered.
///
/// Errors: `Invalid` on `text`, saying where and why.
pub fn check(text: &str) -> Result<()> {
    refuse_too_long(text)?;
    parse(text).map(|_| ())
}

/// Fills `values`, an object, into `text`. What is missing is left out and listed.
///
/// Takes up to a second when somebody means harm, so never inside a transaction.
pub fn render(text: &str, values: &serde_json::Value) -> Result<Rendered> {
    refuse_too_long(text)?;
    filled(text, values)
}

fn refuse_too_long(text: &str) -> Result<()> {
    if text.len() > LONGEST {
        return Err(invalid("text", say!("template-too-long", most = LONGEST)));
    }
    Ok(())
}

fn filled(text: &str, values: &serde_json::Value) -> Result<Rendered> {
    let template = parse(text)?;
    // liquid's arithmetic may overflow; that must cost this one text, not the worker that renders it
    catch_unwind(AssertUnwindSafe(|| fill(text, &template, values)))
        .unwrap_or_else(|_| Err(invalid("text", say!("template-numbers-too-large"))))
}

/// Like [`render`], for text that is HTML: what variables show is escaped, what the text itself says is not.
///
/// A trailing `newline_to_br` works on the escaped value.
pub fn render_html(text: &str, values: &serde_json::Value) -> Result<Rendered> {
    refuse_too_long(text)?;
    filled(&scan::escaping(text), values)
}

fn parse(text: &str) -> Result<Template> {
    scan::refuse_deep_nesting(text)?;
    catch_unwind(|| parser::parse(text, &LANGUAGE).map(Template::new).map_err(|error| explained(&error)))
        .unwrap_or_else(|_| Err(invalid("text", say!("template-not-liquid"))))
}

fn fill(text: &str, template: &Template, values: &serde_json::Value) -> Result<Rendered> {
    let values = liquid_core::to_object(values).map_err(|_| invalid("values", say!("template-values-not-an-object")))?;
    let bare = RuntimeBuilder::new().set_globals(&values).build();
    let runtime = Noting::new(&bare, &values);
    runtime.fill_up(Fuel::for_text(text));
    let text = Paper::of(LONGEST_OUTPUT).filled(|paper| template.render_to(paper, &runtime)).map_err(|error| explained(&error))?;
    Ok(Rendered { text, missing: runtime.missing() })
}

/// Our own reason to stop a text, on its way through liquid: of a cause, liquid's error shows what is behind it.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
struct Stopped(#[source] Sentence);

/// An error of liquid's that says what we say.
fn stopped(why: Sentence) -> liquid_core::Error {
    liquid_core::Error::with_msg("stopped").cause(Stopped(why))
}

/// Why a text cannot be rendered. Liquid's parser draws the place with lines and arrows, people are told it.
fn explained(error: &liquid_core::Error) -> Error {
    if let Some(why) = std::error::Error::source(error).and_then(|source| source.downcast_ref::<Sentence>()) {
        return invalid("text", why.clone());
    }
    let words = error.to_string();
    let words = words.strip_prefix("liquid: ").unwrap_or(&words).trim();
    if let Some(filter) = words.lines().find_map(|line| line.trim().strip_prefix("requested filter=")) {
        return invalid("text", say!("template-filter-unknown", filter));
    }
    let Some((place, _)) = words.strip_prefix("--> ").and_then(|rest| rest.split_once('\n')) else {
        return invalid("text", say!("template-refused", reason = html::clean_line(words)));
    };
    let (line, column) = place.trim().split_once(':').unwrap_or((place, "1"));
    invalid("text", say!("template-not-liquid-here", line, column))
}

fn language() -> Language {
    let mut language = Language::empty();
    let tags: [Box<dyn ParseTag>; 3] = [stdlib::AssignTag.into(), stdlib::BreakTag.into(), stdlib::ContinueTag.into()];
    for tag in tags {
        language.tags.register(tag.reflection().tag().to_owned(), tag);
    }
    let blocks: [Box<dyn ParseBlock>; 7] = [
        stdlib::RawBlock.into(),
        stdlib::IfBlock.into(),
        stdlib::UnlessBlock.into(),
        stdlib::CommentBlock.into(),
        stdlib::CaseBlock.into(),
        blocks::For.into(),
        blocks::Capture.into(),
    ];
    for block in blocks {
        language.blocks.register(block.reflection().start_tag().to_owned(), block);
    }
    for filter in filters::all() {
        language.filters.register(filter.reflection().name().to_owned(), filter.into());
    }
    language
}

#[cfg(test)]
mod tests;
