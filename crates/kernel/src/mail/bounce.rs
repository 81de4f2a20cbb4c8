//! Delivery status notifications (RFC 3464): which message came back, and why.

use mail_parser::{MessageParser, MimeHeaders, PartType};

use crate::errors::{Error, Result};

/// What a notification says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Message-IDs it speaks of, without angle brackets.
    pub message_ids: Vec<String>,
    /// Why it came back.
    pub reason: String,
}

/// Reads a notification as it was received.
///
/// # Errors
/// Refused when it is none, or tells of a mere delay.
pub fn parse(bytes: &[u8]) -> Result<Notice> {
    let unfit = || Error::refused("mail-error-notice");
    let message = MessageParser::default().parse(bytes).ok_or_else(unfit)?;
    let mut message_ids = Vec::new();
    let mut status = None;
    for part in &message.parts {
        let kind = part.content_type().map(|c| (c.ctype().to_owned(), c.subtype().unwrap_or("").to_owned()));
        let is = |main: &str, sub: &str| {
            kind.as_ref().is_some_and(|(m, s)| m.eq_ignore_ascii_case(main) && s.eq_ignore_ascii_case(sub))
        };
        if is("message", "delivery-status") {
            status = Some(String::from_utf8_lossy(part.contents()).into_owned());
        }
        match &part.body {
            PartType::Message(inner) => message_ids.extend(inner.message_id().map(str::to_owned)),
            _ if is("text", "rfc822-headers") => {
                let headers = String::from_utf8_lossy(part.contents()).into_owned();
                message_ids.extend(field(&headers, "message-id"));
            }
            _ => {}
        }
    }
    let status = status.ok_or_else(unfit)?;
    let failed = field(&status, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
    if !failed {
        return Err(Error::refused("mail-error-notice-delayed"));
    }
    message_ids.extend(message.in_reply_to().as_text_list().into_iter().flatten().map(ToString::to_string));
    let message_ids = message_ids.iter().map(|id| id.trim_matches(['<', '>', ' ']).to_owned()).collect();
    Ok(Notice { message_ids, reason: reason(&status) })
}

/// The diagnosis, or else the status code.
fn reason(status: &str) -> String {
    let words = field(status, "diagnostic-code").map(|text| match text.split_once(';') {
        Some((_, words)) => words.trim().to_owned(),
        None => text,
    });
    words.or_else(|| field(status, "status")).unwrap_or_else(|| "5.0.0".to_owned())
}

/// The first field of this name, folded lines joined.
fn field(text: &str, name: &str) -> Option<String> {
    let mut found: Option<String> = None;
    for line in text.lines() {
        match &mut found {
            Some(value) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            Some(_) => break,
            None => {
                found = line
                    .split_once(':')
                    .filter(|(key, _)| key.trim().eq_ignore_ascii_case(name))
                    .map(|(_, value)| value.trim().to_owned());
            }
        }
    }
    found.filter(|value| !value.is_empty())
}
