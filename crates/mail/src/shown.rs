//! What people see of a letter's HTML: cleaned for a frame of its own, and folded where the quote begins.

use platform::html::{self, LetterHtml, Picture};

use crate::{Folded, Letter, fold};

/// A letter's HTML. Its pictures have no address until they are given one.
#[derive(Debug, Clone)]
pub struct Shown {
    whole: LetterHtml,
    folded: Folded,
}

/// What to show of a letter that has HTML.
pub fn shown(letter: &Letter) -> Option<Shown> {
    let whole = html::letter(letter.html.as_deref()?);
    Some(Shown { folded: fold(&whole.html), whole })
}

impl Shown {
    /// What is new, with the pictures `of` gives an address to: those that came along by their content ids, those from elsewhere
    /// only once somebody has asked for them.
    pub fn new_part(&self, of: impl Fn(Picture<'_>) -> Option<String>) -> String {
        self.whole.filled(&self.folded.new, of)
    }

    /// What is below the fold.
    pub fn rest(&self, of: impl Fn(Picture<'_>) -> Option<String>) -> Option<String> {
        self.folded.rest.as_ref().map(|rest| self.whole.filled(rest, of))
    }

    /// The content ids it shows.
    pub fn embedded(&self) -> &[String] {
        &self.whole.embedded
    }

    /// The addresses of the pictures that are held back.
    pub fn remote(&self) -> &[String] {
        &self.whole.remote
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_that_came_along_are_shown_and_others_wait() {
        let outlook = Letter::read(include_bytes!("../letters/outlook.eml")).unwrap();
        let seen = shown(&outlook).unwrap();
        assert_eq!((seen.embedded(), seen.remote().len()), (&["image001.png@01DC4E".to_owned()][..], 0));
        assert_eq!(seen.embedded()[0], outlook.attachments[0].content_id.clone().unwrap());
        let files = |picture: Picture<'_>| match picture {
            Picture::Embedded(id) => Some(format!("/files/{id}")),
            Picture::Remote(_) => None,
        };
        assert!(seen.new_part(files).contains("src=\"/files/image001.png@01DC4E\""));
        assert!(seen.rest(files).unwrap().contains("anbei die Rechnung"));

        let newsletter = shown(&Letter::read(include_bytes!("../letters/newsletter.eml")).unwrap()).unwrap();
        assert_eq!(newsletter.remote(), ["https://news.example/open.gif?u=42"]);
        assert!(!newsletter.new_part(files).contains("news.example"));
        assert!(shown(&Letter::read(include_bytes!("../letters/turkish.eml")).unwrap()).is_none());
    }
}
