//! E-mail addresses.

use super::cell;

/// Domains that are the same provider under another name, and misspellings that are nobody's domain of mail.
#[rustfmt::skip]
const SAME_DOMAIN: &[(&str, &str)] = &[
    ("gamil.com", "gmail.com"), ("gmai.com", "gmail.com"), ("gmail.co", "gmail.com"), ("gmail.con", "gmail.com"),
    ("gmail.fr", "gmail.com"), ("gmailcom", "gmail.com"), ("gmal.com", "gmail.com"), ("gmial.com", "gmail.com"),
    ("gmil.com", "gmail.com"), ("gnail.com", "gmail.com"), ("googlemail.com", "gmail.com"), ("homail.com", "hotmail.com"),
    ("hotmai.com", "hotmail.com"), ("hotmail.con", "hotmail.com"), ("hotmial.com", "hotmail.com"),
    ("hotmial.fr", "hotmail.fr"), ("hotmil.com", "hotmail.com"), ("hotmil.fr", "hotmail.fr"), ("icloud.con", "icloud.com"),
    ("lapost.net", "laposte.net"), ("laposte.com", "laposte.net"), ("laposte.fr", "laposte.net"),
    ("mac.com", "icloud.com"), ("me.com", "icloud.com"), ("orage.fr", "orange.fr"), ("orang.fr", "orange.fr"),
    ("outlok.com", "outlook.com"), ("outlook.con", "outlook.com"), ("pm.me", "protonmail.com"),
    ("proton.me", "protonmail.com"), ("sfr.com", "sfr.fr"), ("wanado.fr", "wanadoo.fr"), ("wandoo.fr", "wanadoo.fr"),
    ("yaho.com", "yahoo.com"), ("yaho.fr", "yahoo.fr"), ("yahoo.con", "yahoo.com"), ("yhoo.com", "yahoo.com"),
    ("yhoo.fr", "yahoo.fr"), ("ymail.com", "yahoo.com"),
];

/// Mailboxes that nobody reads, without their dots and hyphens.
#[rustfmt::skip]
const NOBODY: &[&str] = &[
    "aaa", "abc", "anonyme", "anonymous", "aucun", "azerty", "donotreply", "exemple", "example", "inconnu", "inconnue",
    "mailerdaemon", "na", "neant", "noemail", "nomail", "nepasrepondre", "none", "nonrenseigne", "noreply", "null",
    "pasdemail", "qwerty", "sansemail", "sansmail", "spam", "test", "teste", "tester", "undefined", "unknown", "xx", "xxx",
    "xxxx", "pasdemel", "pasdadresse", "dummy", "fake",
];

/// Domains without mailboxes.
#[rustfmt::skip]
const NOWHERE: &[&str] = &[
    "aucun.fr", "domain.com", "domaine.com", "domaine.fr", "email.email", "example.com", "example.net", "example.org",
    "exemple.com", "exemple.fr", "inconnu.com", "inconnu.fr", "noemail.com", "nomail.com", "none.com", "test.com",
    "test.fr", "xxx.fr",
];

