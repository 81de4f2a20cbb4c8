//! Queries about who can be shown at the door.

use kernel::{Result, Tx};

use super::model::DemoPerson;

/// Colleagues who may sign in, once for each role they hold, in the order they were created.
pub(super) fn people_with_roles(tx: &mut Tx<'_>) -> Result<Vec<DemoPerson>> {
    let all = tx.query(
        "SELECT u.id, u.name, u.title, g.role FROM users u JOIN grants g ON g.user_id = u.id
         WHERE u.disabled = FALSE ORDER BY u.id, g.id",
        &[],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get::<String>(3)?)),
    )?;
    Ok(all
        .into_iter()
        .filter_map(|(id, name, title, role)| Some(DemoPerson { id, name, title, role: role.parse().ok()? }))
        .collect())
}
