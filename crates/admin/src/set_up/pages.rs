//! The form of the first start.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::clock::{Regime, Zone};
use kernel::organisation::CURRENCIES;
use kernel::secrets::{PasswordCost, hash_password};
use kernel::texts::{Locale, T};
use kernel::{Error, FieldError};
use web_kit::{
    App, Client, Form, FormView, HttpResult, Path, PublicPage, Visitor, form_token, html, html_with,
};

use super::model::SetUpForm;
use super::{actions, rules};
use crate::sign_in::{Entry, enter};

#[derive(Template)]
#[template(path = "set_up/views/set_up.html")]
struct SetUpView {
    page: PublicPage,
    form: FormView,
    action: String,
    other_language: String,
    typed: SetUpForm,
    regimes: Vec<(String, String)>,
    zones: Vec<String>,
    currencies: Vec<(String, String)>,
    languages: Vec<(String, String)>,
}

/// A link that no longer holds.
#[derive(Template)]
#[template(path = "set_up/views/used.html")]
pub(crate) struct UsedView {
    pub(crate) page: PublicPage,
    pub(crate) title: String,
    pub(crate) help: String,
}

pub(super) async fn show(
    State(app): State<App>,
    Visitor { t }: Visitor,
    headers: HeaderMap,
    Path(secret): Path<String>,
) -> HttpResult {
    let known = secret.clone();
    if !app.read(move |tx| actions::link_holds(tx, &known)).await? {
        return used(t);
    }
    let typed = SetUpForm {
        regime: Regime::France.code().to_owned(),
        currency: CURRENCIES[0].to_owned(),
        locale: t.code().to_owned(),
        ..SetUpForm::default()
    };
    html(&view(t, &headers, &secret, typed, Vec::new()))
}

pub(super) async fn submit(
    State(app): State<App>,
    Visitor { t }: Visitor,
    client: Client,
    headers: HeaderMap,
    Path(secret): Path<String>,
    Form(typed): Form<SetUpForm>,
) -> HttpResult {
    let mut input = match rules::check(&typed) {
        Ok(input) => input,
        Err(Error::Invalid(errors)) => {
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view(t, &headers, &secret, typed, errors));
        }
        Err(other) => return Err(other.into()),
    };
    let password = typed.password.clone();
    input.password_hash = Some(app.compute(move || hash_password(&password, PasswordCost::Normal)).await?);
    let entry = Entry::new(&client, &headers)?;
    let coming = entry.clone();
    let made = app
        .write(move |tx| {
            let made = actions::set_up_by_link(tx, &secret, &input)?;
            enter(tx, &made.administrator, &coming)
        })
        .await;
    match made {
        Ok(()) => Ok(entry.welcome(&app, "/")),
        Err(Error::NotFound) => used(t),
        Err(other) => Err(other.into()),
    }
}

fn used(t: T) -> HttpResult {
    let (title, help) = (t.get("set-up-used"), t.get("set-up-used-help"));
    html_with(StatusCode::GONE, &UsedView { page: PublicPage::new(t, ""), title, help })
}

fn view(t: T, headers: &HeaderMap, secret: &str, typed: SetUpForm, errors: Vec<FieldError>) -> SetUpView {
    let page = PublicPage::new(t, "");
    let action = format!("/set-up/{secret}?lang={}", t.code());
    let other_language = format!("/set-up/{secret}?lang={}", page.other().code());
    let pair = |code: &str, key: String| (code.to_owned(), t.get(&key));
    SetUpView {
        form: FormView::new(t, &form_token(headers), errors),
        action,
        other_language,
        typed,
        regimes: Regime::ALL.iter().map(|r| pair(r.code(), format!("regime-{}", r.code()))).collect(),
        zones: Zone::names(),
        currencies: CURRENCIES.iter().map(|c| pair(c, format!("admin-currency-{c}"))).collect(),
        languages: Locale::ALL
            .iter()
            .map(|l| pair(l.code(), format!("admin-language-{}", l.code())))
            .collect(),
        page,
    }
}
