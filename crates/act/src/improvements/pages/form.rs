//! The form that plans an improvement.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::{Error, FieldError, Id};
use serde::Deserialize;
use understand::indicators::Measure;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, html, html_with, redirect_with,
};

use crate::improvements::model::{Improvement, ImprovementInput};
use crate::improvements::{actions, rules, url};

#[derive(Template)]
#[template(path = "improvements/views/form.html")]
struct FormPage {
    page: Page,
    form: FormView,
    title: String,
    action: String,
    input: ImprovementInput,
    causes: Vec<(String, String)>,
    sites: Vec<(String, String)>,
    owners: Vec<(String, String)>,
    measures: Vec<(String, String)>,
    surveys: Vec<(String, String)>,
    is_stale: bool,
}

/// From what an improvement begins.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct From {
    cause: String,
    case: String,
    site: String,
    words: String,
}

async fn form_page(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    known: Option<&Improvement>,
    input: ImprovementInput,
    errors: Vec<FieldError>,
) -> HttpResult<FormPage> {
    let (actor, of) = (me.actor().clone(), known.cloned());
    let offered = app.read(move |tx| actions::choices(tx, &actor, of.as_ref())).await?;
    let t = me.t();
    let any = |key: &str| vec![(String::new(), t.get(key))];
    let mut cause_choices = any("improvement-no-cause");
    cause_choices.extend(offered.causes.choices(t.locale(), input.cause.parse().ok()));
    let mut sites = if offered.everywhere { any("improvement-everywhere") } else { Vec::new() };
    sites.extend(me.sites().into_iter().map(|s| (s.id.to_string(), s.name)));
    let mut survey_choices = any("improvement-any-survey");
    survey_choices.extend(named(offered.surveys));
    let page = Page::new(app, me, headers, "/improvements");
    let (page, title, action) = match known {
        Some(i) => (page.crumb(i.title.clone(), ""), i.title.clone(), url(i.id)),
        None => {
            let title = t.get("improvement-new");
            (page.crumb(title.clone(), ""), title, "/improvements".to_owned())
        }
    };
    Ok(FormPage {
        page,
        form: FormView::new(t, me.csrf(), errors),
        title,
        action,
        input,
        causes: cause_choices,
        sites,
        owners: named(offered.owners),
        measures: Measure::ALL
            .iter()
            .map(|m| (m.name().to_owned(), t.get(&format!("indicator-{}", m.name()))))
            .collect(),
        surveys: survey_choices,
        is_stale: false,
    })
}

/// Rows as a list of choices takes them.
fn named(rows: Vec<(Id, String)>) -> Vec<(String, String)> {
    rows.into_iter().map(|(id, name)| (id.to_string(), name)).collect()
}

pub(crate) async fn new(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> HttpResult<Response> {
    let today = me.today(&app);
    let input = ImprovementInput {
        cause: from.cause,
        case: from.case,
        site: from.site,
        said: from.words.chars().take(500).collect(),
        owner: me.user().id.to_string(),
        measure: Measure::Nps.name().to_owned(),
        due: today.plus_days(30).to_string(),
        remeasure: today.plus_days(120).to_string(),
        ..ImprovementInput::default()
    };
    html(&form_page(&app, &me, &headers, None, input, Vec::new()).await?)
}

pub(crate) async fn create(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(input): Form<ImprovementInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    match app.write(move |tx| actions::create(tx, &actor, &typed)).await {
        Ok(made) => Ok(redirect_with(&app, &url(made.id), &Toast::done("improvement-created"))),
        Err(Error::Invalid(errors)) => {
            let view = form_page(&app, &me, &headers, None, input, errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn edit(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let known = app.read(move |tx| actions::writable(tx, &actor, id)).await?;
    let input = rules::to_input(&known, me.t().locale());
    html(&form_page(&app, &me, &headers, Some(&known), input, Vec::new()).await?)
}

pub(crate) async fn change(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(input): Form<ImprovementInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    let version = input.version.parse().unwrap_or(0);
    let outcome = app.write(move |tx| actions::change(tx, &actor, id, version, &typed)).await;
    let (errors, is_stale) = match outcome {
        Ok(_) => return Ok(redirect_with(&app, &url(id), &Toast::done("improvement-saved"))),
        Err(Error::Invalid(errors)) => (errors, false),
        Err(Error::Stale(_)) => (Vec::new(), true),
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    let known = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let input = ImprovementInput { version: known.version.to_string(), ..input };
    let view = FormPage { is_stale, ..form_page(&app, &me, &headers, Some(&known), input, errors).await? };
    html_with(if is_stale { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY }, &view)
}
