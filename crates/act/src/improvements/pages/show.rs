//! One improvement, and what is done with it.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::{Day, Error, FieldError, Id};
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect_with};

use super::verdict::{VerdictView, verdict};
use crate::causes;
use crate::improvements::model::{Improvement, State};
use crate::improvements::{actions, url};

#[derive(Template)]
#[template(path = "improvements/views/show.html")]
struct ShowView {
    page: Page,
    form: FormView,
    i: Improvement,
    state: String,
    cause: String,
    site: String,
    owner: String,
    cost: String,
    expected: String,
    due_day: String,
    in_place: String,
    remeasure: String,
    cases: String,
    told: String,
    verdict: Option<VerdictView>,
    is_final: bool,
    sees_comparison: bool,
    may_judge: bool,
    may_write: bool,
    may_word: bool,
    typed: ActForm,
    which: &'static str,
}

pub(crate) async fn show(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult<Response> {
    shown(&app, &me, &headers, id, "", ActForm::default(), Vec::new()).await
}

/// The page, with what was typed into one of its forms when it did not fit.
async fn shown(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    which: &'static str,
    typed: ActForm,
    errors: Vec<FieldError>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    let (i, tree, cases, owner, now, today) = app
        .read(move |tx| {
            let i = actions::read(tx, &actor, id)?;
            let tree = causes::actions::tree(tx, &actor)?;
            let owner = crate::cases::store::names(tx, &[i.owner])?.remove(&i.owner).unwrap_or_default();
            let now = actions::live(tx, &actor, &i)?;
            Ok((i, tree, actions::case_count(tx, &actor, id)?, owner, now, actions::today(tx)?))
        })
        .await?;
    let t = me.t();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let day = |day: Day| t.day(day);
    let may_write = actions::may_write(me.actor(), i.site);
    let view = ShowView {
        page: Page::new(app, me, headers, "/improvements").crumb(i.title.clone(), ""),
        form: FormView::new(t, me.csrf(), errors),
        state: t.get(&format!("improvement-state-{}", i.state.name().replace('_', "-"))),
        cause: tree.path(i.cause, t.locale()),
        site: me.site_names().get(i.site).to_owned(),
        owner,
        cost: t.money(i.cost, &i.currency),
        expected: t.two(
            &format!("improvement-expects-{}", i.measure.name()),
            "n",
            t.decimal(i.expected, usize::from(i.expected.fract() != 0.0)),
            "measure",
            t.get(&format!("indicator-{}", i.measure.name())),
        ),
        due_day: day(i.due_day),
        in_place: i.in_place_day.map(day).unwrap_or_default(),
        remeasure: day(i.remeasure_day),
        cases: t.one("improvement-cases", "n", cases),
        told: i
            .told_at
            .map(|at| {
                let day = t.day(me.organisation().zone.day_of(at));
                t.two("improvement-was-told", "n", i.told_n, "day", day)
            })
            .unwrap_or_default(),
        is_final: i.verdict.is_some(),
        verdict: i.verdict.as_ref().or(now.as_ref()).map(|v| verdict(t, i.measure, v)),
        sees_comparison: actions::sees_comparison(me.actor(), &i),
        may_judge: may_write && i.state == State::InPlace && today >= i.remeasure_day,
        may_write,
        may_word: may_write && i.state == State::Judged && i.told_at.is_none(),
        typed,
        which,
        i,
    };
    if status == StatusCode::OK {
        return Page::show(view.page.toast.is_some(), app, &view);
    }
    html_with(status, &view)
}

/// What the small forms send.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ActForm {
    since: String,
    lesson: String,
    reason: String,
    said: String,
    did: String,
    version: String,
}

async fn back(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    outcome: kernel::Result<Improvement>,
    done: &str,
    (which, typed): (&'static str, ActForm),
) -> HttpResult<Response> {
    match outcome {
        Ok(_) => Ok(redirect_with(app, &url(id), &Toast::done(done))),
        Err(Error::Invalid(errors)) => shown(app, me, headers, id, which, typed, errors).await,
        Err(Error::Stale(_)) => {
            let errors = vec![FieldError::new("said", "improvement-stale")];
            shown(app, me, headers, id, which, typed, errors).await
        }
        Err(Error::Refused(message)) => Ok(redirect_with(app, &url(id), &Toast::failed(&message))),
        Err(other) => Err(other.into()),
    }
}

pub(crate) async fn start(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, since) = (me.actor().clone(), form.since.clone());
    let outcome = app.write(move |tx| actions::start(tx, &actor, id, &since)).await;
    back(&app, &me, &headers, id, outcome, "improvement-started", ("start", form)).await
}

pub(crate) async fn judge(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, lesson) = (me.actor().clone(), form.lesson.clone());
    let outcome = app.write(move |tx| actions::judge(tx, &actor, id, &lesson)).await;
    back(&app, &me, &headers, id, outcome, "improvement-was-judged", ("verdict", form)).await
}

pub(crate) async fn abandon(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, reason) = (me.actor().clone(), form.reason.clone());
    let outcome = app.write(move |tx| actions::abandon(tx, &actor, id, &reason)).await;
    back(&app, &me, &headers, id, outcome, "improvement-was-abandoned", ("abandonment", form)).await
}

/// What customers said and what was done, once it is judged.
pub(crate) async fn word(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), form.clone());
    let version = form.version.parse().unwrap_or(0);
    let outcome = app.write(move |tx| actions::word(tx, &actor, id, version, &typed.said, &typed.did)).await;
    back(&app, &me, &headers, id, outcome, "improvement-saved", ("words", form)).await
}

pub(crate) async fn tell(
    Shared(app): Shared<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<ActForm>,
) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    let toast = match app.write(move |tx| actions::tell(tx, &actor, t, id)).await {
        Ok(n) => Toast::done("improvement-told").with("n", &n.to_string()),
        Err(Error::Refused(message)) => Toast::failed(&message),
        Err(other) => return Err(other.into()),
    };
    Ok(redirect_with(&app, &url(id), &toast))
}
