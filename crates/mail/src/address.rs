//! An address, with the name it was written with.

use std::fmt;

use platform::html::clean_line;

/// RFC 5321: 64 before the `@`, 255 behind it.
const LONGEST: usize = 320;
const LONGEST_NAME: usize = 200;

/// Somebody in a letter's header. What it says is what the letter says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Address {
    pub name: Option<String>,
    pub email: String,
}

impl Address {
    /// What stands for an address in a header; none when no letter could be sent to it.
    pub(crate) fn read(name: Option<&str>, email: &str) -> Option<Address> {
        let email = email.trim().trim_start_matches("mailto:");
        let (local, host) = email.rsplit_once('@')?;
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '\\');
        // a name in quotation marks may hold anything; nobody has one, and attackers do
        if local.is_empty() || host.is_empty() || email.len() > LONGEST || email.contains(odd) || clean_line(email) != email {
            return None;
        }
        let name = name.map(clean_line).filter(|name| !name.is_empty() && !name.eq_ignore_ascii_case(email));
        let name = name.map(|name| name.chars().take(LONGEST_NAME).collect());
        Some(Address { name, email: email.to_owned() })
    }

    /// By what two spellings of one address are known to be the same.
    pub fn key(&self) -> String {
        self.email.to_lowercase()
    }

    /// What stands behind the `@`, in small letters.
    pub fn host(&self) -> String {
        self.email.rsplit_once('@').map(|(_, host)| host.to_lowercase()).unwrap_or_default()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.email),
            None => f.write_str(&self.email),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_a_letter_could_be_sent_to() {
        for (email, fine) in [
            ("mara@example.com", true),
            ("mara+shop@example.com", true),
            ("Ødegård@eksempel.no", true),
            ("mailto:mara@example.com", true),
            ("mara", false),
            ("@example.com", false),
            ("mara@", false),
            ("mara@example.com\r\nBcc: eve@example.com", false),
            ("mara@example.com, eve@example.com", false),
            ("\"mara hansen\"@example.com", false),
            ("mara\u{202e}@example.com", false),
            ("mara@exam\u{200b}ple.com", false),
            (&format!("{}@example.com", "m".repeat(309)), false),
            (&format!("{}@example.com", "m".repeat(308)), true),
        ] {
            assert_eq!(Address::read(None, email).is_some(), fine, "{email:?}");
        }
        let mara = Address::read(Some(" Mara\r\n Hansen\u{202e} "), "Mara@Example.com").unwrap();
        assert_eq!((mara.to_string().as_str(), mara.key().as_str()), ("Mara Hansen <Mara@Example.com>", "mara@example.com"));
        assert_eq!(mara.host(), "example.com");
        assert_eq!(Address::read(Some("mara@example.com"), "mara@example.com").unwrap().name, None);
    }
}
