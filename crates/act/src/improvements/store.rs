//! Every query about improvements.

use std::collections::{HashMap, HashSet};

use kernel::db::Row;
use kernel::identity::Scope;
use kernel::mail;
use kernel::{Day, Error, Id, Result, Tx};
use understand::indicators::Measure;

use super::model::{Aimed, Concerned, Improvement, State, Told, Verdict};
use super::outcome;
use crate::cases::model::Severity;
use crate::costs::Costs;

const COLUMNS: &str = "i.id, i.title, i.description, i.cause_id, i.site_id, i.owner_id, i.state, i.cost, i.currency,
     i.measure, i.survey_id, i.expected, i.due_day, i.in_place_day, i.remeasure_day, i.verdict, i.lesson, i.said,
     i.did, i.said_other, i.did_other, i.told_at, i.told_n, i.created_by, i.created_at, i.version";

fn read(row: &Row<'_>) -> Result<Improvement> {
    let mut c = row.columns();
    let found = Improvement {
        id: c.next()?,
        title: c.next()?,
        description: c.next()?,
        cause: c.next()?,
        site: c.next()?,
        owner: c.next()?,
        state: State::parse(&c.next::<String>()?)?,
        cost: c.next()?,
        currency: c.next()?,
        measure: {
            let name: String = c.next()?;
            Measure::ALL
                .into_iter()
                .find(|m| m.name() == name)
                .ok_or_else(|| Error::internal("unknown measure"))?
        },
        survey: c.next()?,
        expected: c.next()?,
        due_day: c.next()?,
        in_place_day: c.next()?,
        remeasure_day: c.next()?,
        effect: None,
        attained: None,
        verdict: c.next::<Option<String>>()?.map(|text| serde_json::from_str(&text)).transpose()?,
        lesson: c.next()?,
        said: c.next()?,
        did: c.next()?,
        said_other: c.next()?,
        did_other: c.next()?,
        told_at: c.next()?,
        told_n: c.next()?,
        told: None,
        created_by: c.next()?,
        created_at: c.next()?,
        version: c.next()?,
    };
    let verdict: Option<&Verdict> = found.verdict.as_ref();
    let (effect, attained) =
        verdict.map(|v| (v.effect, outcome::attained(found.measure, found.expected, v.interval))).unzip();
    Ok(Improvement { effect, attained, ..found })
}

/// One improvement within reach.
pub fn get(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Improvement> {
    let reach = scope.condition("i.site_id");
    tx.query_one(&format!("SELECT {COLUMNS} FROM improvements i WHERE i.id = $1 AND {reach}"), &[&id], read)
}

/// Improvements within reach, of a state or all: open ones by what is due next, others by the latest.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, state: Option<State>, limit: i64) -> Result<Vec<Improvement>> {
    let reach = scope.condition("i.site_id");
    let only = state.map_or_else(|| "TRUE".to_owned(), |state| format!("i.state = '{}'", state.name()));
    let sql = format!(
        "SELECT {COLUMNS} FROM improvements i WHERE {reach} AND {only}
         ORDER BY CASE i.state WHEN 'planned' THEN 0 WHEN 'in_place' THEN 0 ELSE 1 END,
                  CASE i.state WHEN 'planned' THEN i.due_day ELSE i.remeasure_day END, i.id LIMIT $1"
    );
    tx.query(&sql, &[&limit], read)
}

/// What the improvements within reach in these states aim at; those without a cause apart.
pub fn aimed(tx: &mut Tx<'_>, scope: &Scope, states: &[State]) -> Result<Vec<Aimed>> {
    let states: Vec<String> = states.iter().map(|state| format!("'{}'", state.name())).collect();
    let sql = format!(
        "SELECT i.id, i.cause_id, i.site_id FROM improvements i
         WHERE i.cause_id IS NOT NULL AND i.state IN ({}) AND {} ORDER BY i.id",
        states.join(", "),
        scope.condition("i.site_id")
    );
    tx.query(&sql, &[], |row| Ok(Aimed { improvement: row.get(0)?, cause: row.get(1)?, site: row.get(2)? }))
}

/// Adds an improvement.
pub fn insert(tx: &mut Tx<'_>, i: &Improvement) -> Result<()> {
    tx.execute(
        "INSERT INTO improvements (id, title, description, cause_id, site_id, owner_id, state, cost, currency, measure,
             survey_id, expected, due_day, in_place_day, remeasure_day, verdict, lesson, said, did, told_at, told_n,
             created_by, created_at, said_other, did_other, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, NULL, $16, $17, $18, NULL, 0, $19,
             $20, $21, $22, 1)",
        &[
            &i.id, &i.title, &i.description, &i.cause, &i.site, &i.owner, &i.state.name(), &i.cost, &i.currency,
            &i.measure.name(), &i.survey, &i.expected, &i.due_day, &i.in_place_day, &i.remeasure_day, &i.lesson,
            &i.said, &i.did, &i.created_by, &i.created_at, &i.said_other, &i.did_other,
        ],
    )?;
    Ok(())
}