/// E-mail address in lower case, by which one mailbox has one spelling: "mailto:", blanks and tags after "+" off; dots off
/// and one domain for Gmail's addresses; other names and frequent misspellings of a large provider's domain replaced.
/// `None` for what is no address and for mailboxes that are nobody's (test@…, noreply@…, …@example.com); shared ones
/// (info@, contact@) stay.
///
/// ```
/// use linkage::normalise::email;
/// assert_eq!(email("Jean.Dupont+crm@GoogleMail.com").as_deref(), Some("jeandupont@gmail.com"));
/// assert_eq!(email("test@test.fr"), None);
/// ```
#[must_use]
pub fn email(text: &str) -> Option<String> {
    // Longest address that can be delivered to: RFC 5321, 4.5.3.1.
    const LONGEST: usize = 254;
    let text = inner(cell::trimmed(text));
    if text.len() > LONGEST {
        return None;
    }
    let mut address = String::with_capacity(text.len());
    let dropped = |letter: &char| {
        letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{200b}' | '\u{feff}')
    };
    for letter in text.chars().filter(|letter| !dropped(letter)) {
        if letter.is_ascii() {
            address.push(letter.to_ascii_lowercase());
        } else {
            address.extend(letter.to_lowercase());
        }
    }
    let (mailbox, domain) = address.split_once('@')?;
    let domain = domain.trim_end_matches('.');
    let domain =
        SAME_DOMAIN.binary_search_by_key(&domain, |(from, _)| from).map_or(domain, |at| SAME_DOMAIN[at].1);
    let mailbox = mailbox.split_once('+').map_or(mailbox, |(mailbox, _)| mailbox).trim_matches('.');
    if !is_mailbox(mailbox) || !is_domain(domain) || is_nobody(mailbox, domain) {
        return None;
    }
    if domain != "gmail.com" {
        return Some([mailbox, "@", domain].concat());
    }
    let mut plain: String = mailbox.chars().filter(|letter| *letter != '.').collect();
    plain.push_str("@gmail.com");
    Some(plain)
}

/// The address itself: "Jean Dupont <jean@dupont.fr>", "mailto:…".
fn inner(text: &str) -> &str {
    let text = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
    let scheme = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let text = if scheme { &text[7..] } else { text };
    text.split('?').next().unwrap_or(text).trim_matches(|letter: char| "\"'<>,;.".contains(letter))
}

fn is_mailbox(text: &str) -> bool {
    let sign = |byte: u8| b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || sign(byte))
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || byte == b'-')
    };
    let has_top = text
        .rsplit_once('.')
        .is_some_and(|(_, top)| top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit()));
    has_top && text.split('.').all(label)
}

fn is_nobody(mailbox: &str, domain: &str) -> bool {
    if NOWHERE.contains(&domain) {
        return true;
    }
    // The longest has 15 letters, and may be written with hyphens.
    if mailbox.len() > 20 {
        return false;
    }
    let mut plain = [0_u8; 20];
    let mut len = 0;
    for byte in mailbox.bytes().filter(u8::is_ascii_alphanumeric) {
        plain[len] = byte;
        len += 1;
    }
    NOBODY.iter().any(|nobody| nobody.as_bytes() == &plain[..len])
}

#[cfg(test)]
mod tests {
    use super::{SAME_DOMAIN, email};

    #[test]
    fn domains_are_in_order_and_replaced_once() {
        assert!(SAME_DOMAIN.is_sorted());
        for (_, to) in SAME_DOMAIN {
            assert!(SAME_DOMAIN.binary_search_by_key(to, |(from, _)| from).is_err());
        }
    }

    #[test]
    fn one_mailbox_has_one_spelling() {
        for (text, expected) in [
            ("  Jean.DUPONT@Orange.FR ", "jean.dupont@orange.fr"),
            ("mailto:a.b@gmail.com", "ab@gmail.com"),
            ("a.b+news@gmial.com", "ab@gmail.com"),
            ("Jean Dupont <jean@dupont.fr>", "jean@dupont.fr"),
            ("info@societe.fr", "info@societe.fr"),
            ("jean @ dupont.fr;", "jean@dupont.fr"),
            ("zoé@exemplé.fr", "zoé@exemplé.fr"),
        ] {
            assert_eq!(email(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_or_nobody_s_is_nothing() {
        for text in [
            "",
            "jean",
            "jean@",
            "@dupont.fr",
            "jean@dupont",
            "a@b@c.fr",
            "test@test.fr",
            "no-reply@free.fr",
            "x@example.com",
            "jean@1.2.3.4",
            "jean@-a.fr",
            "n/a",
        ] {
            assert_eq!(email(text), None, "{text}");
        }
    }
}
