//! What must hold, parser by parser.

pub mod address;
pub mod backup;
pub mod calls;
pub mod file;
pub mod frames;
pub mod headers;
pub mod id;
pub mod mail;
pub mod partners;
pub mod request;
pub mod shop_system;
pub mod template;
pub mod text;
pub mod token;

/// A letter nobody sees, or that turns the reading of those around it.
pub fn is_trick(letter: char) -> bool {
    (letter.is_control() && !matches!(letter, '\n' | '\t'))
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
