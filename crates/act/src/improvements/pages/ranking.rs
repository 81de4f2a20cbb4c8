//! Causes, heaviest first.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::texts::T;
use kernel::{Error, FieldError, Id};
use serde::Deserialize;
use web_kit::{App, FormView, HttpResult, Page, Query, SignedIn, csv_response, html_with};

use crate::improvements::{Ranked, actions, ranked_cases, ranking as ranked};

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

fn row(t: T, name: String, r: &Ranked, heaviest: i64) -> RankRow {
    let of_cause = |n: i64| if r.cause.is_some() { t.count(n) } else { String::new() };
    RankRow {
        cause: r.cause,
        name,
        n: t.count(r.n),
        below: if r.with_below > r.n { t.one("ranking-below", "n", r.with_below) } else { String::new() },
        share: t.percent(r.share, 0),
        severity: t.decimal(r.severity, 1),
        importance: of_cause(r.importance),
        weight: of_cause(r.weight),
        bar: r.weight * 10 / heaviest,
        people: t.one("ranking-people", "n", r.people),
        is_vocal: r.is_vocal,
        cost: r.costs.in_words(t),
        improvement: r.improvement,
    }
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
    form: FormView,
    q: RankQuery,
    rows: Vec<RankRow>,
    sites: Vec<(String, String)>,
    may_begin: bool,
}

fn view(app: &App, me: &SignedIn, headers: &HeaderMap, q: RankQuery, errors: Vec<FieldError>) -> RankingView {
    RankingView {
        page: Page::new(app, me, headers, "/causes/ranking"),
        form: FormView::new(me.t(), me.csrf(), errors),
        q,
        rows: Vec::new(),
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        may_begin: actions::may_begin(me.actor()),
    }
}

pub(crate) async fn ranking(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<RankQuery>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), q.clone());
    let outcome = app
        .read(move |tx| {
            let (site, period) = ranked_cases(tx, &typed.from, &typed.to, &typed.site)?;
            Ok((period, ranked(tx, &actor, site, period)?))
        })
        .await;
    let ((from, to), (tree, found)) = match outcome {
        Ok(read) => read,
        Err(Error::Invalid(errors)) => {
            let view = view(&app, &me, &headers, q, errors);
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
        Err(other) => return Err(other.into()),
    };
    let t = me.t();
    let heaviest = found.iter().map(|r| r.weight).max().unwrap_or(0).max(1);
    let name = |r: &Ranked| match r.cause {
        Some(_) => tree.path(r.cause, t.locale()),
        None => t.get("ranking-no-cause"),
    };
    let q = RankQuery { from: from.to_string(), to: to.to_string(), ..q };
    let view = RankingView {
        rows: found.iter().map(|r| row(t, name(r), r, heaviest)).collect(),
        ..view(&app, &me, &headers, q, Vec::new())
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// The ranking as a file.
pub(crate) async fn ranking_file(
    Shared(app): Shared<App>,
    me: SignedIn,
    Query(q): Query<RankQuery>,
) -> HttpResult<Response> {
    let today = me.today(&app);
    let (actor, t) = (me.actor().clone(), me.t());
    let text = app
        .read(move |tx| {
            let (site, period) = ranked_cases(tx, &q.from, &q.to, &q.site)?;
            actions::ranking_csv(tx, &actor, t, site, period)
        })
        .await?;
    Ok(csv_response(&format!("{}-{today}.csv", t.get("ranking-file")), text))
}
