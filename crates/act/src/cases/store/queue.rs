//! The queue: pages of cases in the order of their deadlines, what each part of it holds, promises that fall due.

use kernel::clock::{SignedDuration, Zone};
use kernel::db::Param;
use kernel::identity::Scope;
use kernel::{Day, Id, Instant, Result, Tx};

use super::rows::{COLUMNS, read};
use crate::cases::model::{Case, Counts, Filter, Phase, RunningClock, Sort, Standing, View};
use crate::cases::rules::Due;

/// Puts what is told behind everything that is due: a hundred years.
const BEHIND: SignedDuration = SignedDuration::from_hours(24 * 36_525);
/// Tells the place of a danger, which goes before everything else, from any other: a thousand years earlier.
const FIRST: SignedDuration = SignedDuration::from_hours(24 * 365_250);

/// The time within which a customer is told, as instants are kept.
const MONTH: i64 = Standing::TOLD_WITHIN * 3_600 * 1_000_000;

/// The instant a queue is sorted by: the deadline; whoever was told waits behind those who were not.
pub(super) fn queue_at(clock: &RunningClock) -> Instant {
    match clock.phase {
        Phase::Contact | Phase::Answer => clock.times.due_at,
        Phase::Over => clock.times.due_at.plus(BEHIND),
    }
}

/// Where a page of a queue ended: the instant it is sorted by, and the case.
pub type Place = (Instant, Id);

/// Which rows of a queue.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Only what lies beyond this place, in the direction read.
    pub beyond: Option<Place>,
    /// Read from the end towards the beginning; the rows come in the order of the queue all the same.
    pub is_back: bool,
    /// Rows at most.
    pub limit: i64,
}

impl Window {
    /// So many rows behind a place.
    pub const fn behind(beyond: Option<Place>, limit: i64) -> Self {
        Self { beyond, is_back: false, limit }
    }
}

/// A page of a queue within reach, in the order its filter asks for: by deadline, dangers before all others.
pub fn list(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, window: Window) -> Result<Vec<Case>> {
    let mut found = if filter.is_by_deadline() {
        by_deadline(tx, scope, filter, window)?
    } else {
        page(tx, scope, filter, None, window)?
    };
    if window.is_back {
        found.reverse();
    }
    Ok(found)
}

/// Dangers, then everything else; the other way round where it is read backwards.
fn by_deadline(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, window: Window) -> Result<Vec<Case>> {
    let is_danger = |place: &Place| place.0 < Instant::from_micros(0).minus(FIRST / 2);
    let (at_danger, beyond) = match window.beyond {
        Some(place) if is_danger(&place) => (true, Some((place.0.plus(FIRST), place.1))),
        calm => (false, calm),
    };
    let mut parts = if window.is_back { vec![CALM, DANGER] } else { vec![DANGER, CALM] };
    if let (Some(_), true) = (beyond, at_danger == window.is_back) {
        parts.remove(0);
    }
    let mut found = Vec::new();
    for (n, part) in parts.into_iter().enumerate() {
        let left = window.limit - found.len() as i64;
        if left > 0 {
            let window = Window { beyond: beyond.filter(|_| n == 0), limit: left, ..window };
            found.extend(page(tx, scope, filter, Some(part), window)?);
        }
    }
    Ok(found)
}

/// A danger that waits for us, as the index of them says it; and everything else.
const DANGER: &str = "c.closed_at IS NULL AND c.severity = 'critical' AND c.phase <> 'over'";
const CALM: &str = "(c.severity <> 'critical' OR c.phase = 'over')";

fn page(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    only: Option<&str>,
    window: Window,
) -> Result<Vec<Case>> {
    let (column, is_up) = order(filter);
    let is_up = is_up != window.is_back;
    let (from, id) = window.beyond.unwrap_or(if is_up {
        (Instant::from_micros(i64::MIN / 2), Id(0))
    } else {
        (Instant::from_micros(i64::MAX / 2), Id(i64::MAX))
    });
    let now = tx.now();
    let mut params: Vec<&dyn Param> = vec![&from, &id, &window.limit];
    let (sign, way) = if is_up { (">", "ASC") } else { ("<", "DESC") };
    let mut all = conditions(scope, filter, only, &now, &mut params);
    all.extend(only.map(str::to_owned));
    all.push(format!("({column}, c.id) {sign} ($1, $2)"));
    let sql = format!(
        "SELECT {COLUMNS} FROM cases c WHERE {} ORDER BY {column} {way}, c.id {way} LIMIT $3",
        all.join(" AND ")
    );
    tx.query(&sql, &params, read)
}

/// The column a queue is sorted by, and whether the smallest comes first.
const fn order(filter: &Filter) -> (&'static str, bool) {
    match (filter.sort, filter.view) {
        (Sort::Oldest, _) => ("c.opened_at", true),
        (Sort::Newest, _) | (_, View::All) => ("c.opened_at", false),
        (_, View::Closed) => ("c.closed_at", false),
        (_, View::Mine | View::Free | View::Late | View::Open) => ("c.queue_at", true),
    }
}

