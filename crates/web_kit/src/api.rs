//! Conventions of the REST interface: JSON bodies, cursors, entity tags, repeated requests.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::identity::store::{self, Remembered};
use kernel::{Error, FieldError, Id, Result, Tx, secrets};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::extract::{body_bytes, missing};
use crate::{App, Caller, Failure};

/// Largest JSON body, in bytes.
const BODY_BYTES: usize = 1024 * 1024;
/// Rows of a page when the caller does not say.
const PAGE: i64 = 50;
/// Rows of a page at most.
const PAGE_MOST: i64 = 500;

/// A JSON body.
pub struct Json<B>(pub B);

impl<B: DeserializeOwned> FromRequest<App> for Json<B> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let bytes = body_bytes(request, BODY_BYTES, "kit-body-too-large").await?;
        Ok(Self(parse(&bytes)?))
    }
}

/// Reads a JSON body; says which field is wrong, or where the text stops being JSON.
pub fn parse<B: DeserializeOwned>(bytes: &[u8]) -> Result<B> {
    // A list would fill the fields by their position: an object is what every body is.
    if bytes.trim_ascii_start().first().is_some_and(|byte| *byte == b'[') {
        return Err(Error::field("body", "kit-json-object"));
    }
    if bytes.windows(6).any(|six| six == b"\\u0000") && holds_nul(bytes) {
        return Err(Error::field("body", "kit-nul"));
    }
    let mut read = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut read).map_err(|error| in_body(&error))?;
    read.end().map_err(|error| not_json(&error))?;
    Ok(value)
}

fn holds_nul(bytes: &[u8]) -> bool {
    fn within(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => text.contains('\0'),
            serde_json::Value::Array(all) => all.iter().any(within),
            serde_json::Value::Object(all) => {
                all.iter().any(|(name, value)| name.contains('\0') || within(value))
            }
            _ => false,
        }
    }
    serde_json::from_slice(bytes).is_ok_and(|value| within(&value))
}

fn in_body(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    if !error.inner().is_data() {
        return not_json(error.inner());
    }
    let (path, reason) = (error.path().to_string(), error.inner().to_string());
    let at = |name: String| match path.as_str() {
        "." => name,
        path if path.ends_with(&name) => path.to_owned(),
        path => format!("{path}.{name}"),
    };
    if let Some(name) = missing(&reason) {
        return Error::Invalid(vec![FieldError::new(at(name), "kit-json-missing")]);
    }
    if let Some(name) = reason.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
        return Error::Invalid(vec![FieldError::new(at(name.to_owned()), "kit-json-unknown")]);
    }
    let name = if path == "." { "body".to_owned() } else { path };
    Error::Invalid(vec![FieldError::new(name, "kit-json-kind")])
}

fn not_json(error: &serde_json::Error) -> Error {
    let message =
        kernel::Message::new("kit-json-unreadable").with("line", error.line()).with("column", error.column());
    Error::field("body", message)
}

/// Answers with JSON and, for a single thing, its entity tag.
pub fn json<B: Serialize>(status: StatusCode, body: &B, version: Option<i64>) -> crate::HttpResult {
    let text = serde_json::to_string(body).map_err(Error::from)?;
    let mut response = (status, [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], text)
        .into_response();
    if let Some(tag) = version.and_then(|v| HeaderValue::from_str(&format!("\"{v}\"")).ok()) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// How much of a list to give, and from where.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// Where the previous page ended: its `next_cursor`.
    #[serde(default)]
    pub cursor: Option<String>,
    /// Rows wanted, 50 unless said, 500 at most.
    #[serde(default)]
    pub limit: Option<i64>,
}

impl PageQuery {
    /// Rows to give.
    pub fn limit(&self) -> i64 {
        self.limit.unwrap_or(PAGE).clamp(1, PAGE_MOST)
    }

    /// The identifier the previous page ended with, where lists run by identifier.
    pub fn after(&self) -> Result<Option<Id>> {
        let bad = |_| Error::field("cursor", "kit-bad-cursor");
        self.cursor.as_deref().filter(|c| !c.is_empty()).map(str::parse).transpose().map_err(bad)
    }
}

/// A page of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageOf<R> {
    /// The rows.
    pub items: Vec<R>,
    /// Give it as `cursor` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// The version a change was made against: `If-Match` is required, so that nobody overwrites unknowingly.
pub struct IfMatch(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let given = parts.headers.get(header::IF_MATCH).and_then(|v| v.to_str().ok());
        let given = given.ok_or_else(|| Error::refused("kit-if-match-missing"))?;
        let number = given.trim().trim_start_matches("W/").trim_matches('"').parse();
        number.map(Self).map_err(|_| Failure(Error::field("If-Match", "kit-if-match-bad")))
    }
}

/// A POST that may be repeated safely: the body and the caller's `Idempotency-Key`, if there is one.
pub struct Repeatable<B> {
    /// The body.
    pub body: B,
    key: Option<String>,
    hash: String,
}

impl<B: DeserializeOwned> FromRequest<App> for Repeatable<B> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let key = idempotency_key(request.headers())?;
        let path = request.uri().path().to_owned();
        let bytes: Bytes = body_bytes(request, BODY_BYTES, "kit-body-too-large").await?;
        let mut hashed = path.into_bytes();
        hashed.push(0);
        hashed.extend_from_slice(&bytes);
        Ok(Self { body: parse(&bytes)?, key, hash: secrets::sha256_hex(&hashed) })
    }
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let text = value.to_str().unwrap_or_default();
    let fits = (1..=200).contains(&text.len());
    if !fits {
        return Err(Error::field("Idempotency-Key", "kit-idempotency-key-bad"));
    }
    Ok(Some(text.to_owned()))
}

impl<B: Clone + Send + 'static> Repeatable<B> {
    /// Makes something once: `make` runs in the transaction that remembers the answer, so a repeated
    /// request gets the first answer and changes nothing. Answers 201 with `Location`.
    pub async fn create<R: Serialize + Send + 'static>(
        self,
        app: &App,
        caller: &Caller,
        make: impl Fn(&mut Tx<'_>, &B) -> Result<(String, R)> + Send + 'static,
    ) -> crate::HttpResult {
        let Self { body, key, hash } = self;
        let owner = format!("{}:{}", caller.actor.kind.name(), caller.actor.kind.id().unwrap_or(Id(0)));
        let answer = app
            .write(move |tx| {
                let known =
                    key.as_deref().map(|key| store::remembered(tx, &owner, key)).transpose()?.flatten();
                if let Some(known) = known {
                    return repeat(known, &hash);
                }
                let (location, made) = make(tx, &body)?;
                let answer = Remembered {
                    request_hash: hash.clone(),
                    status: 201,
                    location: Some(location),
                    body: serde_json::to_string(&made)?,
                };
                if let Some(key) = &key {
                    store::remember(tx, &owner, key, &answer)?;
                }
                Ok(answer)
            })
            .await?;
        Ok(respond(answer))
    }
}

fn repeat(known: Remembered, hash: &str) -> Result<Remembered> {
    if known.request_hash == hash {
        return Ok(known);
    }
    Err(Error::refused("kit-idempotency-key-reused"))
}

fn respond(answer: Remembered) -> Response {
    let status = u16::try_from(answer.status).ok().and_then(|s| StatusCode::from_u16(s).ok());
    let json = HeaderValue::from_static("application/json");
    let mut response =
        (status.unwrap_or(StatusCode::OK), [(header::CONTENT_TYPE, json)], answer.body).into_response();
    if let Some(location) = answer.location.and_then(|l| HeaderValue::from_str(&l).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}
