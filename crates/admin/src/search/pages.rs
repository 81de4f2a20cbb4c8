//! The palette and the search page: the same groups, drawn twice.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::Result;
use serde::Deserialize;
use web_kit::{App, Found, HttpResult, Page, Query, SignedIn, Stage, html, icon};

use super::{actions, rules};

struct Group {
    name: String,
    entries: Vec<Found>,
}

#[derive(Template)]
#[template(path = "search/views/palette.html")]
struct PaletteView {
    groups: Vec<Group>,
    nothing: String,
}

impl PaletteView {
    fn icon(&self, name: &str) -> askama::filters::Safe<String> {
        icon(name)
    }
}

#[derive(Template)]
#[template(path = "search/views/search.html")]
struct SearchView {
    page: Page,
    groups: Vec<Group>,
    q: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    q: String,
}

pub(super) async fn palette(State(app): State<App>, me: SignedIn, Query(asked): Query<Asked>) -> HttpResult {
    let groups = groups(&app, &me, &asked.q).await?;
    html(&PaletteView { groups, nothing: me.t().get("search-nothing") })
}

pub(super) async fn search(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> HttpResult {
    let groups = groups(&app, &me, &asked.q).await?;
    let page = Page::new(&app, &me, &headers, "").crumb(me.t().get("search-title"), "");
    let view =
        SearchView { page, groups, q: asked.q.chars().filter(|c| !c.is_control()).take(200).collect() };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// What rooms find comes first: whoever types a name wants the person, not a page.
async fn groups(app: &App, me: &SignedIn, typed: &str) -> Result<Vec<Group>> {
    let t = me.t();
    let offers = app.offers().for_actor(me.actor());
    let mut groups = Vec::new();
    if let Some(question) = rules::question(typed) {
        let (actor, finders) = (me.actor().clone(), offers.finders);
        let found = app.read(move |tx| actions::find(tx, &actor, &finders, &question)).await?;
        groups.extend(found.into_iter().map(|(name, entries)| Group { name: t.get(name), entries }));
    }
    let tasks = offers.tasks.iter().map(|task| entry(t.get(task.label), String::new(), task.href, task.icon));
    let pages = pages(app, me);
    for (key, entries) in [("search-do", tasks.collect()), ("search-go", pages)] {
        let entries: Vec<Found> = entries;
        let entries: Vec<Found> = entries.into_iter().filter(|e| rules::matches(&e.label, typed)).collect();
        if !entries.is_empty() {
            groups.push(Group { name: t.get(key), entries });
        }
    }
    Ok(groups)
}

fn pages(app: &App, me: &SignedIn) -> Vec<Found> {
    let t = me.t();
    let mut all = vec![entry(t.get("kit-home"), String::new(), "/", "home")];
    for stage in Stage::LOOP.into_iter().chain([Stage::Admin]) {
        let icon = if stage == Stage::Admin { "settings" } else { stage.name() };
        let nav = app.nav(stage, me.actor());
        all.extend(nav.iter().map(|n| entry(t.get(n.label), t.get(stage.key()), n.href, icon)));
    }
    all.push(entry(t.get("kit-account"), String::new(), "/account", "user"));
    all
}

fn entry(label: String, detail: String, href: &str, icon: &'static str) -> Found {
    Found { label, detail, href: href.to_owned(), icon }
}
