//! Every query about cases.

use kernel::clock::SignedDuration;
use kernel::db::{Param, Row};
use kernel::identity::Scope;
use kernel::texts::Locale;
use kernel::{Id, Instant, Result, Tx};

use super::model::{
    Case, Counts, Detail, Filter, Origin, Phase, Remedy, RunningClock, Severity, Standing, Step, StepKind,
    View,
};
use super::rules::{self, CaseRules};
use crate::clocks::{Counting, Rule, Times};

/// Puts what is told behind everything that is due: a hundred years.
const BEHIND: SignedDuration = SignedDuration::from_hours(24 * 36_525);

const COLUMNS: &str = "c.id, c.reference, c.origin, c.title, c.words, c.customer_id, c.reach, c.response_id, c.measure,
     c.score, c.site_id, c.team_id, c.owner_id, c.severity, c.cause_id, c.remedy, c.cost, c.currency, c.opened_at,
     c.opened_day, c.contact_due_at, c.contacted_at, c.told_at, c.refusal, c.closed_at, c.reopened, c.phase,
     c.clock_from, c.minutes, c.counting, c.extended_to, c.half_at, c.soon_at, c.due_at, c.clock_rule, c.alerted,
     c.import_id, c.version";

fn read(row: &Row<'_>) -> Result<Case> {
    let mut c = row.columns();
    Ok(Case {
        id: c.next()?,
        reference: c.next()?,
        origin: Origin::parse(&c.next::<String>()?)?,
        title: c.next()?,
        words: c.next()?,
        customer: c.next()?,
        reach: c.next()?,
        response: c.next()?,
        score: {
            let (measure, score): (Option<String>, Option<i64>) = (c.next()?, c.next()?);
            measure.zip(score)
        },
        site: c.next()?,
        team: c.next()?,
        owner: c.next()?,
        severity: Severity::parse(&c.next::<String>()?)?,
        cause: c.next()?,
        remedy: Remedy::parse(&c.next::<String>()?)?,
        cost: c.next()?,
        currency: c.next()?,
        opened_at: c.next()?,
        opened_day: c.next()?,
        contact_due_at: c.next()?,
        contacted_at: c.next()?,
        told_at: c.next()?,
        refusal: c.next()?,
        closed_at: c.next()?,
        reopened: c.next()?,
        clock: RunningClock {
            phase: Phase::parse(&c.next::<String>()?)?,
            from: c.next()?,
            minutes: c.next()?,
            counting: Counting::parse(&c.next::<String>()?)?,
            extended_to: c.next()?,
            times: Times {
                half_at: c.next()?,
                soon_at: c.next()?,
                due_at: c.next()?,
                rule: Rule::parse(&c.next::<String>()?)?,
            },
        },
        alerted: c.next()?,
        import: c.next()?,
        version: c.next()?,
    })
}

/// One case within reach.
pub fn get(tx: &mut Tx<'_>, scope: &Scope, id: Id) -> Result<Case> {
    let reach = scope.condition("c.site_id");
    tx.query_one(&format!("SELECT {COLUMNS} FROM cases c WHERE c.id = $1 AND {reach}"), &[&id], read)
}

/// The case of this reference, within reach.
pub fn by_reference(tx: &mut Tx<'_>, scope: &Scope, reference: &str) -> Result<Option<Case>> {
    let reach = scope.condition("c.site_id");
    let sql = format!("SELECT {COLUMNS} FROM cases c WHERE c.reference = $1 AND {reach}");
    tx.query_opt(&sql, &[&reference], read)
}