/// The place of a case in a queue.
pub fn place(filter: &Filter, case: &Case) -> Place {
    let at = match (filter.sort, filter.view) {
        (Sort::Newest | Sort::Oldest, _) | (_, View::All) => case.opened_at,
        (_, View::Closed) => case.closed_at.unwrap_or(case.opened_at),
        _ if case.is_danger() => queue_at(&case.clock).minus(FIRST),
        _ => queue_at(&case.clock),
    };
    (at, case.id)
}

/// How many cases a queue holds, or a part of it by what is due when: counted as far as [`Counts::EXACT`] and one more.
pub fn count(tx: &mut Tx<'_>, scope: &Scope, filter: &Filter, part: Option<(Due, &Zone)>) -> Result<i64> {
    let now = tx.now();
    let range = part.map_or(now..now, |(due, zone)| due.range(zone, now));
    let mut params: Vec<&dyn Param> = Vec::new();
    let only = part.map(|(due, _)| if due == Due::Danger { DANGER } else { CALM });
    let mut all = conditions(scope, filter, only, &now, &mut params);
    all.extend(only.map(str::to_owned));
    match part {
        None | Some((Due::Danger, _)) => {}
        Some((Due::Told, _)) => all.push("c.phase = 'over'".to_owned()),
        Some(_) => {
            params.push(&range.start);
            all.push(format!("c.queue_at >= ${}", params.len()));
            params.push(&range.end);
            all.push(format!("c.queue_at < ${}", params.len()));
        }
    }
    let (all, most) = (all.join(" AND "), Counts::EXACT + 1);
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM cases c WHERE {all} LIMIT {most}) p");
    tx.query_one(&sql, &params, |row| row.get(0))
}

fn conditions<'p>(
    scope: &Scope,
    filter: &'p Filter,
    only: Option<&str>,
    now: &'p Instant,
    params: &mut Vec<&'p dyn Param>,
) -> Vec<String> {
    // Dangers are few: with the sign, SQLite reads their own index instead of all that a site has or nobody carries.
    let sign = if only == Some(DANGER) { "+" } else { "" };
    let mut all = vec![scope.condition(&format!("{sign}c.site_id"))];
    let mut bind = |value: &'p dyn Param| {
        params.push(value);
        format!("${}", params.len())
    };
    match filter.view {
        View::Mine => all.push(match &filter.owner {
            Some(owner) => format!("c.closed_at IS NULL AND {sign}c.owner_id = {}", bind(owner)),
            None => "FALSE".to_owned(),
        }),
        View::Free => all.push(format!("c.closed_at IS NULL AND {sign}c.owner_id IS NULL")),
        View::Late => all.push(format!("c.closed_at IS NULL AND c.queue_at <= {}", bind(now))),
        View::Open => all.push("c.closed_at IS NULL".to_owned()),
        View::Closed => all.push("c.closed_at IS NOT NULL".to_owned()),
        View::All => {}
    }
    if let Some(site) = &filter.site {
        all.push(format!("{sign}c.site_id = {}", bind(site)));
    }
    if let Some(team) = &filter.team {
        all.push(format!("c.team_id = {}", bind(team)));
    }
    if let Some(carrier) = &filter.carrier {
        all.push(format!("{sign}c.owner_id = {}", bind(carrier)));
    }
    if let Some(severity) = filter.severity {
        // A name of our own making.
        all.push(format!("c.severity = '{}'", severity.name()));
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
        let reference = bind(&found.reference);
        // SQLite uses the trigram index for LIKE only without an ESCAPE clause; words without wildcards need none.
        let holds = |word: &'p String| {
            let escape = if word.contains('\\') { " ESCAPE '\\'" } else { "" };
            format!("text LIKE {}{escape}", bind(word))
        };
        let words: Vec<String> = found.words.iter().map(holds).collect();
        let words = if words.is_empty() { "FALSE".to_owned() } else { words.join(" AND ") };
        all.push(format!(
            "(c.reference LIKE {reference} ESCAPE '\\' OR c.customer_id IN ({of})
              OR c.id IN (SELECT rowid FROM case_search WHERE {words}))"
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
        Some(Standing::ContactDue) => all.push(format!("c.contact_due_at <= {}", bind(now))),
        Some(Standing::MonthOld) => all.push(format!("c.opened_at + {MONTH} <= {}", bind(now))),
        Some(Standing::Untold) => all.push(format!(
            "c.opened_at + {MONTH} <= {} AND (c.told_at IS NULL OR c.told_at > c.opened_at + {MONTH})",
            bind(now)
        )),
        Some(Standing::Caused) => all.push("c.cause_id IS NOT NULL".to_owned()),
    }
    all
}

