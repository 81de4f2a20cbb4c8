//! Errors of the API: problem documents (RFC 9457) in the caller's language.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use kernel::texts::T;
use kernel::{Error, Message};
use serde::Serialize;
use utoipa::ToSchema;

use crate::failure::status;

/// What went wrong, in a form programs can read.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Stable name of the kind of problem: `/problems/not-found`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind, in a few words.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// What happened and what to do.
    pub detail: String,
    /// Wrong fields, for an invalid body.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
}

/// One wrong field.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemField {
    /// Name of the field.
    pub field: String,
    /// What is wrong and what would be accepted.
    pub detail: String,
}

impl Problem {
    /// Describes an error to a reader.
    pub fn of(error: &Error, t: T) -> Self {
        let (kind, title, detail) = crate::text::describe(error, t);
        let errors = match error {
            Error::Invalid(fields) => fields
                .iter()
                .map(|f| ProblemField { field: f.field.to_string(), detail: for_programs(&f.message, t) })
                .collect(),
            _ => Vec::new(),
        };
        Self { kind: format!("/problems/{kind}"), title, status: status(error).as_u16(), detail, errors }
    }
}

/// What would be accepted, with the codes programs send where a page shows words: the key with `-api`, if there
/// is one.
fn for_programs(message: &Message, t: T) -> String {
    let key = format!("{}-api", message.key);
    if !t.has(&key) {
        return t.message(message);
    }
    t.message(&Message { key: key.into(), args: message.args.clone() })
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let code = http::StatusCode::from_u16(self.status).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let json = HeaderValue::from_static("application/problem+json");
        let mut response = (code, [(header::CONTENT_TYPE, json)], body).into_response();
        if code == http::StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