/// Cases of some customers within reach, the latest first.
pub fn of_customers(tx: &mut Tx<'_>, scope: &Scope, customers: &[Id], limit: usize) -> Result<Vec<Case>> {
    let reach = scope.condition("c.site_id");
    let before = format!("SELECT {COLUMNS} FROM cases c WHERE c.customer_id IN (");
    let after = format!(") AND {reach} ORDER BY c.id DESC LIMIT {limit}");
    let mut found = Vec::new();
    tx.each_in(&before, &after, customers, |row| {
        found.push(read(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// The open case of a customer that an answer about the same site opened, the latest: another site's is none of theirs.
pub fn open_of_customer(tx: &mut Tx<'_>, customer: Id, site: Option<Id>) -> Result<Option<Case>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM cases c WHERE c.customer_id = $1 AND c.closed_at IS NULL AND c.origin = 'answer'
           AND COALESCE(c.site_id, 0) = $2
         ORDER BY c.id DESC LIMIT 1"
    );
    let site = site.unwrap_or(Id(0));
    tx.query_opt(&sql, &[&customer, &site], read)
}

/// Adds a case.
pub fn insert(tx: &mut Tx<'_>, case: &Case) -> Result<()> {
    let (measure, score) = case.score.clone().unzip();
    let alert_at = rules::next_alert(&case.clock, case.alerted);
    let (clock, times) = (&case.clock, &case.clock.times);
    tx.execute(
        "INSERT INTO cases (id, reference, origin, title, words, customer_id, reach, response_id, measure, score,
             site_id, team_id, owner_id, severity, cause_id, remedy, cost, currency, opened_at, opened_day,
             contact_due_at, contacted_at, told_at, refusal, closed_at, reopened, phase, clock_from, minutes, counting,
             extended_to, half_at, soon_at, due_at, clock_rule, alerted, alert_at, import_id, queue_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
             $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, 1)",
        &[
            &case.id,
            &case.reference,
            &case.origin.name(),
            &case.title,
            &case.words,
            &case.customer,
            &case.reach,
            &case.response,
            &measure,
            &score,
            &case.site,
            &case.team,
            &case.owner,
            &case.severity.name(),
            &case.cause,
            &case.remedy.name(),
            &case.cost,
            &case.currency,
            &case.opened_at,
            &case.opened_day,
            &case.contact_due_at,
            &case.contacted_at,
            &case.told_at,
            &case.refusal,
            &case.closed_at,
            &case.reopened,
            &clock.phase.name(),
            &clock.from,
            &clock.minutes,
            &clock.counting.name(),
            &clock.extended_to,
            &times.half_at,
            &times.soon_at,
            &times.due_at,
            &times.rule.name(),
            &case.alerted,
            &alert_at,
            &case.import,
            &queue_at(&case.clock),
        ],
    )?;
    Ok(())
}

/// Changes a case if it is still at `case.version`; returns whether it was. What it was opened with stays.
pub fn update(tx: &mut Tx<'_>, case: &Case) -> Result<bool> {
    let alert_at = if case.is_open() { rules::next_alert(&case.clock, case.alerted) } else { None };
    let (clock, times) = (&case.clock, &case.clock.times);
    let changed = tx.execute(
        "UPDATE cases SET title = $3, team_id = $4, owner_id = $5, severity = $6, cause_id = $7, remedy = $8,
             cost = $9, contact_due_at = $10, contacted_at = $11, told_at = $12, refusal = $13, closed_at = $14,
             reopened = $15, phase = $16, clock_from = $17, minutes = $18, counting = $19, extended_to = $20,
             half_at = $21, soon_at = $22, due_at = $23, clock_rule = $24, alerted = $25, alert_at = $26, queue_at = $27,
             version = version + 1
         WHERE id = $1 AND version = $2",
        &[
            &case.id,
            &case.version,
            &case.title,
            &case.team,
            &case.owner,
            &case.severity.name(),
            &case.cause,
            &case.remedy.name(),
            &case.cost,
            &case.contact_due_at,
            &case.contacted_at,
            &case.told_at,
            &case.refusal,
            &case.closed_at,
            &case.reopened,
            &clock.phase.name(),
            &clock.from,
            &clock.minutes,
            &clock.counting.name(),
            &clock.extended_to,
            &times.half_at,
            &times.soon_at,
            &times.due_at,
            &times.rule.name(),
            &case.alerted,
            &alert_at,
            &queue_at(&case.clock),
        ],
    )?;
    Ok(changed == 1)
}

/// The instant a queue is sorted by: the deadline; whoever was told waits behind those who were not.
fn queue_at(clock: &RunningClock) -> Instant {
    match clock.phase {
        Phase::Contact | Phase::Answer => clock.times.due_at,
        Phase::Over => clock.times.due_at.plus(BEHIND),
    }
}

/// Where a page of a queue ended: the instant it is sorted by, and the case.
pub type Place = (Instant, Id);

/// A page of a queue within reach: open ones by deadline, closed ones and all by what came last.
pub fn list(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    beyond: Option<Place>,
    limit: i64,
) -> Result<Vec<Case>> {
    let (column, is_up) = order(filter.view);
    let (from, id) = beyond.unwrap_or(if is_up {
        (Instant::from_micros(i64::MIN / 2), Id(0))
    } else {
        (Instant::from_micros(i64::MAX / 2), Id(i64::MAX))
    });
    let now = tx.now();
    let mut params: Vec<&dyn Param> = vec![&from, &id, &limit];
    let (sign, way) = if is_up { (">", "ASC") } else { ("<", "DESC") };
    let mut all = conditions(scope, filter, &now, &mut params);
    all.push(format!("({column}, c.id) {sign} ($1, $2)"));
    let sql = format!(
        "SELECT {COLUMNS} FROM cases c WHERE {} ORDER BY {column} {way}, c.id {way} LIMIT $3",
        all.join(" AND ")
    );
    tx.query(&sql, &params, read)
}

/// The column a view is sorted by, and whether the smallest comes first.
const fn order(view: View) -> (&'static str, bool) {
    match view {
        View::Mine | View::Free | View::Late | View::Open => ("c.queue_at", true),
        View::Closed => ("c.closed_at", false),
        View::All => ("c.opened_at", false),
    }
}

/// The place of a case in a view.
pub fn place(view: View, case: &Case) -> Place {
    let at = match view {
        View::Mine | View::Free | View::Late | View::Open => queue_at(&case.clock),
        View::Closed => case.closed_at.unwrap_or(case.opened_at),
        View::All => case.opened_at,
    };
    (at, case.id)
}

fn conditions<'p>(
    scope: &Scope,
    filter: &'p Filter,
    now: &'p Instant,
    params: &mut Vec<&'p dyn Param>,
) -> Vec<String> {
    let mut all = vec![scope.condition("c.site_id")];
    let mut bind = |value: &'p dyn Param| {
        params.push(value);
        format!("${}", params.len())
    };
    match filter.view {
        View::Mine => all.push(match &filter.owner {
            Some(owner) => format!("c.closed_at IS NULL AND c.owner_id = {}", bind(owner)),
            None => "FALSE".to_owned(),
        }),
        View::Free => all.push("c.closed_at IS NULL AND c.owner_id IS NULL".to_owned()),
        View::Late => all.push(format!("c.closed_at IS NULL AND c.queue_at <= {}", bind(now))),
        View::Open => all.push("c.closed_at IS NULL".to_owned()),
        View::Closed => all.push("c.closed_at IS NOT NULL".to_owned()),
        View::All => {}
    }
    if let Some(site) = &filter.site {
        all.push(format!("c.site_id = {}", bind(site)));
    }
    if let Some(team) = &filter.team {
        all.push(format!("c.team_id = {}", bind(team)));
    }
    if !filter.causes.is_empty() {
        // Identifiers are numbers of our own making.
        let list: Vec<String> = filter.causes.iter().map(ToString::to_string).collect();
        all.push(format!("c.cause_id IN ({})", list.join(", ")));
    }
    if let Some(from) = &filter.from {
        all.push(format!("c.opened_day >= {}", bind(from)));
    }
    if let Some(to) = &filter.to {
        all.push(format!("c.opened_day <= {}", bind(to)));
    }
    if let Some(found) = &filter.found {
        let list: Vec<String> = found.customers.iter().map(ToString::to_string).collect();
        let of = if list.is_empty() { "NULL".to_owned() } else { list.join(", ") };
        let (reference, title) = (bind(&found.reference), bind(&found.title));
        all.push(format!(
            "(c.reference LIKE {reference} OR LOWER(c.title) LIKE {title} OR c.customer_id IN ({of}))"
        ));
    }
    match filter.standing {
        None => {}
        Some(Standing::InTime) => all.push("c.contacted_at <= c.contact_due_at".to_owned()),
        Some(Standing::TooLate) => {
            all.push(format!("COALESCE(c.contacted_at, {}) > c.contact_due_at", bind(now)));
        }
        Some(Standing::Contacted) => all.push("c.contacted_at IS NOT NULL".to_owned()),
        Some(Standing::Closed) => all.push("c.closed_at IS NOT NULL".to_owned()),
        Some(Standing::Costly) => all.push("c.cost > 0".to_owned()),
    }
    all
}

/// Every case of a filter, in the order they were opened, one after the other.
pub fn each(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    mut visit: impl FnMut(Case) -> Result<bool>,
) -> Result<()> {
    let now = tx.now();
    let mut params: Vec<&dyn Param> = Vec::new();
    let all = conditions(scope, filter, &now, &mut params);
    let sql = format!("SELECT {COLUMNS} FROM cases c WHERE {} ORDER BY c.opened_at, c.id", all.join(" AND "));
    tx.each(&sql, &params, |row| visit(read(row)?))
}

/// How many cases each part of the queue holds, within reach.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope, owner: Option<Id>) -> Result<Counts> {
    let (now, reach, owner) = (tx.now(), scope.condition("c.site_id"), owner.unwrap_or(Id(0)));
    let sql = format!(
        "SELECT COUNT(CASE WHEN c.owner_id = $1 THEN 1 END), COUNT(CASE WHEN c.owner_id IS NULL THEN 1 END),
                COUNT(CASE WHEN c.queue_at <= $2 THEN 1 END), COUNT(*)
         FROM cases c WHERE c.closed_at IS NULL AND {reach}"
    );
    tx.query_one(&sql, &[&owner, &now], |row| {
        let mut c = row.columns();
        Ok(Counts { mine: c.next()?, free: c.next()?, late: c.next()?, open: c.next()? })
    })
}

