//! What the organisation decides about cases: how long they may take, what opens one, who is warned by mail. Each
//! decision is kept with its date; what runs already keeps the rule it began with.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::texts::T;
use kernel::{Error, FieldError, Id, Result, Tx};
use serde::Deserialize;
use web_kit::{App, Conflict, Form, FormView, HttpResult, Page, SignedIn, Toast, html_with, redirect_with};

use super::rules::CaseRules;
use super::store;
use crate::clocks::Counting;

/// Longest time that can be set, in hours: a year.
const HOURS: i64 = 8_760;

/// The form.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RulesForm {
    contact_hours: String,
    answer_hours: String,
    pub(crate) counting: String,
    danger_contact_hours: String,
    danger_answer_hours: String,
    extensions_most: String,
    extended_times: String,
    nps_most: String,
    csat_most: String,
    ces2_most: String,
    pub(crate) mail_half: String,
    pub(crate) mail_soon: String,
    pub(crate) mail_late: String,
    /// Version the form was filled against.
    pub(crate) version: i64,
}

impl RulesForm {
    pub(crate) fn of(rules: &CaseRules, version: i64) -> Self {
        let on = |is: bool| if is { "on".to_owned() } else { String::new() };
        Self {
            contact_hours: rules.contact_hours.to_string(),
            answer_hours: rules.answer_hours.to_string(),
            counting: rules.counting.name().to_owned(),
            danger_contact_hours: rules.danger_contact_hours.to_string(),
            danger_answer_hours: rules.danger_answer_hours.to_string(),
            extensions_most: rules.extensions_most.to_string(),
            extended_times: rules.extended_times.to_string(),
            nps_most: rules.nps_most.to_string(),
            csat_most: rules.csat_most.to_string(),
            ces2_most: rules.ces2_most.to_string(),
            mail_half: on(rules.mail_half),
            mail_soon: on(rules.mail_soon),
            mail_late: on(rules.mail_late),
            version,
        }
    }

