//! Warnings at half, four fifths and all of the time; clocks worked out again when the calendar changed; cases given
//! back when their owner left.

use std::collections::BTreeMap;

use kernel::clock::Calendar;
use kernel::identity::{Actor, Role, Scope};
use kernel::jobs::{self, Context, Go, Step};
use kernel::ledger::{Event, Recorded};
use kernel::mail::{self, About, Block, Outgoing, Recipient};
use kernel::organisation::{self, Organisation};
use kernel::texts::T;
use kernel::{Error, Id, Result, Tx};
use serde_json::json;

use super::model::{Case, Detail, Phase, StepKind};
use super::rules::CaseRules;
use super::{actions, rules, store, url};
use crate::clocks::{self, Deadlines, Stage};

/// Name of the job that warns.
pub(super) const NAME: &str = "act.alerts";
/// Name of the job that works clocks out again.
pub(super) const CLOCKS: &str = "act.clocks";
/// Cases warned about in one transaction.
const BATCH: i64 = 200;
/// Clocks written in one transaction: a few hundredths of a second, for which others wait.
const CLOCK_BATCH: usize = 1_000;
/// Clocks read and worked out at once: some ten megabytes.
const CLOCKS_AT_ONCE: i64 = 100_000;

/// Warns of every deadline that came nearer since the last time.
pub(super) fn run(context: &Context) -> Result<()> {
    let mut done = 0;
    loop {
        let found = context.db.read(|tx| store::to_warn(tx, BATCH))?.len() as i64;
        if found == 0 {
            return Ok(());
        }
        done += found;
        let go = context.step(move |tx| {
            warn_due(tx)?;
            Ok(Step { done, total: done, checkpoint: serde_json::Value::Null })
        })?;
        if go == Go::Stop {
            return Ok(());
        }
    }
}

/// Warns of the deadlines that came nearer, the first of them.
pub fn warn_due(tx: &mut Tx<'_>) -> Result<()> {
    let organisation = organisation::store::get(tx)?;
    let (rules, _) = store::case_rules(tx)?;
    for case in store::to_warn(tx, BATCH)? {
        warn(tx, &organisation, &rules, case)?;
    }
    Ok(())
}

/// One warning, for the stage a case is in: what was missed before needs no mail of its own.
fn warn(tx: &mut Tx<'_>, organisation: &Organisation, rules: &CaseRules, before: Case) -> Result<()> {
    let stage = clocks::stage(&before.clock.times, tx.now());
    let by = Actor::system(actions::SYSTEM);
    if !store::set_alerted(tx, &before, stage.percent().max(before.alerted))? {
        return Err(Error::Conflict);
    }
    if stage.percent() <= before.alerted {
        return Ok(());
    }
    let detail = Detail { percent: Some(stage.percent()), ..Detail::default() };
    store::add_step(tx, before.id, StepKind::Alerted, "", "", &detail)?;
    let kind = if stage == Stage::Late { "case.escalated" } else { "case.alerted" };
    Event::new(kind, before.id).after(&json!({ "percent": stage.percent() })).record(tx, &by)?;
    if !rules.mails_at(stage) {
        return Ok(());
    }
    for user in warned(tx, &before, stage)? {
        let due = before.clock.times.due_at.as_micros();
        let warning = Warning {
            key: format!("case-alert:{}:{due}:{}:{user}", before.id, stage.percent()),
            words: match stage {
                Stage::Late => "case-alert-late",
                Stage::Soon => "case-alert-soon",
                Stage::Calm | Stage::Half => "case-alert-half",
            },
        };
        write(tx, &by, organisation, &before, &warning, user)?;
    }
    Ok(())
}

