//! What stands around every handler: origin check, security headers, limits, errors in words, logs.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use kernel::Error;
use kernel::texts::Locale;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::timeout::TimeoutLayer;

use crate::failure::{Carried, Failure, status};
use crate::page::{error_page, redirect};
use crate::parameters::refuse_unknown;
use crate::session::{FACTOR_OWED, FACTOR_PAGE, SESSION_COOKIE, SignedIn, Slot};
use crate::{App, Problem, assets};

/// Longest time a request may take, uploads included.
const PATIENCE: Duration = Duration::from_secs(120);

/// Adds assets, the page for unknown addresses, and everything that stands around the handlers.
pub fn layers(router: Router<App>, app: &App) -> Router {
    let compressed = SizeAbove::new(512)
        .and(NotForContentType::const_new("image/svg+xml"))
        .and(NotForContentType::const_new("application/octet-stream"));
    router
        // Who asked is looked up so that the page speaks their language, inside their shell.
        .fallback(async |_me: Result<SignedIn, Failure>| Failure(Error::NotFound))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            Failure(Error::internal("a handler panicked")).into_response()
        }))
        .layer(from_fn_with_state(app.clone(), refuse_unknown))
        .layer(from_fn_with_state(app.clone(), check_origin))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .layer(from_fn_with_state(app.clone(), serve_errors))
        .layer(CompressionLayer::new().compress_when(compressed))
        .route("/assets/{name}", axum::routing::get(assets::serve))
        .layer(from_fn(secure_headers))
        .with_state(app.clone())
}

/// Refuses a change sent by a page of another site. Browsers say where a request comes from; programs that
/// say nothing carry no cookie worth stealing, and what needs a session also needs its token.
async fn check_origin(State(app): State<App>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|c| c.0.ip());
    let behind_proxy = peer.is_some_and(|peer| app.config().trusted_proxies.contains(&peer));
    if safe || is_ours(request.headers(), behind_proxy) {
        return next.run(request).await;
    }
    Failure(Error::refused("kit-foreign-form")).into_response()
}

fn is_ours(headers: &HeaderMap, behind_proxy: bool) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let forwarded = text("x-forwarded-host").filter(|_| behind_proxy);
            let host = forwarded.or_else(|| text("host")).unwrap_or_default();
            origin.split_once("://").is_some_and(|(_, from)| from == host)
        }
        (None, None) => true,
    }
}

/// Writes carried errors as pages or problem documents.
pub async fn serve_errors(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let slot = Slot::default();
    request.extensions_mut().insert(slot.clone());
    let is_api = request.uri().path().starts_with("/api/");
    let is_get = *request.method() == Method::GET;
    let wanted = request.uri().path_and_query().map(|p| p.as_str().to_owned()).unwrap_or_default();
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    let accepted = accepted.and_then(Locale::accepted);
    let is_fragment = request.headers().contains_key("hx-request");
    let mut response = next.run(request).await;
    renew_session(&mut response, &slot);
    let Some(Carried(error)) = response.extensions_mut().remove::<Carried>() else {
        return framework_error(response, &app, &slot, is_api, accepted);
    };
    if let Error::Internal(_) = *error {
        tracing::error!(path = wanted.split('?').next(), error = %chain(&error), "request failed");
    }
    if is_api {
        return Problem::of(&error, app.texts(accepted.unwrap_or(Locale::En))).into_response();
    }
    match &*error {
        Error::NotSignedIn if is_get && !is_fragment => {
            return redirect(&format!("/sign-in?next={}", query_value(&wanted)));
        }
        Error::Refused(message) if message.key == FACTOR_OWED && is_get && !is_fragment => {
            return redirect(FACTOR_PAGE);
        }
        _ => {}
    }
    let mut page = error_page(&app, slot.0.get(), accepted.unwrap_or_default(), &error);
    *page.status_mut() = status(&error);
    page
}

/// Sends the session cookie again when the session lives on, unless the answer itself begins or ends one.
fn renew_session(response: &mut Response, slot: &Slot) {
    let Some(cookie) = slot.0.get().and_then(SignedIn::renewed) else { return };
    let is_session = |value: &HeaderValue| value.as_bytes().starts_with(SESSION_COOKIE.as_bytes());
    if !response.headers().get_all(header::SET_COOKIE).iter().any(is_session) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
}

/// What the framework itself answers (method not allowed, too slow) has no words: give it some.
fn framework_error(
    response: Response,
    app: &App,
    slot: &Slot,
    is_api: bool,
    accepted: Option<Locale>,
) -> Response {
    let error = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => Error::refused("kit-method-not-allowed"),
        StatusCode::REQUEST_TIMEOUT => Error::refused("kit-too-slow"),
        _ => return response,
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut answer = if is_api {
        Problem::of(&error, app.texts(accepted.unwrap_or(Locale::En))).into_response()
    } else {
        error_page(app, slot.0.get(), accepted.unwrap_or_default(), &error)
    };
    *answer.status_mut() = status(&error);
    if let Some(allow) = allow {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
}

fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let words = cause.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        source = cause.source();
    }
    text
}

/// A text as the value of a parameter in an address.
pub fn query_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
     manifest-src 'self'";

async fn secure_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers
        .insert("permissions-policy", HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    // Pages hold personal data: nothing between here and the reader keeps a copy.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}
