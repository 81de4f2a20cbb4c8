//! Pages about causes.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::identity::Permission;
use kernel::{Error, FieldError, Id};
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect_with};

use super::model::{Cause, CauseInput, Tree};
use super::{actions, rules};

struct Row {
    cause: Cause,
    name: String,
    depth: usize,
    cases: i64,
}

#[derive(Template)]
#[template(path = "causes/views/list.html")]
struct ListView {
    page: Page,
    form: FormView,
    input: CauseInput,
    rows: Vec<Row>,
    parents: Vec<(String, String)>,
    importances: Vec<(String, String)>,
    may_manage: bool,
}

pub(crate) async fn list(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult<Response> {
    let view = list_view(&app, &me, &headers, CauseInput::default(), Vec::new()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

async fn list_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    input: CauseInput,
    errors: Vec<FieldError>,
) -> HttpResult<ListView> {
    let actor = me.actor().clone();
    let (tree, counts) = app.read(move |tx| actions::counted(tx, &actor)).await?;
    let t = me.t();
    let row = |branch: &super::model::Branch| Row {
        name: branch.cause.name(t.locale()).to_owned(),
        depth: branch.depth,
        cases: counts.get(&branch.cause.id).copied().unwrap_or(0),
        cause: branch.cause.clone(),
    };
    Ok(ListView {
        page: Page::new(app, me, headers, "/causes"),
        form: FormView::new(t, me.csrf(), errors),
        input,
        rows: tree.branches().iter().map(row).collect(),
        parents: parents(me, &tree, None),
        importances: importances(me),
        may_manage: me.actor().require_whole(Permission::CasesManage).is_ok(),
    })
}

fn parents(me: &SignedIn, tree: &Tree, chosen: Option<Id>) -> Vec<(String, String)> {
    let mut all = vec![(String::new(), me.t().get("cause-no-parent"))];
    all.extend(tree.choices(me.t().locale(), chosen));
    all
}

fn importances(me: &SignedIn) -> Vec<(String, String)> {
    (1..=5).map(|n: i64| (n.to_string(), me.t().get(&format!("cause-importance-{n}")))).collect()
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(input): Form<CauseInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    match app.write(move |tx| actions::create(tx, &actor, &typed)).await {
        Ok(cause) => {
            let toast = Toast::done("cause-added").with("name", cause.name(me.t().locale()));
            Ok(redirect_with(&app, "/causes", &toast))
        }
        Err(Error::Invalid(errors)) => {
            let view = list_view(&app, &me, &headers, input, errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn plant(State(app): State<App>, me: SignedIn) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    app.write(move |tx| actions::plant(tx, &actor, t)).await?;
    Ok(redirect_with(&app, "/causes", &Toast::done("cause-planted")))
}

#[derive(Template)]
#[template(path = "causes/views/edit.html")]
struct EditView {
    page: Page,
    form: FormView,
    id: Id,
    name: String,
    input: CauseInput,
    parents: Vec<(String, String)>,
    importances: Vec<(String, String)>,
    is_stale: bool,
}

pub(crate) async fn edit(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (cause, tree) = app.read(move |tx| actions::changeable(tx, &actor, id)).await?;
    let input = rules::to_input(&cause);
    web_kit::html(&edit_view(&app, &me, &headers, (&cause, &tree), input, Vec::new()))
}

fn edit_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    (cause, tree): (&Cause, &Tree),
    input: CauseInput,
    errors: Vec<FieldError>,
) -> EditView {
    let name = cause.name(me.t().locale()).to_owned();
    EditView {
        page: Page::new(app, me, headers, "/causes").crumb(name.clone(), ""),
        form: FormView::new(me.t(), me.csrf(), errors),
        id: cause.id,
        name,
        input,
        parents: parents(me, tree, cause.parent),
        importances: importances(me),
        is_stale: false,
    }
}

pub(crate) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(input): Form<CauseInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    let version = input.version.parse().unwrap_or(0);
    let outcome = app.write(move |tx| actions::change(tx, &actor, id, version, &typed)).await;
    let (errors, is_stale) = match outcome {
        Ok(_) => return Ok(redirect_with(&app, "/causes", &Toast::done("cause-saved"))),
        Err(Error::Invalid(errors)) => (errors, false),
        Err(Error::Stale(_)) => (Vec::new(), true),
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    let (cause, tree) = app.read(move |tx| actions::changeable(tx, &actor, id)).await?;
    let input = CauseInput { version: cause.version.to_string(), ..input };
    let view = EditView { is_stale, ..edit_view(&app, &me, &headers, (&cause, &tree), input, errors) };
    html_with(if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}
