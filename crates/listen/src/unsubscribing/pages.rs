//! The public page.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use kernel::Error;
use web_kit::{App, HttpResult, Path, PublicPage, Visitor, html_with};

use super::actions::{self, Reader};

#[derive(Template)]
#[template(path = "unsubscribing/views/show.html")]
struct ShowPage {
    page: PublicPage,
    token: String,
    is_out: bool,
    title: String,
    detail: String,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> HttpResult<Response> {
    let asked = token.clone();
    let reader = app.read(move |tx| actions::look(tx, &asked)).await;
    page(visitor, token, reader)
}

/// The button of the page, or the one of a mail program, which sends neither cookie nor token: the signed address is
/// what counts, and the body is not read.
pub(super) async fn receive(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> HttpResult<Response> {
    let (asked, t) = (token.clone(), visitor.t);
    let reader = app.write(move |tx| actions::say_no(tx, &asked, t)).await;
    page(visitor, token, reader)
}

fn page(visitor: Visitor, token: String, reader: Result<Reader, Error>) -> HttpResult<Response> {
    let reader = match reader {
        Ok(reader) => reader,
        Err(Error::NotFound) => return unknown(visitor),
        Err(other) => return Err(other.into()),
    };
    let t = reader.locale.map_or(visitor.t, |locale| visitor.t.in_locale(locale));
    let (title, detail) = if reader.is_out {
        ("unsubscribe-done", "unsubscribe-done-detail")
    } else {
        ("unsubscribe-ask", "unsubscribe-ask-detail")
    };
    let view = ShowPage {
        title: t.get(title),
        detail: t.one(detail, "organisation", reader.house.as_str()),
        page: PublicPage::new(t, reader.house),
        is_out: reader.is_out,
        token,
    };
    answer(StatusCode::OK, &view)
}

/// A link that is not ours, or no longer.
fn unknown(visitor: Visitor) -> HttpResult<Response> {
    let t = visitor.t;
    let view = ShowPage {
        page: PublicPage::new(t, String::new()),
        token: String::new(),
        is_out: true,
        title: t.get("unsubscribe-unknown"),
        detail: t.get("unsubscribe-unknown-detail"),
    };
    answer(StatusCode::NOT_FOUND, &view)
}

fn answer(status: StatusCode, view: &ShowPage) -> HttpResult<Response> {
    let mut response = html_with(status, view)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
