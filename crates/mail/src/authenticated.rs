//! Whether a letter is from whom it says: what the mail server in front of us found out (RFC 8601), as far as it is about the
//! author's own domain.
//!
//! Only the topmost result counts, and only from a server the shop trusts: everything below may have been in the letter before.
//! A domain is the author's when it is the same, or one of the two is inside the other; two neighbours under one roof are not,
//! since who owns the roof stands in no letter.

use serde::Serialize;

use crate::Letter;

/// What is known about who wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authenticated {
    pub verdict: Verdict,
    /// What showed it, or the lack of what: `dmarc`, `dkim`, `spf`, `own_dkim`, `no_trusted_result`, `not_one_author`.
    pub rule: &'static str,
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The author's domain stands for it.
    Proved,
    /// The author's domain says it is not theirs.
    Refused,
    /// Nobody says anything about the author's domain.
    Unknown,
}

/// One thing a server looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// `dmarc`, `dkim`, `spf`
    pub method: String,
    /// `pass`, `fail`, `none` …
    pub result: String,
    /// Whose domain it is about.
    pub domain: String,
    /// Whether that is the author's.
    pub is_aligned: bool,
}

impl Finding {
    /// What was found out about `domain`, for a letter of somebody at `host`.
    pub(crate) fn about(method: &str, result: &str, domain: &str, host: &str) -> Finding {
        let domain = domain.trim_end_matches('.').to_lowercase();
        let is_aligned = is_aligned(&domain, host);
        Finding { method: method.to_owned(), result: result.to_owned(), domain, is_aligned }
    }
}

impl Authenticated {
    /// With what we found out about the letter's signatures ourselves (`dkim::verified`). A domain that disowns a letter is not
    /// overruled.
    pub fn and(mut self, own: Vec<Finding>) -> Authenticated {
        let passed = own.iter().any(|finding| finding.result == "pass" && finding.is_aligned);
        if passed && self.verdict == Verdict::Unknown && self.rule != "not_one_author" {
            (self.verdict, self.rule) = (Verdict::Proved, "own_dkim");
        }
        self.findings.extend(own);
        self
    }
}

/// Lists of findings are short.
const MOST_FINDINGS: usize = 50;

/// What `trusted` servers say about a letter. A server is named as it names itself in its results; one that does not, as
/// Microsoft's, is named by nothing.
pub fn authenticated(letter: &Letter, trusted: &[&str]) -> Authenticated {
    let unknown = |rule, findings| Authenticated { verdict: Verdict::Unknown, rule, findings };
    let [author] = letter.authors.as_slice() else { return unknown("not_one_author", Vec::new()) };
    let results = letter.headers.line("Authentication-Results").map(|line| statements(&line)).unwrap_or_default();
    let Some(statements) = of_trusted(&results, trusted) else { return unknown("no_trusted_result", Vec::new()) };
    let host = author.host();
    let findings: Vec<Finding> = statements.iter().take(MOST_FINDINGS).filter_map(|said| finding(said, &host)).collect();
    let of = |method: &str| findings.iter().filter(move |finding| finding.method == method).collect::<Vec<_>>();
    let passed = |method: &str| of(method).iter().any(|finding| finding.result == "pass" && finding.is_aligned);
    let (verdict, rule) = match of("dmarc").first() {
        Some(dmarc) if dmarc.result == "pass" && dmarc.domain == host => (Verdict::Proved, "dmarc"),
        Some(dmarc) if dmarc.result == "fail" => (Verdict::Refused, "dmarc"),
        // the domain has no policy, or its server is out of order: then its signature or its sender speaks
        _ if passed("dkim") => (Verdict::Proved, "dkim"),
        _ if passed("spf") => (Verdict::Proved, "spf"),
        _ => (Verdict::Unknown, "no_aligned_result"),
    };
    Authenticated { verdict, rule, findings }
}

