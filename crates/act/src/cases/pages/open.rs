//! Opening a case by hand.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::identity::{Actor, Permission};
use kernel::{Error, FieldError, Id, Result, Tx};
use know::customers::model::Customer;
use know::interactions::model::Channel;
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Query, SignedIn, Toast, html, redirect_with};

use super::refused_page;
use crate::cases::model::{Case, CaseInput, Origin, Severity};
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
    /// Customers who are reached the way that was typed.
    known: Vec<Known>,
    /// What is open already for the customer it is for.
    open: Vec<OpenCase>,
}

/// A customer whom a number or an address reaches.
struct Known {
    id: Id,
    name: String,
    site: String,
    open: Vec<OpenCase>,
}

/// A case that is open already.
struct OpenCase {
    href: String,
    title: String,
    is_danger: bool,
}

/// Cases of a customer that are looked through for open ones.
const LATEST: usize = 20;

/// What is open for a customer.
fn open_of(tx: &mut Tx<'_>, by: &Actor, customer: Id) -> Result<Vec<OpenCase>> {
    let found = actions::of_customer(tx, by, customer, LATEST)?;
    let open = found.into_iter().filter(Case::is_open);
    let shown =
        open.map(|case| OpenCase { href: url(case.id), is_danger: case.is_danger(), title: case.title });
    Ok(shown.collect())
}

/// Everything the page reads.
struct Read {
    tree: causes::model::Tree,
    customer: Option<Customer>,
    open: Vec<OpenCase>,
    known: Vec<Known>,
}

fn read(tx: &mut Tx<'_>, me: &SignedIn, input: &CaseInput, is_known: bool) -> Result<Read> {
    let by = me.actor();
    let asked = input.customer.parse::<Id>().ok();
    let customer = match asked.map(|id| know::customers::actions::read(tx, by, id)) {
        Some(Err(Error::NotFound | Error::Denied(_))) | None => None,
        Some(found) => Some(found?),
    };
    let reached = if is_known { actions::reached_by(tx, by, &input.reach)? } else { Vec::new() };
    let mut known = Vec::with_capacity(reached.len());
    for found in reached {
        known.push(Known {
            id: found.id,
            name: found.details.name(),
            site: me.site_names().get(found.details.site).to_owned(),
            open: open_of(tx, by, found.id)?,
        });
    }
    let open = match &customer {
        Some(customer) => open_of(tx, by, customer.id)?,
        None => Vec::new(),
    };
    Ok(Read { tree: causes::actions::tree(tx, by)?, customer, open, known })
}

async fn view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    mut input: CaseInput,
    errors: Vec<FieldError>,
) -> HttpResult<OpenView> {
    let is_known = errors.iter().any(|error| error.message.key == "case-error-known");
    let (who, typed) = (me.clone(), input.clone());
    let found = app.read(move |tx| read(tx, &who, &typed, is_known)).await?;
    let t = me.t();
    let Read { tree, customer, open, known } = found;
    let mut causes = vec![(String::new(), t.get("case-cause-unknown"))];
    causes.extend(tree.choices(t.locale(), None));
    let is_erased = customer.as_ref().is_some_and(|customer| customer.erased_at.is_some());
    let name = customer.filter(|_| !is_erased).map(|found| found.details.name()).unwrap_or_default();
    // What the address named is no customer to be seen: somebody unknown, whose name is asked for.
    let mut errors = errors;
    if name.is_empty() && !input.customer.is_empty() {
        input.customer.clear();
        errors = errors.into_iter().map(at_reach).collect();
        if is_erased && errors.is_empty() {
            errors.push(FieldError::new("reach", "erasure-error-done"));
        }
    }
    let mut sites: Vec<(String, String)> =
        me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect();
    if sites.len() != 1 || !name.is_empty() {
        let nobody = if name.is_empty() { "case-site-choose" } else { "case-site-of-customer" };
        sites.insert(0, (String::new(), t.get(nobody)));
    }
    Ok(OpenView {
        page: Page::new(app, me, headers, "/cases").crumb(t.get("case-open-one"), ""),
        form: FormView::new(t, me.csrf(), errors),
        input,
        name,
        severities: Severity::ALL.iter().map(|s| (s.name().to_owned(), t.get(s.key()))).collect(),
        causes,
        sites,
        known,
        open: if is_erased { Vec::new() } else { open },
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
