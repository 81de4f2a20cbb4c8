//! Parameters of the interface: one that the OpenAPI document does not name is refused, so that nobody takes the answer
//! to another question for the one to theirs.

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::Method;
use kernel::{Error, FieldError};
use serde_json::Value;

use crate::{App, Failure};

/// Letters of a name that is told to be unknown, at most.
const LONGEST: usize = 64;
/// Unknown names told of, at most.
const MOST: usize = 20;

/// Names of the parameters of each operation, by method and path.
#[derive(Default)]
pub(crate) struct Parameters(BTreeMap<(String, String), BTreeSet<String>>);

impl Parameters {
    /// Those an OpenAPI document names; a text that is none names nothing, and restricts nothing.
    pub(crate) fn read(document: &str) -> Self {
        let document: Value = serde_json::from_str(document).unwrap_or_default();
        let mut all = BTreeMap::new();
        for (path, methods) in document["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                let declared = operation["parameters"].as_array().into_iter().flatten();
                let names = declared.filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str());
                let names = names.map(str::to_owned).collect();
                all.insert((method.to_uppercase(), path.clone()), names);
            }
        }
        Self(all)
    }

    /// The names within a query that an operation does not know, each once.
    fn unknown(&self, method: &Method, path: &str, query: &str) -> Vec<String> {
        let method = if method == Method::HEAD { &Method::GET } else { method };
        let Some(known) = self.0.get(&(method.to_string(), path.to_owned())) else { return Vec::new() };
        let pairs: Vec<(String, String)> = serde_html_form::from_str(query).unwrap_or_default();
        let names: BTreeSet<String> = pairs.into_iter().map(|(name, _)| name).collect();
        names.into_iter().filter(|name| !known.contains(name)).collect()
    }
}

/// Refuses a request to the interface with parameters nobody described.
pub(crate) async fn refuse_unknown(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str).unwrap_or_default();
    let query = request.uri().query().unwrap_or_default();
    let unknown = match path.starts_with("/api/v1/") && !query.is_empty() {
        true => app.parameters().unknown(request.method(), path, query),
        false => Vec::new(),
    };
    if unknown.is_empty() {
        return next.run(request).await;
    }
    // What was sent is not sent back at length.
    let short = |name: String| name.chars().take(LONGEST).collect::<String>();
    let errors =
        unknown.into_iter().take(MOST).map(|name| FieldError::new(short(name), "kit-parameter-unknown"));
    Failure(Error::Invalid(errors.collect())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_document_does_not_name_is_unknown() {
        let document = r#"{ "paths": { "/api/v1/jars/{id}": {
            "get": { "parameters": [{ "in": "path", "name": "id" }, { "in": "query", "name": "site" }] },
            "post": {} } } }"#;
        let known = Parameters::read(document);
        let path = "/api/v1/jars/{id}";
        assert!(known.unknown(&Method::GET, path, "site=1&site=2").is_empty());
        assert_eq!(known.unknown(&Method::HEAD, path, "stie=1&id=2&site=3&stie=4"), ["id", "stie"]);
        assert_eq!(known.unknown(&Method::POST, path, "site=1"), ["site"]);
        assert!(known.unknown(&Method::GET, "/api/v1/lids", "x=1").is_empty(), "nothing is said of it");
        assert!(Parameters::read("").unknown(&Method::GET, path, "x=1").is_empty());
    }
}
