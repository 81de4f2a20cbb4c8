//! Queries about colleagues.

use std::collections::HashMap;

use kernel::identity::store::{Grant, User};
use kernel::{Id, Result, Tx};

use super::model::{Colleague, State};

/// Every colleague with their roles, by name.
pub(super) fn colleagues(tx: &mut Tx<'_>) -> Result<Vec<Colleague>> {
    let mut grants = all_grants(tx)?;
    tx.query(
        "SELECT u.id, u.email, u.name, u.title, u.locale, u.theme, u.disabled, u.version,
                u.password_hash IS NULL AND EXISTS (
                    SELECT 1 FROM colleague_invitations i WHERE i.user_id = u.id AND i.used_at IS NULL),
                (SELECT MAX(s.seen_at) FROM sessions s WHERE s.user_id = u.id)
         FROM users u ORDER BY u.name, u.id",
        &[],
        |row| {
            let mut c = row.columns();
            let user = User {
                id: c.next()?,
                email: c.next()?,
                name: c.next()?,
                title: c.next()?,
                locale: c.next::<String>()?.parse().unwrap_or_default(),
                theme: c.next()?,
                disabled: c.next()?,
                version: c.next()?,
            };
            let (is_invited, seen_at): (bool, _) = (c.next()?, c.next()?);
            let state = match (user.disabled, is_invited) {
                (true, _) => State::Disabled,
                (false, true) => State::Invited,
                (false, false) => State::Active,
            };
            let grants = grants.remove(&user.id).unwrap_or_default();
            Ok(Colleague { user, state, grants, seen_at })
        },
    )
}

fn all_grants(tx: &mut Tx<'_>) -> Result<HashMap<Id, Vec<Grant>>> {
    let rows: Vec<(Id, String, Option<Id>, Option<Id>)> =
        tx.query("SELECT user_id, role, site_id, team_id FROM grants ORDER BY id", &[], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?;
    let mut all: HashMap<Id, Vec<Grant>> = HashMap::new();
    for (user, role, site, team) in rows {
        if let Ok(role) = role.parse() {
            all.entry(user).or_default().push(Grant { role, site, team });
        }
    }
    Ok(all)
}
