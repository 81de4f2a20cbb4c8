//! The small forms of a case.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::{Error, Id, Result};
use serde::Deserialize;
use web_kit::{App, Form, HttpResult, Path, SignedIn, Toast, redirect_with};

use super::sheet::{self, Typed};
use crate::cases::actions;
use crate::cases::model::Case;
use crate::cases::url;

/// Everything the small forms send.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ActForm {
    channel: String,
    outcome: String,
    text: String,
    until: String,
    to: String,
}

impl ActForm {
    fn typed(self, form: &'static str) -> Typed {
        Typed {
            form,
            text: self.text,
            channel: self.channel,
            outcome: self.outcome,
            until: self.until,
            to: self.to,
            ..Typed::default()
        }
    }
}

/// Goes back to the case: with a notice, or with what was typed and what is wrong with it.
async fn back(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    typed: Typed,
    outcome: Result<Case>,
    done: &str,
) -> HttpResult<Response> {
    match outcome {
        Ok(_) => Ok(redirect_with(app, &url(id), &Toast::done(done))),
        Err(Error::Invalid(errors)) => {
            let typed = Typed { errors, ..typed };
            sheet::render(app, me, headers, id, typed, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        // Somebody was quicker: the case as it now stands says more than a page of error.
        Err(Error::Refused(message)) => Ok(redirect_with(app, &url(id), &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn take(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(_): Form<ActForm>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let outcome = app.write(move |tx| actions::take(tx, &actor, id)).await;
    back(&app, &me, &headers, id, Typed::default(), outcome, "case-taken").await
}

pub(crate) async fn hand_over(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, sent) = (me.actor().clone(), form.clone());
    let outcome = app.write(move |tx| actions::hand_over(tx, &actor, id, &sent.to, &sent.text)).await;
    back(&app, &me, &headers, id, form.typed("handover"), outcome, "case-handed-over").await
}

pub(crate) async fn attempt(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, sent) = (me.actor().clone(), form.clone());
    let outcome =
        app.write(move |tx| actions::attempt(tx, &actor, id, &sent.channel, &sent.outcome, &sent.text)).await;
    back(&app, &me, &headers, id, form.typed("attempt"), outcome, "case-attempt-noted").await
}

pub(crate) async fn note(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, sent) = (me.actor().clone(), form.clone());
    let outcome = app.write(move |tx| actions::note(tx, &actor, id, &sent.text)).await;
    back(&app, &me, &headers, id, form.typed("note"), outcome, "case-noted").await
}

pub(crate) async fn tell(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, sent) = (me.actor().clone(), form.clone());
    let outcome = app.write(move |tx| actions::tell(tx, &actor, id, &sent.channel, &sent.text)).await;
    back(&app, &me, &headers, id, form.typed("notice"), outcome, "case-told").await
}

pub(crate) async fn extend(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, sent, t) = (me.actor().clone(), form.clone(), me.t());
    let outcome =
        app.write(move |tx| actions::extend(tx, &actor, t, id, &sent.until, &sent.channel, &sent.text)).await;
    back(&app, &me, &headers, id, form.typed("extension"), outcome, "case-extended").await
}

pub(crate) async fn close(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(_): Form<ActForm>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let outcome = app.write(move |tx| actions::close(tx, &actor, id)).await;
    back(&app, &me, &headers, id, Typed::default(), outcome, "case-closed").await
}

pub(crate) async fn reopen(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, sent) = (me.actor().clone(), form.clone());
    let outcome = app.write(move |tx| actions::reopen(tx, &actor, id, &sent.text)).await;
    back(&app, &me, &headers, id, form.typed("opening"), outcome, "case-reopened").await
}
