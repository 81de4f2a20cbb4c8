//! Taking back: who was added goes, who was changed is as before, as long as nobody worked on them since.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use kernel::errors::Violation;
use kernel::identity::Actor;
use kernel::ledger::{Event, record_all};
use kernel::{Error, Id, Message, Result, Tx};
use serde::Deserialize;

use super::super::outcome::{Became, Trace, Undone};
use super::super::store::{get_any, versions_taken_back};
use super::source_of;
use super::write::Before;
use crate::customers::bulk::{self, Derived, Key, Save};
use crate::customers::model::{Customer, Details};

/// Takes back what an import did to these customers.
pub(super) fn undo(tx: &mut Tx<'_>, by: &Actor, import: Id, traces: &[Trace]) -> Result<Vec<Undone>> {
    let source = source_of(&get_any(tx, import)?.file_name);
    let ids: Vec<Id> = traces.iter().map(|trace| trace.subject).collect();
    let mut known: HashMap<Id, Customer> = HashMap::new();
    bulk::by_key(tx, Key::Id, &ids, |customer| {
        known.insert(customer.id, customer);
    })?;
    let attached = bulk::attached(tx, &ids, &source)?;
    let taken_back = versions_taken_back(tx, import, &ids)?;
    let mut plans = Vec::with_capacity(traces.len());
    for trace in traces {
        let since = taken_back.get(&trace.subject).copied().unwrap_or(0);
        plans.push(plan(trace, known.get(&trace.subject), since, &attached)?);
    }
    let removable: Vec<Id> = pick(traces, &plans, |plan| matches!(plan, Plan::Remove));
    let kept = remove(tx, &removable)?;
    restore(tx, by, traces, &plans, &known)?;
    let events: Vec<Event> = removable
        .iter()
        .filter(|id| !kept.contains(id))
        .filter_map(|id| known.get(id).map(|c| Event::new("customer.removed", *id).before(&c.details)))
        .collect();
    record_all(tx, by, &events)?;
    let answer = |(trace, plan): (&Trace, Plan)| match plan {
        Plan::Remove if kept.contains(&trace.subject) => Undone::Kept(Message::new("import-kept-attached")),
        Plan::Remove | Plan::Gone => Undone::Removed,
        Plan::Restore { .. } => Undone::Restored,
        Plan::Keep(key) => Undone::Kept(Message::new(key)),
    };
    Ok(traces.iter().zip(plans).map(answer).collect())
}

enum Plan {
    Remove,
    Restore { details: Box<Details>, consents: Vec<Id> },
    Keep(&'static str),
    Gone,
}

fn pick(traces: &[Trace], plans: &[Plan], wanted: impl Fn(&Plan) -> bool) -> Vec<Id> {
    traces.iter().zip(plans).filter(|(_, plan)| wanted(plan)).map(|(trace, _)| trace.subject).collect()
}

/// What to do with one customer; `since` versions were made and taken back by later imports.
fn plan(trace: &Trace, now: Option<&Customer>, since: i64, attached: &HashSet<Id>) -> Result<Plan> {
    let Some(now) = now else { return Ok(Plan::Gone) };
    let parse = |value: &serde_json::Value| Before::deserialize(value);
    let updates = trace.rows.iter().filter(|(became, _)| *became == Became::Updated);
    let befores: Vec<Before> =
        updates.filter_map(|(_, before)| before.as_ref()).map(parse).collect::<Result<_, _>>()?;
    // Each row that changed them made one version.
    let expected = befores.last().map_or(1, |before| before.version + 1) + since;
    if now.version != expected {
        return Ok(Plan::Keep("import-kept-changed"));
    }
    if trace.was_created() {
        let keep = attached.contains(&now.id);
        return Ok(if keep { Plan::Keep("import-kept-attached") } else { Plan::Remove });
    }
    let consents = befores.iter().flat_map(|before| before.consents.iter().copied()).collect();
    let Some(first) = befores.into_iter().next() else { return Ok(Plan::Keep("import-kept-changed")) };
    Ok(Plan::Restore { details: Box::new(first.details), consents })
}

/// Removes customers, and gives those something else still refers to.
fn remove(tx: &mut Tx<'_>, ids: &[Id]) -> Result<HashSet<Id>> {
    if ids.is_empty() || tx.attempt(|tx| bulk::remove(tx, ids)).map(|()| true).or_else(referred)? {
        return Ok(HashSet::new());
    }
    let mut kept = HashSet::new();
    for id in ids {
        if !tx.attempt(|tx| bulk::remove(tx, &[*id])).map(|()| true).or_else(referred)? {
            kept.insert(*id);
        }
    }
    Ok(kept)
}

fn referred(error: Error) -> Result<bool> {
    match error {
        Error::Constraint { kind: Violation::Reference, .. } => Ok(false),
        other => Err(other),
    }
}

fn restore(
    tx: &mut Tx<'_>,
    by: &Actor,
    traces: &[Trace],
    plans: &[Plan],
    known: &HashMap<Id, Customer>,
) -> Result<()> {
    let (mut saves, mut events, mut decisions) = (Vec::new(), Vec::new(), Vec::new());
    for (trace, plan) in traces.iter().zip(plans) {
        let (Plan::Restore { details, consents }, Some(now)) = (plan, known.get(&trace.subject)) else {
            continue;
        };
        decisions.extend(consents.iter().copied());
        let (version, derived) = (now.version + 1, Arc::new(Derived::of(details)));
        saves.push((Save { id: now.id, version, details: details.as_ref(), derived }, &now.details));
        events.push(Event::new("customer.changed", now.id).before(&now.details).after(details));
    }
    bulk::update(tx, &saves)?;
    bulk::remove_consents(tx, &decisions)?;
    record_all(tx, by, &events)
}
