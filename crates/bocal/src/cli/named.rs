//! What people name on the command line, found by its name or its identifier.

use std::collections::HashMap;

use kernel::texts::fold;
use kernel::{Error, Id, Message, Result, Tx, organisation};

use super::reader;

/// Identifier of the site somebody named; empty when none was.
pub(crate) fn site(tx: &mut Tx<'_>, typed: Option<&str>) -> Result<String> {
    let sites = organisation::store::sites(tx)?;
    one(sites.into_iter().map(|site| (site.id, site.name)).collect(), "site", typed)
}

/// Identifier of the only one of this name or identifier; empty when nothing was typed.
///
/// # Errors
/// At the option, with the names there are, or with the identifiers of those that share the name.
pub(crate) fn one(all: HashMap<Id, String>, what: &'static str, typed: Option<&str>) -> Result<String> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(String::new());
    };
    if typed.parse().is_ok_and(|id: Id| all.contains_key(&id)) {
        return Ok(typed.to_owned());
    }
    let mut found: Vec<String> =
        all.iter().filter(|(_, name)| fold(name) == fold(typed)).map(|(id, _)| id.to_string()).collect();
    found.sort_unstable();
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(none(all, what, typed)?),
        several => {
            let message = Message::new("cli-several-named").with("typed", typed);
            Err(Error::field(option(what), message.with("ids", several.join(", "))))
        }
    }
}

fn none(all: HashMap<Id, String>, what: &'static str, typed: &str) -> Result<Error> {
    let mut names: Vec<String> = all.into_values().collect();
    names.sort_by_cached_key(|name| fold(name));
    names.dedup();
    let message = Message::new("cli-none-named")
        .with("what", reader()?.get(&format!("cli-what-{what}")))
        .with("typed", typed)
        .with("known", names.join(", "));
    Ok(Error::field(option(what), message))
}

fn option(what: &str) -> String {
    format!("--{what}")
}
