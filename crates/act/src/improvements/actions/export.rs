//! Improvements and the ranking as files.

use kernel::identity::Actor;
use kernel::organisation::{self, SiteNames};
use kernel::texts::T;
use kernel::{Day, Id, Result, Tx};

use super::list;
use crate::cases::store::names;
use crate::causes;
use crate::causes::model::Tree;
use crate::export::Table;
use crate::improvements::model::{Improvement, Side, Told};
use crate::improvements::ranking;

const COLUMNS: [&str; 31] = [
    "improvement-title",
    "improvement-description",
    "improvement-state",
    "improvement-cause",
    "improvement-site",
    "improvement-owner",
    "improvement-measure",
    "improvement-expected",
    "improvement-due",
    "improvement-since",
    "improvement-remeasure",
    "improvement-effect",
    "improvement-csv-before-from",
    "improvement-csv-before-to",
    "improvement-csv-before",
    "improvement-csv-before-n",
    "improvement-csv-after-from",
    "improvement-csv-after-to",
    "improvement-csv-after",
    "improvement-csv-after-n",
    "improvement-csv-difference",
    "improvement-csv-low",
    "improvement-csv-high",
    "improvement-csv-attained",
    "improvement-cost",
    "improvement-csv-currency",
    "improvement-csv-told",
    "improvement-csv-waiting",
    "improvement-csv-failed",
    "improvement-csv-doubtful",
    "improvement-csv-lesson",
];

/// The improvements of the list, one a row. The figures of those of everywhere stay empty for whoever may not see them.
///
/// # Errors
/// [`kernel::Error::Denied`] without `cases.read`.
pub fn csv(tx: &mut Tx<'_>, by: &Actor, t: T) -> Result<String> {
    let found = list(tx, by, None)?;
    let owners = names(tx, &found.iter().map(|i| i.owner).collect::<Vec<Id>>())?;
    let tree = causes::actions::tree(tx, by)?;
    let sites = SiteNames::new(&organisation::store::sites(tx)?);
    let mut table = Table::new(t, COLUMNS.map(|key| t.get(key)).to_vec())?;
    for i in &found {
        let owner = owners.get(&i.owner).cloned().unwrap_or_default();
        let row = record(t, &table, &tree, &sites, i, owner);
        table.row(row)?;
    }
    table.done()
}

fn record(
    t: T,
    table: &Table,
    tree: &Tree,
    sites: &SiteNames,
    i: &Improvement,
    owner: String,
) -> Vec<String> {
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let site = if i.site.is_some() { sites.get(i.site).to_owned() } else { t.get("improvement-everywhere") };
    let verdict = i.verdict.as_ref();
    let side = |side: Option<&Side>| {
        [
            day(side.map(|s| s.from)),
            day(side.map(|s| s.to)),
            table.number(side.and_then(|s| s.value)),
            side.map(|s| s.n.to_string()).unwrap_or_default(),
        ]
    };
    let mails = |of: fn(&Told) -> u64| i.told.as_ref().map(|told| of(told).to_string()).unwrap_or_default();
    let bounds = verdict.and_then(|v| v.interval);
    let mut cells = vec![
        i.title.clone(),
        i.description.clone(),
        t.get(i.state.key()),
        tree.path(i.cause, t.locale()),
        site,
        owner,
        t.get(&format!("indicator-{}", i.measure.name())),
        table.number(Some(i.expected)),
        day(Some(i.due_day)),
        day(i.in_place_day),
        day(Some(i.remeasure_day)),
        i.effect.map(|effect| t.get(effect.key())).unwrap_or_default(),
    ];
    cells.extend(side(verdict.map(|v| &v.before)));
    cells.extend(side(verdict.map(|v| &v.after)));
    cells.extend([
        table.number(verdict.and_then(|v| v.difference)),
        table.number(bounds.map(|(low, _)| low)),
        table.number(bounds.map(|(_, high)| high)),
        i.attained.map(|attained| t.get(attained.key())).unwrap_or_default(),
        table.amount(i.cost),
        i.currency.clone(),
        mails(|told| told.left),
        mails(|told| told.waiting),
        mails(|told| told.failed),
        mails(|told| told.doubtful),
        i.lesson.clone(),
    ]);
    cells
}

const RANKED: [&str; 10] = [
    "ranking-from",
    "ranking-to",
    "case-cause",
    "ranking-cases",
    "ranking-csv-people",
    "ranking-csv-share",
    "ranking-severity",
    "ranking-importance",
    "ranking-weight",
    "ranking-vocal",
];

/// The causes of the ranking, one a row; what remedies cost in a column for each currency.
///
/// # Errors
/// As [`ranking`].
pub fn ranking_csv(
    tx: &mut Tx<'_>,
    by: &Actor,
    t: T,
    site: Option<Id>,
    (from, to): (Day, Day),
) -> Result<String> {
    let (tree, found) = ranking(tx, by, site, (from, to))?;
    let mut currencies: Vec<&str> = found.iter().flat_map(|r| r.costs.iter().map(|(c, _)| c)).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let mut heads = RANKED.map(|key| t.get(key)).to_vec();
    heads.extend(currencies.iter().map(|c| t.one("ranking-csv-cost", "currency", *c)));
    let mut table = Table::new(t, heads)?;
    for r in &found {
        let name = if r.cause.is_some() { tree.path(r.cause, t.locale()) } else { t.get("ranking-no-cause") };
        let of_cause = |n: i64| if r.cause.is_some() { n.to_string() } else { String::new() };
        let mut cells = vec![
            from.to_string(),
            to.to_string(),
            name,
            r.n.to_string(),
            r.people.to_string(),
            table.number(Some(r.share)),
            table.number(Some(r.severity)),
            of_cause(r.importance),
            of_cause(r.weight),
            if r.is_vocal { t.get("ranking-vocal") } else { String::new() },
        ];
        cells.extend(currencies.iter().map(|c| table.amount(r.costs.of(c))));
        table.row(cells)?;
    }
    table.done()
}
