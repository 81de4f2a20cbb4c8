//! The page of one's own account.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::identity::store::Session;
use kernel::secrets::{PasswordCost, hash_password, verify_password};
use kernel::texts::Locale;
use kernel::{Error, FieldError, Id, Result};
use serde::Deserialize;
use web_kit::{
    App, Conflict, Failure, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect,
    redirect_with,
};

use super::model::Profile;
use super::{actions, rules};
use crate::second_factor;
use crate::shared::Nothing;
use crate::sign_in::rules::check_password;

struct SessionRow {
    id: Id,
    browser: String,
    address: String,
    seen: String,
    began: String,
    is_this: bool,
}

#[derive(Template)]
#[template(path = "account/views/account.html")]
struct AccountView {
    page: Page,
    profile_form: FormView,
    password_form: FormView,
    profile: Profile,
    conflict: Option<Conflict>,
    has_password: bool,
    second_factor: bool,
    sessions: Vec<SessionRow>,
    languages: Vec<(String, String)>,
    themes: Vec<(String, String)>,
}

/// What of the page was just sent and refused.
#[derive(Default)]
struct Sent {
    profile: Option<(Profile, Vec<FieldError>)>,
    conflict: Option<Conflict>,
    password: Vec<FieldError>,
}

async fn view(app: &App, me: &SignedIn, headers: &HeaderMap, sent: Sent) -> Result<AccountView> {
    let actor = me.actor().clone();
    let (sessions, has_password, factor) = app
        .read(move |tx| {
            let factor = second_factor::actions::standing(tx, &actor)?;
            Ok((actions::sessions(tx, &actor)?, actions::has_password(tx, &actor)?, factor))
        })
        .await?;
    let t = me.t();
    let user = me.user();
    let saved = Profile { name: user.name.clone(), title: user.title.clone(), version: user.version };
    let (profile, errors) = sent.profile.unwrap_or((saved, Vec::new()));
    Ok(AccountView {
        page: Page::new(app, me, headers, "").crumb(t.get("kit-account"), ""),
        profile_form: FormView::new(t, me.csrf(), errors),
        password_form: FormView::new(t, me.csrf(), sent.password),
        profile,
        conflict: sent.conflict,
        has_password,
        second_factor: factor.since.is_some(),
        sessions: sessions.iter().map(|s| row(me, s)).collect(),
        languages: Locale::ALL
            .iter()
            .map(|l| (l.code().to_owned(), t.get(&format!("admin-language-{}", l.code()))))
            .collect(),
        themes: rules::THEMES
            .iter()
            .map(|n| ((*n).to_owned(), t.get(&format!("account-theme-{n}"))))
            .collect(),
    })
}

fn row(me: &SignedIn, session: &Session) -> SessionRow {
    let (t, zone) = (me.t(), &me.organisation().zone);
    let browser = rules::browser(&session.client);
    SessionRow {
        id: session.id,
        browser: if browser.is_empty() { t.get("account-browser-unknown") } else { browser },
        address: session.address.clone(),
        seen: t.moment(session.seen_at, zone),
        began: t.moment(session.created_at, zone),
        is_this: session.id == me.session(),
    }
}

pub(super) async fn show(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let view = view(&app, &me, &headers, Sent::default()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(super) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Profile>,
) -> HttpResult {
    let (actor, input) = (me.actor().clone(), typed.clone());
    let sent = match app.write(move |tx| actions::change(tx, &actor, &input)).await {
        Ok(()) => return Ok(redirect_with(&app, "/account", &Toast::done("account-changed"))),
        Err(Error::Invalid(errors)) => Sent { profile: Some((typed, errors)), ..Sent::default() },
        Err(Error::Stale(version)) => stale(&me, typed, version),
        Err(other) => return Err(other.into()),
    };
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&app, &me, &headers, sent).await?)
}

fn stale(me: &SignedIn, typed: Profile, version: i64) -> Sent {
    let (t, user) = (me.t(), me.user());
    let conflict = Conflict::of([
        (t.get("account-name"), user.name.clone(), typed.name.clone()),
        (t.get("account-title-label"), user.title.clone(), typed.title.clone()),
    ]);
    let typed = Profile { version, ..typed };
    Sent { profile: Some((typed, Vec::new())), conflict: Some(conflict), ..Sent::default() }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Passwords {
    current: String,
    password: String,
}

pub(super) async fn password(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Passwords>,
) -> HttpResult {
    match new_hash(&app, &me, typed).await {
        Ok(hash) => {
            let (actor, session) = (me.actor().clone(), me.session());
            app.write(move |tx| actions::change_password(tx, &actor, session, &hash)).await?;
            Ok(redirect_with(&app, "/account", &Toast::done("account-password-changed")))
        }
        Err(Error::Invalid(password)) => {
            let sent = Sent { password, ..Sent::default() };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&app, &me, &headers, sent).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// Verifies the present password and hashes the new one, outside any transaction.
async fn new_hash(app: &App, me: &SignedIn, typed: Passwords) -> Result<String> {
    let user = me.user();
    let names = [user.email.as_str(), user.name.as_str(), me.organisation().name.as_str()];
    check_password("password", &typed.password, &names).map_err(|e| Error::Invalid(vec![e]))?;
    let actor = me.actor().clone();
    let present = app.write(move |tx| actions::begin_password_change(tx, &actor)).await?;
    app.compute(move || {
        if !verify_password(&typed.current, &present) {
            return Err(Error::field("current", "account-password-wrong"));
        }
        hash_password(&typed.password, PasswordCost::Normal)
    })
    .await
}

pub(super) async fn end(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::end_session(tx, &actor, id)).await?;
    Ok(redirect_with(&app, "/account", &Toast::done("account-session-ended")))
}

pub(super) async fn end_others(State(app): State<App>, me: SignedIn, Form(_): Form<Nothing>) -> HttpResult {
    let (actor, session) = (me.actor().clone(), me.session());
    let ended = app.write(move |tx| actions::end_other_sessions(tx, &actor, session)).await?;
    let toast = Toast::done("account-sessions-ended").with("n", &ended.to_string());
    Ok(redirect_with(&app, "/account", &toast))
}

#[derive(Deserialize)]
pub(super) struct Language {
    locale: String,
}

pub(super) async fn language(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(chosen): Form<Language>,
) -> Result<axum::response::Response, Failure> {
    let locale: Locale = chosen.locale.parse()?;
    let actor = me.actor().clone();
    app.write(move |tx| actions::set_language(tx, &actor, locale)).await?;
    Ok(redirect(&rules::back(&headers)))
}

#[derive(Deserialize)]
pub(super) struct Theme {
    theme: String,
}

pub(super) async fn theme(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(chosen): Form<Theme>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::set_theme(tx, &actor, &chosen.theme)).await?;
    Ok(redirect(&rules::back(&headers)))
}
