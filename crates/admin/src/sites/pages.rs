//! The list of sites and the form of one.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::identity::Scope;
use kernel::organisation::Site;
use kernel::{Error, FieldError, Id, Result};
use serde::Deserialize;
use web_kit::{
    App, Conflict, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect_with,
};

use super::actions;
use super::model::SiteInput;
use crate::shared::Nothing;

#[derive(Template)]
#[template(path = "sites/views/list.html")]
struct ListView {
    page: Page,
    form: FormView,
    sites: Vec<Site>,
    typed: SiteInput,
    may_create: bool,
}

#[derive(Template)]
#[template(path = "sites/views/edit.html")]
struct EditView {
    page: Page,
    form: FormView,
    site: Site,
    typed: SiteInput,
    version: i64,
    conflict: Option<Conflict>,
}

async fn list_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    typed: SiteInput,
    errors: Vec<FieldError>,
) -> Result<ListView> {
    let actor = me.actor().clone();
    let may_create = actor.scope == Scope::All;
    let sites = app.read(move |tx| actions::list(tx, &actor)).await?;
    let page = Page::new(app, me, headers, "/sites");
    Ok(ListView { form: FormView::new(me.t(), me.csrf(), errors), page, sites, typed, may_create })
}

pub(super) async fn list(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let view = list_view(&app, &me, &headers, SiteInput::default(), Vec::new()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(super) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<SiteInput>,
) -> HttpResult {
    let (actor, input) = (me.actor().clone(), typed.clone());
    match app.write(move |tx| actions::create(tx, &actor, &input)).await {
        Ok(site) => Ok(redirect_with(&app, "/sites", &Toast::done("sites-created").with("name", &site.name))),
        Err(Error::Invalid(errors)) => {
            let view = list_view(&app, &me, &headers, typed, errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

fn edit_view(app: &App, me: &SignedIn, headers: &HeaderMap, site: Site) -> EditView {
    EditView {
        page: Page::new(app, me, headers, "/sites").crumb(site.name.clone(), ""),
        form: FormView::new(me.t(), me.csrf(), Vec::new()),
        typed: SiteInput { name: site.name.clone(), code: site.code.clone() },
        version: site.version,
        site,
        conflict: None,
    }
}

async fn find(app: &App, me: &SignedIn, id: Id) -> Result<Site> {
    let actor = me.actor().clone();
    app.read(move |tx| actions::find(tx, &actor, id)).await
}

pub(super) async fn edit(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    let site = find(&app, &me, id).await?;
    let view = edit_view(&app, &me, &headers, site);
    Page::show(view.page.toast.is_some(), &app, &view)
}

#[derive(Clone, Deserialize)]
pub(super) struct Change {
    #[serde(flatten)]
    input: SiteInput,
    version: String,
}

impl Change {
    fn version(&self) -> i64 {
        self.version.parse().unwrap_or(0)
    }
}

pub(super) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(typed): Form<Change>,
) -> HttpResult {
    let (actor, sent) = (me.actor().clone(), typed.clone());
    let outcome = app.write(move |tx| actions::change(tx, &actor, id, sent.version(), &sent.input)).await;
    let errors = match outcome {
        Ok(()) => {
            let toast = Toast::done("sites-changed").with("name", &typed.input.name);
            return Ok(redirect_with(&app, "/sites", &toast));
        }
        Err(Error::Invalid(errors)) => Some(errors),
        Err(Error::Stale(_)) => None,
        Err(other) => return Err(other.into()),
    };
    let mut view = edit_view(&app, &me, &headers, find(&app, &me, id).await?);
    match errors {
        Some(errors) => {
            view.form = FormView::new(me.t(), me.csrf(), errors);
            view.version = typed.version();
        }
        None => {
            let t = me.t();
            view.conflict = Some(Conflict::of([
                (t.get("sites-name"), view.site.name.clone(), typed.input.name.clone()),
                (t.get("sites-code"), view.site.code.clone(), typed.input.code.clone()),
            ]));
        }
    }
    view.typed = typed.input;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

pub(super) async fn close(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::close(tx, &actor, id)).await?;
    let toast = Toast::done("sites-closed").undo(&format!("/sites/{id}/reopening"));
    Ok(redirect_with(&app, "/sites", &toast))
}

pub(super) async fn reopen(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::reopen(tx, &actor, id)).await?;
    Ok(redirect_with(&app, "/sites", &Toast::done("sites-reopened")))
}
