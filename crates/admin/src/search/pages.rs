//! The palette and the search page: the same groups, drawn twice.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::Result;
use kernel::texts::T;
use serde::Deserialize;
use web_kit::{App, Found, HttpResult, Page, Query, SignedIn, Stage, html, icon, query_value};

use super::actions::{self, Finds};
use super::rules;

/// A finder gives its best few: as many as this may be only some of them.
const FEW: usize = 8;

struct Group {
    name: String,
    entries: Vec<Found>,
    /// How many there are; empty when that is not known.
    count: String,
    /// Where all are listed, and how the link reads.
    all: Option<(String, String)>,
}

impl Group {
    fn new(t: T, key: &str, entries: Vec<Found>) -> Self {
        let count = if entries.len() < FEW { t.count(entries.len()) } else { String::new() };
        Self { name: t.get(key), entries, count, all: None }
    }
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
    let (groups, _) = groups(&app, &me, &asked.q).await?;
    html(&PaletteView { groups, nothing: me.t().get("search-nothing") })
}

pub(super) async fn search(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> HttpResult {
    let (mut groups, finds) = groups(&app, &me, &asked.q).await?;
    count_all(&app, &me, &asked.q, &finds, &mut groups).await?;
    let page = Page::new(&app, &me, &headers, "").crumb(me.t().get("search-title"), "");
    let view =
        SearchView { page, groups, q: asked.q.chars().filter(|c| !c.is_control()).take(200).collect() };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// What rooms find comes first: whoever types a name wants the person, not a page.
async fn groups(app: &App, me: &SignedIn, typed: &str) -> Result<(Vec<Group>, Vec<Finds>)> {
    let t = me.t();
    let offers = app.offers().for_actor(me.actor());
    let mut groups = Vec::new();
    let mut finds = Vec::new();
    if let Some(question) = rules::question(typed) {
        let (actor, finders) = (me.actor().clone(), offers.finders);
        finds = app.read(move |tx| actions::find(tx, &actor, &finders, &question)).await?;
        groups.extend(finds.iter().map(|finds| Group::new(t, finds.name, finds.found.clone())));
    }
    let tasks = offers.tasks.iter().map(|task| entry(t.get(task.label), String::new(), task.href, task.icon));
    let mut pages = pages(app, me);
    pages.extend(offers.places.iter().map(|p| entry(t.get(p.label), t.get(p.of), p.href, p.icon)));
    for (key, entries) in [("search-do", tasks.collect()), ("search-go", pages)] {
        let entries: Vec<Found> = entries;
        let entries: Vec<Found> = entries.into_iter().filter(|e| rules::matches(&e.label, typed)).collect();
        if !entries.is_empty() {
            groups.push(Group::new(t, key, entries));
        }
    }
    Ok((groups, finds))
}

/// Says how many there are in all and where: too slow for each key typed, right for a page.
async fn count_all(
    app: &App,
    me: &SignedIn,
    typed: &str,
    finds: &[Finds],
    groups: &mut [Group],
) -> Result<()> {
    let Some(question) = rules::question(typed) else { return Ok(()) };
    let t = me.t();
    for (group, finds) in groups.iter_mut().zip(finds) {
        let Some(all) = finds.all else { continue };
        let (actor, asked) = (me.actor().clone(), question.clone());
        let n = app.read(move |tx| (all.count)(tx, &actor, &asked)).await?;
        group.count = n.map(|n| t.count(n)).unwrap_or_default();
        let label = n.map_or_else(|| t.get("search-see-all"), |n| t.one(all.label, "n", n));
        group.all = Some((format!("{}{}", all.href, query_value(&question)), label));
    }
    Ok(())
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