/// The statements of a result, when it is a trusted server's.
fn of_trusted<'x>(results: &'x [String], trusted: &[&str]) -> Option<&'x [String]> {
    let (first, rest) = results.split_first()?;
    let (server, statements) = if first.contains('=') { ("", results) } else { (first.split(' ').next().unwrap_or_default(), rest) };
    trusted.iter().any(|name| name.eq_ignore_ascii_case(server)).then_some(statements)
}

/// What stands between semicolons, without comments: those hold what the letter's author chose, and may look like anything.
fn statements(line: &str) -> Vec<String> {
    let (mut all, mut current) = (Vec::new(), String::new());
    let (mut depth, mut quoted) = (0_usize, false);
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if depth > 0 || quoted => drop(letters.next()),
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            _ if depth > 0 => (),
            ';' if !quoted => all.push(std::mem::take(&mut current)),
            // what is in quotation marks is one word, and none of ours
            letter if quoted => current.push(if letter.is_whitespace() || letter == '=' { '_' } else { letter }),
            letter => current.push(letter),
        }
    }
    all.push(current);
    all.iter().map(|statement| statement.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|said| !said.is_empty()).collect()
}

/// `dkim=pass header.d=example.com`
fn finding(statement: &str, host: &str) -> Option<Finding> {
    let mut words = statement.split(' ');
    let (method, result) = words.next()?.split_once('=')?;
    // `dkim/1`
    let method = method.split('/').next().unwrap_or_default().to_ascii_lowercase();
    let properties: Vec<(&str, &str)> = words.filter_map(|word| word.split_once('=')).collect();
    let of = |names: &[&str]| {
        names.iter().find_map(|name| properties.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))).map(|(_, value)| *value)
    };
    let about = match method.as_str() {
        "dmarc" => of(&["header.from"]),
        "dkim" => of(&["header.d", "header.i"]),
        "spf" => of(&["smtp.mailfrom", "smtp.helo"]),
        _ => return None,
    };
    let domain = about.unwrap_or_default().rsplit('@').next().unwrap_or_default();
    Some(Finding::about(&method, &result.to_ascii_lowercase(), domain, host))
}

/// Whether two domains are the same, or one is inside the other.
fn is_aligned(one: &str, other: &str) -> bool {
    let inside = |inner: &str, outer: &str| inner.strip_suffix(outer).is_some_and(|rest| rest.ends_with('.')) && outer.contains('.');
    !one.is_empty() && (one == other || inside(one, other) || inside(other, one))
}

#[cfg(test)]
mod tests {
    use super::*;

    const US: &[&str] = &["mx.fjell.example"];

    fn judged(from: &str, results: &[&str]) -> (Verdict, &'static str) {
        let fields: String = results.iter().map(|result| format!("Authentication-Results: {result}\n")).collect();
        let letter = Letter::read(format!("{fields}From: {from}\n\nHi").as_bytes()).unwrap();
        let found = authenticated(&letter, US);
        (found.verdict, found.rule)
    }

