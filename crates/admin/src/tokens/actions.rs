//! What can be done with tokens.

use kernel::clock::SignedDuration;
use kernel::identity::store::{self as identity, Token};
use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::organisation::{Site, store as organisations};
use kernel::{Error, Id, Result, Tx};

use super::model::{TokenInput, TokenState};
use super::rules;

/// What every secret begins with, so that one left in a file is recognised.
pub const PREFIX: &str = "bocal_";

/// Tokens within reach, latest first, revoked ones included.
pub fn list(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Token>> {
    by.require(Permission::TokensManage)?;
    let mut all = identity::tokens(tx)?;
    all.retain(|token| rules::reaches(by, token.sites.as_deref()));
    Ok(all)
}

/// Makes a token under the hash of its secret.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &TokenInput, secret_hash: &str) -> Result<Token> {
    by.require(Permission::TokensManage)?;
    let sites = organisations::sites(tx)?;
    let checked = rules::check(input, by, &sites)?;
    let now = tx.now();
    let token = Token {
        id: tx.new_id(),
        name: checked.name,
        permissions: checked.permissions,
        sites: checked.sites,
        created_by: by.user(),
        created_at: now,
        expires_at: input.life.days().map(|days| now.plus(SignedDuration::from_hours(24 * days))),
        used_at: None,
        revoked_at: None,
    };
    identity::insert_token(tx, &token, secret_hash)?;
    Event::new("token.created", token.id).after(&state(&token, &sites)).record(tx, by)?;
    Ok(token)
}

/// Revokes a token: it works no longer from this instant. Revoking it twice changes nothing.
pub fn revoke(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let token = list(tx, by)?.into_iter().find(|token| token.id == id).ok_or(Error::NotFound)?;
    if identity::revoke_token(tx, id)? {
        let sites = organisations::sites(tx)?;
        Event::new("token.revoked", id).before(&state(&token, &sites)).record(tx, by)?;
    }
    Ok(())
}

fn state<'a>(token: &'a Token, sites: &'a [Site]) -> TokenState<'a> {
    let named = |ids: &Vec<Id>| -> Vec<&'a str> {
        sites.iter().filter(|site| ids.contains(&site.id)).map(|site| site.name.as_str()).collect()
    };
    TokenState {
        name: &token.name,
        permissions: token.permissions.iter().map(Permission::name).collect(),
        sites: token.sites.as_ref().map(named),
        expires_at: token.expires_at,
    }
}
