//! Who cases concern: colleagues, teams, sites, customers.

use kernel::texts::{Locale, fold};
use kernel::{Id, Result, Tx};

/// The team that serves a site: the first by name.
pub fn team_of(tx: &mut Tx<'_>, site: Id) -> Result<Option<Id>> {
    tx.query_opt(
        "SELECT t.id FROM teams t JOIN team_sites s ON s.team_id = t.id WHERE s.site_id = $1 ORDER BY t.name LIMIT 1",
        &[&site],
        |row| row.get(0),
    )
}

/// Who may work on cases and reaches a site, by name: identifier, name, title.
pub fn who_can(tx: &mut Tx<'_>, roles: &[&str], site: Option<Id>) -> Result<Vec<(Id, String, String)>> {
    let roles: Vec<String> = roles.iter().map(|role| format!("'{role}'")).collect();
    // Somebody reaches a case without a site wherever they work.
    let sql = format!(
        "SELECT DISTINCT u.id, u.name, u.title FROM users u JOIN grants g ON g.user_id = u.id
         LEFT JOIN team_sites t ON t.team_id = g.team_id
         WHERE u.disabled = FALSE AND g.role IN ({})
           AND (CAST($1 AS BIGINT) IS NULL OR (g.site_id IS NULL AND g.team_id IS NULL) OR g.site_id = $1
                OR t.site_id = $1)
         ORDER BY u.id",
        roles.join(", ")
    );
    let mut found: Vec<(Id, String, String)> =
        tx.query(&sql, &[&site], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    // Élise stands before Tiago, whatever the database makes of accents.
    found.sort_by_cached_key(|(_, name, _)| fold(name));
    Ok(found)
}

/// Who has one of some roles for the whole organisation.
pub fn who_can_everywhere(tx: &mut Tx<'_>, role: &str) -> Result<Vec<Id>> {
    tx.query(
        "SELECT DISTINCT u.id FROM users u JOIN grants g ON g.user_id = u.id
         WHERE u.disabled = FALSE AND g.role = $1 AND g.site_id IS NULL AND g.team_id IS NULL ORDER BY u.id",
        &[&role],
        |row| row.get(0),
    )
}

/// Names of colleagues.
pub fn names(tx: &mut Tx<'_>, users: &[Id]) -> Result<std::collections::HashMap<Id, String>> {
    let mut found = std::collections::HashMap::new();
    tx.each_in("SELECT id, name FROM users WHERE id IN (", ")", users, |row| {
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// The customer's address and language, for a letter.
pub fn writing_to(tx: &mut Tx<'_>, customer: Id) -> Result<(Option<String>, Option<Locale>)> {
    tx.query_one("SELECT email, locale FROM customers WHERE id = $1", &[&customer], |row| {
        let locale: Option<String> = row.get(1)?;
        Ok((row.get(0)?, locale.and_then(|code| code.parse().ok())))
    })
}

/// The site, if the organisation has it.
pub fn site(tx: &mut Tx<'_>, id: Id) -> Result<Option<Id>> {
    tx.query_opt("SELECT id FROM sites WHERE id = $1", &[&id], |row| row.get(0))
}
