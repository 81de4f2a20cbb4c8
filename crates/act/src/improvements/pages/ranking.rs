//! Causes, heaviest first.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::HeaderMap;
use kernel::{Day, Id};
use serde::Deserialize;
use web_kit::{App, HttpResult, Page, Query, SignedIn};

use crate::improvements::{actions, ranking as ranked};

/// Days the ranking looks back.
const RANKED_DAYS: i64 = 90;

struct RankRow {
    cause: Option<Id>,
    name: String,
    n: String,
    /// How many the list behind the cause holds, when that is more.
    below: String,
    share: String,
    severity: String,
    importance: String,
    weight: String,
    /// Tenths of the heaviest weight.
    bar: i64,
    people: String,
    is_vocal: bool,
    cost: String,
    improvement: Option<Id>,
}

/// Which cases are ranked.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RankQuery {
    site: String,
    from: String,
    to: String,
}

#[derive(Template)]
#[template(path = "improvements/views/ranking.html")]
struct RankingView {
    page: Page,
    q: RankQuery,
    rows: Vec<RankRow>,
    sites: Vec<(String, String)>,
    may_begin: bool,
}

pub(crate) async fn ranking(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<RankQuery>,
) -> HttpResult<Response> {
    let today = me.today(&app);
    let to = q.to.parse::<Day>().unwrap_or(today);
    let from = q.from.parse::<Day>().unwrap_or_else(|_| to.plus_days(-RANKED_DAYS));
    let (actor, site) = (me.actor().clone(), q.site.parse::<Id>().ok());
    let (tree, found) = app.read(move |tx| ranked(tx, &actor, site, from, to)).await?;
    let t = me.t();
    let heaviest = found.iter().map(|r| r.weight).max().unwrap_or(0).max(1);
    let currency = me.organisation().currency.clone();
    let rows = found
        .iter()
        .map(|r| RankRow {
            cause: r.cause,
            name: if r.cause.is_some() { tree.path(r.cause, t.locale()) } else { t.get("ranking-no-cause") },
            n: t.count(r.n),
            below: if r.with_below > r.n { t.one("ranking-below", "n", r.with_below) } else { String::new() },
            share: t.percent(r.share, 0),
            severity: t.decimal(r.severity, 1),
            importance: if r.cause.is_some() { t.count(r.importance) } else { String::new() },
            weight: if r.cause.is_some() { t.count(r.weight) } else { String::new() },
            bar: r.weight * 10 / heaviest,
            people: t.one("ranking-people", "n", r.people),
            is_vocal: r.is_vocal,
            cost: if r.cost > 0 { t.money(r.cost, &currency) } else { String::new() },
            improvement: r.improvement,
        })
        .collect();
    let view = RankingView {
        page: Page::new(&app, &me, &headers, "/causes/ranking"),
        q: RankQuery { from: from.to_string(), to: to.to_string(), ..q },
        rows,
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        may_begin: actions::may_begin(me.actor()),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}
