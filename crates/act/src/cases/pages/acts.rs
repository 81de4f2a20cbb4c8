//! The small forms of a case.

use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::identity::Actor;
use kernel::{Error, FieldError, Id, Result, Tx};
use serde::Deserialize;
use web_kit::{App, Form, HttpResult, Path, Query, SignedIn, Toast, redirect_with};

use super::draft_key;
use super::query::QueueQuery;
use super::sheet::{self, Asked, Typed};
use crate::cases::actions;
use crate::cases::model::{Case, Closing};
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
    cause: String,
    no_cause: String,
    remedy: String,
}

impl ActForm {
    fn typed(self, form: &'static str, errors: Vec<FieldError>) -> Typed {
        let closing =
            Closing { cause: self.cause, no_cause: self.no_cause, remedy: self.remedy, ..Closing::default() };
        Typed {
            form,
            text: self.text,
            channel: self.channel,
            outcome: self.outcome,
            until: self.until,
            to: self.to,
            closing: Some(closing).filter(|_| form == "closing"),
            errors: errors.into_iter().map(|error| at_form(form, error)).collect(),
            ..Typed::default()
        }
    }
}

/// The error at the field of this form: several forms of the page have a text, a channel, a cause.
fn at_form(form: &str, error: FieldError) -> FieldError {
    let field = match error.field.as_ref() {
        // The one text of a form is called by what it is there.
        "note" | "reason" | "email" => "text",
        other => other,
    };
    FieldError::new(format!("{form}-{field}"), error.message)
}

/// What a form does, and the words said once it is done.
struct Act<F> {
    form: &'static str,
    done: &'static str,
    /// It can be taken back as long as nothing followed.
    is_contact: bool,
    run: F,
}

/// The page a form was sent from.
struct Sent {
    app: App,
    me: SignedIn,
    headers: HeaderMap,
    id: Id,
    list: QueueQuery,
    form: ActForm,
}

/// Does it and goes back to the case: with a notice, or with what was typed and what is wrong with it.
async fn act<F>(sent: Sent, act: Act<F>) -> HttpResult<Response>
where
    F: Fn(&mut Tx<'_>, &Actor, &ActForm) -> Result<Case> + Send + 'static,
{
    let Sent { app, me, headers, id, list, form } = sent;
    let page = sheet::within(id, &list);
    let (actor, typed, run) = (me.actor().clone(), form.clone(), act.run);
    match app.write(move |tx| run(tx, &actor, &typed)).await {
        Ok(_) => {
            let toast = Toast::done(act.done).saved_draft(&draft_key(id, act.form));
            let back = format!("{}/withdrawal{}", url(id), list.kept());
            let toast = if act.is_contact { toast.undo(&back) } else { toast };
            Ok(redirect_with(&app, &page, &toast))
        }
        Err(Error::Invalid(errors)) => {
            let asked = Asked { app: &app, me: &me, headers: &headers, id, list: &list };
            sheet::refused(&asked, form.typed(act.form, errors)).await
        }
        // Somebody was quicker: the case as it now stands says more than a page of error.
        Err(Error::Refused(message)) => Ok(redirect_with(&app, &page, &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident, $form:literal, $done:literal, |$tx:ident, $by:ident, $id:ident, $t:ident, $f:ident| $run:expr;)*) => {$(
        $(#[$doc])*
        pub(crate) async fn $name(
            State(app): State<App>,
            me: SignedIn,
            headers: HeaderMap,
            Path($id): Path<Id>,
            Query(list): Query<QueueQuery>,
            Form(form): Form<ActForm>,
        ) -> HttpResult<Response> {
            let $t = me.t();
            let run = move |$tx: &mut Tx<'_>, $by: &Actor, $f: &ActForm| $run;
            let is_contact = matches!($form, "attempt" | "notice");
            let sent = Sent { app, me, headers, id: $id, list, form };
            act(sent, Act { form: $form, done: $done, is_contact, run }).await
        }
    )*};
}

acts! {
    take, "ownership", "case-taken", |tx, by, id, _t, _f| actions::take(tx, by, id);
    hand_over, "handover", "case-handed-over", |tx, by, id, _t, f| actions::hand_over(tx, by, id, &f.to, &f.text);
    attempt, "attempt", "case-attempt-noted",
        |tx, by, id, _t, f| actions::contact(tx, by, id, &f.channel, &f.outcome, &f.text);
    note, "note", "case-noted", |tx, by, id, _t, f| actions::note(tx, by, id, &f.text);
    tell, "notice", "case-told", |tx, by, id, _t, f| actions::tell(tx, by, id, &f.channel, &f.text);
    extend, "extension", "case-extended",
        |tx, by, id, t, f| actions::extend(tx, by, t, id, &f.until, &f.channel, &f.text);
    take_back, "withdrawal", "case-taken-back", |tx, by, id, _t, _f| actions::take_back(tx, by, id);
    keep_promise, "promise", "case-promise-kept", |tx, by, id, _t, _f| actions::keep_promise(tx, by, id);
    reopen, "opening", "case-reopened", |tx, by, id, _t, f| actions::reopen(tx, by, id, &f.text);
    close, "closing", "case-closed", |tx, by, id, _t, f| {
        let closing = Closing {
            cause: f.cause.clone(),
            no_cause: f.no_cause.clone(),
            remedy: f.remedy.clone(),
            ..Closing::default()
        };
        actions::close(tx, by, id, &closing)
    };
}
