//! Opening a case by hand.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::identity::Permission;
use kernel::{Error, FieldError, Id};
use know::interactions::model::Channel;
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Query, SignedIn, Toast, html, redirect_with};

use super::refused_page;
use crate::cases::model::{CaseInput, Origin, Severity};
use crate::cases::{actions, url};
use crate::causes;

/// For whom.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ForWhom {
    customer: String,
}

#[derive(Template)]
#[template(path = "cases/views/open.html")]
struct OpenView {
    page: Page,
    form: FormView,
    input: CaseInput,
    name: String,
    severities: Vec<(String, String)>,
    causes: Vec<(String, String)>,
    sites: Vec<(String, String)>,
    channels: Vec<(String, String)>,
}

async fn view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    mut input: CaseInput,
    errors: Vec<FieldError>,
) -> HttpResult<OpenView> {
    let (actor, customer) = (me.actor().clone(), input.customer.parse::<Id>().ok());
    let (tree, name) = app
        .read(move |tx| {
            let tree = causes::actions::tree(tx, &actor)?;
            let found = customer.map(|id| know::customers::actions::read(tx, &actor, id)).transpose();
            Ok((tree, found.ok().flatten().map(|c| c.details.name()).unwrap_or_default()))
        })
        .await?;
    let t = me.t();
    let mut causes = vec![(String::new(), t.get("case-cause-unknown"))];
    causes.extend(tree.choices(t.locale(), None));
    // What the address named is no customer to be seen: somebody unknown, whose name is asked for.
    let errors = if name.is_empty() && !input.customer.is_empty() {
        input.customer.clear();
        errors.into_iter().map(at_reach).collect()
    } else {
        errors
    };
    let nobody = if name.is_empty() { "case-site-choose" } else { "case-site-of-customer" };
    let mut sites = vec![(String::new(), t.get(nobody))];
    sites.extend(me.sites().into_iter().map(|s| (s.id.to_string(), s.name)));
    Ok(OpenView {
        page: Page::new(app, me, headers, "/cases").crumb(t.get("case-open-one"), ""),
        form: FormView::new(t, me.csrf(), errors),
        input,
        name,
        severities: Severity::ALL.iter().map(|s| (s.name().to_owned(), t.get(s.key()))).collect(),
        causes,
        sites,
        channels: Channel::NOTED.iter().map(|c| (c.name().to_owned(), t.get(c.key()))).collect(),
    })
}

/// An unknown customer is told where somebody unknown is named.
fn at_reach(error: FieldError) -> FieldError {
    if error.field == "customer" { FieldError::new("reach", error.message) } else { error }
}

pub(crate) async fn form(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(whom): Query<ForWhom>,
) -> HttpResult<Response> {
    me.actor().require(Permission::CasesWrite)?;
    let input = CaseInput {
        customer: whom.customer,
        channel: Channel::Phone.name().to_owned(),
        ..CaseInput::default()
    };
    html(&view(&app, &me, &headers, input, Vec::new()).await?)
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(input): Form<CaseInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    match app.write(move |tx| actions::create(tx, &actor, &typed, Origin::Hand)).await {
        Ok(case) => {
            let toast = Toast::done("case-opened").with("reference", &case.reference);
            Ok(redirect_with(&app, &url(case.id), &toast))
        }
        Err(Error::Invalid(errors)) => {
            let view = view(&app, &me, &headers, input, errors).await?;
            refused_page(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}
