//! One improvement, and what is done with it.

use askama::Template;
use axum::extract::State as Shared;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::identity::Actor;
use kernel::{Day, Error, FieldError, Id, Tx};
use serde::Deserialize;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html_with, redirect_with};

use super::verdict::{EffectView, VerdictView, attained, effect, mails, verdict};
use crate::improvements::model::{Improvement, ImprovementInput, State};
use crate::improvements::{actions, rules, url};

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
    effect: Option<EffectView>,
    verdict: Option<VerdictView>,
    /// Whether what was expected was reached, in a sentence.
    attained: String,
    is_final: bool,
    sees_figures: bool,
    may_judge: bool,
    may_write: bool,
    may_word: bool,
    may_tell: bool,
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
    let sheet = app.read(move |tx| actions::sheet(tx, &actor, id)).await?;
    let (i, t) = (sheet.improvement, me.t());
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let day = |day: Day| t.day(day);
    let may_write = actions::may_write(me.actor(), i.site);
    let shown = i.verdict.as_ref().or(sheet.live.as_ref());
    let told = |at| {
        let day = t.day(me.organisation().zone.day_of(at));
        match i.told.map(|told| mails(t, &told)) {
            Some(mails) if mails.is_empty() => t.one("improvement-was-told-none", "day", day),
            Some(mails) => t.two("improvement-was-told", "mails", mails, "day", day),
            None => t.one("improvement-was-told-whole", "day", day),
        }
    };
    let view = ShowView {
        page: Page::new(app, me, headers, "/improvements").crumb(i.title.clone(), ""),
        form: FormView::new(t, me.csrf(), errors),
        state: t.get(i.state.key()),
        cause: sheet.causes.path(i.cause, t.locale()),
        site: me.site_names().get(i.site).to_owned(),
        owner: sheet.owner,
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
        cases: t.one("improvement-cases", "n", sheet.cases),
        told: i.told_at.map(told).unwrap_or_default(),
        is_final: i.effect.is_some(),
        effect: i.effect.or(sheet.live.as_ref().map(|v| v.effect)).map(|found| effect(t, found)),
        attained: match (shown, i.attained) {
            (Some(v), _) => attained(t, &i, v),
            (None, Some(said)) => t.one("improvement-attained-word", "said", t.get(said.key())),
            (None, None) => String::new(),
        },
        verdict: shown.map(|v| verdict(t, i.measure, v)),
        sees_figures: actions::sees_figures(me.actor(), &i),
        may_judge: may_write && i.state == State::InPlace && sheet.today >= i.remeasure_day,
        may_write,
        may_word: may_write && i.state != State::Abandoned && i.told_at.is_none(),
        may_tell: may_write && rules::is_done(&i) && !i.said.is_empty() && !i.did.is_empty(),
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
    said_other: String,
    did_other: String,
    version: String,
}

impl ActForm {
    /// What customers are to be told.
    fn words(&self) -> ImprovementInput {
        ImprovementInput {
            said: self.said.clone(),
            did: self.did.clone(),
            said_other: self.said_other.clone(),
            did_other: self.did_other.clone(),
            ..ImprovementInput::default()
        }
    }
}

/// One of the small forms: its name on the page, what is said once it is done, and what it does.
struct Act {
    which: &'static str,
    done: &'static str,
    does: fn(&mut Tx<'_>, &Actor, Id, &ActForm) -> kernel::Result<Improvement>,
}

/// Does it and goes back to the page, which keeps what was typed when it did not fit.
async fn act(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    id: Id,
    form: ActForm,
    act: Act,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), form.clone());
    match app.write(move |tx| (act.does)(tx, &actor, id, &typed)).await {
        Ok(_) => Ok(redirect_with(app, &url(id), &Toast::done(act.done))),
        Err(Error::Invalid(errors)) => shown(app, me, headers, id, act.which, form, errors).await,
        Err(Error::Stale(_)) => {
            let errors = vec![FieldError::new("said", "improvement-stale")];
            shown(app, me, headers, id, act.which, form, errors).await
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
    let does = Act {
        which: "start",
        done: "improvement-started",
        does: |tx, by, id, form| actions::start(tx, by, id, &form.since),
    };
    act(&app, &me, &headers, id, form, does).await
}

pub(crate) async fn judge(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let does = Act {
        which: "verdict",
        done: "improvement-was-judged",
        does: |tx, by, id, form| actions::judge(tx, by, id, &form.lesson),
    };
    act(&app, &me, &headers, id, form, does).await
}

pub(crate) async fn abandon(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let does = Act {
        which: "abandonment",
        done: "improvement-was-abandoned",
        does: |tx, by, id, form| actions::abandon(tx, by, id, &form.reason),
    };
    act(&app, &me, &headers, id, form, does).await
}

/// What customers said and what was done, once it is judged.
pub(crate) async fn word(
    Shared(app): Shared<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(form): Form<ActForm>,
) -> HttpResult<Response> {
    let does = Act {
        which: "words",
        done: "improvement-saved",
        does: |tx, by, id, form| actions::word(tx, by, id, form.version.parse().unwrap_or(0), &form.words()),
    };
    act(&app, &me, &headers, id, form, does).await
}
