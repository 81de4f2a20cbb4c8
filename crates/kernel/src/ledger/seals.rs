//! Seals: events that are over are closed in batches, each tied to the one before, so that whatever is changed,
//! removed or added afterwards shows.
//!
//! A seal holds a chain of digests over its events, beginning with the digest of the seal before it. The last link
//! is kept whole; of each other link four bytes are kept, enough to say where the chain first broke. Whoever can
//! rewrite every later seal can hide a change: keep the head of the chain elsewhere (backups and the log hold it).

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use super::seal_store::{self as store, Kept};
use crate::clock::Instant;
use crate::db::Tx;
use crate::errors::Result;
use crate::ids::Id;
use crate::secrets;

/// How long an event waits at least: its identifier is made before its change is committed, and the clocks of
/// several machines differ a little.
pub const MARGIN: SignedDuration = SignedDuration::from_secs(60);
/// Events in one seal at most.
const BATCH: i64 = 4_096;
/// Bytes kept of each link.
const MARK: usize = 4;

/// A batch of events, closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal {
    /// Its place in the chain, from 1.
    pub id: i64,
    /// Its first event.
    pub first: Id,
    /// Its last event.
    pub last: Id,
    /// How many events.
    pub count: i64,
    /// The beginning of each link, one after the other.
    pub marks: Vec<u8>,
    /// The last link, in hexadecimal.
    pub sha256: String,
}

/// The end of the chain: who knows it can tell whether the chain was cut or made anew.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Number of seals.
    pub seals: i64,
    /// The last event that is sealed.
    pub last_event: Option<Id>,
    /// Digest of the last seal; empty while nothing is sealed.
    pub sha256: String,
}

/// What a look at every seal found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// The end of the chain.
    pub head: Head,
    /// Events that are sealed and whole, up to the first break.
    pub events: i64,
    /// Of these, how many no longer hold what they held, because somebody was erased.
    pub erased: i64,
    /// Where the chain first breaks.
    pub broken: Option<Broken>,
}

/// Where a chain breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// The first seal that does not hold.
    pub seal: i64,
    /// The first event that is not what was sealed in this place: it was changed or added, or the one before it was
    /// removed. None when the seal itself was changed or events are missing at its end.
    pub event: Option<Id>,
    /// What was found.
    pub damage: Damage,
}

/// How a chain can break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// An event is not the one that was sealed.
    Event,
    /// Events at the end of the batch are missing.
    EventsMissing,
    /// The seal is missing.
    SealMissing,
    /// The seal itself was changed.
    Seal,
}

/// One link after the other.
struct Chain([u8; 32]);

impl Chain {
    /// The chain as the seal before left it.
    fn after(sha256: &str) -> Self {
        Self(secrets::sha256(&[sha256.as_bytes()]))
    }

    fn link(&mut self, event: &[u8]) -> &[u8] {
        self.0 = secrets::sha256(&[&self.0, event]);
        &self.0[..MARK]
    }

    fn sha256(&self) -> String {
        secrets::hex(&self.0)
    }
}

/// Events before this identifier can no longer be joined by others. Ask in a change: on SQLite no other change is
/// open then, on PostgreSQL the oldest one that is open is taken into account.
pub fn horizon(tx: &mut Tx<'_>) -> Result<Id> {
    let now = tx.now();
    let oldest = store::oldest_open_change(tx)?.map_or(now, |at| at.min(now));
    Ok(Id::first_of(oldest.minus(MARGIN)))
}

/// The next seal: over the events before `horizon` that are not sealed yet, if there are any.
pub fn next(tx: &mut Tx<'_>, horizon: Id) -> Result<Option<Seal>> {
    let head = store::head(tx)?;
    let mut chain = Chain::after(&head.sha256);
    let mut seal = Seal {
        id: head.seals + 1,
        first: Id(0),
        last: Id(0),
        count: 0,
        marks: Vec::new(),
        sha256: String::new(),
    };
    let after = head.last_event.unwrap_or(Id(i64::MIN));
    store::each_event(tx, after, Id(horizon.0 - 1), BATCH, |id, event, _| {
        if seal.count == 0 {
            seal.first = id;
        }
        seal.last = id;
        seal.count += 1;
        seal.marks.extend_from_slice(chain.link(event));
        true
    })?;
    seal.sha256 = chain.sha256();
    Ok((seal.count > 0).then_some(seal))
}

/// Keeps a seal.
pub fn keep(tx: &mut Tx<'_>, seal: &Seal) -> Result<()> {
    store::insert(tx, seal)
}

/// The end of the chain.
pub fn head(tx: &mut Tx<'_>) -> Result<Head> {
    store::head(tx)
}

/// When the oldest event happened that no seal holds yet.
pub fn oldest_unsealed(tx: &mut Tx<'_>) -> Result<Option<Instant>> {
    let after = store::head(tx)?.last_event.unwrap_or(Id(i64::MIN));
    store::first_after(tx, after)
}

/// Recomputes every seal, up to the first that does not hold.
pub fn verify(tx: &mut Tx<'_>) -> Result<Verified> {
    let mut found = Verified { head: store::head(tx)?, ..Verified::default() };
    let mut before = (Id(i64::MIN), String::new());
    let mut place = 0;
    while let Some(seal) = store::first_seal_after(tx, place)? {
        place += 1;
        found.broken = check(tx, place, &seal, &before, &mut found.erased)?;
        if found.broken.is_some() {
            break;
        }
        found.events += seal.count;
        before = (seal.last, seal.sha256);
    }
    Ok(found)
}

/// Takes away what the sealed and unsealed events about a subject hold, as the erasure of a person asks; seals hold all
/// the same. Returns how many events held something.
pub fn erase(tx: &mut Tx<'_>, subject: Id) -> Result<i64> {
    store::erase(tx, subject)
}

/// Recomputes one seal, whose place in the chain is `place`, and adds to `erased`.
fn check(
    tx: &mut Tx<'_>,
    place: i64,
    seal: &Kept,
    before: &(Id, String),
    erased: &mut i64,
) -> Result<Option<Broken>> {
    if seal.id != place {
        return Ok(Some(Broken { seal: place, event: None, damage: Damage::SealMissing }));
    }
    let broken = |event, damage| Ok(Some(Broken { seal: place, event, damage }));
    let mut chain = Chain::after(&before.1);
    let (mut first, mut at, mut wrong) = (None, 0, None);
    store::each_event(tx, before.0, seal.last, i64::MAX, |id, event, is_erased| {
        *erased += i64::from(is_erased);
        first = first.or(Some(id));
        let same = seal.marks.get(at..at + MARK) == Some(chain.link(event));
        at += MARK;
        if !same {
            wrong = Some(id);
        }
        same
    })?;
    if wrong.is_some() {
        return broken(wrong, Damage::Event);
    }
    if at < seal.marks.len() {
        return broken(None, Damage::EventsMissing);
    }
    let is_whole = chain.sha256() == seal.sha256
        && first == Some(seal.first)
        && i64::try_from(at / MARK) == Ok(seal.count);
    if is_whole { Ok(None) } else { broken(None, Damage::Seal) }
}
