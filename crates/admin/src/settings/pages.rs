//! The page of the settings.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::clock::{Regime, Zone};
use kernel::identity::Role;
use kernel::organisation::{CURRENCIES, Organisation};
use kernel::texts::{Locale, T};
use kernel::{Day, Error, FieldError, Result};
use web_kit::{App, Conflict, Form, FormView, HttpResult, Page, SignedIn, Toast, html_with, redirect_with};

use super::model::SettingsInput;
use super::{actions, rules};

/// Public holidays shown.
const HOLIDAYS: usize = 6;
/// The limit of an acknowledgement of receipt, shown as the example.
const EXAMPLE_DAYS: u16 = 10;

#[derive(Template)]
#[template(path = "settings/views/settings.html")]
struct SettingsView {
    page: Page,
    form: FormView,
    typed: SettingsInput,
    conflict: Option<Conflict>,
    regimes: Vec<(String, String)>,
    zones: Vec<String>,
    currencies: Vec<(String, String)>,
    languages: Vec<(String, String)>,
    roles: Vec<(&'static str, String)>,
    holidays: Vec<(String, String)>,
    today: Day,
    deadline: Day,
    regime: String,
}

async fn view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    typed: Option<SettingsInput>,
    errors: Vec<FieldError>,
) -> Result<SettingsView> {
    let actor = me.actor().clone();
    let (saved, factor_roles) = app.read(move |tx| actions::read(tx, &actor)).await?;
    let t = me.t();
    let today = saved.zone.day_of(app.db().clock().now());
    let pair = |code: &str, key: String| (code.to_owned(), t.get(&key));
    Ok(SettingsView {
        page: Page::new(app, me, headers, "/settings"),
        form: FormView::new(t, me.csrf(), errors),
        typed: typed.unwrap_or_else(|| SettingsInput::of(&saved, &factor_roles)),
        conflict: None,
        regimes: Regime::ALL.iter().map(|r| pair(r.code(), format!("regime-{}", r.code()))).collect(),
        zones: Zone::names(),
        currencies: CURRENCIES.iter().map(|c| pair(c, format!("admin-currency-{c}"))).collect(),
        languages: Locale::ALL
            .iter()
            .map(|l| pair(l.code(), format!("admin-language-{}", l.code())))
            .collect(),
        roles: Role::ALL.iter().map(|r| (r.name(), t.get(&format!("role-{}", r.name())))).collect(),
        holidays: holidays(t, &saved, today),
        today,
        deadline: saved.calendar().add_ouvrables(today, EXAMPLE_DAYS),
        regime: t.get(&format!("regime-{}", saved.regime.code())),
    })
}

impl SettingsView {
    fn must_have_factor(&self, role: &str) -> bool {
        self.typed.factor_roles.iter().any(|name| name == role)
    }
}

fn holidays(t: T, saved: &Organisation, today: Day) -> Vec<(String, String)> {
    let next = rules::next_holidays(saved.regime, today, HOLIDAYS);
    next.iter().map(|holiday| (t.get(holiday.key), t.long_day(holiday.day))).collect()
}

pub(super) async fn show(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let view = view(&app, &me, &headers, None, Vec::new()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(super) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<SettingsInput>,
) -> HttpResult {
    let (actor, input) = (me.actor().clone(), typed.clone());
    match app.write(move |tx| actions::change(tx, &actor, &input)).await {
        Ok(()) => Ok(redirect_with(&app, "/settings", &Toast::done("settings-changed"))),
        Err(Error::Invalid(errors)) => {
            let view = view(&app, &me, &headers, Some(typed), errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(Error::Stale(version)) => {
            let actor = me.actor().clone();
            let (saved, factor_roles) = app.read(move |tx| actions::read(tx, &actor)).await?;
            let saved = SettingsInput::of(&saved, &factor_roles);
            let conflict = conflict(me.t(), &saved, &typed);
            let typed = SettingsInput { version, ..typed };
            let mut view = view(&app, &me, &headers, Some(typed), Vec::new()).await?;
            view.conflict = Some(conflict);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

fn conflict(t: T, saved: &SettingsInput, typed: &SettingsInput) -> Conflict {
    let plain = [
        ("settings-name", &saved.name, &typed.name),
        ("settings-regime", &saved.regime, &typed.regime),
        ("settings-zone", &saved.zone, &typed.zone),
        ("settings-currency", &saved.currency, &typed.currency),
        ("settings-language", &saved.locale, &typed.locale),
        ("settings-closures", &saved.closures, &typed.closures),
    ];
    let week = saved.week().into_iter().zip(typed.week());
    let week = week.map(|((_, key, saved), (_, _, typed))| (t.get(key), saved.to_owned(), typed.to_owned()));
    let plain = plain.into_iter().map(|(key, saved, typed)| {
        // Browsers send lines of a text area with a carriage return.
        (t.get(key), saved.clone(), typed.replace('\r', "").trim_end().to_owned())
    });
    let roles = |names: &[String]| {
        let all = Role::ALL.iter().filter(|role| names.iter().any(|name| name == role.name()));
        all.map(|role| t.get(&format!("role-{}", role.name()))).collect::<Vec<_>>().join(", ")
    };
    let factor = (t.get("settings-factor"), roles(&saved.factor_roles), roles(&typed.factor_roles));
    Conflict::of(plain.chain(week).chain([factor]))
}
