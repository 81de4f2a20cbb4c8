//! Every query of the room.

use kernel::db::{Columns, Row};
use kernel::identity::Scope;
use kernel::{Id, Instant, Result, Tx};

use super::model::{Choice, Erased, Fact, Kind, Place, Tile, Wanted};

/// Pinned tiles within reach, the oldest first.
pub fn tiles(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<Tile>> {
    let sql = format!(
        "SELECT t.id, t.figure, t.site_id, t.days, t.decision, t.owner_id, u.name, t.created_at
         FROM tiles t JOIN users u ON u.id = t.owner_id WHERE {} ORDER BY t.id",
        scope.condition("t.site_id")
    );
    tx.query(&sql, &[], |row| {
        let mut c = row.columns();
        Ok(Tile {
            id: c.next()?,
            kind: Kind::parse(&c.next::<String>()?)?,
            site: c.next()?,
            days: c.next()?,
            decision: c.next()?,
            owner: c.next()?,
            owner_name: c.next()?,
            created_at: c.next()?,
        })
    })
}

/// How many tiles there are about a site, or about the whole organisation.
pub fn count(tx: &mut Tx<'_>, site: Option<Id>) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM tiles
         WHERE site_id = $1 OR (site_id IS NULL AND CAST($1 AS BIGINT) IS NULL)";
    tx.query_one(sql, &[&site], |row| row.get(0))
}

/// The days within a period on which a case opened. A site's cases are looked up day by day: the index of facts is in
/// the order of days, then sites.
const DAYS: &str = "WITH RECURSIVE days (day) AS (
        SELECT MIN(f.opened_day) FROM cases f WHERE f.opened_day >= $1
        UNION ALL
        SELECT (SELECT MIN(n.opened_day) FROM cases n WHERE n.opened_day > d.day) FROM days d WHERE d.day < $2
    )";

/// Where a case belongs.
const PLACE: &str = "c.site_id, c.team_id, c.cause_id, ";

/// Reads what [`PLACE`] names, when it was asked for.
fn place(c: &mut Columns<'_, '_>, is_wanted: bool) -> Result<Place> {
    if !is_wanted {
        return Ok(Place::default());
    }
    Ok(Place { site: c.next()?, team: c.next()?, cause: c.next()? })
}

/// Facts of the cases a choice is about, within reach, from an index alone; columns nobody wants are not asked for.
pub fn facts(
    tx: &mut Tx<'_>,
    scope: &Scope,
    choice: Choice,
    wanted: Wanted,
    mut visit: impl FnMut(Fact),
) -> Result<()> {
    let Choice { from, to, site } = choice;
    let (due, told) = (wanted.in_time, wanted.told);
    let (contacted, closed) = (wanted.in_time || wanted.contact, wanted.contact || wanted.close);
    let mut columns = if wanted.places { PLACE.to_owned() } else { String::new() };
    columns += "c.opened_at";
    for (name, is_wanted) in
        [("contact_due_at", due), ("contacted_at", contacted), ("told_at", told), ("closed_at", closed)]
    {
        if is_wanted {
            columns += ", c.";
            columns += name;
        }
    }
    let read = |row: &Row<'_>| {
        let mut c = row.columns();
        let place = place(&mut c, wanted.places)?;
        let opened_at = c.next()?;
        let mut instant = |is_wanted: bool| if is_wanted { c.next::<Option<Instant>>() } else { Ok(None) };
        visit(Fact {
            place,
            opened_at,
            contact_due_at: instant(due)?,
            contacted_at: instant(contacted)?,
            told_at: instant(told)?,
            closed_at: instant(closed)?,
        });
        Ok(true)
    };
    let reach = scope.condition("c.site_id");
    if site.is_some() {
        let sql = format!(
            "{DAYS} SELECT {columns} FROM days d CROSS JOIN cases c
             WHERE d.day <= $2 AND c.opened_day = d.day AND c.site_id = $3 AND {reach}"
        );
        return tx.each(&sql, &[&from, &to, &site], read);
    }
    let sql =
        format!("SELECT {columns} FROM cases c WHERE c.opened_day >= $1 AND c.opened_day <= $2 AND {reach}");
    tx.each(&sql, &[&from, &to], read)
}

/// Closings that an erasure made within a period, and nobody else: when each case opened and was closed. Erasures are few,
/// and the ledger lists them.
pub fn closed_by_erasure(tx: &mut Tx<'_>, choice: Choice) -> Result<Erased> {
    let all = tx.query(
        "SELECT c.opened_at, c.closed_at FROM events e JOIN cases c ON c.customer_id = e.subject_id
         WHERE e.kind = $1 AND c.closed_at IS NOT NULL AND c.refusal <> ''
           AND c.opened_day >= $2 AND c.opened_day <= $3",
        &[&know::erasure::ERASED, &choice.from, &choice.to],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(all.into_iter().collect())
}

/// Cases open now, within reach, at one site or all: where each belongs, and whether it is late as the queue says. From
/// the index of the queue alone; they are counted here, because the database would sort them to do so.
pub fn open_cases(
    tx: &mut Tx<'_>,
    scope: &Scope,
    site: Option<Id>,
    wanted: Wanted,
    mut visit: impl FnMut(Place, bool),
) -> Result<()> {
    let now = tx.now();
    let places = if wanted.places { PLACE } else { "" };
    let sql = format!(
        "SELECT {places}c.queue_at
         FROM cases c WHERE c.closed_at IS NULL AND (CAST($1 AS BIGINT) IS NULL OR c.site_id = $1) AND {}",
        scope.condition("c.site_id")
    );
    tx.each(&sql, &[&site], |row| {
        let mut c = row.columns();
        let place = place(&mut c, wanted.places)?;
        visit(place, c.next::<Instant>()? <= now);
        Ok(true)
    })
}

/// Calls `visit` with place, currency and cost in minor units of each case a choice is about whose remedy cost
/// something. They are added up here: the database would sort them to do so.
pub fn costs(
    tx: &mut Tx<'_>,
    scope: &Scope,
    choice: Choice,
    mut visit: impl FnMut(Place, &str, i64),
) -> Result<()> {
    let Choice { from, to, site } = choice;
    let sql = format!(
        "SELECT c.site_id, c.team_id, c.cause_id, c.currency, c.cost
         FROM cases c WHERE c.cost > 0 AND c.opened_day >= $1 AND c.opened_day <= $2
           AND (CAST($3 AS BIGINT) IS NULL OR c.site_id = $3) AND {}",
        scope.condition("c.site_id")
    );
    tx.each(&sql, &[&from, &to, &site], |row| {
        let mut c = row.columns();
        let place = Place { site: c.next()?, team: c.next()?, cause: c.next()? };
        let currency: String = c.next()?;
        visit(place, &currency, c.next()?);
        Ok(true)
    })
}

/// Adds a tile.
pub fn insert(tx: &mut Tx<'_>, tile: &Tile, by: &str) -> Result<()> {
    tx.execute(
        "INSERT INTO tiles (id, figure, site_id, days, decision, owner_id, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            &tile.id,
            &tile.kind.name(),
            &tile.site,
            &tile.days,
            &tile.decision,
            &tile.owner,
            &by,
            &tile.created_at,
        ],
    )?;
    Ok(())
}

/// Removes a tile within reach; returns whether there was one.
pub fn delete(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<bool> {
    let sql = format!("DELETE FROM tiles WHERE id = $1 AND {}", scope.condition("site_id"));
    Ok(tx.execute(&sql, &[&id])? == 1)
}
