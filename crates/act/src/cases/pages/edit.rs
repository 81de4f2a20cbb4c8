//! What is known of a case, as its form sends it.

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::{App, Form, HttpResult, Path, Query, SignedIn, Toast, redirect, redirect_with};

use super::draft_key;
use super::query::QueueQuery;
use super::sheet::{Asked, Typed, refused, within};
use crate::cases::actions;
use crate::cases::model::{CaseEdit, CasePatch};

/// A form of the case sends its answer from its own address: whoever reloads it is led back to the case.
pub(crate) async fn back(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Query(list): Query<QueueQuery>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let case = app.read(move |tx| actions::read(tx, &actor, id)).await?;
    Ok(redirect(&within(case.id, &list)))
}

/// What the form of the case sends: the fields, and what they were when it was shown.
pub(crate) async fn change(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(list): Query<QueueQuery>,
    Form(edit): Form<CaseEdit>,
) -> HttpResult<Response> {
    let (actor, sent) = (me.actor().clone(), edit.clone());
    let outcome = app
        .write(move |tx| match serde_json::from_str::<CaseEdit>(&sent.base) {
            Ok(base) => actions::merge(tx, &actor, id, &base, &sent),
            Err(_) => actions::change(tx, &actor, id, sent.version.parse().unwrap_or(0), &sent),
        })
        .await;
    let typed = Typed { form: "edit", edit: Some(edit), ..Typed::default() };
    match outcome {
        Ok(_) => {
            let toast = Toast::done("case-saved").saved_draft(&draft_key(id, "edit"));
            Ok(redirect_with(&app, &within(id, &list), &toast))
        }
        Err(Error::Invalid(errors)) => {
            refused(
                &Asked { app: &app, me: &me, headers: &headers, id, list: &list },
                Typed { errors, ..typed },
            )
            .await
        }
        Err(Error::Stale(_)) => {
            refused(
                &Asked { app: &app, me: &me, headers: &headers, id, list: &list },
                Typed { is_stale: true, ..typed },
            )
            .await
        }
        Err(Error::Refused(message)) => Ok(redirect_with(&app, &within(id, &list), &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}

/// The cause of a closed case, put right.
#[derive(Deserialize)]
pub(crate) struct CauseForm {
    #[serde(default)]
    cause: String,
    #[serde(default)]
    version: String,
}

/// Corrects the cause of a closed case.
pub(crate) async fn correct(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(list): Query<QueueQuery>,
    Form(form): Form<CauseForm>,
) -> HttpResult<Response> {
    let (actor, version) = (me.actor().clone(), form.version.parse().unwrap_or(0));
    let patch = CasePatch { cause: Some(form.cause), ..CasePatch::default() };
    match app.write(move |tx| actions::patch(tx, &actor, id, version, &patch)).await {
        Ok(_) => Ok(redirect_with(&app, &within(id, &list), &Toast::done("case-saved"))),
        Err(Error::Invalid(errors)) => {
            let typed = Typed { form: "cause", errors, ..Typed::default() };
            refused(&Asked { app: &app, me: &me, headers: &headers, id, list: &list }, typed).await
        }
        Err(Error::Refused(message)) => Ok(redirect_with(&app, &within(id, &list), &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}