/// Cases of a filter in the order they were opened, after a place, at most so many.
pub fn in_order(
    tx: &mut Tx<'_>,
    scope: &Scope,
    filter: &Filter,
    after: Option<Place>,
    limit: i64,
) -> Result<Vec<Case>> {
    let (from, id) = after.unwrap_or((Instant::from_micros(i64::MIN / 2), Id(0)));
    let now = tx.now();
    let mut params: Vec<&dyn Param> = vec![&from, &id, &limit];
    let all = conditions(scope, filter, None, &now, &mut params);
    let sql = format!(
        "SELECT {COLUMNS} FROM cases c WHERE {} AND (c.opened_at, c.id) > ($1, $2)
         ORDER BY c.opened_at, c.id LIMIT $3",
        all.join(" AND ")
    );
    tx.query(&sql, &params, read)
}

/// Cases whose promise is for a day up to `until`, those of a colleague and those nobody carries, the oldest promise
/// first.
pub fn promised(tx: &mut Tx<'_>, scope: &Scope, owner: Id, until: Day, limit: i64) -> Result<Vec<Case>> {
    let reach = scope.condition("c.site_id");
    let sql = format!(
        "SELECT {COLUMNS} FROM cases c WHERE c.promised_day <= $1 AND (c.owner_id = $2 OR c.owner_id IS NULL) AND {reach}
         ORDER BY c.promised_day, c.id LIMIT $3"
    );
    tx.query(&sql, &[&until, &owner, &limit], read)
}

/// How many cases each part of the queue holds, within reach: counted as far as [`Counts::EXACT`] and one more, so that
/// a queue costs the same however long it is.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope, owner: Option<Id>) -> Result<Counts> {
    let (now, reach, owner) = (tx.now(), scope.condition("c.site_id"), owner.unwrap_or(Id(0)));
    let part = |which: &str| {
        format!(
            "(SELECT COUNT(*) FROM (SELECT 1 FROM cases c WHERE c.closed_at IS NULL AND {which} AND {reach}
                                    LIMIT {}) p)",
            Counts::EXACT + 1
        )
    };
    let (mine, free) = (part("c.owner_id = $1"), part("c.owner_id IS NULL"));
    let (late, open) = (part("c.queue_at <= $2"), part("TRUE"));
    tx.query_one(&format!("SELECT {mine}, {free}, {late}, {open}"), &[&owner, &now], |row| {
        let mut c = row.columns();
        Ok(Counts { mine: c.next()?, free: c.next()?, late: c.next()?, open: c.next()? })
    })
}

/// Open cases of a colleague that others gave them since an instant.
pub fn handed_since(tx: &mut Tx<'_>, owner: Id, name: &str, since: Instant) -> Result<i64> {
    let first = Id::first_of(since);
    tx.query_one(
        "SELECT COUNT(*) FROM cases c WHERE c.closed_at IS NULL AND c.owner_id = $1
           AND EXISTS (SELECT 1 FROM case_steps s WHERE s.case_id = c.id AND s.id >= $2 AND s.kind = 'handed-over'
                         AND s.actor_name <> $3)",
        &[&owner, &first, &name],
        |row| row.get(0),
    )
}

/// Cases opened, customers told and cases closed since an instant, within reach. Who was told counts even if the case
/// was opened again since; a letter that came back told nobody.
pub fn since(tx: &mut Tx<'_>, scope: &Scope, since: Instant) -> Result<[i64; 3]> {
    let (reach, first) = (scope.condition("c.site_id"), Id::first_of(since));
    let mut count = |column: &str| {
        let sql = format!("SELECT COUNT(*) FROM cases c WHERE c.{column} >= $1 AND {reach}");
        tx.query_one(&sql, &[&since], |row| row.get::<i64>(0))
    };
    let (opened, told, closed) = (count("opened_at")?, count("told_at")?, count("closed_at")?);
    // A case that says nothing of it any more: what happened to it does. Those opened again are few.
    let sql = format!(
        "SELECT COUNT(DISTINCT c.id) FROM events r JOIN cases c ON c.id = r.subject_id
         WHERE r.kind IN ('case.reopened', 'case.said-again') AND r.id >= $1
           AND (c.told_at IS NULL OR c.told_at < $2) AND {reach}
           AND EXISTS (SELECT 1 FROM events e WHERE e.subject_id = c.id AND e.id >= $1 AND e.kind = 'case.told'
                         AND NOT EXISTS (SELECT 1 FROM events b WHERE b.subject_id = c.id AND b.id > e.id
                                           AND b.kind = 'case.not-delivered'))"
    );
    let told_before: i64 = tx.query_one(&sql, &[&first, &since], |row| row.get(0))?;
    Ok([opened, told + told_before, closed])
}
