//! The list of colleagues, the form of one, and the link that lets them in.

use askama::Template;
use askama::filters::Safe;
use axum::extract::State as Shared;
use http::{HeaderMap, StatusCode};
use kernel::identity::Role;
use kernel::identity::store::Grant;
use kernel::texts::T;
use kernel::{Error, FieldError, Id, Result};
use serde::Deserialize;
use web_kit::form::options_html;
use web_kit::{
    App, Conflict, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, html, html_with, initials,
    redirect_with,
};

use super::actions;
use super::model::{Colleague, ColleagueInput, Filter, Places, RoleInput, State};
use super::rules::{reach_of, role_of};
use crate::second_factor;
use crate::shared::{Nothing, OnceSecret, link};

#[derive(Template)]
#[template(path = "people/views/list.html")]
struct ListView {
    page: Page,
    rows: Vec<Row>,
    filter: Filter,
    states: Vec<(String, String)>,
}

struct Row {
    id: Id,
    name: String,
    initials: String,
    title: String,
    email: String,
    roles: Vec<String>,
    state: State,
    seen: Option<String>,
}

impl ListView {
    fn is_filtered(&self) -> bool {
        !self.filter.q.is_empty() || !self.filter.state.is_empty()
    }
}

/// The fields of a colleague, new or known.
#[derive(Template)]
#[template(path = "people/views/edit.html")]
struct EditView {
    page: Page,
    form: FormView,
    known: Option<Colleague>,
    typed: ColleagueInput,
    version: i64,
    conflict: Option<Conflict>,
    roles: Vec<(String, String)>,
    reaches: Vec<(String, String)>,
    is_me: bool,
    /// A code is asked of them after the password.
    second_factor: bool,
}

impl EditView {
    /// The roles held or typed, and two empty lines for more.
    fn role_lines(&self) -> Vec<RoleInput> {
        let blank = std::iter::repeat_n(RoleInput::default(), 2);
        self.typed.roles.iter().cloned().chain(blank).collect()
    }
    fn role_options(&self, line: &RoleInput) -> Safe<String> {
        Safe(options_html(&self.roles, &line.role))
    }
    fn reach_options(&self, line: &RoleInput) -> Safe<String> {
        Safe(options_html(&self.reaches, &reach_of(line)))
    }
}

#[derive(Template)]
#[template(path = "people/views/invited.html")]
struct InvitedView {
    page: Page,
    name: String,
    link: String,
}

pub(super) async fn list(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(filter): Query<Filter>,
) -> HttpResult {
    let (actor, wanted) = (me.actor().clone(), filter.clone());
    let (all, places) =
        app.read(move |tx| Ok((actions::list(tx, &actor, &wanted)?, actions::places(tx)?))).await?;
    let t = me.t();
    let rows = all.iter().map(|c| row(&me, c, &places)).collect();
    let mut states = vec![(String::new(), t.get("people-state-all"))];
    states.extend(
        State::ALL.iter().map(|s| (s.name().to_owned(), t.get(&format!("people-state-{}", s.name())))),
    );
    let view = ListView { page: Page::new(&app, &me, &headers, "/people"), rows, filter, states };
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn row(me: &SignedIn, colleague: &Colleague, places: &Places) -> Row {
    let (t, user) = (me.t(), &colleague.user);
    Row {
        id: user.id,
        name: user.name.clone(),
        initials: initials(&user.name),
        title: user.title.clone(),
        email: user.email.clone(),
        roles: colleague.grants.iter().map(|g| grant_in_words(t, g, places)).collect(),
        state: colleague.state,
        seen: colleague.seen_at.map(|at| t.moment(at, &me.organisation().zone)),
    }
}

fn grant_in_words(t: T, grant: &Grant, places: &Places) -> String {
    let role = t.get(&format!("role-{}", grant.role.name()));
    let site = places.sites.iter().find(|s| Some(s.id) == grant.site).map(|s| &s.name);
    let team = places.teams.iter().find(|g| Some(g.id) == grant.team).map(|g| &g.name);
    match site.or(team) {
        Some(place) => t.two("people-role-at", "role", role, "place", place),
        None => role,
    }
}

async fn edit_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    known: Option<Colleague>,
    typed: ColleagueInput,
    errors: Vec<FieldError>,
) -> Result<EditView> {
    let (actor, id) = (me.actor().clone(), known.as_ref().map(|c| c.user.id));
    let (places, factor) = app
        .read(move |tx| {
            let factor = id.map(|id| second_factor::actions::standing_of(tx, &actor, id)).transpose()?;
            Ok((actions::places(tx)?, factor))
        })
        .await?;
    let t = me.t();
    let title = known.as_ref().map_or_else(|| t.get("people-task-invite"), |c| c.user.name.clone());
    let mut roles = vec![(String::new(), t.get("people-role-none"))];
    roles.extend(Role::ALL.iter().map(|r| (r.name().to_owned(), t.get(&format!("role-{}", r.name())))));
    let mut reaches = vec![(String::new(), t.get("people-reach-all"))];
    let site = |s: &kernel::organisation::Site| {
        (format!("site:{}", s.id), t.one("people-reach-site", "name", &s.name))
    };
    let team = |g: &kernel::organisation::Team| {
        (format!("team:{}", g.id), t.one("people-reach-team", "name", &g.name))
    };
    reaches.extend(places.sites.iter().map(site));
    reaches.extend(places.teams.iter().map(team));
    Ok(EditView {
        page: Page::new(app, me, headers, "/people").crumb(title, ""),
        form: FormView::new(t, me.csrf(), errors),
        version: known.as_ref().map_or(0, |c| c.user.version),
        second_factor: factor.is_some_and(|factor| factor.since.is_some()),
        is_me: known.as_ref().is_some_and(|c| c.user.id == me.user().id),
        known,
        typed,
        conflict: None,
        roles,
        reaches,
    })
}

