//! E-mail addresses.

use super::cell;

/// Domains that are the same provider under another name, and misspellings that are nobody's domain of mail.
fn same_domain(domain: &str) -> &str {
    match domain {
        "gamil.com" | "gmai.com" | "gmail.co" | "gmail.con" | "gmail.fr" | "gmailcom" | "gmal.com"
        | "gmial.com" | "gmil.com" | "gnail.com" | "googlemail.com" => "gmail.com",
        "homail.com" | "hotmai.com" | "hotmail.con" | "hotmial.com" | "hotmil.com" => "hotmail.com",
        "hotmial.fr" | "hotmil.fr" => "hotmail.fr",
        "icloud.con" | "mac.com" | "me.com" => "icloud.com",
        "lapost.net" => "laposte.net",
        "orang.fr" => "orange.fr",
        "outlok.com" | "outlook.con" => "outlook.com",
        "pm.me" | "proton.me" => "protonmail.com",
        "wanado.fr" | "wandoo.fr" => "wanadoo.fr",
        "yaho.com" | "yahoo.con" | "yhoo.com" => "yahoo.com",
        "yaho.fr" | "yhoo.fr" => "yahoo.fr",
        _ => domain,
    }
}

/// Mailboxes that nobody reads, without their dots and hyphens.
#[rustfmt::skip]
fn is_nobody(plain: &str) -> bool {
    matches!(plain,
        "aaa" | "anonyme" | "anonymous" | "aucun" | "azerty" | "donotreply" | "exemple" | "example"
            | "inconnu" | "inconnue" | "mailerdaemon" | "neant" | "noemail" | "nomail"
            | "nepasrepondre" | "none" | "nonrenseigne" | "noreply" | "null" | "pasdemail" | "qwerty"
            | "sansemail" | "sansmail" | "test" | "teste" | "tester" | "undefined" | "unknown"
            | "xx" | "xxx" | "xxxx" | "pasdemel" | "pasdadresse" | "dummy" | "fake")
}

/// Domains whose name says that there is no address.
fn is_nowhere(domain: &str) -> bool {
    matches!(
        domain,
        "aucun.fr" | "inconnu.com" | "inconnu.fr" | "noemail.com" | "nomail.com" | "none.com" | "xxx.fr"
    )
}

/// Domains of samples: what is written before them tells a sample from somebody's address in a file of trial data.
#[rustfmt::skip]
fn is_sample(domain: &str) -> bool {
    matches!(domain,
        "domain.com" | "domaine.com" | "domaine.fr" | "email.com" | "email.email" | "example.com" | "example.net"
            | "example.org" | "exemple.com" | "exemple.fr" | "test.com" | "test.fr")
}

/// Mailboxes that show where a name is to stand, without their dots and hyphens.
#[rustfmt::skip]
fn is_form(plain: &str) -> bool {
    matches!(plain,
        "adresse" | "address" | "abc" | "contact" | "email" | "firstnamelastname" | "foo" | "info" | "mail" | "me"
            | "name" | "nom" | "nomprenom" | "prenom" | "prenomnom" | "someone" | "user" | "username"
            | "utilisateur" | "votreadresse" | "votreemail" | "votrenom" | "you" | "youremail" | "yourname")
}

/// E-mail address in lower case, by which one mailbox has one spelling: "mailto:", blanks and tags after "+" off; dots off
/// and one domain for Gmail's addresses; other names and frequent misspellings of a large provider's domain replaced.
/// `None` for what is no address and for mailboxes that are nobody's (test@…, noreply@…, user@example.com); shared
/// ones (info@, contact@) stay, and so does anybody else at example.com: files of trial data have their people there.
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
    let text = cell::trimmed(text);
    // Most addresses have nothing around them.
    let is_plain = text.bytes().all(is_plain);
    let text = if is_plain { text } else { inner(text) };
    if text.len() > LONGEST {
        return None;
    }
    let mut address = String::with_capacity(text.len());
    if is_plain {
        address.push_str(text);
        address.make_ascii_lowercase();
    } else {
        for letter in text.chars().filter(|letter| !is_dropped(*letter)).flat_map(char::to_lowercase) {
            // "jean@orange,fr": a comma is in no address.
            let is_slip = letter == ',' && address.contains('@');
            address.push(if is_slip { '.' } else { letter });
        }
    }
    let (mailbox, domain) = address.split_once('@')?;
    let (whole_domain, whole_mailbox) = (domain, mailbox);
    let domain = same_domain(domain.trim_end_matches('.').trim_start_matches('@'));
    let tag = if is_plain { None } else { mailbox.split_once('+') };
    let mailbox = tag.map_or(mailbox, |(mailbox, _)| mailbox).trim_matches('.');
    if !is_mailbox(mailbox)
        || !is_domain(domain)
        || is_nowhere(domain)
        || is_unread(mailbox, is_sample(domain))
    {
        return None;
    }
    let without_dots = domain == "gmail.com" && mailbox.contains('.');
    if !without_dots && domain == whole_domain && mailbox.len() == whole_mailbox.len() {
        return Some(address);
    }
    let mut plain = String::with_capacity(address.len());
    plain.extend(mailbox.chars().filter(|letter| !without_dots || *letter != '.'));
    plain.push('@');
    plain.push_str(domain);
    Some(plain)
}

