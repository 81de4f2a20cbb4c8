//! Own extractors: the raw ones are banned, because they answer errors in English and check no token.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use bytes::Bytes;
use http::header;
use http::request::Parts;
use kernel::texts::T;
use kernel::{Error, Result, secrets};
use serde::de::DeserializeOwned;

use crate::session::{Slot, header_locale};
use crate::{App, Cookies, Failure, SESSION_COOKIE};

/// Largest form, in bytes.
const FORM_BYTES: usize = 1024 * 1024;

/// A form sent by a page: its anti-forgery token is checked before anything else.
pub struct Form<F>(pub F);

impl<F: DeserializeOwned> FromRequest<App> for Form<F> {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &App) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let bytes =
            body_bytes(Request::from_parts(parts.clone(), body), FORM_BYTES, "kit-body-too-large").await?;
        check_form_token(&parts, &bytes)?;
        refuse_nul_in_form(&bytes)?;
        let form = serde_html_form::from_bytes(&bytes).map_err(|_| Error::refused("kit-form-unreadable"))?;
        Ok(Self(form))
    }
}

/// No text of ours holds a NUL, and PostgreSQL cannot store one: it is refused at the door on every engine.
fn refuse_nul_in_form(bytes: &[u8]) -> Result<()> {
    let found = bytes.contains(&0) || bytes.windows(3).any(|three| three == b"%00");
    if found { Err(Error::refused("kit-nul")) } else { Ok(()) }
}

/// Whole body of a request, refused above `limit` bytes in the words of `key`.
pub(crate) async fn body_bytes(request: Request, limit: usize, key: &'static str) -> Result<Bytes> {
    let declared = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok());
    if declared.and_then(|v| v.parse::<usize>().ok()).is_some_and(|length| length > limit) {
        return Err(too_large(limit, key));
    }
    axum::body::to_bytes(request.into_body(), limit).await.map_err(|_| too_large(limit, key))
}

/// The refusal of a body above `limit` bytes.
pub(crate) fn too_large(limit: usize, key: &'static str) -> Error {
    Error::refused(kernel::Message::new(key).with("megabytes", limit / (1024 * 1024)))
}

fn check_form_token(parts: &Parts, body: &[u8]) -> Result<()> {
    #[derive(serde::Deserialize)]
    struct OnlyToken {
        #[serde(default)]
        csrf: String,
    }
    let given = serde_html_form::from_bytes::<OnlyToken>(body).map(|t| t.csrf).unwrap_or_default();
    check_token(parts, &given)
}

/// Checks the anti-forgery token of a form against the session. Without a session there is nothing to forge:
/// the check of the request's origin (see `protect`) covers signing in and public pages.
pub(crate) fn check_token(parts: &Parts, given: &str) -> Result<()> {
    let Some(secret) = Cookies::new(&parts.headers).get(SESSION_COOKIE).filter(|s| !s.is_empty()) else {
        return Ok(());
    };
    let header = parts.headers.get("x-csrf-token").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let expected = crate::session::csrf_of(secret);
    if secrets::same(given, &expected) || secrets::same(header, &expected) {
        return Ok(());
    }
    Err(Error::refused("kit-form-expired"))
}

/// What follows `?` in the address.
pub struct Query<Q>(pub Q);

impl<Q: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<Q> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = parts.uri.query().unwrap_or_default();
        refuse_nul_in_form(query.as_bytes())?;
        let read = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        let value = serde_path_to_error::deserialize(read).map_err(|error| in_query(&error, query))?;
        Ok(Self(value))
    }
}

/// Names the parameter that could not be read.
fn in_query(error: &serde_path_to_error::Error<serde_html_form::de::Error>, query: &str) -> Error {
    let path = error.path().to_string();
    let name = if path == "." { missing(&error.inner().to_string()).unwrap_or_default() } else { path };
    let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
    let given: Vec<&String> = pairs.iter().filter(|(n, _)| *n == name).map(|(_, v)| v).collect();
    let key = match given.as_slice() {
        [] => "kit-parameter-missing",
        [_] => "kit-parameter-bad",
        _ => "kit-parameter-twice",
    };
    if name.is_empty() {
        return Error::refused("kit-query-unreadable");
    }
    Error::Invalid(vec![kernel::FieldError::new(name, key)])
}

/// The name in serde's "missing field `name`".
pub(crate) fn missing(reason: &str) -> Option<String> {
    reason.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()).map(str::to_owned)
}

/// The variable part of the address; a malformed one is a page that does not exist.
pub struct Path<P>(pub P);

impl<P: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<P> {
    type Rejection = Failure;

    #[expect(clippy::disallowed_types, reason = "this is the extractor the others are replaced by")]
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        if parts.uri.path().contains("%00") {
            return Err(Failure(Error::NotFound));
        }
        let found = axum::extract::Path::<P>::from_request_parts(parts, state).await;
        found.map(|axum::extract::Path(value)| Self(value)).map_err(|_| Failure(Error::NotFound))
    }
}

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Client {
    /// Network address; behind a trusted proxy, the one it names.
    pub address: IpAddr,
    /// The browser, as it calls itself.
    pub agent: String,
}

impl FromRequestParts<App> for Client {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let text = |name: header::HeaderName| {
            parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
        };
        let forwarded =
            parts.headers.get("x-forwarded-for").and_then(|v| v.to_str().ok()).unwrap_or_default();
        let address = if app.config().trusted_proxies.contains(&peer) {
            // The last address that no trusted proxy wrote about itself is the client's.
            let hops = forwarded.rsplit(',').filter_map(|hop| hop.trim().parse::<IpAddr>().ok());
            hops.into_iter().find(|hop| !app.config().trusted_proxies.contains(hop)).unwrap_or(peer)
        } else {
            peer
        };
        Ok(Self { address, agent: text(header::USER_AGENT) })
    }
}

/// Somebody on a public page: only their language is known.
#[derive(Clone, Copy, Debug)]
pub struct Visitor {
    /// Texts in their language.
    pub t: T,
}

/// Cookie that keeps the language chosen on public pages.
pub const LANGUAGE_COOKIE: &str = "bocal_lang";

impl FromRequestParts<App> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        #[derive(serde::Deserialize)]
        struct Lang {
            lang: Option<String>,
        }
        if let Some(me) = parts.extensions.get::<Slot>().and_then(|slot| slot.0.get()) {
            return Ok(Self { t: me.t() });
        }
        let query = parts.uri.query().unwrap_or_default();
        let asked = serde_html_form::from_str::<Lang>(query).ok().and_then(|l| l.lang);
        let kept = Cookies::new(&parts.headers).get(LANGUAGE_COOKIE).map(str::to_owned);
        let chosen = asked.or(kept).and_then(|code| code.parse().ok());
        let locale = chosen.or_else(|| header_locale(parts)).unwrap_or_default();
        Ok(Self { t: app.texts(locale) })
    }
}
