//! Public pages.

use std::sync::Arc;

use askama::Template;
use axum::response::Response;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::texts::{Locale, T};
use kernel::{FieldError, secrets};
use web_kit::{
    App, Client, Cookies, Form, FormView, HttpResult, LANGUAGE_COOKIE, PublicPage, Query, Visitor,
    form_token, html_with, query_value,
};

use super::actions::{self, Arrival, Received, Sent, Thanked};
use super::limiter::Limiter;
use super::model::{Door, Gate, House, Target};
use super::{Carried, CarriedQuery, rules};
use crate::surveys::shown::{Around, FormPage, ThanksPage};

/// How long a chosen language is kept, in seconds.
const YEAR: i64 = 365 * 24 * 3_600;

pub(crate) async fn show(
    app: App,
    visitor: Visitor,
    headers: HeaderMap,
    door: Door,
    Query(carried): CarriedQuery,
) -> HttpResult {
    let for_read = door.clone();
    let now = app.db().clock().now();
    let arrival = app.read(move |tx| actions::arrive(tx, &for_read)).await?;
    let t = language(visitor.t, &headers, &carried, arrival.target.as_ref());
    let Some(target) = &arrival.target else {
        return refusal(t, &arrival.house, StatusCode::NOT_FOUND, "unknown");
    };
    let mut response = match rules::gate(target, now) {
        Gate::Open => {
            let sent = Sent {
                nonce: fresh_nonce(&door)?,
                site: carried.site.clone(),
                via: carried.via.clone(),
                ..Sent::default()
            };
            form(t, &headers, &door, &arrival.house, target, &sent, Vec::new())?
        }
        gate => closed(t, &door, &arrival.house, gate)?,
    };
    let chosen = carried.lang.parse::<Locale>().ok();
    if let Some(cookie) = chosen.and_then(|locale| Cookies::set(&app, LANGUAGE_COOKIE, locale.code(), YEAR)) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// The language chosen by hand, else the customer's, else the browser's.
fn language(t: T, headers: &HeaderMap, carried: &Carried, target: Option<&Target>) -> T {
    let chosen = !carried.lang.is_empty() || Cookies::new(headers).get(LANGUAGE_COOKIE).is_some();
    let own = target.and_then(|t| t.invited.as_ref()).and_then(|i| i.locale);
    match own {
        Some(locale) if !chosen => t.in_locale(locale),
        _ => t,
    }
}

/// A single-use link needs no nonce: its invitation can be answered once.
fn fresh_nonce(door: &Door) -> kernel::Result<String> {
    match door {
        Door::Link(_) => secrets::token(),
        Door::Invitation(_) => Ok(String::new()),
    }
}

pub(crate) async fn receive(
    app: App,
    limiter: Arc<Limiter>,
    client: Client,
    visitor: Visitor,
    headers: HeaderMap,
    door: Door,
    Form(fields): Form<Vec<(String, String)>>,
) -> HttpResult {
    limiter.count(client.address, app.db().clock().now())?;
    let field =
        |name: &str| fields.iter().find(|(n, _)| n == name).map(|(_, v)| v.clone()).unwrap_or_default();
    let t = field("lang").parse::<Locale>().map_or(visitor.t, |locale| visitor.t.in_locale(locale));
    let (nonce, site, via) = (field("nonce"), field("site"), field("via"));
    let sent = Sent { fields, locale: t.locale(), nonce, site, via };
    let (for_write, sent_again) = ((door.clone(), sent.clone()), sent);
    let (arrival, received) = app.write(move |tx| actions::receive(tx, &for_write.0, &for_write.1)).await?;
    answer(t, &headers, &door, &arrival, received, &sent_again)
}

fn answer(
    t: T,
    headers: &HeaderMap,
    door: &Door,
    arrival: &Arrival,
    received: Received,
    sent: &Sent,
) -> HttpResult {
    let house = &arrival.house;
    let Some(target) = &arrival.target else { return refusal(t, house, StatusCode::NOT_FOUND, "unknown") };
    match received {
        Received::Unknown => refusal(t, house, StatusCode::NOT_FOUND, "unknown"),
        Received::Refused(gate) => closed(t, door, house, gate),
        Received::Invalid(errors) => form(t, headers, door, house, target, sent, errors),
        Received::Thanks(thanked) => thanks(t, door, house, target, thanked),
    }
}

fn form(
    t: T,
    headers: &HeaderMap,
    door: &Door,
    house: &House,
    target: &Target,
    sent: &Sent,
    errors: Vec<FieldError>,
) -> HttpResult {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut carried = String::new();
    for (name, value) in [("site", &sent.site), ("via", &sent.via)] {
        if !value.is_empty() {
            carried.push_str(&format!("&{name}={}", query_value(value)));
        }
    }
    let path = door.path();
    let around = Around {
        action: path.clone(),
        draft: draft_key(door),
        hidden: vec![
            ("lang", t.code().to_owned()),
            ("nonce", sent.nonce.clone()),
            ("site", sent.site.clone()),
            ("via", sent.via.clone()),
        ],
        other_language: Box::new(move |locale| format!("{path}?lang={locale}{carried}")),
        asks_reach: target.invited.is_none(),
        is_preview: false,
    };
    let view = FormView::new(t, &form_token(headers), errors);
    let page = PublicPage::new(t, house.name.clone());
    html_with(status, &FormPage::new(page, view, &target.content, around, &sent.fields))
}

fn draft_key(door: &Door) -> String {
    match door {
        // The signature of a link has no place in a browser's storage.
        Door::Invitation(token) => format!("a-{}", token.split('-').next().unwrap_or_default()),
        Door::Link(secret) => format!("s-{secret}"),
    }
}

fn thanks(t: T, door: &Door, house: &House, target: &Target, thanked: Thanked) -> HttpResult {
    let page = PublicPage::new(t, house.name.clone());
    let words = target.content.thanks.of(thanked.band).read_in(t.locale()).to_owned();
    let draft = draft_key(door);
    html_with(
        StatusCode::OK,
        &ThanksPage { page, words, contact_ok: thanked.contact_ok, draft, preview_of: String::new() },
    )
}

/// The page of an invitation that was answered, is too old, or whose survey is closed.
fn closed(t: T, door: &Door, house: &House, gate: Gate) -> HttpResult {
    let mut response = match gate {
        Gate::Answered => refusal(t, house, StatusCode::OK, "answered")?,
        Gate::Expired => refusal(t, house, StatusCode::GONE, "expired")?,
        Gate::Open | Gate::Closed => refusal(t, house, StatusCode::GONE, "closed")?,
    };
    if matches!(door, Door::Invitation(_)) {
        // A link that was used must not answer for another from a cache.
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    Ok(response)
}

#[derive(Template)]
#[template(path = "answering/views/refusal.html")]
struct RefusalPage {
    page: PublicPage,
    /// Nothing went wrong: the answer is already here.
    is_good: bool,
    title: String,
    detail: String,
}

fn refusal(t: T, house: &House, status: StatusCode, why: &str) -> HttpResult<Response> {
    let page = PublicPage::new(t, house.name.clone());
    let title = t.get(&format!("answer-{why}"));
    let detail = t.one(&format!("answer-{why}-detail"), "organisation", house.name.as_str());
    html_with(status, &RefusalPage { page, is_good: status == StatusCode::OK, title, detail })
}