/// Cases opened, customers told and cases closed since an instant, within reach. Who was told counts even if the case
/// was opened again since; a letter that came back told nobody.
pub fn since(tx: &mut Tx<'_>, scope: &Scope, since: Instant) -> Result<[i64; 3]> {
    let (reach, first) = (scope.condition("c.site_id"), Id::first_of(since));
    let mut count = |column: &str| {
        let sql = format!("SELECT COUNT(*) FROM cases c WHERE c.{column} >= $1 AND {reach}");
        tx.query_one(&sql, &[&since], |row| row.get(0))
    };
    let (opened, closed) = (count("opened_at")?, count("closed_at")?);
    let sql = format!(
        "SELECT COUNT(DISTINCT e.subject_id) FROM events e JOIN cases c ON c.id = e.subject_id
         WHERE e.kind = 'case.told' AND e.id >= $1 AND {reach}
           AND NOT EXISTS (SELECT 1 FROM events b
                           WHERE b.subject_id = e.subject_id AND b.id > e.id AND b.kind = 'case.not-delivered')"
    );
    let told = tx.query_one(&sql, &[&first], |row| row.get(0))?;
    Ok([opened, told, closed])
}

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

/// The rules that hold, and since when; the usual ones where none were decided.
pub fn case_rules(tx: &mut Tx<'_>) -> Result<(CaseRules, Option<(Instant, String)>)> {
    let found =
        tx.query_opt("SELECT rules, at, actor_name FROM case_rules ORDER BY id DESC LIMIT 1", &[], |row| {
            Ok((row.get::<String>(0)?, row.get(1)?, row.get(2)?))
        })?;
    match found {
        Some((text, at, by)) => Ok((serde_json::from_str(&text)?, Some((at, by)))),
        None => Ok((CaseRules::default(), None)),
    }
}

