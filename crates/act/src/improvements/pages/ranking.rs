//! Causes, heaviest first.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::texts::T;
use kernel::{Day, Error, FieldError, Id, Result};
use serde::Deserialize;
use web_kit::{App, FormView, HttpResult, Page, Query, SignedIn, csv_response, html_with};

use crate::improvements::{RANKED_DAYS, Ranked, actions, ranking as ranked};
use crate::period;

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

impl RankQuery {
    /// The site and the days it names.
    fn read(&self, today: Day) -> Result<(Option<Id>, (Day, Day))> {
        let period = period::read(&self.from, &self.to, today, RANKED_DAYS)?;
        let site = match self.site.trim() {
            "" => None,
            text => Some(text.parse().map_err(|_| Error::field("site", "case-error-site"))?),
        };
        Ok((site, period))
    }
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
    let (site, (from, to)) = match q.read(me.today(&app)) {
        Ok(read) => read,
        Err(Error::Invalid(errors)) => {
            let view = view(&app, &me, &headers, q, errors);
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    let (tree, found) = app.read(move |tx| ranked(tx, &actor, site, (from, to))).await?;
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
    let (site, period) = q.read(today)?;
    let (actor, t) = (me.actor().clone(), me.t());
    let text = app.read(move |tx| actions::ranking_csv(tx, &actor, t, site, period)).await?;
    Ok(csv_response(&format!("{}-{today}.csv", t.get("ranking-file")), text))
}
