//! The page of the ledger.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::identity::Permission;
use kernel::ledger::Recorded;
use kernel::ledger::store::Failed;
use kernel::{Error, FieldError, Id};
use web_kit::{App, Form, FormView, HttpResult, Page, Query, SignedIn, Toast, query_value, redirect_with};

use super::actions;
use super::model::{Choices, LedgerQuery};
use super::rules::{FieldChange, changes, event_in_words};
use crate::shared::Nothing;

/// Events of a page.
const PAGE: usize = 50;

struct Row {
    what: String,
    kind: String,
    name: Option<String>,
    who: String,
    who_id: Option<Id>,
    at: String,
    subject: Id,
    changes: Vec<FieldChange>,
    has_before: bool,
}

struct FailedRow {
    what: String,
    subscription: String,
    attempts: i64,
    error: String,
}

#[derive(Template)]
#[template(path = "ledger/views/list.html")]
struct ListView {
    page: Page,
    form: FormView,
    rows: Vec<Row>,
    failed: Vec<FailedRow>,
    failed_is_cut: bool,
    query: LedgerQuery,
    kinds: Vec<(String, String)>,
    actors: Vec<(String, String)>,
    older: Option<String>,
    may_retry: bool,
}

pub(super) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(query): Query<LedgerQuery>,
) -> HttpResult {
    let (actor, wanted) = (me.actor().clone(), query.clone());
    let (found, choices, failed) = app
        .read(move |tx| {
            let found = match actions::list(tx, &actor, &wanted, PAGE as i64 + 1) {
                Err(Error::Invalid(errors)) => Err(errors),
                found => Ok(found?),
            };
            Ok((found, actions::choices(tx, &actor)?, actions::failed(tx, &actor)?))
        })
        .await?;
    let (events, errors) = found.map_or_else(|errors| (Vec::new(), errors), |events| (events, Vec::new()));
    let view = view(&app, &me, &headers, query, events, errors, choices, failed);
    Page::show(view.page.toast.is_some(), &app, &view)
}

#[expect(clippy::too_many_arguments, reason = "a page and all it is made of")]
fn view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    query: LedgerQuery,
    mut events: Vec<Recorded>,
    errors: Vec<FieldError>,
    choices: Choices,
    failed: Vec<Failed>,
) -> ListView {
    let t = me.t();
    let has_more = events.len() > PAGE;
    events.truncate(PAGE);
    let older = events.last().filter(|_| has_more).map(|last| address(&query, last.id));
    ListView {
        page: Page::new(app, me, headers, "/ledger"),
        form: FormView::new(t, me.csrf(), errors),
        rows: rows(me, &events),
        failed_is_cut: failed.len() as i64 >= actions::FAILED_MOST,
        failed: failed.into_iter().map(|f| failed_row(me, f)).collect(),
        kinds: choices.kinds.into_iter().map(|kind| (kind.clone(), event_in_words(t, &kind))).collect(),
        actors: choices.actors.into_iter().map(|(id, name)| (id.to_string(), name)).collect(),
        query,
        older,
        may_retry: me.may(Permission::JobsManage),
    }
}

fn address(query: &LedgerQuery, before: Id) -> String {
    format!(
        "/ledger?kind={}&actor={}&subject={}&before={before}",
        query_value(&query.kind),
        query_value(&query.actor),
        query_value(&query.subject)
    )
}

/// The rows of a page. An event that does not tell the name of what it happened to borrows it from one that does.
fn rows(me: &SignedIn, events: &[Recorded]) -> Vec<Row> {
    let told = events.iter().filter_map(|event| Some((event.subject, name_of(event)?)));
    let names: HashMap<Id, String> = told.collect();
    let named = |event: &Recorded| {
        let row = row(me, event);
        Row { name: row.name.or_else(|| names.get(&event.subject).cloned()), ..row }
    };
    events.iter().map(named).collect()
}

fn row(me: &SignedIn, event: &Recorded) -> Row {
    let (t, zone) = (me.t(), &me.organisation().zone);
    let who = match event.actor_name.as_str() {
        "" => t.get(&format!("actor-{}", event.actor_kind)),
        // What the program does of itself bears its name, as people write it.
        "bocal" => t.get("actor-system"),
        name => name.to_owned(),
    };
    Row {
        what: event_in_words(t, &event.kind),
        kind: event.kind.clone(),
        name: name_of(event),
        who,
        who_id: event.actor_id,
        at: t.moment(event.at, zone),
        subject: event.subject,
        changes: worth_reading(changes(t, zone, event.before.as_ref(), event.after.as_ref())),
        has_before: event.before.is_some(),
    }
}

/// What changed; everything, when nothing did or there was nothing before.
fn worth_reading(all: Vec<FieldChange>) -> Vec<FieldChange> {
    if !all.iter().any(|change| change.changed) {
        return all;
    }
    all.into_iter().filter(|change| change.changed).collect()
}

/// The name of what it happened to, when the event tells it.
fn name_of(event: &Recorded) -> Option<String> {
    let told = event.after.iter().chain(event.before.iter());
    let part = |state: &serde_json::Value, field: &str| state[field].as_str().unwrap_or_default().to_owned();
    told.filter_map(|state| {
        let person = format!("{} {}", part(state, "given_name"), part(state, "family_name"));
        let names =
            ["name", "organisation_name", "reference", "title", "name_fr"].map(|field| part(state, field));
        let mut names = std::iter::once(person.trim().to_owned()).chain(names);
        names.find(|name| !name.is_empty())
    })
    .next()
}

fn failed_row(me: &SignedIn, failed: Failed) -> FailedRow {
    FailedRow {
        what: event_in_words(me.t(), &failed.kind),
        subscription: failed.subscription,
        attempts: failed.attempts,
        error: failed.error.unwrap_or_default(),
    }
}

pub(super) async fn retry(State(app): State<App>, me: SignedIn, Form(_): Form<Nothing>) -> HttpResult {
    let actor = me.actor().clone();
    let retried = app.write(move |tx| actions::retry(tx, &actor)).await?;
    let to = if me.may(Permission::LedgerRead) { "/ledger" } else { "/jobs" };
    Ok(redirect_with(&app, to, &Toast::done("ledger-retried").with("n", &retried.to_string())))
}