/// Who is warned: the owner; when it is late or nobody carries it, managers who reach it, else those of the whole
/// organisation, so that a team with nobody in it is heard of.
pub(super) fn warned(tx: &mut Tx<'_>, case: &Case, stage: Stage) -> Result<Vec<Id>> {
    let mut all: Vec<Id> = case.owner.into_iter().collect();
    if stage == Stage::Late || all.is_empty() {
        let managers = store::who_can(tx, &[Role::Manager.name()], case.site)?;
        let managers: Vec<Id> = managers.into_iter().map(|(id, _, _)| id).collect();
        let none = managers.is_empty();
        all.extend(if none { store::who_can_everywhere(tx, Role::Administrator.name())? } else { managers });
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// A warning to colleagues.
pub(super) struct Warning {
    /// Key of the mail: the same warning is written to somebody once.
    pub(super) key: String,
    /// Text key of what it says, with `$due`; that of its subject is this and `-subject`.
    pub(super) words: &'static str,
}

/// Writes a warning to a colleague, with the name of whoever waits.
pub(super) fn write(
    tx: &mut Tx<'_>,
    by: &Actor,
    organisation: &Organisation,
    case: &Case,
    warning: &Warning,
    user: Id,
) -> Result<()> {
    let user = kernel::identity::store::user(tx, user)?;
    if user.disabled {
        return Ok(());
    }
    let t = crate::texts(user.locale)?;
    let due = t.moment(case.clock.times.due_at, &organisation.zone);
    let name = customer(tx, t, case)?;
    let outgoing = Outgoing {
        key: warning.key.clone(),
        kind: "case-alert",
        to: Recipient { address: user.email, name: user.name, customer: None, user: Some(user.id) },
        locale: user.locale,
        subject: t.two(
            &format!("{}-subject", warning.words),
            "reference",
            case.reference.clone(),
            "name",
            name.clone(),
        ),
        blocks: vec![
            Block::Text(t.one(warning.words, "due", due)),
            Block::Text(t.one("case-alert-who", "name", name)),
            Block::Quote(case.title.clone()),
            Block::Text(t.get(rules::next_step(case).key())),
            Block::Button { label: t.get("case-alert-open"), href: url(case.id) },
        ],
        about: Some(About { kind: "case", id: case.id, href: url(case.id) }),
        site: case.site,
        unsubscribe: None,
        not_before: None,
    };
    queue(tx, by, &outgoing)
}

/// The name of whoever waits, or where they are reached.
pub(super) fn customer(tx: &mut Tx<'_>, t: T, case: &Case) -> Result<String> {
    let name = match case.customer {
        Some(customer) => know::customers::store::get(tx, &Scope::All, customer)?.details.name(),
        None => case.reach.clone(),
    };
    Ok(Some(name).filter(|name| !name.is_empty()).unwrap_or_else(|| t.get("case-somebody")))
}

/// Queues a mail to a colleague. What cannot be written to one keeps nobody else from being told, and no work from being
/// done.
pub(super) fn queue(tx: &mut Tx<'_>, by: &Actor, outgoing: &Outgoing) -> Result<()> {
    match mail::queue(tx, by, outgoing) {
        Ok(_) | Err(Error::Invalid(_)) => Ok(()),
        Err(Error::Refused(_)) => {
            tracing::warn!(key = %outgoing.key, "a mail to a colleague could not be written");
            Ok(())
        }
        Err(other) => Err(other),
    }
}

/// The calendar may have changed: open clocks are worked out again, by a job.
pub(super) fn on_calendar(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let calendar = |state: &Option<serde_json::Value>| -> BTreeMap<String, serde_json::Value> {
        let all = state.as_ref().and_then(serde_json::Value::as_object).cloned().unwrap_or_default();
        all.into_iter().filter(|(name, _)| !matches!(name.as_str(), "name" | "currency" | "locale")).collect()
    };
    if calendar(&event.before) == calendar(&event.after) {
        return Ok(());
    }
    jobs::enqueue(tx, &Actor::system(&event.actor_name), CLOCKS, None, &json!(null)).map(drop)
}

/// Works every open clock out again by the present calendar. The working out is done beside the changes of others: only
/// the new times are written among them. After a crash it begins again: what was written then stays as it is.
pub(super) fn rerun(context: &Context) -> Result<()> {
    let total = context.db.read(store::running_count)?;
    let mut done = 0;
    // A case that goes from one phase to the next meanwhile starts by the present calendar, like one that opens.
    for phase in [Phase::Contact, Phase::Answer] {
        let mut after = Id(0);
        loop {
            let (calendar, some) = context.db.read(|tx| {
                let calendar = organisation::store::get(tx)?.calendar();
                Ok((calendar, store::running(tx, phase, after, CLOCKS_AT_ONCE)?))
            })?;
            let Some(last) = some.last() else { break };
            after = last.id;
            done += some.len() as i64;
            let moved = moved(&mut Deadlines::by(&calendar), some)?;
            if write_clocks(context, &calendar, moved, (done, total))? == Go::Stop {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Writes clocks that were worked out by this calendar, a batch at a time.
fn write_clocks(
    context: &Context,
    calendar: &Calendar,
    moved: Vec<store::Clocked>,
    (done, total): (i64, i64),
) -> Result<Go> {
    let mut moved = moved.into_iter().peekable();
    loop {
        let some: Vec<store::Clocked> = moved.by_ref().take(CLOCK_BATCH).collect();
        let calendar = calendar.clone();
        let go = context.step(move |tx| {
            set_clocks(tx, &calendar, &some)?;
            Ok(Step { done, total, checkpoint: serde_json::Value::Null })
        })?;
        if go == Go::Stop || moved.peek().is_none() {
            return Ok(go);
        }
    }
}

/// Of some clocks, those that run otherwise by these deadlines, in the order their cases were opened: neighbours then
/// lie together in the indexes that are kept by time, also where an import brought old cases late.
pub(super) fn moved(deadlines: &mut Deadlines, clocks: Vec<store::Clocked>) -> Result<Vec<store::Clocked>> {
    let mut moved = Vec::new();
    for mut clocked in clocks {
        let again = rules::again(deadlines, &clocked.clock)?;
        if again != clocked.clock {
            clocked.clock = again;
            moved.push(clocked);
        }
    }
    moved.sort_unstable_by_key(|clocked| (clocked.opened_at, clocked.id));
    Ok(moved)
}

/// Writes clocks that were worked out by this calendar. Where a case, or the calendar, changed meanwhile, the clock is
/// worked out anew; a calendar that changed has its own job for the others.
pub(super) fn set_clocks(tx: &mut Tx<'_>, calendar: &Calendar, clocks: &[store::Clocked]) -> Result<()> {
    let present = organisation::store::get(tx)?.calendar();
    let mut left = Vec::new();
    for clocked in clocks {
        if present != *calendar || !store::set_clock(tx, clocked)? {
            left.push(clocked.id);
        }
    }
    for clocked in moved(&mut Deadlines::by(&present), store::clocks(tx, &left)?)? {
        store::set_clock(tx, &clocked)?;
    }
    Ok(())
}

/// The cases of a colleague who left, or of sites they work for no more, go back to their teams.
pub(super) fn on_leaving(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let by = Actor::system(&event.actor_name);
    let name = store::names(tx, &[event.subject])?.remove(&event.subject).unwrap_or_default();
    for before in store::open_of_owner(tx, event.subject)? {
        let able = store::who_can(tx, &actions::CARRIERS.map(Role::name), before.site)?;
        if event.kind != "colleague.disabled" && able.iter().any(|(id, _, _)| *id == event.subject) {
            continue;
        }
        let after = Case { owner: None, ..before.clone() };
        let made = actions::Move {
            event: "case.owner-left",
            step: StepKind::OwnerLeft,
            text: String::new(),
            detail: Detail { to: name.clone(), ..Detail::default() },
        };
        actions::apply(tx, &by, &before, after, &made)?;
    }
    Ok(())
}
