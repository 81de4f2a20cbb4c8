//! Every query of the room.

use kernel::identity::Scope;
use kernel::{Id, Result, Tx};

use super::model::{Kind, Tile};

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
