//! The list, and the part of the home page.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::HeaderMap;
use kernel::texts::T;
use kernel::{Day, Id};
use web_kit::{App, HttpResult, Page, SignedIn, csv_response, html};

use crate::causes;
use crate::improvements::actions;
use crate::improvements::model::{Improvement, State};
use crate::improvements::rules::{self, Due};

struct Row {
    id: Id,
    title: String,
    sub: String,
    state: String,
    class: &'static str,
    next: String,
    effect: String,
    attained: String,
}

fn row(
    t: T,
    tree: &causes::model::Tree,
    sites: &kernel::organisation::SiteNames,
    today: Day,
    i: &Improvement,
) -> Row {
    let due = rules::due(i, today);
    let next = match (i.state, due) {
        (State::Planned, Due::Start) => t.one("improvement-due-start-since", "day", t.day(i.due_day)),
        (State::Planned, _) => t.one("improvement-due-start", "day", t.day(i.due_day)),
        (State::InPlace, Due::Remeasure) => {
            t.one("improvement-due-remeasure-since", "day", t.day(i.remeasure_day))
        }
        (State::InPlace, _) => t.one("improvement-due-remeasure", "day", t.day(i.remeasure_day)),
        _ => String::new(),
    };
    let about = [tree.path(i.cause, t.locale()), sites.get(i.site).to_owned()];
    Row {
        id: i.id,
        title: i.title.clone(),
        sub: about.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" · "),
        state: t.get(i.state.key()),
        class: match due {
            Due::Start | Due::Remeasure => "tag tag--soon",
            Due::Nothing => "tag tag--water",
            Due::Over => "tag tag--line",
        },
        next,
        effect: i.effect.map(|effect| t.get(effect.key())).unwrap_or_default(),
        attained: i.attained.map(|attained| t.get(attained.key())).unwrap_or_default(),
    }
}

#[derive(Template)]
#[template(path = "improvements/views/list.html")]
struct ListView {
    page: Page,
    rows: Vec<Row>,
    may_begin: bool,
}

pub(crate) async fn list(Shared(app): Shared<App>, me: SignedIn, headers: HeaderMap) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (found, tree, today) = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            Ok((actions::list(tx, &actor, None)?, tree, actions::today(tx)?))
        })
        .await?;
    let (t, sites) = (me.t(), me.site_names());
    let view = ListView {
        page: Page::new(&app, &me, &headers, "/improvements"),
        rows: found.iter().map(|i| row(t, &tree, &sites, today, i)).collect(),
        may_begin: actions::may_begin(me.actor()),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// The list as a file.
pub(crate) async fn export(Shared(app): Shared<App>, me: SignedIn) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    let text = app.read(move |tx| actions::csv(tx, &actor, t)).await?;
    Ok(csv_response(&format!("{}-{}.csv", t.get("improvement-file"), me.today(&app)), text))
}

#[derive(Template)]
#[template(path = "improvements/views/due.html")]
struct DueView {
    t: T,
    rows: Vec<Row>,
    /// How many more there are, in words.
    more: String,
}

/// Rows of the home page.
const DUE_MOST: usize = 5;

/// What is to be put in place or measured again now.
pub(crate) async fn due(Shared(app): Shared<App>, me: SignedIn) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (found, tree, today) = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            Ok((actions::list(tx, &actor, None)?, tree, actions::today(tx)?))
        })
        .await?;
    let (t, sites) = (me.t(), me.site_names());
    let is_due = |i: &&Improvement| matches!(rules::due(i, today), Due::Start | Due::Remeasure);
    let mut due: Vec<&Improvement> = found.iter().filter(is_due).collect();
    // One's own first.
    due.sort_by_key(|i| i.owner != me.user().id);
    let rows: Vec<Row> = due.iter().take(DUE_MOST).map(|i| row(t, &tree, &sites, today, i)).collect();
    let more = match due.len().saturating_sub(DUE_MOST) {
        0 => String::new(),
        n => t.one("improvement-due-more", "n", n),
    };
    html(&DueView { t, rows, more })
}
