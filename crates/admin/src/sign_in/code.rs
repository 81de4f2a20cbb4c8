//! The code of the second factor, asked after the password.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::organisation::store as organisations;
use kernel::texts::T;
use kernel::{Error, FieldError, Result};
use serde::Deserialize;
use web_kit::{
    App, Client, Cookies, Form, FormView, HttpResult, PublicPage, Query, Visitor, form_token, html,
    html_with, query_value, redirect,
};

use super::entry::{CODE_COOKIE, Entry};
use super::model::{Admission, TypedCode};
use super::{actions, rules};

#[derive(Template)]
#[template(path = "sign_in/views/code.html")]
struct CodeView {
    page: PublicPage,
    form: FormView,
    other_language: String,
    next: String,
    too_many: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Door {
    next: String,
}

/// The secret of whoever gave the right password.
fn asked(headers: &HeaderMap) -> Option<String> {
    Cookies::new(headers).get(CODE_COOKIE).filter(|secret| !secret.is_empty()).map(str::to_owned)
}

pub(super) async fn show(
    State(app): State<App>,
    Visitor { t }: Visitor,
    headers: HeaderMap,
    Query(door): Query<Door>,
) -> HttpResult {
    let next = rules::destination(&door.next);
    if asked(&headers).is_none() {
        return Ok(from_the_start(next));
    }
    html(&view(&app, t, &headers, next, Vec::new()).await?)
}

fn from_the_start(next: &str) -> axum::response::Response {
    redirect(&format!("/sign-in?next={}", query_value(next)))
}

async fn view(app: &App, t: T, headers: &HeaderMap, next: &str, errors: Vec<FieldError>) -> Result<CodeView> {
    let organisation = app.read(organisations::find).await?;
    let page = PublicPage::new(t, organisation.map(|o| o.name).unwrap_or_default());
    Ok(CodeView {
        form: FormView::new(t, &form_token(headers), errors),
        other_language: format!("/sign-in/code?lang={}&next={}", page.other().code(), query_value(next)),
        page,
        next: next.to_owned(),
        too_many: None,
    })
}

pub(super) async fn submit(
    State(app): State<App>,
    Visitor { t }: Visitor,
    client: Client,
    headers: HeaderMap,
    Form(typed): Form<TypedCode>,
) -> HttpResult {
    let next = rules::destination(&typed.next).to_owned();
    let Some(challenge) = asked(&headers) else { return Ok(from_the_start(&next)) };
    let entry = Entry::new(&client, &headers)?;
    let (secret, network) = (challenge.clone(), entry.network.clone());
    match app.write(move |tx| actions::begin_code(tx, &secret, &network)).await {
        Err(Error::TooMany(seconds)) => return too_many(&app, t, &headers, &next, seconds).await,
        Err(Error::NotFound) => return Ok(from_the_start(&next)),
        begun => begun?,
    }
    let coming = entry.clone();
    match app.write(move |tx| actions::admit_code(tx, &challenge, &typed.code, &coming)).await {
        Ok(Admission::In) => {
            let mut response = entry.welcome(&app, &next);
            response.headers_mut().extend(forget(&app));
            Ok(response)
        }
        Ok(_) => {
            let wrong = vec![FieldError::new("code", "second-factor-wrong")];
            let view = view(&app, t, &headers, &next, wrong).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(Error::NotFound) => Ok(from_the_start(&next)),
        Err(other) => Err(other.into()),
    }
}

/// The question was answered.
fn forget(app: &App) -> Option<(header::HeaderName, HeaderValue)> {
    Cookies::set(app, CODE_COOKIE, "", 0).map(|cookie| (header::SET_COOKIE, cookie))
}

async fn too_many(app: &App, t: T, headers: &HeaderMap, next: &str, seconds: u64) -> HttpResult {
    let wait = kernel::clock::SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(900));
    let mut view = view(app, t, headers, next, Vec::new()).await?;
    view.too_many = Some(t.one("sign-in-too-many", "wait", t.duration(wait)));
    let mut response = html_with(StatusCode::TOO_MANY_REQUESTS, &view)?;
    response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    Ok(response)
}