fn is_dropped(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control() || matches!(letter, '\u{200b}' | '\u{feff}')
}

/// The address itself: "Jean Dupont <jean@dupont.fr>", "mailto:…".
fn inner(text: &str) -> &str {
    let text = text.rsplit_once('<').map_or(text, |(_, rest)| rest.trim_end_matches('>'));
    let scheme = text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:"));
    let text = if scheme { &text[7..] } else { text };
    text.split('?').next().unwrap_or(text).trim_matches(|letter: char| "\"'<>,;.".contains(letter))
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'@' | b'.' | b'-' | b'_')
}

fn is_mailbox(text: &str) -> bool {
    let sign = |byte: u8| byte.is_ascii_punctuation() && !b"\"(),:;<>@[\\]".contains(&byte);
    !text.is_empty()
        && text.len() <= 64
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii() || sign(byte))
}

/// Labels of letters, digits and inner hyphens; at least two, the last one of two letters or more and no number.
fn is_domain(text: &str) -> bool {
    let mut before = b'.';
    let (mut label, mut labels, mut top_is_number) = (0, 0, true);
    for byte in text.bytes() {
        match byte {
            b'.' if matches!(before, b'.' | b'-') => return false,
            b'.' => (label, labels, top_is_number) = (0, labels + 1, true),
            b'-' if before == b'.' => return false,
            b'-' => {}
            _ if byte.is_ascii_digit() => label += 1,
            _ if byte.is_ascii_alphabetic() || !byte.is_ascii() => {
                (label, top_is_number) = (label + 1, false)
            }
            _ => return false,
        }
        before = byte;
    }
    labels > 0 && label >= 2 && !top_is_number && before != b'-'
}

/// Whether a mailbox is nobody's, its dots and hyphens aside.
fn is_unread(mailbox: &str, of_sample: bool) -> bool {
    let is_nobody = |plain: &str| is_nobody(plain) || of_sample && is_form(plain);
    const LONGEST: usize = 20;
    if mailbox.len() > LONGEST {
        return false;
    }
    if mailbox.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return is_nobody(mailbox);
    }
    let plain: String = mailbox.chars().filter(char::is_ascii_alphanumeric).collect();
    is_nobody(&plain)
}

#[cfg(test)]
mod tests {
    use super::{email, same_domain};

    #[test]
    fn domains_are_replaced_once() {
        for domain in ["gmial.com", "googlemail.com", "hotmial.fr", "me.com", "proton.me"] {
            let once = same_domain(domain);
            assert_ne!(once, domain);
            assert_eq!(same_domain(once), once);
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
            ("JEAN@ORANGE,FR", "jean@orange.fr"),
            ("jean@@orange.fr", "jean@orange.fr"),
            ("zoé@exemplé.fr", "zoé@exemplé.fr"),
        ] {
            assert_eq!(email(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn people_of_trial_data_keep_the_addresses_they_have_at_example_domains() {
        for text in ["alain59@example.org", "jean.dupont@example.com", "x@example.net", "zoe@exemple.fr"] {
            assert_eq!(email(text).as_deref(), Some(text));
        }
        assert_eq!(email("info@societe.fr").as_deref(), Some("info@societe.fr"));
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
            "user@example.com",
            "prenom.nom@exemple.fr",
            "jean@noemail.com",
            "test@example.org",
            "jean@1.2.3.4",
            "jean@-a.fr",
            "n/a",
        ] {
            assert_eq!(email(text), None, "{text}");
        }
    }
}
