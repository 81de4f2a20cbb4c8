//! The list of teams and the form of one.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::organisation::{Site, SiteNames, Team};
use kernel::{Error, FieldError, Id, Result};
use web_kit::{
    App, Conflict, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect_with,
};

use super::actions;
use super::model::TeamInput;

#[derive(Template)]
#[template(path = "teams/views/list.html")]
struct ListView {
    page: Page,
    form: FormView,
    teams: Vec<Team>,
    names: SiteNames,
    sites: Vec<Site>,
    typed: TeamInput,
}

impl ListView {
    fn sites_of(&self, team: &Team) -> String {
        in_words(team.sites.iter().copied(), &self.names)
    }
    fn is_chosen(&self, site: &Site) -> bool {
        self.typed.sites.contains(&site.id)
    }
}

#[derive(Template)]
#[template(path = "teams/views/edit.html")]
struct EditView {
    page: Page,
    form: FormView,
    team: Team,
    sites: Vec<Site>,
    typed: TeamInput,
    conflict: Option<Conflict>,
}

impl EditView {
    fn is_chosen(&self, site: &Site) -> bool {
        self.typed.sites.contains(&site.id)
    }
}

fn in_words(sites: impl Iterator<Item = Id>, names: &SiteNames) -> String {
    let mut words: Vec<&str> = sites.map(|id| names.get(Some(id))).collect();
    words.sort_unstable();
    words.join(", ")
}

async fn list_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    typed: TeamInput,
    errors: Vec<FieldError>,
) -> Result<ListView> {
    let actor = me.actor().clone();
    let teams = app.read(move |tx| actions::list(tx, &actor)).await?;
    Ok(ListView {
        page: Page::new(app, me, headers, "/teams"),
        form: FormView::new(me.t(), me.csrf(), errors),
        teams,
        names: me.site_names(),
        sites: me.sites(),
        typed,
    })
}

pub(super) async fn list(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let view = list_view(&app, &me, &headers, TeamInput::default(), Vec::new()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(super) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<TeamInput>,
) -> HttpResult {
    let (actor, input) = (me.actor().clone(), typed.clone());
    match app.write(move |tx| actions::create(tx, &actor, &input)).await {
        Ok(team) => Ok(redirect_with(&app, "/teams", &Toast::done("teams-created").with("name", &team.name))),
        Err(Error::Invalid(errors)) => {
            let view = list_view(&app, &me, &headers, typed, errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

fn edit_view(app: &App, me: &SignedIn, headers: &HeaderMap, team: Team) -> EditView {
    EditView {
        page: Page::new(app, me, headers, "/teams").crumb(team.name.clone(), ""),
        form: FormView::new(me.t(), me.csrf(), Vec::new()),
        typed: TeamInput { name: team.name.clone(), sites: team.sites.clone(), version: team.version },
        sites: me.sites(),
        team,
        conflict: None,
    }
}

async fn find(app: &App, me: &SignedIn, id: Id) -> Result<Team> {
    let actor = me.actor().clone();
    app.read(move |tx| actions::find(tx, &actor, id)).await
}

pub(super) async fn edit(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    let team = find(&app, &me, id).await?;
    let view = edit_view(&app, &me, &headers, team);
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(super) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(typed): Form<TeamInput>,
) -> HttpResult {
    let (actor, input) = (me.actor().clone(), typed.clone());
    let errors = match app.write(move |tx| actions::change(tx, &actor, id, &input)).await {
        Ok(()) => {
            let toast = Toast::done("teams-changed").with("name", &typed.name);
            return Ok(redirect_with(&app, "/teams", &toast));
        }
        Err(Error::Invalid(errors)) => Some(errors),
        Err(Error::Stale(_)) => None,
        Err(other) => return Err(other.into()),
    };
    let mut view = edit_view(&app, &me, &headers, find(&app, &me, id).await?);
    let (t, names) = (me.t(), me.site_names());
    view.typed = match errors {
        Some(errors) => {
            view.form = FormView::new(t, me.csrf(), errors);
            typed
        }
        None => {
            let saved = in_words(view.team.sites.iter().copied(), &names);
            view.conflict = Some(Conflict::of([
                (t.get("teams-name"), view.team.name.clone(), typed.name.clone()),
                (t.get("teams-sites"), saved, in_words(typed.sites.iter().copied(), &names)),
            ]));
            TeamInput { version: view.team.version, ..typed }
        }
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}
