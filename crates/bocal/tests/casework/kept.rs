//! What a database holds of cases: rows, steps, events, timelines, remembered requests, read at one moment.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests stand outside of tests: what goes wrong here is a failed test"
)]

use std::collections::{BTreeSet, HashMap};

use act::cases::model::{Case, Step, StepKind};
use act::cases::store;
use kernel::identity::Scope;
use kernel::ledger::Recorded;
use kernel::{Db, Id, Result, Tx};

use super::Asked;

/// A case with everything about it.
struct Whole {
    case: Case,
    steps: Vec<Step>,
    events: Vec<Recorded>,
    timeline: i64,
}

/// Every case.
pub(crate) struct Kept {
    cases: Vec<Whole>,
    names: HashMap<Id, String>,
    /// How many numbers were given.
    last_number: i64,
    /// Requests that are remembered.
    keys: BTreeSet<String>,
}

impl Kept {
    pub(crate) fn read(db: &Db) -> Self {
        db.read(|tx| {
            let ids: Vec<Id> = tx.query("SELECT id FROM cases ORDER BY id", &[], |row| row.get(0))?;
            let users = kernel::identity::store::users(tx)?;
            let keys: Vec<String> = tx.query("SELECT key FROM idempotency_keys", &[], |row| row.get(0))?;
            // Of each year: the test may see one end.
            let numbers: Vec<i64> = tx.query("SELECT last FROM case_numbers", &[], |row| row.get(0))?;
            Ok(Self {
                cases: ids.into_iter().map(|id| Whole::read(tx, id)).collect::<Result<_>>()?,
                names: users.into_iter().map(|user| (user.id, user.name)).collect(),
                last_number: numbers.into_iter().sum(),
                keys: keys.into_iter().collect(),
            })
        })
        .unwrap()
    }

    /// Fails unless every case agrees with its steps, its events and the customer's timeline, numbers have no holes,
    /// and exactly the requests that are done are remembered.
    pub(crate) fn assert_whole(&self) {
        self.cases.iter().for_each(|case| case.assert_agrees(&self.names));
        assert_eq!(self.cases.len() as i64, self.last_number, "numbers have no holes");
        let marks = self.marks().filter(|(step, _)| *step != "taken").map(|(_, mark)| mark);
        assert_eq!(marks.collect::<BTreeSet<_>>(), self.keys, "what is done is remembered, and nothing else");
    }

    /// Fails unless each request is there as often as its answer says, and nothing else is.
    pub(crate) fn assert_holds(&self, all: &[Asked]) {
        let mut counts: HashMap<(&str, String), usize> = HashMap::new();
        for mark in self.marks() {
            *counts.entry(mark).or_default() += 1;
        }
        for asked in all {
            let count = counts.remove(&(asked.step, asked.mark.clone())).unwrap_or(0);
            let said = (asked.step, &asked.mark, &asked.answer);
            match asked.answer {
                None => assert!(count <= 1, "{said:?} is there {count} times"),
                Some(_) if asked.is_acknowledged() => assert_eq!(count, 1, "{said:?}"),
                Some(_) if asked.is_refused() => assert_eq!(count, 0, "{said:?}"),
                Some(_) => panic!("{said:?}"),
            }
        }
        assert!(counts.is_empty(), "nobody asked for {counts:?}");
    }

    /// What each step says, with its kind.
    pub(crate) fn marks(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.cases.iter().flat_map(|whole| whole.steps.iter().map(|step| whole.mark(step)))
    }
}

impl Whole {
    fn read(tx: &mut Tx<'_>, id: Id) -> Result<Self> {
        let of_case = kernel::ledger::store::Filter { subject: Some(id), ..Default::default() };
        let mut events = kernel::ledger::store::list(tx, &of_case, 1_000)?;
        events.reverse();
        let timeline = "SELECT COUNT(*) FROM interactions WHERE source_kind = 'case' AND source_id = $1";
        Ok(Self {
            case: store::get(tx, &Scope::All, id)?,
            steps: store::steps(tx, id)?,
            events,
            timeline: tx.query_one(timeline, &[&id], |row| row.get(0))?,
        })
    }

    /// What only this step says.
    fn mark(&self, step: &Step) -> (&'static str, String) {
        let mark = match step.kind {
            StepKind::Opened => self.case.title.clone(),
            StepKind::Taken => format!("{} {}", self.case.id, step.actor_name),
            StepKind::Closed => {
                let reason = step.detail.changes.iter().find(|change| change.field == "no_cause");
                reason.map(|change| change.to.clone()).unwrap_or_default()
            }
            _ => step.text.clone(),
        };
        (step.kind.name(), mark)
    }

    fn assert_agrees(&self, names: &HashMap<Id, String>) {
        self.assert_steps_are_events();
        self.assert_row_is_last_event();
        self.assert_row_is_sum_of_steps(names);
    }

    fn assert_steps_are_events(&self) {
        let steps = self.steps.iter().map(|step| (step.at, format!("case.{}", step.kind.name())));
        let events = self.events.iter().map(|event| (event.at, event.kind.clone()));
        // Two changes made within the same moment of each other may be numbered the other way round.
        let (steps, events): (BTreeSet<_>, BTreeSet<_>) = (steps.collect(), events.collect());
        assert_eq!(steps, events, "{}", self.case.reference);
        assert_eq!(self.steps.len(), self.events.len(), "{}", self.case.reference);
    }

    fn assert_row_is_last_event(&self) {
        // A note changes nothing of the case, and may have been written beside a change.
        let last = self.events.iter().rev().find(|event| event.kind != "case.noted").unwrap();
        let (case, last) = (&self.case, last.after.as_ref().unwrap());
        let told =
            ["contacted_at", "told_at", "closed_at", "owner", "phase"].map(|field| last[field].clone());
        let row = [
            serde_json::to_value(case.contacted_at),
            serde_json::to_value(case.told_at),
            serde_json::to_value(case.closed_at),
            serde_json::to_value(case.owner),
            serde_json::to_value(case.clock.phase),
        ];
        assert_eq!(row.map(|value| value.unwrap()), told, "{}", case.reference);
    }

    fn assert_row_is_sum_of_steps(&self, names: &HashMap<Id, String>) {
        let (case, of) = (&self.case, &self.case.reference);
        let of_kind = |kind| self.steps.iter().filter(move |step| step.kind == kind);
        assert_eq!(of_kind(StepKind::Opened).count(), 1, "{of}");
        assert!(of_kind(StepKind::Closed).count() <= 1, "{of}");
        assert_eq!(case.closed_at, of_kind(StepKind::Closed).next_back().map(|step| step.at), "{of}");
        assert_eq!(case.told_at, of_kind(StepKind::Told).next_back().map(|step| step.at), "{of}");
        let spoken = |step: &&Step| step.kind == StepKind::Told || step.detail.outcome == "reached";
        assert_eq!(case.contacted_at, self.steps.iter().find(spoken).map(|step| step.at), "{of}");
        let owner = self.steps.iter().fold("", |owner, step| match step.kind {
            StepKind::Taken => &step.actor_name,
            StepKind::HandedOver => &step.detail.to,
            _ => owner,
        });
        assert_eq!(case.owner.map_or("", |id| &names[&id]), owner, "{of}");
        let unversioned = of_kind(StepKind::Noted).count();
        assert_eq!(case.version, (self.steps.len() - unversioned) as i64, "{of}");
        assert_eq!(self.timeline, 1 + self.steps.iter().filter(spoken).count() as i64, "{of}");
    }
}
