//! What a person can do with causes.

use std::collections::HashMap;

use kernel::errors::OnConstraint as _;
use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::texts::{Locale, T};
use kernel::{Error, Id, Message, Result, Tx};

use super::model::{Cause, CauseInput, Tree};
use super::{rules, store};

/// The tree.
pub fn tree(tx: &mut Tx<'_>, by: &Actor) -> Result<Tree> {
    by.require(Permission::CasesRead)?;
    store::all(tx).map(rules::tree)
}

/// One cause.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Cause> {
    by.require(Permission::CasesRead)?;
    store::get(tx, id)
}

/// A cause to be changed, with the tree it stands in.
pub fn changeable(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<(Cause, Tree)> {
    by.require_whole(Permission::CasesManage)?;
    Ok((store::get(tx, id)?, store::all(tx).map(rules::tree)?))
}

/// The tree, and how many cases within reach name each cause or one below it: what the list behind it holds.
pub fn counted(tx: &mut Tx<'_>, by: &Actor) -> Result<(Tree, HashMap<Id, i64>)> {
    let tree = tree(tx, by)?;
    let own: HashMap<Id, i64> = store::counts(tx, &by.scope)?.into_iter().collect();
    let with_below = |id: Id| tree.below(id).iter().filter_map(|id| own.get(id)).sum();
    let counts = tree.branches().iter().map(|b| (b.cause.id, with_below(b.cause.id))).collect();
    Ok((tree, counts))
}

/// Adds a cause: the tree is the whole organisation's.
pub fn create(tx: &mut Tx<'_>, by: &Actor, input: &CauseInput) -> Result<Cause> {
    by.require_whole(Permission::CasesManage)?;
    let known = store::all(tx)?;
    if known.len() >= rules::MOST {
        return Err(Error::refused(Message::new("cause-error-most").with("most", rules::MOST)));
    }
    let checked = rules::check(input, &rules::tree(known), None)?;
    let cause = Cause { id: tx.new_id(), version: 1, ..checked };
    add(tx, by, &cause)?;
    Ok(cause)
}

fn add(tx: &mut Tx<'_>, by: &Actor, cause: &Cause) -> Result<()> {
    store::insert(tx, cause).on_constraint("causes_code_key", "code", "cause-error-taken")?;
    Event::new("cause.created", cause.id).after(cause).record(tx, by)?;
    Ok(())
}

/// Changes a cause; a retired one is no longer offered, and stays where it is named.
///
/// # Errors
/// Stale when somebody else changed it since it was shown.
pub fn change(tx: &mut Tx<'_>, by: &Actor, id: Id, version: i64, input: &CauseInput) -> Result<Cause> {
    by.require_whole(Permission::CasesManage)?;
    let before = store::get(tx, id)?;
    let tree = store::all(tx).map(rules::tree)?;
    let after = Cause { version, ..rules::check(input, &tree, Some(id))? };
    let stored = store::update(tx, &after).on_constraint("causes_code_key", "code", "cause-error-taken")?;
    if !stored {
        return Err(Error::Stale(before.version));
    }
    let after = Cause { version: version + 1, ..after };
    Event::new("cause.changed", id).before(&before).after(&after).record(tx, by)?;
    Ok(after)
}

/// Plants a usual tree where there is none, in both languages.
pub fn plant(tx: &mut Tx<'_>, by: &Actor, t: T) -> Result<()> {
    by.require_whole(Permission::CasesManage)?;
    if !store::all(tx)?.is_empty() {
        return Err(Error::refused("cause-error-planted"));
    }
    for (family, kinds) in rules::USUAL {
        let parent = usual(tx, by, t, None, family)?;
        for kind in kinds {
            usual(tx, by, t, Some(parent), &format!("{family}-{kind}"))?;
        }
    }
    Ok(())
}

fn usual(tx: &mut Tx<'_>, by: &Actor, t: T, parent: Option<Id>, code: &str) -> Result<Id> {
    let name = |locale: Locale| t.in_locale(locale).get(&format!("cause-usual-{code}"));
    let cause = Cause {
        id: tx.new_id(),
        parent,
        code: code.to_owned(),
        name_fr: name(Locale::Fr),
        name_en: name(Locale::En),
        importance: rules::USUAL_IMPORTANCE,
        retired: false,
        version: 1,
    };
    add(tx, by, &cause)?;
    Ok(cause.id)
}
