//! From an error below HTTP to an answer.
//!
//! A handler returns [`Failure`]; it becomes an empty response that carries the error, and the outermost
//! layer ([`crate::serve_errors`]) writes the page or the problem document in the reader's language.

use std::sync::Arc;

use axum::response::{IntoResponse, Response};
use http::StatusCode;
use kernel::Error;

use crate::session::FACTOR_OWED;

/// What a handler returns.
pub type HttpResult<T = Response> = Result<T, Failure>;

/// An error on its way to the reader.
#[derive(Debug)]
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(value: E) -> Self {
        Self(value.into())
    }
}

/// The error, as the outermost layer finds it.
#[derive(Clone)]
pub(crate) struct Carried(pub(crate) Arc<Error>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(Carried(Arc::new(self.0)));
        response
    }
}

/// HTTP status of an error.
pub(crate) fn status(error: &Error) -> StatusCode {
    match error {
        Error::Refused(message) => of_refusal(&message.key),
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::NotSignedIn => StatusCode::UNAUTHORIZED,
        Error::Denied(_) => StatusCode::FORBIDDEN,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Constraint { .. } => StatusCode::CONFLICT,
        Error::Stale(_) => StatusCode::PRECONDITION_FAILED,
        Error::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::Conflict => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// What this crate refuses before any room is asked has a status of its own; a rule of a room that refuses is 409.
fn of_refusal(key: &str) -> StatusCode {
    match key {
        "kit-form-unreadable" => StatusCode::BAD_REQUEST,
        "kit-foreign-form" | FACTOR_OWED => StatusCode::FORBIDDEN,
        "kit-method-not-allowed" => StatusCode::METHOD_NOT_ALLOWED,
        "kit-too-slow" => StatusCode::REQUEST_TIMEOUT,
        "kit-too-large" | "kit-body-too-large" => StatusCode::PAYLOAD_TOO_LARGE,
        "kit-if-match-missing" => StatusCode::PRECONDITION_REQUIRED,
        _ => StatusCode::CONFLICT,
    }
}