/// Identity and roles as the form sends them: roles and reaches are two lists of the same length.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    email: String,
    title: String,
    role: Vec<String>,
    reach: Vec<String>,
    version: i64,
}

impl Typed {
    fn input(&self) -> ColleagueInput {
        let reaches = self.reach.iter().map(String::as_str).chain(std::iter::repeat(""));
        let chosen = self.role.iter().zip(reaches).filter(|(role, _)| !role.is_empty());
        ColleagueInput {
            name: self.name.clone(),
            email: self.email.clone(),
            title: self.title.clone(),
            roles: chosen.map(|(role, reach)| role_of(role, reach)).collect(),
        }
    }
}

pub(super) async fn new(Shared(app): Shared<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    me.actor().require(kernel::identity::Permission::PeopleManage)?;
    let view = edit_view(&app, &me, &headers, None, ColleagueInput::default(), Vec::new()).await?;
    html(&view)
}

pub(super) async fn invite(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> HttpResult {
    let (actor, input, locale) = (me.actor().clone(), typed.input(), me.organisation().locale);
    let secret = OnceSecret::new("")?;
    let making = secret.clone();
    let outcome = app.write(move |tx| actions::invite(tx, &actor, &input, locale, &making.use_hash())).await;
    match outcome {
        Ok(colleague) => invited(&app, &me, &headers, &colleague, &secret),
        Err(Error::Invalid(errors)) => {
            let view = edit_view(&app, &me, &headers, None, typed.input(), errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

fn invited(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    colleague: &Colleague,
    secret: &OnceSecret,
) -> HttpResult {
    let name = colleague.user.name.clone();
    let page =
        Page::new(app, me, headers, "/people").crumb(name.clone(), format!("/people/{}", colleague.user.id));
    html(&InvitedView { page, name, link: link(app, &format!("/join/{}", secret.text())) })
}

async fn find(app: &App, me: &SignedIn, id: Id) -> Result<Colleague> {
    let actor = me.actor().clone();
    app.read(move |tx| actions::find(tx, &actor, id)).await
}

fn saved(colleague: &Colleague) -> ColleagueInput {
    let user = &colleague.user;
    ColleagueInput {
        name: user.name.clone(),
        email: user.email.clone(),
        title: user.title.clone(),
        roles: colleague.grants.iter().map(RoleInput::from).collect(),
    }
}

pub(super) async fn edit(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    let colleague = find(&app, &me, id).await?;
    let typed = saved(&colleague);
    let view = edit_view(&app, &me, &headers, Some(colleague), typed, Vec::new()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(super) async fn change(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(typed): Form<Typed>,
) -> HttpResult {
    let (actor, input, version) = (me.actor().clone(), typed.input(), typed.version);
    let errors = match app.write(move |tx| actions::change(tx, &actor, id, version, &input)).await {
        Ok(()) => {
            let toast = Toast::done("people-changed").with("name", &typed.name);
            return Ok(redirect_with(&app, "/people", &toast));
        }
        Err(Error::Invalid(errors)) => Some(errors),
        Err(Error::Stale(_)) => None,
        Err(other) => return Err(other.into()),
    };
    let colleague = find(&app, &me, id).await?;
    let conflict = match errors {
        Some(_) => None,
        None => Some(conflict(&app, me.t(), &colleague, &typed.input()).await?),
    };
    let is_stale = conflict.is_some();
    let mut view =
        edit_view(&app, &me, &headers, Some(colleague), typed.input(), errors.unwrap_or_default()).await?;
    view.conflict = conflict;
    if !is_stale {
        view.version = version;
    }
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

async fn conflict(app: &App, t: T, colleague: &Colleague, typed: &ColleagueInput) -> Result<Conflict> {
    let places = app.read(actions::places).await?;
    let words = |roles: &[RoleInput]| -> String {
        let grants = roles.iter().filter_map(|r| {
            let id = |text: &Option<String>| text.as_deref().and_then(|t| t.parse().ok());
            Some(Grant { role: r.role.parse().ok()?, site: id(&r.site), team: id(&r.team) })
        });
        grants.map(|g| grant_in_words(t, &g, &places)).collect::<Vec<_>>().join(", ")
    };
    let theirs = saved(colleague);
    Ok(Conflict::of([
        (t.get("people-name"), theirs.name.clone(), typed.name.clone()),
        (t.get("people-email"), theirs.email.clone(), typed.email.clone()),
        (t.get("people-title-label"), theirs.title.clone(), typed.title.clone()),
        (t.get("people-roles"), words(&theirs.roles), words(&typed.roles)),
    ]))
}

pub(super) async fn reinvite(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    let secret = OnceSecret::new("")?;
    let making = secret.clone();
    let colleague = app.write(move |tx| actions::reinvite(tx, &actor, id, &making.use_hash())).await?;
    invited(&app, &me, &headers, &colleague, &secret)
}

pub(super) async fn disable(
    Shared(app): Shared<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::disable(tx, &actor, id)).await?;
    let toast = Toast::done("people-disabled").undo(&format!("/people/{id}/enabling"));
    Ok(redirect_with(&app, "/people", &toast))
}

pub(super) async fn enable(
    Shared(app): Shared<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::enable(tx, &actor, id)).await?;
    Ok(redirect_with(&app, "/people", &Toast::done("people-enabled")))
}