/// Changes an improvement if it is still at `i.version`; returns whether it was.
pub fn update(tx: &mut Tx<'_>, i: &Improvement) -> Result<bool> {
    let verdict = i.verdict.as_ref().map(serde_json::to_string).transpose()?;
    let changed = tx.execute(
        "UPDATE improvements SET title = $3, description = $4, cause_id = $5, site_id = $6, owner_id = $7, state = $8,
             cost = $9, measure = $10, survey_id = $11, expected = $12, due_day = $13, in_place_day = $14,
             remeasure_day = $15, verdict = $16, lesson = $17, said = $18, did = $19, told_at = $20, told_n = $21,
             said_other = $22, did_other = $23, version = version + 1
         WHERE id = $1 AND version = $2",
        &[
            &i.id, &i.version, &i.title, &i.description, &i.cause, &i.site, &i.owner, &i.state.name(), &i.cost,
            &i.measure.name(), &i.survey, &i.expected, &i.due_day, &i.in_place_day, &i.remeasure_day, &verdict,
            &i.lesson, &i.said, &i.did, &i.told_at, &i.told_n, &i.said_other, &i.did_other,
        ],
    )?;
    Ok(changed == 1)
}

/// Ties a case to an improvement; once.
pub fn link(tx: &mut Tx<'_>, improvement: Id, case: Id) -> Result<()> {
    tx.execute(
        "INSERT INTO improvement_cases (improvement_id, case_id) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        &[&improvement, &case],
    )?;
    Ok(())
}

/// Ties the cases of some causes opened from a day on to an improvement; at one site or all.
pub fn link_causes(
    tx: &mut Tx<'_>,
    improvement: Id,
    causes: &[Id],
    site: Option<Id>,
    from: Day,
) -> Result<u64> {
    if causes.is_empty() {
        return Ok(0);
    }
    // Identifiers are numbers of our own making.
    let list: Vec<String> = causes.iter().map(ToString::to_string).collect();
    let sql = format!(
        "INSERT INTO improvement_cases (improvement_id, case_id)
         SELECT CAST($1 AS BIGINT), c.id FROM cases c
         WHERE c.cause_id IN ({}) AND c.opened_day >= $2 AND (CAST($3 AS BIGINT) IS NULL OR c.site_id = $3)
         ON CONFLICT DO NOTHING",
        list.join(", ")
    );
    tx.execute(&sql, &[&improvement, &from, &site])
}

/// Unties the cases of other sites than this one from an improvement.
pub fn unlink_elsewhere(tx: &mut Tx<'_>, improvement: Id, site: Id) -> Result<()> {
    tx.execute(
        "DELETE FROM improvement_cases
         WHERE improvement_id = $1 AND case_id IN (SELECT c.id FROM cases c WHERE c.site_id <> $2)",
        &[&improvement, &site],
    )?;
    Ok(())
}

/// How many cases within reach are tied to an improvement.
pub fn case_count(tx: &mut Tx<'_>, scope: &Scope, improvement: Id) -> Result<i64> {
    let sql = format!(
        "SELECT COUNT(*) FROM improvement_cases l JOIN cases c ON c.id = l.case_id
         WHERE l.improvement_id = $1 AND {}",
        scope.condition("c.site_id")
    );
    tx.query_one(&sql, &[&improvement], |row| row.get(0))
}

/// The customers of the cases within reach tied to an improvement, each once, with what stands against writing to them:
/// they refused contact on a case, or their latest decision about being contacted again is no.
pub fn concerned(tx: &mut Tx<'_>, scope: &Scope, improvement: Id) -> Result<Vec<Concerned>> {
    let sql = format!(
        "SELECT k.id, k.email, k.locale, k.site_id,
                EXISTS (SELECT 1 FROM cases r WHERE r.customer_id = k.id AND r.refusal IS NOT NULL),
                NOT COALESCE((SELECT d.granted FROM consents d WHERE d.customer_id = k.id AND d.purpose = 'call_back'
                              ORDER BY d.id DESC LIMIT 1), TRUE)
         FROM customers k
         WHERE k.id IN (SELECT c.customer_id FROM cases c JOIN improvement_cases l ON l.case_id = c.id
                        WHERE l.improvement_id = $1 AND {})
         ORDER BY k.id",
        scope.condition("c.site_id")
    );
    tx.query(&sql, &[&improvement], |row| {
        let mut c = row.columns();
        let (customer, address) = (c.next()?, c.next::<Option<String>>()?);
        let locale: Option<String> = c.next()?;
        Ok(Concerned {
            customer,
            address: address.filter(|text| !text.is_empty()),
            locale: locale.and_then(|code| code.parse().ok()),
            site: c.next()?,
            has_refused: c.next()?,
            has_withdrawn: c.next()?,
        })
    })
}

