//! Customers over REST.

use axum::extract::State;
use http::StatusCode;
use kernel::{Id, Instant};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{IfMatch, PageOf, Repeatable, json};
use web_kit::{App, Caller, HttpResult, Json, Path, Problem, Query};

use super::model::{Customer, CustomerInput, ListQuery, Sort};
use super::{actions, rules};

/// A customer.
#[derive(Serialize, ToSchema)]
pub(crate) struct CustomerBody {
    /// Identifier.
    #[schema(value_type = String)]
    id: Id,
    /// Name as spoken.
    name: String,
    #[serde(flatten)]
    details: CustomerInput,
    /// When we first knew them.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When this was last changed.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Instant,
    /// When we last heard from each other.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_contact_at: Option<Instant>,
    /// Version, for `If-Match`.
    version: i64,
}

impl From<&Customer> for CustomerBody {
    fn from(customer: &Customer) -> Self {
        Self {
            id: customer.id,
            name: customer.details.name(),
            details: rules::to_input(customer),
            created_at: customer.created_at,
            updated_at: customer.updated_at,
            last_contact_at: customer.last_contact_at,
            version: customer.version,
        }
    }
}

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
#[derive(Default)]
pub(crate) struct Search {
    /// Words in name, e-mail, telephone or number.
    q: String,
    /// One site.
    site: String,
    /// `prospect`, `customer` or `former`.
    role: String,
    /// `person` or `organisation`.
    kind: String,
    /// Where the previous page ended.
    cursor: String,
    /// Rows wanted, 50 unless said, 500 at most.
    limit: Option<i64>,
}

/// Customers, by identifier.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(Search),
    responses((status = 200, body = PageOf<CustomerBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(State(app): State<App>, caller: Caller, Query(search): Query<Search>) -> HttpResult {
    let limit = search.limit.unwrap_or(actions::PAGE).clamp(1, 500);
    let query = ListQuery {
        q: search.q,
        site: search.site,
        role: search.role,
        kind: search.kind,
        after: search.cursor,
        sort: Sort::Created,
        ..ListQuery::default()
    };
    let listing = app.read(move |tx| actions::list(tx, &caller.actor, &query, limit)).await?;
    let next_cursor = listing.rows.last().filter(|_| listing.has_next).map(|c| c.id.to_string());
    let items: Vec<CustomerBody> = listing.rows.iter().map(Into::into).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// Adds a customer.
#[utoipa::path(post, path = "/api/v1/customers", tag = "customers", request_body = CustomerInput,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    responses((status = 201, body = CustomerBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    body: Repeatable<CustomerInput>,
) -> HttpResult {
    let by = caller.actor.clone();
    body.create(&app, &caller, move |tx, input| {
        let customer = actions::create(tx, &by, input)?;
        Ok((format!("/api/v1/customers/{}", customer.id), CustomerBody::from(&customer)))
    })
    .await
}

/// One customer.
#[utoipa::path(get, path = "/api/v1/customers/{id}", tag = "customers",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = CustomerBody), (status = "default", body = Problem)))]
pub(crate) async fn read(State(app): State<App>, caller: Caller, Path(id): Path<Id>) -> HttpResult {
    let customer = app.read(move |tx| actions::read(tx, &caller.actor, id)).await?;
    json(StatusCode::OK, &CustomerBody::from(&customer), Some(customer.version))
}

/// Changes a customer: only the fields sent are changed.
#[utoipa::path(patch, path = "/api/v1/customers/{id}", tag = "customers", request_body = CustomerInput,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version read, from ETag")),
    responses((status = 200, body = CustomerBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(patch): Json<serde_json::Map<String, serde_json::Value>>,
) -> HttpResult {
    let customer = app
        .write(move |tx| {
            let before = actions::read(tx, &caller.actor, id)?;
            let mut fields = serde_json::to_value(rules::to_input(&before))?;
            if let Some(object) = fields.as_object_mut() {
                object.extend(patch.clone());
            }
            let input: CustomerInput = web_kit::api::parse(fields.to_string().as_bytes())?;
            actions::update(tx, &caller.actor, id, version, &input)
        })
        .await?;
    json(StatusCode::OK, &CustomerBody::from(&customer), Some(customer.version))
}
