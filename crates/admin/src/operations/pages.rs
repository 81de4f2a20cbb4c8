//! Probes, the OpenAPI document and its readable page.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use web_kit::{App, Failure, HttpResult, Page, PublicPage, SignedIn, Visitor, html};

use super::model::Group;
use super::rules;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

fn probe(status: StatusCode, word: &str) -> Response {
    (status, [(header::CONTENT_TYPE, JSON)], format!("{{\"status\":\"{word}\"}}")).into_response()
}

/// The program runs. Asks nothing of the database: a slow one is no reason to kill the program.
pub(super) async fn health() -> Response {
    probe(StatusCode::OK, "ok")
}

/// Requests can be served: the database answers, its tables are those of this program, and it is not about to stop.
pub(super) async fn ready(State(app): State<App>) -> Response {
    if app.bell().is_stopped() {
        return probe(StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    let db = app.db().clone();
    match app.compute(move || db.is_up_to_date()).await {
        Ok(true) => probe(StatusCode::OK, "ready"),
        Ok(false) => probe(StatusCode::SERVICE_UNAVAILABLE, "migrations"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            probe(StatusCode::SERVICE_UNAVAILABLE, "database")
        }
    }
}

pub(super) async fn openapi(State(app): State<App>) -> Response {
    ([(header::CONTENT_TYPE, JSON)], app.openapi().to_owned()).into_response()
}

#[derive(Template)]
#[template(path = "operations/views/docs_signed_in.html")]
struct SignedInDocs {
    page: Page,
    groups: Vec<Group>,
    base: String,
}

#[derive(Template)]
#[template(path = "operations/views/docs_public.html")]
struct PublicDocs {
    page: PublicPage,
    groups: Vec<Group>,
    base: String,
}

/// The same page inside the shell for colleagues and alone for anybody else.
pub(super) async fn docs(
    State(app): State<App>,
    me: Result<SignedIn, Failure>,
    Visitor { t }: Visitor,
    headers: HeaderMap,
) -> HttpResult {
    let document = serde_json::from_str(app.openapi()).map_err(kernel::Error::from)?;
    let groups = rules::read(&document);
    let base = app.config().base_url();
    match me {
        Ok(me) => {
            let page = Page::new(&app, &me, &headers, "").crumb(t.get("operations-docs"), "");
            html(&SignedInDocs { page, groups, base })
        }
        Err(_) => html(&PublicDocs { page: PublicPage::new(t, ""), groups, base }),
    }
}
