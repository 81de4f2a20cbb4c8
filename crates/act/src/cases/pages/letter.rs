//! The letter of a case, as a form: kept as it is typed, looked over, sent.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::texts::T;
use kernel::{Error, FieldError, Id};
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Path, Query, SignedIn, Toast, html, redirect, redirect_with};

use super::draft_key;
use super::query::QueueQuery;
use super::sheet::{self, Asked, Typed};
use crate::cases::composer::{self, Checked, Element};
use crate::cases::rules::without_quotes;
use crate::cases::store::Draft;

/// An element of the letter, as its list shows it.
pub(crate) struct Todo {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) hint: String,
    pub(crate) found: bool,
    pub(crate) confirmed: bool,
    /// Text key of the words with which its author takes it on themselves.
    pub(crate) vouch: &'static str,
}

/// What a letter must hold, with what it holds.
pub(super) fn todos(t: T, letter: &str, checked: &[Checked]) -> Vec<Todo> {
    let of = |c: &Checked| {
        let name = c.element.name();
        let is_respect = c.element == Element::Respect;
        let blame = if is_respect { composer::blaming(letter).into_iter().next() } else { None };
        let quoted = blame.map(|sentence| t.one("kit-quoted", "text", without_quotes(&sentence)));
        let how = t.get(&format!("letter-{name}-how"));
        Todo {
            name,
            label: t.get(&format!("letter-{name}")),
            hint: match quoted {
                _ if c.is_there() => String::new(),
                Some(quoted) => format!("{quoted} {how}"),
                None => how,
            },
            found: c.found,
            confirmed: c.confirmed,
            vouch: if is_respect { "letter-vouch-respect" } else { "letter-vouch" },
        }
    };
    checked.iter().map(of).collect()
}

/// The form.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct LetterForm {
    subject: String,
    body: String,
    confirmed: Vec<String>,
    /// It was kept back before: what still is missing is said as it is typed.
    was_refused: bool,
}

impl LetterForm {
    fn draft(self) -> Draft {
        Draft {
            subject: self.subject,
            body: self.body.replace("\r\n", "\n"),
            confirmed: self.confirmed,
            saved_at: None,
        }
    }
}

#[derive(Template)]
#[template(path = "cases/views/sheet_letter_kept.html")]
struct KeptView {
    t: T,
    todos: Vec<Todo>,
    draft_kept: String,
    /// What still keeps the letter back, where it was refused before.
    errors: Option<FormView>,
}

/// In the address of a case: its letter was kept back, and why is to be said.
pub(super) const REFUSED: &str = "refused";

/// What an element misses is said at the element.
pub(super) fn at_element(error: FieldError) -> FieldError {
    let element = error.message.key.strip_prefix("letter-error-").map(str::to_owned);
    match element.filter(|name| Element::ALL.iter().any(|element| element.name() == name)) {
        Some(name) => FieldError::new(format!("letter-{name}"), error.message),
        None => error,
    }
}

/// Keeps the draft; answers the list of elements to htmx, the page otherwise.
pub(crate) async fn save(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(list): Query<QueueQuery>,
    Form(form): Form<LetterForm>,
) -> HttpResult<Response> {
    let (actor, was_refused, draft) = (me.actor().clone(), form.was_refused, form.draft());
    let kept = draft.clone();
    let outcome = app
        .write(move |tx| {
            let case = composer::keep(tx, &actor, id, &kept)?;
            let back = if was_refused { composer::keeps_back(tx, &case, &kept)? } else { Vec::new() };
            Ok((case, back))
        })
        .await;
    let (case, back) = match outcome {
        Ok(kept) => kept,
        Err(Error::Invalid(errors)) => {
            let typed = Typed { form: "letter", draft: Some(draft), errors, ..Typed::default() };
            let asked = Asked { app: &app, me: &me, headers: &headers, id, list: &list };
            return sheet::refused(&asked, typed).await;
        }
        Err(other) => return Err(other.into()),
    };
    if !headers.contains_key("hx-request") {
        let toast = Toast::done("letter-kept").saved_draft(&draft_key(id, "letter"));
        return Ok(redirect_with(&app, &format!("{}#letter", sheet::within(id, &list)), &toast));
    }
    let (t, now) = (me.t(), app.db().clock().now());
    let errors = back.into_iter().map(at_element).collect();
    html(&KeptView {
        t,
        todos: todos(t, &draft.body, &composer::check(&draft, &case.words)),
        draft_kept: t.time(now, &me.organisation().zone),
        errors: was_refused.then(|| FormView::new(t, "", errors)),
    })
}

/// Sends the letter. One that is kept back is kept as a draft, and the case shown anew: reloading that page sends nothing
/// again, and loses nothing that was typed since.
pub(crate) async fn send(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(list): Query<QueueQuery>,
    Form(form): Form<LetterForm>,
) -> HttpResult<Response> {
    let (actor, draft) = (me.actor().clone(), form.draft());
    let letter = draft.clone();
    let page = sheet::within(id, &list);
    let errors = match app.write(move |tx| composer::send(tx, &actor, id, &letter)).await {
        Ok(_) => {
            let toast = Toast::done("letter-leaving").saved_draft(&draft_key(id, "letter"));
            return Ok(redirect_with(&app, &page, &toast));
        }
        Err(Error::Invalid(errors)) => errors,
        Err(other) => return Err(other.into()),
    };
    let (actor, kept) = (me.actor().clone(), draft.clone());
    if app.write(move |tx| composer::keep(tx, &actor, id, &kept)).await.is_ok() {
        let sign = if page.contains('?') { '&' } else { '?' };
        return Ok(redirect(&format!("{page}{sign}letter={REFUSED}#letter")));
    }
    // Too long to be kept: what was typed stands in the page alone.
    let typed = Typed { form: "letter", draft: Some(draft), errors, ..Typed::default() };
    sheet::refused(&Asked { app: &app, me: &me, headers: &headers, id, list: &list }, typed).await
}
