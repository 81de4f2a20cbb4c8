//! What may be sent, decided before anything is queued.

use jiff::SignedDuration;

use super::model::{Block, Bounced, Mail, Outcome, Outgoing, State};
use crate::errors::{Error, Message, Result};
use crate::texts::fold;

/// Characters of an address at most (RFC 5321).
const LONGEST_ADDRESS: usize = 254;
/// Characters of a subject at most.
const LONGEST_SUBJECT: usize = 400;

/// Checks a message before it is queued.
pub fn check(outgoing: &Outgoing) -> Result<()> {
    address(&outgoing.to.address)?;
    subject(&outgoing.subject)?;
    links(outgoing)?;
    let unfilled = outgoing.blocks.iter().filter_map(of_ours).find_map(unfilled);
    match unfilled.or_else(|| self::unfilled(&outgoing.subject)) {
        Some(name) => Err(Error::refused(Message::new("mail-error-variable").with("name", name))),
        None => Ok(()),
    }
}

/// One address that can be written to: no line break, no second address, something on both sides of one `@`.
pub fn address(text: &str) -> Result<()> {
    let bad = |key: &'static str| Err(Error::field("email", key));
    if text.chars().any(char::is_control) {
        return bad("mail-error-address-control");
    }
    if text.contains([',', ';']) || text.matches('@').count() > 1 {
        return bad("mail-error-address-several");
    }
    let Some((local, domain)) = text.split_once('@') else { return bad("mail-error-address") };
    let whole = !local.is_empty() && !domain.is_empty() && domain.split('.').all(|label| !label.is_empty());
    let odd = text.chars().any(|c| c.is_whitespace() || "<>\"()[]\\:".contains(c));
    if !whole || odd || text.chars().count() > LONGEST_ADDRESS {
        return bad("mail-error-address");
    }
    Ok(())
}

/// One line, with something in it.
fn subject(text: &str) -> Result<()> {
    let fits = !text.trim().is_empty()
        && text.chars().count() <= LONGEST_SUBJECT
        && !text.chars().any(|c| c.is_control() || c == '\u{2028}' || c == '\u{2029}');
    if fits { Ok(()) } else { Err(Error::field("subject", "mail-error-subject")) }
}

/// Links lead to the web: here (`/…`) or elsewhere. Anything else is a fault of the room that made the message.
fn links(outgoing: &Outgoing) -> Result<()> {
    let buttons = outgoing.blocks.iter().filter_map(|block| match block {
        Block::Button { href, .. } => Some(href),
        _ => None,
    });
    let leads = |href: &str| {
        let whole = href.starts_with("https://") || href.starts_with("http://");
        (whole || (href.starts_with('/') && !href.starts_with("//")))
            && !href.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"".contains(c))
    };
    match buttons.chain(&outgoing.unsubscribe).find(|href| !leads(href)) {
        Some(_) => Err(Error::internal(format!("mail {}: a link leads nowhere", outgoing.key))),
        None => Ok(()),
    }
}

/// The words of a block that we wrote; a quote is somebody else's and stands as it is.
fn of_ours(block: &Block) -> Option<&str> {
    match block {
        Block::Text(text) | Block::Small(text) | Block::Button { label: text, .. } => Some(text),
        Block::Quote(_) => None,
    }
}

/// The first variable a text still shows because nobody filled it in: `{$name}`, as Fluent writes it.
fn unfilled(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("{$")?;
    rest.split_once('}').map(|(name, _)| name.trim().to_owned())
}

/// An address as it is compared: case and accents do not count.
pub fn address_key(address: &str) -> String {
    fold(address.trim())
}

/// Why an address that bounced is not written to.
pub fn bounced_message(bounced: &Bounced) -> Message {
    let day = bounced.at.to_string();
    let day = day.split('T').next().unwrap_or_default().to_owned();
    Message::new("mail-error-bounced").with("day", day).with("reason", bounced.reason.clone())
}

/// Attempts before a mail that is put off is given up: about a day.
const ATTEMPTS: i64 = 7;

/// When a mail that was put off is tried again: after 1, 5, 25 minutes, then every few hours; `None` gives it up.
pub(super) fn next_attempt(attempts: i64) -> Option<SignedDuration> {
    let minutes = 5_i64.pow(u32::try_from((attempts - 1).clamp(0, 6)).unwrap_or(0)).min(6 * 60);
    (attempts < ATTEMPTS).then(|| SignedDuration::from_mins(minutes))
}

/// Whether a refusal says that the address itself is wrong (RFC 3463, 5.1.x), and not what is sent or who sends it.
pub(super) fn says_no_such_address(words: &str) -> bool {
    const WRONG: [&str; 5] = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"];
    words.split(|c: char| !(c.is_ascii_digit() || c == '.')).any(|code| WRONG.contains(&code))
}

/// Whether a person may decide to send it again or to leave it.
pub fn may_be_decided(mail: &Mail) -> bool {
    matches!(mail.state, State::Doubtful | State::GivenUp) || mail.outcome == Some(Outcome::Refused)
}

/// Why a mail came back, in one line.
pub(super) fn reason(text: &str) -> Result<String> {
    let words: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(300).collect();
    let words = words.trim().to_owned();
    if words.is_empty() { Err(Error::field("reason", "mail-error-reason")) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_wrong_address_is_remembered() {
        assert!(says_no_such_address("permanent error (550): 5.1.1 no such mailbox"));
        assert!(!says_no_such_address("permanent error (554): 5.7.1 relaying denied"));
        assert!(!says_no_such_address("permanent error (550): user 15.1.1 over quota"));
    }

    #[test]
    fn a_mail_put_off_is_tried_for_about_a_day() {
        let waits: Vec<i64> = (1..).map_while(next_attempt).map(|wait| wait.as_mins()).collect();
        assert_eq!(waits, [1, 5, 25, 125, 360, 360]);
    }
}
