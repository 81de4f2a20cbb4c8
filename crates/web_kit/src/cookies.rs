//! Cookies: reading them and setting them safely.

use http::{HeaderMap, HeaderValue, header};

use crate::App;

/// The cookies of a request.
pub struct Cookies<'h>(&'h HeaderMap);

impl<'h> Cookies<'h> {
    /// Of these headers.
    pub const fn new(headers: &'h HeaderMap) -> Self {
        Self(headers)
    }

    /// Value of a cookie.
    pub fn get(&self, name: &str) -> Option<&'h str> {
        self.0
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    /// A `Set-Cookie` value: out of reach of scripts, sent only from our own pages, `max_age` in seconds
    /// (0 removes it). The value must consist of letters, digits, `-` and `_`.
    pub fn set(app: &App, name: &str, value: &str, max_age: i64) -> Option<HeaderValue> {
        let secure = if app.config().cookies_are_secure() { "; Secure" } else { "" };
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}{secure}");
        HeaderValue::from_str(&text).ok()
    }
}
