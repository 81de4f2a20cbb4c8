//! A browser about to be let in.

use axum::response::Response;
use http::{HeaderMap, header};
use kernel::identity::throttle;
use kernel::{Result, secrets};
use web_kit::{App, Client, Cookies, SESSION_COOKIE, query_value, redirect, session_cookie};

/// Cookie that says whose code is asked.
pub(super) const CODE_COOKIE: &str = "bocal_code";
/// How long it is kept, in seconds.
const CODE_LIFE: i64 = 600;

/// Where somebody comes from, and the secret of the session they get if they are let in.
#[derive(Clone)]
pub struct Entry {
    pub(super) secret: String,
    pub(super) previous: Option<String>,
    pub(super) address: String,
    pub(super) network: String,
    pub(super) agent: String,
}

impl Entry {
    /// Of this request: a new secret each time, so that one planted beforehand is worth nothing.
    pub fn new(client: &Client, headers: &HeaderMap) -> Result<Self> {
        let previous = Cookies::new(headers).get(SESSION_COOKIE).filter(|s| !s.is_empty());
        Ok(Self {
            secret: secrets::token()?,
            previous: previous.map(str::to_owned),
            address: client.address.to_string(),
            network: throttle::network(client.address),
            agent: client.agent.clone(),
        })
    }

    /// The answer to somebody who was let in.
    pub fn welcome(&self, app: &App, to: &str) -> Response {
        let mut response = redirect(to);
        if let Some(cookie) = session_cookie(app, &self.secret) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    /// The answer to somebody whose code is asked: the secret is that of the question, not of a session.
    pub(super) fn ask_code(&self, app: &App, next: &str) -> Response {
        let mut response = redirect(&format!("/sign-in/code?next={}", query_value(next)));
        if let Some(cookie) = Cookies::set(app, CODE_COOKIE, &self.secret, CODE_LIFE) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }
}
