//! The letter of a case, as a form: kept as it is typed, looked over, sent.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use kernel::texts::T;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::{App, Form, HttpResult, Path, SignedIn, Toast, html, redirect_with};

use super::draft_key;
use super::sheet::{self, Typed};
use crate::cases::composer::{self, Checked, Element};
use crate::cases::rules::without_quotes;
use crate::cases::store::Draft;
use crate::cases::url;

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
#[template(path = "cases/views/todo.html")]
struct TodoView {
    t: T,
    todos: Vec<Todo>,
    draft_kept: String,
}

/// Keeps the draft; answers the list of elements to htmx, the page otherwise.
pub(crate) async fn save(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<LetterForm>,
) -> HttpResult<Response> {
    let (actor, draft) = (me.actor().clone(), form.draft());
    let kept = draft.clone();
    let outcome = app.write(move |tx| composer::keep(tx, &actor, id, &kept)).await;
    let case = match outcome {
        Ok(case) => case,
        Err(Error::Invalid(errors)) => {
            let typed = Typed { form: "letter", draft: Some(draft), errors, ..Typed::default() };
            return sheet::refused(&app, &me, &headers, id, typed).await;
        }
        Err(other) => return Err(other.into()),
    };
    if !headers.contains_key("hx-request") {
        let toast = Toast::done("letter-kept").saved_draft(&draft_key(id, "letter"));
        return Ok(redirect_with(&app, &format!("{}#letter", url(id)), &toast));
    }
    let (t, now) = (me.t(), app.db().clock().now());
    html(&TodoView {
        t,
        todos: todos(t, &draft.body, &composer::check(&draft, &case.words)),
        draft_kept: t.time(now, &me.organisation().zone),
    })
}

/// Sends the letter.
pub(crate) async fn send(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<LetterForm>,
) -> HttpResult<Response> {
    let (actor, draft) = (me.actor().clone(), form.draft());
    let letter = draft.clone();
    match app.write(move |tx| composer::send(tx, &actor, id, &letter)).await {
        Ok(_) => {
            let toast = Toast::done("letter-leaving").saved_draft(&draft_key(id, "letter"));
            Ok(redirect_with(&app, &url(id), &toast))
        }
        Err(Error::Invalid(errors)) => {
            // What was typed is kept, whatever kept it back.
            let (actor, kept) = (me.actor().clone(), draft.clone());
            let _ = app.write(move |tx| composer::keep(tx, &actor, id, &kept)).await;
            let typed = Typed { form: "letter", draft: Some(draft), errors, ..Typed::default() };
            sheet::refused(&app, &me, &headers, id, typed).await
        }
        Err(other) => Err(other.into()),
    }
}