/// How many cases within reach tied to an improvement name no customer.
pub fn nameless_cases(tx: &mut Tx<'_>, scope: &Scope, improvement: Id) -> Result<u64> {
    let sql = format!(
        "SELECT COUNT(*) FROM improvement_cases l JOIN cases c ON c.id = l.case_id
         WHERE l.improvement_id = $1 AND c.customer_id IS NULL AND {}",
        scope.condition("c.site_id")
    );
    tx.query_one(&sql, &[&improvement], |row| Ok(row.get::<i64>(0)?.unsigned_abs()))
}

/// The customers a mail about an improvement was made for, whatever became of it: they are not written to again.
pub fn told(tx: &mut Tx<'_>, improvement: Id) -> Result<HashSet<Id>> {
    let sql = "SELECT m.customer_id FROM mails m
         WHERE m.about_id = $1 AND m.kind = 'improvement-told' AND m.customer_id IS NOT NULL";
    Ok(tx.query(sql, &[&improvement], |row| row.get(0))?.into_iter().collect())
}

/// What became of the mails about some improvements.
pub fn mails(tx: &mut Tx<'_>, improvements: &[Id]) -> Result<HashMap<Id, Told>> {
    let mut found = HashMap::<Id, Told>::new();
    tx.each_in(
        "SELECT m.about_id, m.state, m.outcome, COUNT(*) FROM mails m
         WHERE m.kind = 'improvement-told' AND m.about_id IN (",
        ") GROUP BY m.about_id, m.state, m.outcome",
        improvements,
        |row| {
            let (state, outcome): (String, Option<String>) = (row.get(1)?, row.get(2)?);
            let state =
                mail::State::parse(&state).ok_or_else(|| Error::internal("unknown state of a mail"))?;
            let outcome = outcome.as_deref().and_then(mail::Outcome::parse);
            outcome::count_mails(
                found.entry(row.get(0)?).or_default(),
                state,
                outcome,
                row.get::<i64>(3)?.unsigned_abs(),
            );
            Ok(())
        },
    )?;
    Ok(found)
}

/// What is counted of a cause within a period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Cases.
    pub n: i64,
    /// People behind them; each case of somebody unknown is one.
    pub people: i64,
    /// Sum of the weights of their severities.
    pub severity: i64,
    /// Cost of their remedies.
    pub costs: Costs,
}

/// Cases by cause, opened within a period, within reach; `None` is those without a cause. People are told apart here:
/// the database would sort every case of a cause to do so.
pub fn counted(
    tx: &mut Tx<'_>,
    scope: &Scope,
    site: Option<Id>,
    (from, to): (Day, Day),
) -> Result<HashMap<Option<Id>, Counted>> {
    let mut weights = String::from("CASE c.severity");
    for severity in Severity::ALL {
        weights += &format!(" WHEN '{}' THEN {}", severity.name(), severity.weight());
    }
    weights += " ELSE 1 END";
    let within = format!(
        "c.opened_day >= $1 AND c.opened_day <= $2 AND (CAST($3 AS BIGINT) IS NULL OR c.site_id = $3) AND {}",
        scope.condition("c.site_id")
    );
    let (mut found, mut people) = (HashMap::<Option<Id>, Counted>::new(), HashSet::<(Option<Id>, Id)>::new());
    let sql = format!(
        "SELECT c.cause_id, COALESCE(c.customer_id, c.id), CAST({weights} AS BIGINT) FROM cases c WHERE {within}"
    );
    tx.each(&sql, &[&from, &to, &site], |row| {
        let (cause, who) = (row.get(0)?, row.get(1)?);
        let counted = found.entry(cause).or_default();
        counted.n += 1;
        counted.people += i64::from(people.insert((cause, who)));
        counted.severity += row.get::<i64>(2)?;
        Ok(true)
    })?;
    let sql = format!("SELECT c.cause_id, c.currency, c.cost FROM cases c WHERE c.cost > 0 AND {within}");
    tx.each(&sql, &[&from, &to, &site], |row| {
        let currency: String = row.get(1)?;
        found.entry(row.get(0)?).or_default().costs.add(&currency, row.get(2)?);
        Ok(true)
    })?;
    Ok(found)
}
