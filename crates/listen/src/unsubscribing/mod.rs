//! Saying no with one press: the link at the foot of each invitation by e-mail. Looking at it changes nothing (mail
//! programs open every link); pressing, or the mail program's own button (RFC 8058), records that the customer does not
//! want to be asked.

mod actions;
mod pages;
#[cfg(test)]
mod tests;

use kernel::{Id, secrets};
use web_kit::{Access, Routes};

use crate::invitations::rules::base36;

/// Routes of this room.
pub fn routes() -> Routes {
    Routes::new().get("/u/{token}", Access::Public, pages::show).post(
        "/u/{token}",
        Access::Public,
        pages::receive,
    )
}

/// The link of an invitation's reader, under the program's own address.
pub(crate) fn path(link_key: &[u8], invitation: Id) -> String {
    format!("/u/{}-{}", base36(invitation.0), secrets::sign(link_key, &signed(invitation)))
}

/// The invitation a link stands for, if its signature is ours.
fn verify(link_key: &[u8], token: &str) -> Option<Id> {
    let (number, signature) = token.split_once('-').filter(|_| token.len() <= 64)?;
    let id = Id(i64::from_str_radix(number, 36).ok().filter(|id| *id > 0)?);
    let is_canonical = base36(id.0) == number;
    (is_canonical && secrets::verify_signature(link_key, &signed(id), signature)).then_some(id)
}

fn signed(invitation: Id) -> Vec<u8> {
    format!("unsubscribe:{invitation}").into_bytes()
}
