//! Every query of the room.

use kernel::identity::Scope;
use kernel::{Id, Instant, Result, Tx};

use super::model::{Kind, OpenCase, Tile};

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

/// Cases open now, within reach; at one site or all. Late ones are those of the queue.
pub fn open_cases(
    tx: &mut Tx<'_>,
    scope: &Scope,
    site: Option<Id>,
    mut visit: impl FnMut(OpenCase),
) -> Result<()> {
    let now = tx.now();
    let sql = format!(
        "SELECT c.site_id, c.team_id, c.cause_id, c.queue_at
         FROM cases c WHERE c.closed_at IS NULL AND (CAST($1 AS BIGINT) IS NULL OR c.site_id = $1) AND {}",
        scope.condition("c.site_id")
    );
    tx.each(&sql, &[&site], |row| {
        let mut c = row.columns();
        let (site, team, cause) = (c.next()?, c.next()?, c.next()?);
        visit(OpenCase { site, team, cause, is_late: c.next::<Instant>()? <= now });
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
