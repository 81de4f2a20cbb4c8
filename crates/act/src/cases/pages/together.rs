//! Several cases of the queue, taken or handed over at once.

use axum::extract::State;
use axum::response::Response;
use kernel::{Error, Id, Message};
use serde::Deserialize;
use web_kit::{App, Form, HttpResult, SignedIn, Toast, redirect_with};

use crate::cases::actions::{self, Together};

/// What the queue sends.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ChosenForm {
    /// Rows that were chosen.
    case: Vec<Id>,
    /// The row whose own button was pressed: it alone is meant.
    one: Option<Id>,
    /// `take` or `hand`.
    act: String,
    /// To whom.
    to: String,
    /// The page of the list it was sent from.
    back: String,
}

impl ChosenForm {
    /// The list it came from, and no other page.
    fn back(&self) -> String {
        let is_list = self.back.starts_with("/cases?") && web_kit::is_own_page(&self.back);
        if is_list { self.back.clone() } else { "/cases".to_owned() }
    }
}

/// Takes the chosen cases, or hands them over, and goes back to the list.
pub(crate) async fn act(
    State(app): State<App>,
    me: SignedIn,
    Form(form): Form<ChosenForm>,
) -> HttpResult<Response> {
    let (actor, back, is_handed) =
        (me.actor().clone(), form.back(), form.one.is_none() && form.act == "hand");
    let outcome = app
        .write(move |tx| match form.one {
            Some(one) => actions::take_all(tx, &actor, &[one]),
            None if is_handed => actions::hand_over_all(tx, &actor, &form.case, &form.to),
            None => actions::take_all(tx, &actor, &form.case),
        })
        .await;
    match outcome {
        Ok(together) => Ok(redirect_with(&app, &back, &said(&together, is_handed))),
        Err(Error::Refused(message)) => Ok(redirect_with(&app, &back, &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}

/// What became of them, in a sentence.
fn said(together: &Together, is_handed: bool) -> Toast {
    let (done, left) = (together.done.len(), together.left);
    match (done, left) {
        (0, 0) => Toast::failed(&Message::new("case-chosen-none")),
        (0, left) => Toast::failed(&Message::new("case-chosen-left").with("n", left)),
        _ => {
            let key = if is_handed { "case-chosen-handed" } else { "case-chosen-taken" };
            Toast::done(key).with("n", &done.to_string()).with("left", &left.to_string())
        }
    }
}
