//! Every query about second factors.

use kernel::clock::SignedDuration;
use kernel::{Id, Instant, Result, Tx};

use super::model::{Factor, Standing};

/// How long one may take to type the code after the password.
const CHALLENGE_LIFE: SignedDuration = SignedDuration::from_mins(10);

pub(super) fn factor(tx: &mut Tx<'_>, user: Id) -> Result<Option<Factor>> {
    tx.query_opt(
        "SELECT secret, confirmed_at, last_step FROM second_factors WHERE user_id = $1",
        &[&user],
        |row| Ok(Factor { secret: row.get(0)?, confirmed_at: row.get(1)?, last_step: row.get(2)? }),
    )
}

/// Begins afresh with another secret.
pub(super) fn put(tx: &mut Tx<'_>, user: Id, secret: &str) -> Result<()> {
    remove(tx, user)?;
    let now = tx.now();
    tx.execute(
        "INSERT INTO second_factors (user_id, secret, created_at, last_step) VALUES ($1, $2, $3, 0)",
        &[&user, &secret, &now],
    )?;
    Ok(())
}

pub(super) fn confirm(tx: &mut Tx<'_>, user: Id) -> Result<()> {
    let now = tx.now();
    tx.execute("UPDATE second_factors SET confirmed_at = $2 WHERE user_id = $1", &[&user, &now])?;
    Ok(())
}

/// Uses a step up; whether it was not used already.
pub(super) fn use_step(tx: &mut Tx<'_>, user: Id, step: i64) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND last_step < $2",
        &[&user, &step],
    )?;
    Ok(changed == 1)
}

/// Removes a factor with its recovery codes; whether there was one.
pub(super) fn remove(tx: &mut Tx<'_>, user: Id) -> Result<bool> {
    tx.execute("DELETE FROM recovery_codes WHERE user_id = $1", &[&user])?;
    tx.execute("DELETE FROM sign_in_challenges WHERE user_id = $1", &[&user])?;
    Ok(tx.execute("DELETE FROM second_factors WHERE user_id = $1", &[&user])? == 1)
}

pub(super) fn set_codes(tx: &mut Tx<'_>, user: Id, hashes: &[String]) -> Result<()> {
    tx.execute("DELETE FROM recovery_codes WHERE user_id = $1", &[&user])?;
    for hash in hashes {
        tx.execute("INSERT INTO recovery_codes (user_id, code_hash) VALUES ($1, $2)", &[&user, hash])?;
    }
    Ok(())
}

/// Uses a recovery code up; whether it was one that was not used yet.
pub(super) fn use_code(tx: &mut Tx<'_>, user: Id, hash: &str) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL",
        &[&user, &hash, &now],
    )?;
    Ok(changed == 1)
}

pub(super) fn standing(tx: &mut Tx<'_>, user: Id) -> Result<Standing> {
    let since: Option<Instant> = factor(tx, user)?.and_then(|factor| factor.confirmed_at);
    let codes_left = tx.query_one(
        "SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL",
        &[&user],
        |row| row.get(0),
    )?;
    Ok(Standing { since, codes_left })
}

/// Somebody gave the right password: for a while, the code is asked of whoever holds the secret of this hash.
pub(super) fn challenge(tx: &mut Tx<'_>, user: Id, secret_hash: &str) -> Result<()> {
    let expires = tx.now().plus(CHALLENGE_LIFE);
    tx.execute(
        "INSERT INTO sign_in_challenges (secret_hash, user_id, expires_at) VALUES ($1, $2, $3)",
        &[&secret_hash, &user, &expires],
    )?;
    Ok(())
}

pub(super) fn challenged(tx: &mut Tx<'_>, secret_hash: &str) -> Result<Option<Id>> {
    let now = tx.now();
    tx.query_opt(
        "SELECT user_id FROM sign_in_challenges WHERE secret_hash = $1 AND expires_at > $2",
        &[&secret_hash, &now],
        |row| row.get(0),
    )
}

pub(super) fn end_challenges(tx: &mut Tx<'_>, user: Id) -> Result<()> {
    tx.execute("DELETE FROM sign_in_challenges WHERE user_id = $1", &[&user])?;
    Ok(())
}

/// Removes what nobody answered in time.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<u64> {
    let now = tx.now();
    tx.execute("DELETE FROM sign_in_challenges WHERE expires_at <= $1", &[&now])
}
