//! What happened on cases, and letters being written.

use kernel::{Id, Instant, Result, Tx};

use crate::cases::model::{Detail, Step, StepKind};

/// Adds a step, at the instant of this transaction.
pub fn add_step(
    tx: &mut Tx<'_>,
    case: Id,
    kind: StepKind,
    actor_name: &str,
    text: &str,
    detail: &Detail,
) -> Result<Id> {
    let (id, at) = (tx.new_id(), tx.now());
    let detail = serde_json::to_string(detail)?;
    tx.execute(
        "INSERT INTO case_steps (id, case_id, at, kind, actor_name, text, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[&id, &case, &at, &kind.name(), &actor_name, &text, &detail],
    )?;
    Ok(id)
}

/// What happened on a case, in order.
pub fn steps(tx: &mut Tx<'_>, case: Id) -> Result<Vec<Step>> {
    tx.query(
        "SELECT id, at, kind, actor_name, text, detail FROM case_steps WHERE case_id = $1 ORDER BY id",
        &[&case],
        |row| {
            let mut c = row.columns();
            Ok(Step {
                id: c.next()?,
                at: c.next()?,
                kind: StepKind::parse(&c.next::<String>()?)?,
                actor_name: c.next()?,
                text: c.next()?,
                detail: serde_json::from_str(&c.next::<String>()?)?,
            })
        },
    )
}

/// A letter being written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// Subject.
    pub subject: String,
    /// Text.
    pub body: String,
    /// Elements its author vouches for.
    pub confirmed: Vec<String>,
    /// When it was kept.
    pub saved_at: Option<Instant>,
}

/// The draft of a colleague for a case.
pub fn draft(tx: &mut Tx<'_>, case: Id, user: Id) -> Result<Option<Draft>> {
    tx.query_opt(
        "SELECT subject, body, confirmed, saved_at FROM case_drafts WHERE case_id = $1 AND user_id = $2",
        &[&case, &user],
        |row| {
            let confirmed: String = row.get(2)?;
            Ok(Draft {
                subject: row.get(0)?,
                body: row.get(1)?,
                confirmed: serde_json::from_str(&confirmed)?,
                saved_at: row.get(3)?,
            })
        },
    )
}

/// Names of other colleagues with a draft for a case, and when they last wrote.
pub fn other_drafts(tx: &mut Tx<'_>, case: Id, user: Id) -> Result<Vec<(String, Instant)>> {
    tx.query(
        "SELECT u.name, d.saved_at FROM case_drafts d JOIN users u ON u.id = d.user_id
         WHERE d.case_id = $1 AND d.user_id <> $2 ORDER BY d.saved_at DESC",
        &[&case, &user],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Keeps the draft of a colleague, in place of their former one.
pub fn keep_draft(tx: &mut Tx<'_>, case: Id, user: Id, draft: &Draft) -> Result<()> {
    let (now, confirmed) = (tx.now(), serde_json::to_string(&draft.confirmed)?);
    tx.execute(
        "INSERT INTO case_drafts (case_id, user_id, subject, body, confirmed, saved_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (case_id, user_id) DO UPDATE SET subject = excluded.subject, body = excluded.body,
             confirmed = excluded.confirmed, saved_at = excluded.saved_at",
        &[&case, &user, &draft.subject, &draft.body, &confirmed, &now],
    )?;
    Ok(())
}

/// Forgets the draft of a colleague.
pub fn drop_draft(tx: &mut Tx<'_>, case: Id, user: Id) -> Result<()> {
    tx.execute("DELETE FROM case_drafts WHERE case_id = $1 AND user_id = $2", &[&case, &user])?;
    Ok(())
}
