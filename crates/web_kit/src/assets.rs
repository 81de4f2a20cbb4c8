//! Styles, scripts and icons, embedded, under names that carry their hash and may be cached for ever.

use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

struct File {
    name: &'static str,
    hashed: &'static str,
    plain: &'static [u8],
    brotli: &'static [u8],
    gzip: &'static [u8],
}

mod embedded {
    use super::File;
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}

/// Address of an asset by its plain name: `app.css` is at `/assets/app-1A2B3C4D.css`.
pub fn url(name: &str) -> String {
    let hashed = embedded::FILES.iter().find(|f| f.name == name).map_or(name, |f| f.hashed);
    format!("/assets/{hashed}")
}

/// Serves `/assets/…`.
pub(crate) async fn serve(request: Request) -> Response {
    let name = request.uri().path().trim_start_matches("/assets/");
    let Some(file) = embedded::FILES.iter().find(|f| f.hashed == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or("");
    let (bytes, encoding) = if accepted.contains("br") {
        (file.brotli, Some("br"))
    } else if accepted.contains("gzip") {
        (file.gzip, Some("gzip"))
    } else {
        (file.plain, None)
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(name)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
