//! What a partner told, in bounds: names that can be keys, numbers that can be dialled, words that can be shown.

use platform::html::{clean_line, clean_text};

use crate::partner::{Arriving, FileAt, News, Of, Partner, Place, Reached, Receipt, Turn, Turned};

/// No call tells more.
const MOST_NEWS: usize = 1_000;
/// What a partner calls somebody or something is no longer, in characters.
const LONGEST_ID: usize = 300;
const LONGEST_NAME: usize = 200;
const LONGEST_TEXT: usize = 20_000;
const LONGEST_REASON: usize = 500;
const LONGEST_LINK: usize = 2_000;
/// A message carries at most so many files.
const MOST_FILES: usize = 20;

/// What was kept of a call tells about the line of this key.
///
/// Errors: why it is not understood, for people to look at.
pub fn told(partner: &dyn Partner, key: &str, kept: &str) -> Result<Vec<News>, String> {
    let news = partner.read(key, kept)?;
    match news.len() {
        0..=MOST_NEWS => news.into_iter().map(News::fitting).collect(),
        more => Err(format!("It tells {more} things at once; {MOST_NEWS} are taken.")),
    }
}

impl News {
    fn fitting(self) -> Result<News, String> {
        Ok(match self {
            News::Message(arriving) => News::Message(arriving.fitting()?),
            News::Receipt(Receipt { of, reached }) => {
                match &of {
                    Of::Ours(_) => (),
                    Of::Theirs(name) => must_be_an_id(name)?,
                    Of::AllTo { peer, .. } => must_be_an_id(peer)?,
                }
                let reached = match reached {
                    Reached::Failed(why) => Reached::Failed(clean_line(&why).chars().take(LONGEST_REASON).collect()),
                    reached => reached,
                };
                News::Receipt(Receipt { of, reached })
            }
            News::Turn(Turn { reference, to }) => {
                must_be_an_id(&reference)?;
                let to = match to {
                    Turned::Edited(text) => Turned::Edited(clean_text(&text).chars().take(LONGEST_TEXT).collect()),
                    to => to,
                };
                News::Turn(Turn { reference, to })
            }
            News::Line => News::Line,
        })
    }
}

impl Arriving {
    fn fitting(self) -> Result<Arriving, String> {
        must_be_an_id(&self.peer)?;
        must_be_an_id(&self.reference)?;
        let place = self.place.map(Place::fitting).transpose()?;
        let called = |name: &str| clean_line(name).chars().take(LONGEST_NAME).collect::<String>();
        let files = self.files.into_iter().take(MOST_FILES).map(|file| FileAt { name: called(&file.name), ..file });
        Ok(Arriving {
            name: self.name.map(|name| called(&name)).filter(|name| !name.is_empty()),
            phone: self.phone.and_then(|phone| customers::e164(&phone)),
            text: clean_text(&self.text).chars().take(LONGEST_TEXT).collect(),
            files: files.collect(),
            place,
            ..self
        })
    }
}

impl Place {
    fn fitting(self) -> Result<Place, String> {
        must_be_an_id(&self.thread)?;
        self.post.as_deref().map(must_be_an_id).transpose()?;
        Ok(Place { link: self.link.filter(|link| is_a_link(link)), ..self })
    }
}

/// What is shown to people as a link leads to a site, and nowhere else.
pub fn is_a_link(link: &str) -> bool {
    link.starts_with("https://") && link.len() <= LONGEST_LINK && clean_line(link) == link
}

fn must_be_an_id(id: &str) -> Result<(), String> {
    let fits = (1..=LONGEST_ID).contains(&id.chars().count()) && clean_line(id) == id;
    if fits { Ok(()) } else { Err("It calls somebody or something what no partner would.".into()) }
}
