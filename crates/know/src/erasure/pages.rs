//! The page that asks before a customer is erased.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::{Error, FieldError, Id};
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect_with};

use super::{Reason, actions};
use crate::customers;

/// What was decided.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Decided {
    reason: String,
    name: String,
}

#[derive(Template)]
#[template(path = "erasure/views/form.html")]
struct ErasureView {
    page: Page,
    form: FormView,
    id: Id,
    name: String,
    typed: Decided,
    reasons: Vec<(String, String)>,
}

async fn asked(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    typed: Decided,
    errors: Vec<FieldError>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let customer = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let (t, name) = (me.t(), customer.details.name());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = ErasureView {
        page: Page::new(app, me, headers, "/customers")
            .crumb(name.clone(), customers::sheet_url(id))
            .crumb(t.get("erasure-title"), ""),
        form: FormView::new(t, me.csrf(), errors),
        id,
        name,
        typed,
        reasons: Reason::ALL.iter().map(|r| (r.name().to_owned(), t.get(r.key()))).collect(),
    };
    html_with(status, &view)
}

pub(crate) async fn form(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    asked(&app, &me, &headers, id, Decided::default(), Vec::new()).await
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(decided): Form<Decided>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), decided.clone());
    let erased = app
        .write(move |tx| {
            let reason = Reason::parse(&typed.reason)?;
            actions::erase(tx, &actor, id, reason, &typed.name)
        })
        .await;
    match erased {
        Ok(_) => Ok(redirect_with(&app, &customers::sheet_url(id), &Toast::done("erasure-done"))),
        Err(Error::Invalid(errors)) => asked(&app, &me, &headers, id, decided, errors).await,
        Err(other) => Err(other.into()),
    }
}
