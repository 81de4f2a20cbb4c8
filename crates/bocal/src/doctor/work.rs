//! What is done in the background: jobs, deliveries of events, seals.

use kernel::clock::SignedDuration;
use kernel::ledger::seals::Damage;
use kernel::{Instant, Result, jobs, ledger};

use super::{Check, Patient};

/// How long work may wait before somebody should look: workers look twice a second.
const PATIENCE: SignedDuration = SignedDuration::from_mins(15);
/// How long events may wait for a seal: they are sealed each hour.
const UNSEALED: SignedDuration = SignedDuration::from_hours(3);

/// Jobs that wait or failed.
pub(super) fn jobs(patient: &Patient<'_>) -> Result<Check> {
    let queue = patient.db.read(jobs::store::queue)?;
    let found = format!("{} open, {} failed", queue.open, queue.failed);
    if let Some(late) = late(patient, queue.oldest_due, PATIENCE) {
        let advice = "is `bocal serve` running, with `workers` above 0? Its log says what holds the jobs up";
        return Ok(Check::warning("jobs", format!("{found}; one waits since {late}"), advice));
    }
    if queue.failed > 0 {
        let advice = "the page /jobs says what went wrong: try them again there, once it is mended";
        return Ok(Check::warning("jobs", found, advice));
    }
    Ok(Check::ok("jobs", found))
}

/// Deliveries of events that wait or gave up.
pub(super) fn deliveries(patient: &Patient<'_>) -> Result<Check> {
    let (all, failed) =
        patient.db.read(|tx| Ok((ledger::store::deliveries(tx)?, ledger::store::failed(tx, 1)?)))?;
    let found = format!("{} waiting, {} given up", all.waiting, all.failed);
    if let Some(first) = failed.first() {
        let why = first.error.as_deref().unwrap_or("no reason was kept");
        let found = format!("{found}; the first: {} of event {}: {why}", first.subscription, first.event);
        let advice = "mend the cause, then try them again from the page /jobs";
        return Ok(Check::warning("deliveries", found, advice));
    }
    match late(patient, all.oldest_due, PATIENCE) {
        Some(late) => {
            let advice = "is `bocal serve` running, with `workers` above 0? Its log says what holds them up";
            Ok(Check::warning("deliveries", format!("{found}; one waits since {late}"), advice))
        }
        None => Ok(Check::ok("deliveries", found)),
    }
}

/// The chain of seals, recomputed when that was asked for.
pub(super) fn seals(patient: &Patient<'_>) -> Result<Check> {
    if patient.verify_ledger {
        return verified(patient);
    }
    let (head, unsealed) =
        patient.db.read(|tx| Ok((ledger::seals::head(tx)?, ledger::seals::oldest_unsealed(tx)?)))?;
    let found = match head.seals {
        0 => "nothing is sealed yet".to_owned(),
        seals => format!("{seals} seals, the last is {}; not recomputed (--verify-ledger)", head.sha256),
    };
    match late(patient, unsealed, UNSEALED) {
        Some(late) => {
            let advice =
                "events are sealed each hour while `bocal serve` runs; the page /jobs shows if that failed";
            Ok(Check::warning("seals", format!("{found}; an event of {late} is not sealed"), advice))
        }
        None => Ok(Check::ok("seals", found)),
    }
}

fn verified(patient: &Patient<'_>) -> Result<Check> {
    let found = patient.db.read(ledger::seals::verify)?;
    let Some(broken) = found.broken else {
        let erased = match found.erased {
            0 => String::new(),
            n => format!(" ({n} of them emptied by erasures)"),
        };
        let told = format!(
            "{} seals over {} events{erased} hold; the last is {}",
            found.head.seals, found.events, found.head.sha256
        );
        return Ok(Check::ok("seals", told));
    };
    let what = match (broken.damage, broken.event) {
        (Damage::Event, Some(event)) => {
            format!("event {event} is not what was sealed: changed, added, or the one before it removed")
        }
        (Damage::Event | Damage::EventsMissing, _) => "events at its end are missing".to_owned(),
        (Damage::SealMissing, _) => "the seal itself is missing".to_owned(),
        (Damage::Seal, _) => "the seal itself was changed".to_owned(),
    };
    let told = format!("seal {} is broken: {what}; {} events before it are whole", broken.seal, found.events);
    let advice = "somebody changed the ledger after the fact, or the disk did: keep a copy of the database as it is, \
                  compare with backups (`bocal restore FILE --into other.db`), and find out who could write to it";
    Ok(Check::failure("seals", told, advice))
}

/// Since when something waits, if that is too long.
fn late(patient: &Patient<'_>, since: Option<Instant>, patience: SignedDuration) -> Option<Instant> {
    let now = patient.db.clock().now();
    since.filter(|since| now.since(*since) > patience)
}
