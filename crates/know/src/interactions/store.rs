//! Every query about interactions and orders.

use kernel::db::Row;
use kernel::{Id, Instant, Result, Tx};

use super::model::{Channel, Direction, Interaction, Origin};

/// Adds an entry.
pub fn insert(tx: &mut Tx<'_>, customer: Id, entry: &Interaction, origin: &Origin) -> Result<()> {
    tx.execute(
        "INSERT INTO interactions (id, customer_id, at, channel, direction, subject, summary, words, site_id,
                                   actor_name, source_kind, source_id, href)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        &[
            &entry.id,
            &customer,
            &entry.at,
            &entry.channel.name(),
            &entry.direction.name(),
            &entry.subject,
            &entry.summary,
            &entry.words,
            &entry.site,
            &entry.actor_name,
            &origin.kind,
            &origin.id,
            &origin.href,
        ],
    )?;
    Ok(())
}

/// Removes what an undone import had brought.
pub fn delete_from(tx: &mut Tx<'_>, source: Id) -> Result<()> {
    tx.execute("DELETE FROM interactions WHERE source_id = $1", &[&source])?;
    Ok(())
}

/// Removes an entry that was made by mistake.
pub fn delete(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    tx.execute("DELETE FROM interactions WHERE id = $1", &[&id]).map(drop)
}

/// Adds an order.
#[expect(clippy::too_many_arguments, reason = "one row, written in one place")]
pub fn insert_order(
    tx: &mut Tx<'_>,
    id: Id,
    customer: Id,
    at: Instant,
    label: &str,
    amount: i64,
    currency: &str,
    site: Option<Id>,
) -> Result<()> {
    tx.execute(
        "INSERT INTO transactions (id, customer_id, at, label, amount, currency, site_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &customer, &at, &label, &amount, &currency, &site],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Interaction> {
    let mut c = row.columns();
    Ok(Interaction {
        id: c.next()?,
        at: c.next()?,
        channel: Channel::parse(&c.next::<String>()?)?,
        direction: Direction::parse(&c.next::<String>()?)?,
        subject: c.next()?,
        summary: c.next()?,
        words: c.next()?,
        site: c.next()?,
        actor_name: c.next()?,
        href: c.next()?,
        amount: None,
    })
}

/// Entries of a customer before `(at, id)`, newest first, on one channel or all.
pub fn list(
    tx: &mut Tx<'_>,
    customer: Id,
    channel: Option<Channel>,
    before: (Instant, Id),
    limit: i64,
) -> Result<Vec<Interaction>> {
    let only = channel.map_or_else(String::new, |c| format!("AND channel = '{}'", c.name()));
    let sql = format!(
        "SELECT id, at, channel, direction, subject, summary, words, site_id, actor_name, href
         FROM interactions WHERE customer_id = $1 AND (at, id) < ($2, $3) {only}
         ORDER BY at DESC, id DESC LIMIT $4"
    );
    tx.query(&sql, &[&customer, &before.0, &before.1, &limit], read)
}

/// Orders of a customer before `(at, id)`, newest first.
pub fn orders(tx: &mut Tx<'_>, customer: Id, before: (Instant, Id), limit: i64) -> Result<Vec<Interaction>> {
    tx.query(
        "SELECT id, at, label, amount, site_id FROM transactions
         WHERE customer_id = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4",
        &[&customer, &before.0, &before.1, &limit],
        |row| {
            let mut c = row.columns();
            let (id, at, subject, amount) = (c.next()?, c.next()?, c.next()?, c.next()?);
            Ok(Interaction {
                id,
                at,
                channel: Channel::Order,
                direction: Direction::In,
                subject,
                summary: String::new(),
                words: String::new(),
                site: c.next()?,
                actor_name: String::new(),
                href: String::new(),
                amount: Some(amount),
            })
        },
    )
}

/// How many entries a customer has on each channel, orders included.
pub fn counts(tx: &mut Tx<'_>, customer: Id) -> Result<Vec<(Channel, i64)>> {
    let mut counts = tx.query(
        "SELECT channel, COUNT(*) FROM interactions WHERE customer_id = $1 GROUP BY channel",
        &[&customer],
        |row| Ok((Channel::parse(&row.get::<String>(0)?)?, row.get(1)?)),
    )?;
    let orders: i64 =
        tx.query_one("SELECT COUNT(*) FROM transactions WHERE customer_id = $1", &[&customer], |row| {
            row.get(0)
        })?;
    if orders > 0 {
        counts.push((Channel::Order, orders));
    }
    counts.sort_by_key(|(channel, _)| *channel);
    Ok(counts)
}

/// The latest words a customer said in their own voice, with when and how.
pub fn last_words(tx: &mut Tx<'_>, customer: Id) -> Result<Option<Interaction>> {
    tx.query_opt(
        "SELECT id, at, channel, direction, subject, summary, words, site_id, actor_name, href
         FROM interactions WHERE customer_id = $1 AND words <> '' ORDER BY at DESC, id DESC LIMIT 1",
        &[&customer],
        read,
    )
}
