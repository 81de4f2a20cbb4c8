//! Secrets that are given once: made before the change, stored as a hash, shown in one answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::response::Response;
use http::header;
use kernel::{Error, Result, secrets};
use web_kit::{App, HttpResult};

/// What is stored of a secret.
pub(crate) fn hash(secret: &str) -> String {
    secrets::sha256_hex(secret.as_bytes())
}

/// The whole address of a page, to hand to somebody.
pub(crate) fn link(app: &App, path: &str) -> String {
    format!("{}{path}", app.config().base_url())
}

/// A secret on its way into the answer of the request that made it. A repeated request is answered from what
/// was remembered of the first, which must not hold the secret.
#[derive(Clone)]
pub(crate) struct OnceSecret {
    secret: Arc<str>,
    made: Arc<AtomicBool>,
}

impl OnceSecret {
    /// A fresh secret beginning with `prefix`.
    pub(crate) fn new(prefix: &str) -> Result<Self> {
        let secret = format!("{prefix}{}", secrets::token()?);
        Ok(Self { secret: secret.into(), made: Arc::default() })
    }

    /// The secret.
    pub(crate) fn text(&self) -> &str {
        &self.secret
    }

    /// What is stored of it; from now on it counts as made.
    pub(crate) fn use_hash(&self) -> String {
        self.made.store(true, Ordering::Relaxed);
        hash(&self.secret)
    }

    /// Adds `field` to the JSON object of `response`, if the secret was used by this very request.
    pub(crate) async fn add_to(&self, response: Response, field: &str, value: String) -> HttpResult {
        if !self.made.load(Ordering::Relaxed) {
            return Ok(response);
        }
        let (mut parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, 64 * 1024).await.map_err(Error::caused)?;
        let mut object: serde_json::Value = serde_json::from_slice(&bytes).map_err(Error::from)?;
        object[field] = value.into();
        parts.headers.remove(header::CONTENT_LENGTH);
        Ok(Response::from_parts(parts, object.to_string().into()))
    }
}
