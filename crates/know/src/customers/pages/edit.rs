//! The form of a customer, with both versions when somebody else saved first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::{Error, FieldError, Id};
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, html_with, redirect_with,
};

use super::sheet_url;
use crate::customers::model::{Customer, CustomerInput, Kind, ListQuery, Role};
use crate::customers::{actions, rules};

#[derive(Template)]
#[template(path = "customers/views/form.html")]
struct EditView {
    page: Page,
    form: FormView,
    input: CustomerInput,
    title: String,
    action: String,
    back: String,
    submit: String,
    sites: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    locales: Vec<(String, String)>,
    channels: Vec<(String, String)>,
    /// The version somebody else saved meanwhile, field by field: label, theirs, ours.
    conflict: Vec<(String, String, String)>,
}

fn edit_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    subject: Option<&Customer>,
    input: CustomerInput,
    errors: Vec<FieldError>,
) -> EditView {
    let t = me.t();
    let none = || (String::new(), t.get("customer-unset"));
    let mut sites = vec![none()];
    sites.extend(me.sites().into_iter().map(|s| (s.id.to_string(), s.name)));
    let mut locales = vec![none()];
    locales.push(("fr".into(), "Français".into()));
    locales.push(("en".into(), "English".into()));
    let mut channels = vec![none()];
    channels
        .extend(rules::CHANNELS.iter().map(|c| ((*c).to_owned(), t.get(&format!("customer-channel-{c}")))));
    let base = Page::new(app, me, headers, "/customers");
    let (page, title, action, back, submit) = match subject {
        Some(customer) => {
            let name = customer.details.name();
            let url = sheet_url(customer.id);
            let page = base.crumb(name.clone(), url.clone()).crumb(t.get("customer-edit"), "");
            (page, t.one("customer-edit-of", "name", name), url.clone(), url, t.get("customer-save"))
        }
        None => {
            let page = base.crumb(t.get("customer-new"), "");
            (page, t.get("customer-new"), "/customers".into(), "/customers".into(), t.get("customer-add"))
        }
    };
    EditView {
        page,
        form: FormView::new(t, me.csrf(), errors),
        input,
        title,
        action,
        back,
        submit,
        sites,
        roles: Role::ALL.iter().map(|r| (r.name().to_owned(), t.get(r.key()))).collect(),
        kinds: Kind::ALL.iter().map(|k| (k.name().to_owned(), t.get(k.key()))).collect(),
        locales,
        channels,
        conflict: Vec::new(),
    }
}

pub(crate) async fn new_form(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<ListQuery>,
) -> HttpResult<Response> {
    me.actor().require(kernel::identity::Permission::CustomersWrite)?;
    // What was searched in vain is most likely the name to add.
    let (given, family) = q.q.trim().rsplit_once(' ').unwrap_or(("", q.q.trim()));
    let sites = me.sites();
    let input = CustomerInput {
        given_name: given.to_owned(),
        family_name: family.to_owned(),
        site: if sites.len() == 1 { sites[0].id.to_string() } else { String::new() },
        ..CustomerInput::default()
    };
    web_kit::html(&edit_view(&app, &me, &headers, None, input, Vec::new()))
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(input): Form<CustomerInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    match app.write(move |tx| actions::create(tx, &actor, &typed)).await {
        Ok(customer) => {
            let toast = Toast::done("customer-added").with("name", &customer.details.name());
            Ok(redirect_with(&app, &sheet_url(customer.id), &toast))
        }
        Err(Error::Invalid(errors)) => {
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &edit_view(&app, &me, &headers, None, input, errors))
        }
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn edit_form(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    actor.require(kernel::identity::Permission::CustomersWrite)?;
    let customer = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let input = rules::to_input(&customer);
    web_kit::html(&edit_view(&app, &me, &headers, Some(&customer), input, Vec::new()))
}

pub(crate) async fn update(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(input): Form<CustomerInput>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    let version: i64 = input.version.parse().unwrap_or(0);
    let outcome = app.write(move |tx| actions::update(tx, &actor, id, version, &typed)).await;
    let errors = match outcome {
        Ok(customer) => {
            let toast = Toast::done("customer-saved").with("name", &customer.details.name());
            return Ok(redirect_with(&app, &sheet_url(id), &toast));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Stale(_)) => return stale(&app, &me, &headers, id, input).await,
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    let customer = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let view = edit_view(&app, &me, &headers, Some(&customer), input, errors);
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Somebody else saved first: shows both versions, keeps what was typed, and saves it over theirs only when
/// sent again knowingly.
async fn stale(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    mut input: CustomerInput,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let theirs = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    let saved = rules::to_input(&theirs);
    input.version = theirs.version.to_string();
    let t = me.t();
    let differing = rules::differing(&saved, &input);
    let mut view = edit_view(app, me, headers, Some(&theirs), input, Vec::new());
    view.conflict = differing.into_iter().map(|(key, theirs, ours)| (t.get(key), theirs, ours)).collect();
    html_with(StatusCode::CONFLICT, &view)
}