    /// Fields of numbers, each with the key of its label.
    pub(crate) fn numbers(&mut self) -> [(&'static str, &mut String); 9] {
        [
            ("case-rules-contact", &mut self.contact_hours),
            ("case-rules-answer", &mut self.answer_hours),
            ("case-rules-danger-contact", &mut self.danger_contact_hours),
            ("case-rules-danger-answer", &mut self.danger_answer_hours),
            ("case-rules-extensions", &mut self.extensions_most),
            ("case-rules-extended", &mut self.extended_times),
            ("case-rules-nps", &mut self.nps_most),
            ("case-rules-csat", &mut self.csat_most),
            ("case-rules-ces2", &mut self.ces2_most),
        ]
    }

    fn check(&self) -> Result<CaseRules> {
        let mut errors = Vec::new();
        let mut number = |field: &'static str, text: &str, from: i64, to: i64| {
            let read = text.trim().parse().ok().filter(|n| (from..=to).contains(n));
            if read.is_none() {
                let message =
                    kernel::Message::new("case-rules-error-number").with("from", from).with("to", to);
                errors.push(FieldError::new(field, message));
            }
            read.unwrap_or(from)
        };
        // One below the scale opens none.
        let rules = CaseRules {
            contact_hours: number("contact_hours", &self.contact_hours, 1, HOURS),
            answer_hours: number("answer_hours", &self.answer_hours, 1, HOURS),
            counting: Counting::OpenDays,
            danger_contact_hours: number("danger_contact_hours", &self.danger_contact_hours, 1, HOURS),
            danger_answer_hours: number("danger_answer_hours", &self.danger_answer_hours, 1, HOURS),
            extensions_most: number("extensions_most", &self.extensions_most, 0, 10),
            extended_times: number("extended_times", &self.extended_times, 1, 10),
            nps_most: number("nps_most", &self.nps_most, -1, 10),
            csat_most: number("csat_most", &self.csat_most, 0, 5),
            ces2_most: number("ces2_most", &self.ces2_most, 0, 7),
            mail_half: self.mail_half == "on",
            mail_soon: self.mail_soon == "on",
            mail_late: self.mail_late == "on",
        };
        for (contact, answer, field) in [
            (rules.contact_hours, rules.answer_hours, "answer_hours"),
            (rules.danger_contact_hours, rules.danger_answer_hours, "danger_answer_hours"),
        ] {
            if answer < contact && errors.iter().all(|error| error.field != field) {
                errors.push(FieldError::new(field, "case-rules-error-order"));
            }
        }
        let counting = Counting::parse(&self.counting);
        if counting.is_err() {
            errors.push(FieldError::new("counting", "clock-error-counting"));
        }
        match (counting, errors.is_empty()) {
            (Ok(counting), true) => Ok(CaseRules { counting, ..rules }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// The rules that hold, with their version.
pub(crate) fn read(tx: &mut Tx<'_>, by: &Actor) -> Result<(CaseRules, i64)> {
    by.require(Permission::CasesManage)?;
    let (rules, _) = store::case_rules(tx)?;
    Ok((rules, store::rules_version(tx)?))
}

/// Decides new rules for the whole organisation.
///
/// # Errors
/// Stale when somebody else decided others since the form was shown.
pub(crate) fn decide(tx: &mut Tx<'_>, by: &Actor, form: &RulesForm) -> Result<()> {
    by.require_whole(Permission::CasesManage)?;
    let rules = form.check()?;
    let (before, version) = read(tx, by)?;
    if rules == before {
        return Ok(());
    }
    if form.version != version {
        return Err(Error::Stale(version));
    }
    store::decide_rules(tx, &by.name, &rules)?;
    Event::new("case-rules.decided", Id(1)).before(&before).after(&rules).record(tx, by)?;
    Ok(())
}

#[derive(Template)]
#[template(path = "cases/views/rules.html")]
struct RulesView {
    page: Page,
    form: FormView,
    conflict: Option<Conflict>,
    input: RulesForm,
    countings: Vec<(String, String)>,
    since: String,
}

async fn view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    input: Option<RulesForm>,
    errors: Vec<FieldError>,
) -> HttpResult<RulesView> {
    let actor = me.actor().clone();
    let (rules, version, decided) = app
        .read(move |tx| {
            let (rules, version) = read(tx, &actor)?;
            Ok((rules, version, store::case_rules(tx)?.1))
        })
        .await?;
    let t = me.t();
    let since = match decided {
        Some((at, name)) => {
            t.two("case-rules-since", "when", t.moment(at, &me.organisation().zone), "name", name)
        }
        None => t.get("case-rules-usual"),
    };
    Ok(RulesView {
        page: Page::new(app, me, headers, "/cases").crumb(t.get("case-rules-title"), ""),
        form: FormView::new(t, me.csrf(), errors),
        conflict: None,
        input: input.unwrap_or_else(|| RulesForm::of(&rules, version)),
        countings: Counting::ALL
            .iter()
            .map(|c| (c.name().to_owned(), t.get(&format!("clock-counting-{}", c.name().replace('_', "-")))))
            .collect(),
        since,
    })
}

pub(crate) async fn show(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult<Response> {
    let view = view(&app, &me, &headers, None, Vec::new()).await?;
    Page::show(view.page.toast.is_some(), &app, &view)
}

pub(crate) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(input): Form<RulesForm>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), input.clone());
    match app.write(move |tx| decide(tx, &actor, &typed)).await {
        Ok(()) => Ok(redirect_with(&app, "/cases/rules", &Toast::done("case-rules-saved"))),
        Err(Error::Invalid(errors)) => {
            let view = view(&app, &me, &headers, Some(input), errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(Error::Stale(version)) => {
            let (rules, _) = app.read(store::case_rules).await?;
            let conflict = conflict(me.t(), RulesForm::of(&rules, version), input.clone());
            let input = RulesForm { version, ..input };
            let view = view(&app, &me, &headers, Some(input), Vec::new()).await?;
            let view = RulesView { conflict: Some(conflict), ..view };
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

/// What somebody else decided beside what was typed, field by field.
fn conflict(t: T, mut saved: RulesForm, mut typed: RulesForm) -> Conflict {
    let counting = |name: &str| t.get(&format!("clock-counting-{}", name.replace('_', "-")));
    let on = |text: &str| t.get(if text == "on" { "case-yes" } else { "case-no" });
    let mut rows = vec![(t.get("case-rules-counting"), counting(&saved.counting), counting(&typed.counting))];
    for (key, saved, typed) in [
        ("case-rules-mail-half", &saved.mail_half, &typed.mail_half),
        ("case-rules-mail-soon", &saved.mail_soon, &typed.mail_soon),
        ("case-rules-mail-late", &saved.mail_late, &typed.mail_late),
    ] {
        rows.push((t.get(key), on(saved), on(typed)));
    }
    let numbers = saved.numbers().into_iter().zip(typed.numbers());
    rows.extend(
        numbers.map(|((key, saved), (_, typed))| (t.get(key), saved.clone(), typed.trim().to_owned())),
    );
    Conflict::of(rows)
}
