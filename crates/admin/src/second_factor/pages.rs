//! The pages of one's own second factor.

use askama::Template;
use askama::filters::Safe;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::secrets::verify_password;
use kernel::{Error, FieldError, Id, Result};
use serde::Deserialize;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, qr_code, redirect, redirect_with,
};

use super::{actions, rules};
use crate::account::actions::begin_password_change;
use crate::shared::Nothing;

const HERE: &str = "/account/second-factor";

#[derive(Template)]
#[template(path = "second_factor/views/second_factor.html")]
struct View {
    page: Page,
    form: FormView,
    /// What the application reads, while the factor is being set up.
    drawing: Option<(Safe<String>, String)>,
    /// Since when it is asked.
    since: Option<String>,
    codes_left: i64,
    has_password: bool,
}

#[derive(Template)]
#[template(path = "second_factor/views/codes.html")]
struct CodesView {
    page: Page,
    codes: Vec<String>,
}

async fn view(app: &App, me: &SignedIn, headers: &HeaderMap, errors: Vec<FieldError>) -> Result<View> {
    let actor = me.actor().clone();
    let (standing, secret, has_password) = app
        .read(move |tx| {
            let secret = match actions::unconfirmed(tx, &actor) {
                Ok(secret) => Some(secret),
                Err(Error::NotFound) => None,
                Err(other) => return Err(other),
            };
            let has_password = crate::account::actions::has_password(tx, &actor)?;
            Ok((actions::standing(tx, &actor)?, secret, has_password))
        })
        .await?;
    let (t, zone) = (me.t(), &me.organisation().zone);
    let drawing = secret.map(|secret| {
        let address = rules::address(&me.organisation().name, &me.user().email, &secret);
        qr_code(&address).map(|drawing| (drawing, rules::grouped(&secret, ' ')))
    });
    Ok(View {
        page: Page::new(app, me, headers, "")
            .crumb(t.get("kit-account"), "/account")
            .crumb(t.get("second-factor-title"), ""),
        form: FormView::new(t, me.csrf(), errors),
        drawing: drawing.transpose()?,
        since: standing.since.map(|at| t.moment(at, zone)),
        codes_left: standing.codes_left,
        has_password,
    })
}

pub(super) async fn show(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let view = view(&app, &me, &headers, Vec::new()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Password {
    current: String,
}

/// Goes on when the password is right; otherwise the page that says so.
async fn with_password(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    typed: Password,
) -> Result<std::result::Result<(), axum::response::Response>, web_kit::Failure> {
    let actor = me.actor().clone();
    let expected = app.write(move |tx| begin_password_change(tx, &actor)).await?;
    if app.compute(move || Ok(verify_password(&typed.current, &expected))).await? {
        let actor = me.actor().clone();
        app.write(move |tx| crate::account::actions::password_was_right(tx, &actor)).await?;
        return Ok(Ok(()));
    }
    let wrong = vec![FieldError::new("current", "account-password-wrong")];
    let page = html_with(StatusCode::UNPROCESSABLE_ENTITY, &view(app, me, headers, wrong).await?)?;
    Ok(Err(page))
}

pub(super) async fn begin(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Password>,
) -> HttpResult {
    if let Err(page) = with_password(&app, &me, &headers, typed).await? {
        return Ok(page);
    }
    let (actor, secret) = (me.actor().clone(), rules::new_secret()?);
    app.write(move |tx| actions::begin(tx, &actor, &secret)).await?;
    Ok(redirect(HERE))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Code {
    code: String,
}

pub(super) async fn confirm(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Code>,
) -> HttpResult {
    let (actor, session) = (me.actor().clone(), me.session());
    let codes = rules::recovery_codes()?;
    let kept = codes.clone();
    let fits = app.write(move |tx| actions::confirm(tx, &actor, &typed.code, &kept, session)).await?;
    if !fits {
        let wrong = vec![FieldError::new("code", "second-factor-wrong")];
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&app, &me, &headers, wrong).await?);
    }
    show_codes(&app, &me, &headers, codes)
}

fn show_codes(app: &App, me: &SignedIn, headers: &HeaderMap, codes: Vec<String>) -> HttpResult {
    let page = Page::new(app, me, headers, "")
        .crumb(me.t().get("kit-account"), "/account")
        .crumb(me.t().get("second-factor-codes"), "");
    html_with(StatusCode::OK, &CodesView { page, codes })
}

pub(super) async fn renew(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Password>,
) -> HttpResult {
    if let Err(page) = with_password(&app, &me, &headers, typed).await? {
        return Ok(page);
    }
    let (actor, codes) = (me.actor().clone(), rules::recovery_codes()?);
    let kept = codes.clone();
    app.write(move |tx| actions::renew_codes(tx, &actor, &kept)).await?;
    show_codes(&app, &me, &headers, codes)
}

pub(super) async fn remove(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Password>,
) -> HttpResult {
    if let Err(page) = with_password(&app, &me, &headers, typed).await? {
        return Ok(page);
    }
    let actor = me.actor().clone();
    let owes = app.write(move |tx| actions::remove(tx, &actor)).await?;
    let done = if owes { "second-factor-removed-owed" } else { "second-factor-removed" };
    Ok(redirect_with(&app, HERE, &Toast::done(done)))
}

pub(super) async fn remove_for(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::remove_for(tx, &actor, id)).await?;
    Ok(redirect_with(&app, &format!("/people/{id}"), &Toast::done("second-factor-removed-for")))
}
