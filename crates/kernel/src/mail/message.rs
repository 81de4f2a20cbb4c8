//! A mail as a message: headers, plain text, HTML.

use std::time::{Duration, UNIX_EPOCH};

use lettre::Message;
use lettre::address::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};

use super::courier::Ready;
use super::layout::{self, Frame};
use super::model::{Block, Mail};
use super::outlet::Outlet;
use crate::clock::Instant;
use crate::errors::{Error, Result};
use crate::ids::Id;
use crate::secrets;

/// The Message-ID of a mail, without angle brackets: the same whenever it is asked for, and not to be guessed, so that
/// nobody outside can claim that a mail came back.
pub(super) fn message_id(key: &[u8], id: Id, domain: &str) -> String {
    let signature = secrets::sign(key, format!("mail:{id}").as_bytes());
    format!("{id}.{signature}@{domain}")
}

/// Makes the message of a mail.
///
/// # Errors
/// An address or a header that no message can carry.
pub(super) fn make(mail: &Mail, outlet: &Outlet, organisation: &str, at: Instant) -> Result<Ready> {
    let t = outlet.texts.reader(mail.locale);
    let unsubscribe = mail.unsubscribe.as_deref().map(|href| outlet.absolute(href));
    let blocks = with_whole_links(&mail.blocks, outlet);
    let frame = Frame { organisation, t, subject: &mail.subject, unsubscribe: unsubscribe.as_deref() };
    let plain = layout::plain(&blocks, &frame);
    let html = layout::html(&blocks, &frame)?;
    let message_id = mail.message_id.clone().unwrap_or_default();
    let to: Address = mail.address.parse().map_err(Error::caused)?;
    let name = Some(mail.name.trim()).filter(|name| !name.is_empty()).map(one_line);
    let micros = u64::try_from(at.as_micros()).unwrap_or(0);
    let mut message = Message::builder()
        .message_id(Some(format!("<{message_id}>")))
        .date(UNIX_EPOCH + Duration::from_micros(micros))
        .from(outlet.from(organisation))
        .to(Mailbox::new(name, to))
        .subject(mail.subject.clone())
        .raw_header(header("Content-Language", mail.locale.code())?);
    if let Some(address) = outlet.reply_to(organisation) {
        message = message.reply_to(address);
    }
    if !is_written_by_a_person(&mail.kind) {
        message = message.raw_header(header("Auto-Submitted", "auto-generated")?);
    }
    if let Some(address) = &unsubscribe {
        message = message
            .raw_header(header("List-Unsubscribe", &format!("<{address}>"))?)
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")?);
    }
    let parts = MultiPart::alternative()
        .boundary(format!("bocal-{}", mail.id))
        .singlepart(SinglePart::plain(plain))
        .singlepart(SinglePart::html(html));
    let message = message.multipart(parts).map_err(Error::caused)?;
    let envelope = message.envelope().clone();
    let text = String::from_utf8(message.formatted()).map_err(Error::caused)?;
    Ok(Ready { message_id, envelope, text })
}

/// The whole message of a mail, headers included, as it would leave at `at`.
///
/// # Errors
/// An address or a header that no message can carry.
pub fn render(mail: &Mail, outlet: &Outlet, organisation: &str, at: Instant) -> Result<String> {
    make(mail, outlet, organisation, at).map(|ready| ready.text)
}

/// The same blocks, with links that lead here from anywhere.
fn with_whole_links(blocks: &[Block], outlet: &Outlet) -> Vec<Block> {
    let whole = |block: &Block| match block {
        Block::Button { label, href } => Block::Button { label: label.clone(), href: outlet.absolute(href) },
        other => other.clone(),
    };
    blocks.iter().map(whole).collect()
}

/// A person wrote it to one other: no automatic message, so that absence notices answer it.
fn is_written_by_a_person(kind: &str) -> bool {
    kind.ends_with("-reply")
}

fn header(name: &str, value: &str) -> Result<HeaderValue> {
    let name = HeaderName::new_from_ascii(name.to_owned()).map_err(Error::caused)?;
    Ok(HeaderValue::new(name, one_line(value)))
}

/// Without anything that could begin another header.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
