//! Cases as a file: every row behind the board, so that its figures can be worked out again by hand.

use axum::extract::State;
use axum::response::Response;
use kernel::texts::T;
use kernel::{Error, Instant};
use know::customers::rules::harmless_cell;
use web_kit::{App, HttpResult, Query, SignedIn, csv_response};

use super::actions;
use super::model::Case;
use super::pages::queue::QueueQuery;
use super::store;
use crate::causes;

const COLUMNS: [&str; 20] = [
    "case-csv-reference",
    "case-origin",
    "case-title",
    "case-site",
    "case-csv-team",
    "case-owner",
    "case-severity",
    "case-cause",
    "case-csv-measure",
    "case-csv-score",
    "case-csv-opened",
    "case-csv-contact-due",
    "case-csv-contacted",
    "case-csv-told",
    "case-csv-closed",
    "case-csv-due",
    "case-remedy",
    "case-cost",
    "case-csv-currency",
    "case-csv-reopened",
];

/// The cases of the queue that is shown.
pub(super) async fn csv(
    State(app): State<App>,
    me: SignedIn,
    Query(q): Query<QueueQuery>,
) -> HttpResult<Response> {
    let (actor, t, sites) = (me.actor().clone(), me.t(), me.site_names());
    actor.require(kernel::identity::Permission::CasesRead)?;
    let body = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            let teams: std::collections::HashMap<_, _> = kernel::organisation::store::teams(tx)?
                .into_iter()
                .map(|team| (team.id, team.name))
                .collect();
            let owners: std::collections::HashMap<_, _> =
                kernel::identity::store::users(tx)?.into_iter().map(|user| (user.id, user.name)).collect();
            let filter = actions::find(tx, &actor, q.filter(actor.user(), &tree), &q.q)?;
            let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
            out.write_record(COLUMNS.map(|key| t.get(key))).map_err(Error::caused)?;
            store::each(tx, &actor.scope, &filter, |case| {
                let team = case.team.and_then(|id| teams.get(&id)).cloned().unwrap_or_default();
                let owner = case.owner.and_then(|id| owners.get(&id)).cloned().unwrap_or_default();
                let site = sites.get(case.site).to_owned();
                let record = record(t, &tree, &case, [site, team, owner]);
                out.write_record(record.map(harmless_cell)).map_err(Error::caused)?;
                Ok(true)
            })?;
            out.into_inner().map_err(|e| Error::caused(e.into_error()))
        })
        .await?;
    let text = String::from_utf8(body).map_err(Error::caused)?;
    Ok(csv_response(&format!("{}.csv", t.get("case-file")), text))
}

fn record(t: T, tree: &causes::model::Tree, case: &Case, places: [String; 3]) -> [String; 20] {
    let [site, team, owner] = places;
    let at = |instant: Option<Instant>| instant.map(|at| at.to_string()).unwrap_or_default();
    let (measure, score) = case.score.clone().unzip();
    [
        case.reference.clone(),
        t.get(case.origin.key()),
        case.title.clone(),
        site,
        team,
        owner,
        t.get(case.severity.key()),
        tree.path(case.cause, t.locale()),
        measure.unwrap_or_default(),
        score.map(|score: i64| score.to_string()).unwrap_or_default(),
        at(Some(case.opened_at)),
        at(Some(case.contact_due_at)),
        at(case.contacted_at),
        at(case.told_at),
        at(case.closed_at),
        at(case.is_open().then_some(case.clock.times.due_at)),
        t.get(case.remedy.key()),
        format!("{:.2}", case.cost as f64 / 100.0),
        case.currency.clone(),
        case.reopened.to_string(),
    ]
}