    #[test]
    fn what_a_trusted_server_found_out_about_the_authors_domain_counts() {
        use Verdict::*;
        for (result, expected) in [
            ("mx.fjell.example; dmarc=pass header.from=shop.example", (Proved, "dmarc")),
            ("MX.Fjell.example 1; DMARC=Pass (p=reject) Header.From=Shop.Example", (Proved, "dmarc")),
            ("mx.fjell.example; spf=pass smtp.mailfrom=x@evil.example; dmarc=fail header.from=shop.example", (Refused, "dmarc")),
            ("mx.fjell.example; dkim=pass header.d=shop.example; dmarc=none", (Proved, "dkim")),
            ("mx.fjell.example; dkim=pass header.i=@mail.shop.example", (Proved, "dkim")),
            ("mx.fjell.example; dkim=fail header.d=shop.example; spf=pass smtp.mailfrom=bounce@shop.example", (Proved, "spf")),
            ("mx.fjell.example; dkim=pass header.d=mailer.example; spf=pass smtp.mailfrom=mailer.example", (Unknown, "no_aligned_result")),
            ("mx.fjell.example; dmarc=pass header.from=other.example", (Unknown, "no_aligned_result")),
            ("mx.fjell.example; dmarc=pass", (Unknown, "no_aligned_result")),
            ("mx.fjell.example; dkim=pass header.d=example", (Unknown, "no_aligned_result")),
            ("mx.fjell.example; dkim=pass header.d=evilshop.example", (Unknown, "no_aligned_result")),
            ("mx.fjell.example; none", (Unknown, "no_aligned_result")),
            ("mx.fjell.example", (Unknown, "no_aligned_result")),
            // by somebody else
            ("mx.evil.example; dmarc=pass header.from=shop.example", (Unknown, "no_trusted_result")),
            ("mx.fjell.example.evil.example; dmarc=pass header.from=shop.example", (Unknown, "no_trusted_result")),
            ("dmarc=pass header.from=shop.example", (Unknown, "no_trusted_result")),
            // what the author chose, dressed up as a finding
            (
                "mx.fjell.example; spf=none (domain of \"; dmarc=pass header.from=shop.example;\"@evil.example)",
                (Unknown, "no_aligned_result"),
            ),
            ("mx.fjell.example; spf=none (\\); dmarc=pass header.from=shop.example", (Unknown, "no_aligned_result")),
            (
                "mx.fjell.example; spf=none smtp.mailfrom=\"; dmarc=pass header.from=shop.example; \"@evil.example",
                (Unknown, "no_aligned_result"),
            ),
            ("mx.fjell.example; spf=pass smtp.mailfrom=\"a b=@shop.example\"@evil.example", (Unknown, "no_aligned_result")),
            ("mx.fjell.example; spf=none ((nested) dmarc=pass header.from=shop.example)", (Unknown, "no_aligned_result")),
        ] {
            assert_eq!(judged("mara@shop.example", &[result]), expected, "{result}");
        }
    }

    #[test]
    fn what_stands_below_may_be_forged() {
        let (ours, forged) =
            ("mx.fjell.example; dmarc=fail header.from=shop.example", "mx.fjell.example; dmarc=pass header.from=shop.example");
        assert_eq!(judged("mara@shop.example", &[ours, forged]).0, Verdict::Refused);
        assert_eq!(judged("mara@shop.example", &["mx.evil.example; none", forged]), (Verdict::Unknown, "no_trusted_result"));
        assert_eq!(judged("mara@shop.example", &[]), (Verdict::Unknown, "no_trusted_result"));
    }

    #[test]
    fn a_letter_of_two_authors_is_proved_by_nothing() {
        let pass = "mx.fjell.example; dmarc=pass header.from=evil.example";
        assert_eq!(judged("ceo@shop.example, x@evil.example", &[pass]), (Verdict::Unknown, "not_one_author"));
        assert_eq!(judged("x@evil.example\nFrom: ceo@shop.example", &[pass]), (Verdict::Unknown, "not_one_author"));
        assert_eq!(judged("nobody", &[pass]), (Verdict::Unknown, "not_one_author"));
    }

    #[test]
    fn servers_write_it_in_their_own_ways() {
        let gmail = Letter::read(include_bytes!("../letters/gmail.eml")).unwrap();
        let found = authenticated(&gmail, US);
        assert_eq!((found.verdict, found.rule, found.findings.len()), (Verdict::Proved, "dmarc", 3));
        assert!(found.findings.iter().all(|finding| finding.is_aligned && finding.domain == "gmail.com"));
        let microsoft = "Authentication-Results: spf=pass (sender IP is 192.0.2.1)\n smtp.mailfrom=shop.example; dkim=pass (signature was verified)\n \
                         header.d=shop.example;dmarc=pass action=none header.from=shop.example;compauth=pass reason=100\nFrom: mara@shop.example\n\nHi";
        let letter = Letter::read(microsoft.as_bytes()).unwrap();
        assert_eq!(authenticated(&letter, &[""]).verdict, Verdict::Proved);
        assert_eq!(authenticated(&letter, US).verdict, Verdict::Unknown);
    }
}
