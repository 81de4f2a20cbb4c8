//! Before customers are told: who will be, who will not, and the letter as it will leave.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::HeaderMap;
use kernel::mail::Block;
use kernel::texts::T;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, redirect_with};

use crate::improvements::{actions, url};

/// A letter as it will leave.
struct LetterView {
    code: &'static str,
    title: String,
    subject: String,
    blocks: Vec<Block>,
}

fn letter(t: T, letter: actions::Letter) -> LetterView {
    let key = format!("improvement-letter-{}", letter.locale.code());
    LetterView {
        code: letter.locale.code(),
        title: t.one(&key, "n", letter.n),
        subject: letter.subject,
        blocks: letter.blocks,
    }
}

#[derive(Template)]
#[template(path = "improvements/views/notice.html")]
struct NoticeView {
    page: Page,
    form: FormView,
    id: Id,
    version: i64,
    n: u64,
    told: String,
    left_out: Vec<String>,
    letters: Vec<LetterView>,
    house: String,
}

pub(crate) async fn preview(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    let found = match app.read(move |tx| actions::preview(tx, &actor, t, id)).await {
        Ok(found) => found,
        Err(Error::Refused(message)) => return Ok(redirect_with(&app, &url(id), &Toast::failed(&message))),
        Err(other) => return Err(other.into()),
    };
    let i = found.improvement;
    let view = NoticeView {
        page: Page::new(&app, &me, &headers, "/improvements")
            .crumb(i.title, url(id))
            .crumb(t.get("improvement-notice"), ""),
        form: FormView::new(t, me.csrf(), Vec::new()),
        id,
        version: i.version,
        n: found.n,
        told: t.one("improvement-will-be-told", "n", found.n),
        left_out: found.left_out.into_iter().map(|(why, n)| t.one(why.key(), "n", n)).collect(),
        letters: found.letters.into_iter().map(|one| letter(t, one)).collect(),
        house: me.organisation().name.clone(),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// What was shown before it is confirmed.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Seen {
    version: String,
    n: String,
}

pub(crate) async fn tell(
    Shared(app): Shared<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(seen): Form<Seen>,
) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    // A form that says neither was not shown by this page: it is asked to look again.
    let (version, n) = (seen.version.parse().unwrap_or(-1), seen.n.parse().unwrap_or(u64::MAX));
    let outcome = app.write(move |tx| actions::tell(tx, &actor, t, id, version, n)).await;
    let again = format!("{}/notice", url(id));
    Ok(match outcome {
        Ok(n) => redirect_with(&app, &url(id), &Toast::done("improvement-told").with("n", &n.to_string())),
        Err(Error::Stale(_)) => {
            redirect_with(&app, &again, &Toast::failed(&"improvement-error-words-changed".into()))
        }
        Err(Error::Refused(message)) => redirect_with(&app, &again, &Toast::failed(&message)),
        Err(other) => return Err(other.into()),
    })
}
