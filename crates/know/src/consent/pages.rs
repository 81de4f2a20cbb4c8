//! Pages about consents.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::Id;
use serde::Deserialize;
use web_kit::{App, Form, HttpResult, Page, Path, SignedIn, Toast, redirect_with};

use super::{Decision, Purpose, actions};
use crate::customers;

/// A decision noted on the sheet.
#[derive(Deserialize)]
pub(crate) struct DecisionForm {
    purpose: String,
    granted: bool,
    #[serde(default)]
    source: String,
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(form): Form<DecisionForm>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    app.write(move |tx| {
        let purpose = Purpose::parse(&form.purpose)?;
        actions::decide(tx, &actor, id, purpose, form.granted, &form.source)
    })
    .await?;
    Ok(redirect_with(&app, &customers::sheet_url(id), &Toast::done("consent-done")))
}

#[derive(Template)]
#[template(path = "consent/views/history.html")]
struct HistoryView {
    page: Page,
    name: String,
    id: Id,
    rows: Vec<(String, Decision)>,
}

pub(crate) async fn history(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (customer, decisions) = app
        .read(move |tx| {
            let customer = customers::actions::read(tx, &actor, id)?;
            Ok((customer, actions::history(tx, &actor, id)?))
        })
        .await?;
    let zone = me.organisation().zone.clone();
    let t = me.t();
    let rows = decisions.into_iter().map(|d| (t.moment(d.at, &zone), d)).collect();
    let name = customer.details.name();
    let page = Page::new(&app, &me, &headers, "/customers")
        .crumb(name.clone(), customers::sheet_url(id))
        .crumb(t.get("consent-title"), "");
    Page::show(false, &app, &HistoryView { page, name, id, rows })
}