/// Decides new rules; the former ones stay on record.
pub fn decide_rules(tx: &mut Tx<'_>, by: &str, rules: &CaseRules) -> Result<()> {
    let (id, now, text) = (tx.new_id(), tx.now(), serde_json::to_string(rules)?);
    tx.execute(
        "INSERT INTO case_rules (id, at, actor_name, rules) VALUES ($1, $2, $3, $4)",
        &[&id, &now, &by, &text],
    )?;
    Ok(())
}

/// The team that serves a site: the first by name.
pub fn team_of(tx: &mut Tx<'_>, site: Id) -> Result<Option<Id>> {
    tx.query_opt(
        "SELECT t.id FROM teams t JOIN team_sites s ON s.team_id = t.id WHERE s.site_id = $1 ORDER BY t.name LIMIT 1",
        &[&site],
        |row| row.get(0),
    )
}

/// Who may work on cases and reaches a site, by name: identifier, name, title.
pub fn who_can(tx: &mut Tx<'_>, roles: &[&str], site: Option<Id>) -> Result<Vec<(Id, String, String)>> {
    let roles: Vec<String> = roles.iter().map(|role| format!("'{role}'")).collect();
    // Somebody reaches a case without a site wherever they work.
    let sql = format!(
        "SELECT DISTINCT u.id, u.name, u.title FROM users u JOIN grants g ON g.user_id = u.id
         LEFT JOIN team_sites t ON t.team_id = g.team_id
         WHERE u.disabled = FALSE AND g.role IN ({})
           AND (CAST($1 AS BIGINT) IS NULL OR (g.site_id IS NULL AND g.team_id IS NULL) OR g.site_id = $1
                OR t.site_id = $1)
         ORDER BY u.name, u.id",
        roles.join(", ")
    );
    tx.query(&sql, &[&site], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// Who has one of some roles for the whole organisation.
pub fn who_can_everywhere(tx: &mut Tx<'_>, role: &str) -> Result<Vec<Id>> {
    tx.query(
        "SELECT DISTINCT u.id FROM users u JOIN grants g ON g.user_id = u.id
         WHERE u.disabled = FALSE AND g.role = $1 AND g.site_id IS NULL AND g.team_id IS NULL ORDER BY u.id",
        &[&role],
        |row| row.get(0),
    )
}

/// Names of colleagues.
pub fn names(tx: &mut Tx<'_>, users: &[Id]) -> Result<std::collections::HashMap<Id, String>> {
    let mut found = std::collections::HashMap::new();
    tx.each_in("SELECT id, name FROM users WHERE id IN (", ")", users, |row| {
        found.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    Ok(found)
}

/// Open cases whose next warning is due, the most urgent first.
pub fn to_warn(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Case>> {
    let now = tx.now();
    let sql =
        format!("SELECT {COLUMNS} FROM cases c WHERE c.alert_at <= $1 ORDER BY c.alert_at, c.id LIMIT $2");
    tx.query(&sql, &[&now, &limit], read)
}

/// Notes up to which stage a case was warned about. The case keeps its version: nobody's form is disturbed by it.
pub fn set_alerted(tx: &mut Tx<'_>, case: &Case, alerted: i64) -> Result<bool> {
    let alert_at = rules::next_alert(&case.clock, alerted);
    let done = tx.execute(
        "UPDATE cases SET alerted = $2, alert_at = $3 WHERE id = $1 AND version = $4",
        &[&case.id, &alerted, &alert_at, &case.version],
    )?;
    Ok(done == 1)
}

/// Open cases of a colleague.
pub fn open_of_owner(tx: &mut Tx<'_>, owner: Id) -> Result<Vec<Case>> {
    let sql =
        format!("SELECT {COLUMNS} FROM cases c WHERE c.closed_at IS NULL AND c.owner_id = $1 ORDER BY c.id");
    tx.query(&sql, &[&owner], read)
}

/// A clock to be worked out again.
pub struct Clocked {
    /// The case.
    pub id: Id,
    /// Its clock.
    pub clock: RunningClock,
    /// Warned about so far.
    pub alerted: i64,
}

/// Cases whose clock runs, after `after`, in order.
pub fn running(tx: &mut Tx<'_>, after: Id) -> Result<Vec<Id>> {
    // Told by phase and put in order here: in the order of identifiers, SQLite would walk through every closed case.
    let mut found = tx.query(
        "SELECT id FROM cases WHERE closed_at IS NULL AND phase IN ('contact', 'answer') AND id > $1",
        &[&after],
        |row| row.get(0),
    )?;
    found.sort_unstable();
    Ok(found)
}

/// The clocks of some cases, where they still run.
pub fn clocks(tx: &mut Tx<'_>, cases: &[Id]) -> Result<Vec<Clocked>> {
    let before =
        "SELECT id, phase, clock_from, minutes, counting, extended_to, half_at, soon_at, due_at, clock_rule,
                         alerted
                  FROM cases WHERE id IN (";
    let mut found = Vec::with_capacity(cases.len());
    tx.each_in(before, ") AND closed_at IS NULL AND phase <> 'over'", cases, |row| {
        let mut c = row.columns();
        found.push(Clocked {
            id: c.next()?,
            clock: RunningClock {
                phase: Phase::parse(&c.next::<String>()?)?,
                from: c.next()?,
                minutes: c.next()?,
                counting: Counting::parse(&c.next::<String>()?)?,
                extended_to: c.next()?,
                times: Times {
                    half_at: c.next()?,
                    soon_at: c.next()?,
                    due_at: c.next()?,
                    rule: Rule::parse(&c.next::<String>()?)?,
                },
            },
            alerted: c.next()?,
        });
        Ok(())
    })?;
    Ok(found)
}

/// Sets a clock that was worked out again. The case keeps its version: nobody's form is disturbed by it.
pub fn set_clock(tx: &mut Tx<'_>, clocked: &Clocked) -> Result<()> {
    let (times, alert_at) = (&clocked.clock.times, rules::next_alert(&clocked.clock, clocked.alerted));
    // A promise moves what is due, not whether the first contact came in time.
    let is_first = clocked.clock.phase == Phase::Contact && clocked.clock.extended_to.is_none();
    tx.execute(
        "UPDATE cases SET half_at = $2, soon_at = $3, due_at = $4, queue_at = CAST($4 AS BIGINT), clock_rule = $5, alert_at = $6,
             contact_due_at = CASE WHEN $7 THEN CAST($4 AS BIGINT) ELSE contact_due_at END
         WHERE id = $1",
        &[
            &clocked.id,
            &times.half_at,
            &times.soon_at,
            &times.due_at,
            &times.rule.name(),
            &alert_at,
            &is_first,
        ],
    )?;
    Ok(())
}

/// The customer's address and language, for a letter.
pub fn writing_to(tx: &mut Tx<'_>, customer: Id) -> Result<(Option<String>, Option<Locale>)> {
    tx.query_one("SELECT email, locale FROM customers WHERE id = $1", &[&customer], |row| {
        let locale: Option<String> = row.get(1)?;
        Ok((row.get(0)?, locale.and_then(|code| code.parse().ok())))
    })
}

/// The site, if the organisation has it.
pub fn site(tx: &mut Tx<'_>, id: Id) -> Result<Option<Id>> {
    tx.query_opt("SELECT id FROM sites WHERE id = $1", &[&id], |row| row.get(0))
}
