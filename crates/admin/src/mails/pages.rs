//! The list of mails, one mail, and the addresses that bounce.

use askama::Template;
use axum::extract::State;
use http::HeaderMap;
use kernel::mail::store::{Counts, Filter};
use kernel::mail::{Block, Mail, Outcome, State as Standing, rules, said};
use kernel::texts::T;
use kernel::{Error, Id};
use serde::Deserialize;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, query_value, redirect_with,
};

use super::actions;
use crate::shared::Nothing;

/// Mails of a page.
const PAGE: usize = 50;

/// A mail as listed.
struct Row {
    id: Id,
    to: String,
    address: String,
    subject: String,
    kind: String,
    state: String,
    tag: &'static str,
    at: String,
}

#[derive(Template)]
#[template(path = "mails/views/list.html")]
struct ListView {
    page: Page,
    rows: Vec<Row>,
    form: FormView,
    /// In doubt since a backup was restored, and what is said of them.
    restored: i64,
    restored_said: String,
    /// In doubt otherwise.
    doubtful: i64,
    counted: Vec<(&'static str, String, String)>,
    query: ListQuery,
    states: Vec<(&'static str, String)>,
    kinds: Vec<(String, String)>,
    older: Option<String>,
    sends_mail: bool,
}

/// How many messages stand where: the name of the state, words for several of them, the count.
fn counted(t: T, counts: &Counts) -> Vec<(&'static str, String, String)> {
    Standing::ALL
        .into_iter()
        .map(|state| {
            let (key, n) = match state {
                Standing::Waiting => ("mail-state-waiting", counts.waiting),
                Standing::Claimed => ("mail-state-claimed", counts.in_flight),
                Standing::Sent => ("mails-are-sent", counts.sent),
                Standing::Settled => ("mail-state-settled", counts.settled),
                Standing::Doubtful => ("mail-state-doubtful", counts.doubtful),
                Standing::GivenUp => ("mails-are-given-up", counts.given_up),
            };
            (state.name(), t.get(key), t.count(n))
        })
        .collect()
}

#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ListQuery {
    state: String,
    kind: String,
    q: String,
    before: String,
}

impl ListQuery {
    fn filter(&self) -> kernel::Result<Filter> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let before = some(&self.before).map(|text| text.parse()).transpose();
        Ok(Filter {
            state: Standing::parse(&self.state),
            kind: some(&self.kind),
            address: some(&self.q),
            before: before.map_err(|_| Error::refused("kit-query-unreadable"))?,
        })
    }

    fn is_filtered(&self) -> bool {
        !(self.state.is_empty() && self.kind.is_empty() && self.q.is_empty())
    }

    fn address(&self, before: Id) -> String {
        let [state, kind, q] = [&self.state, &self.kind, &self.q].map(|text| query_value(text));
        format!("/mails?state={state}&kind={kind}&q={q}&before={before}")
    }
}

/// What kind of message, in words where there are some.
fn kind_in_words(t: T, kind: &str) -> String {
    let key = format!("mail-kind-{kind}");
    if t.has(&key) { t.get(&key) } else { kind.to_owned() }
}

/// Where it stands, in words, with the tag that shows it.
fn standing(t: T, mail: &Mail) -> (String, &'static str) {
    let words = match mail.outcome {
        Some(outcome) => t.get(&format!("mail-outcome-{}", outcome.name())),
        None => t.get(&format!("mail-state-{}", mail.state.name())),
    };
    let tag = match (mail.state, mail.outcome) {
        (Standing::Doubtful | Standing::GivenUp, _) | (_, Some(Outcome::Bounced | Outcome::Refused)) => {
            "tag tag--late"
        }
        (Standing::Waiting, _) => "tag tag--line",
        (Standing::Claimed, _) => "tag tag--water",
        (Standing::Sent, _) | (_, Some(Outcome::Delivered)) => "tag tag--good",
        _ => "tag",
    };
    (words, tag)
}

fn row(me: &SignedIn, mail: Mail) -> Row {
    let (state, tag) = standing(me.t(), &mail);
    Row {
        id: mail.id,
        to: if mail.name.is_empty() { mail.address.clone() } else { mail.name },
        address: mail.address,
        subject: mail.subject,
        kind: kind_in_words(me.t(), &mail.kind),
        state,
        tag,
        at: me.t().moment(mail.created_at, &me.organisation().zone),
    }
}

pub(super) async fn list(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(query): Query<ListQuery>,
) -> HttpResult {
    let (actor, filter) = (me.actor().clone(), query.filter()?);
    let (mut all, counts, restored, kinds) = app
        .read(move |tx| {
            let all = actions::list(tx, &actor, &filter, PAGE as i64 + 1)?;
            let restored = actions::restored(tx, &actor)?;
            Ok((all, actions::counts(tx, &actor)?, restored, kernel::mail::store::kinds(tx)?))
        })
        .await?;
    let has_more = all.len() > PAGE;
    all.truncate(PAGE);
    let (t, zone) = (me.t(), &me.organisation().zone);
    let view = ListView {
        page: Page::new(&app, &me, &headers, "/mails"),
        form: FormView::new(t, me.csrf(), Vec::new()),
        restored: restored.count,
        restored_said: said::in_words(t, zone, restored.said.as_deref().unwrap_or_default()),
        older: all.last().filter(|_| has_more).map(|last| query.address(last.id)),
        rows: all.into_iter().map(|mail| row(&me, mail)).collect(),
        doubtful: counts.doubtful - restored.count,
        counted: counted(t, &counts),
        states: Standing::ALL.map(|s| (s.name(), t.get(&format!("mail-state-{}", s.name())))).to_vec(),
        kinds: kinds.into_iter().map(|kind| (kind.clone(), kind_in_words(t, &kind))).collect(),
        query,
        sends_mail: app.config().sends_mail(),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

#[derive(Template)]
#[template(path = "mails/views/show.html")]
struct ShowView {
    page: Page,
    form: FormView,
    mail: Mail,
    said: Option<String>,
    kind: String,
    state: String,
    tag: &'static str,
    queued: String,
    sent: Option<String>,
    settled: Option<String>,
    may_decide: bool,
    is_doubtful: bool,
    may_bounce: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Path(id): Path<Id>,
) -> HttpResult {
    let actor = me.actor().clone();
    let mail = app.read(move |tx| actions::find(tx, &actor, id)).await?;
    let (t, zone) = (me.t(), &me.organisation().zone);
    let (state, tag) = standing(t, &mail);
    let left = !matches!(mail.state, Standing::Waiting | Standing::GivenUp);
    let view = ShowView {
        page: Page::new(&app, &me, &headers, "/mails").crumb(mail.subject.clone(), ""),
        form: FormView::new(t, me.csrf(), Vec::new()),
        said: mail.error.as_deref().filter(|said| !said.is_empty()).map(|s| said::in_words(t, zone, s)),
        kind: kind_in_words(t, &mail.kind),
        state,
        tag,
        queued: t.moment(mail.created_at, zone),
        sent: mail.sent_at.map(|at| t.moment(at, zone)),
        settled: mail.settled_at.map(|at| t.moment(at, zone)),
        may_decide: rules::may_be_decided(&mail),
        is_doubtful: mail.state == Standing::Doubtful,
        may_bounce: left
            && mail.outcome != Some(Outcome::Bounced)
            && mail.outcome != Some(Outcome::Withdrawn),
        mail,
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn back(app: &App, id: Id, said: &'static str) -> HttpResult {
    Ok(redirect_with(app, &format!("/mails/{id}"), &Toast::done(said)))
}

pub(super) async fn retry(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::retry(tx, &actor, id)).await?;
    back(&app, id, "mails-retried")
}

pub(super) async fn leave(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::leave(tx, &actor, id)).await?;
    back(&app, id, "mails-left")
}

pub(super) async fn send_restored(
    State(app): State<App>,
    me: SignedIn,
    Form(_): Form<Nothing>,
) -> HttpResult {
    decide_restored(&app, &me, actions::Verdict::Send).await?;
    Ok(redirect_with(&app, "/mails", &Toast::done("mails-restored-sent")))
}

pub(super) async fn leave_restored(
    State(app): State<App>,
    me: SignedIn,
    Form(_): Form<Nothing>,
) -> HttpResult {
    decide_restored(&app, &me, actions::Verdict::Leave).await?;
    Ok(redirect_with(&app, "/mails", &Toast::done("mails-restored-left")))
}

/// A change for some hundreds at a time: there can be very many, and others write meanwhile.
async fn decide_restored(app: &App, me: &SignedIn, verdict: actions::Verdict) -> kernel::Result<()> {
    let mut after = Id(0);
    loop {
        let actor = me.actor().clone();
        match app.write(move |tx| actions::decide_restored(tx, &actor, verdict, after)).await? {
            Some((last, _)) => after = last,
            None => return Ok(()),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct BounceForm {
    #[serde(default)]
    reason: String,
}

pub(super) async fn bounce(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(form): Form<BounceForm>,
) -> HttpResult {
    let actor = me.actor().clone();
    match app.write(move |tx| actions::bounce(tx, &actor, id, &form.reason)).await {
        Err(Error::Invalid(errors)) => {
            let first = errors.into_iter().next().ok_or_else(|| Error::refused("mail-error-reason"))?;
            Ok(redirect_with(&app, &format!("/mails/{id}"), &Toast::failed(&first.message)))
        }
        other => {
            other?;
            back(&app, id, "mails-bounce-noted")
        }
    }
}

/// An address as listed.
struct BouncedRow {
    address: String,
    at: String,
    reason: String,
    mail: Option<Id>,
}

#[derive(Template)]
#[template(path = "mails/views/bounced.html")]
struct BouncedView {
    page: Page,
    form: FormView,
    rows: Vec<BouncedRow>,
    older: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct BouncedQuery {
    before: String,
}

pub(super) async fn bounced(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(query): Query<BouncedQuery>,
) -> HttpResult {
    let given = Some(query.before.as_str()).filter(|text| !text.is_empty());
    let before = given.map(str::parse).transpose().map_err(|_| Error::refused("kit-query-unreadable"))?;
    let actor = me.actor().clone();
    let mut all = app.read(move |tx| actions::bounced(tx, &actor, before, PAGE as i64 + 1)).await?;
    let has_more = all.len() > PAGE;
    all.truncate(PAGE);
    let (t, zone) = (me.t(), &me.organisation().zone);
    let view = BouncedView {
        page: Page::new(&app, &me, &headers, "/mails").crumb(t.get("mails-bounced"), ""),
        form: FormView::new(t, me.csrf(), Vec::new()),
        older: all
            .last()
            .filter(|_| has_more)
            .map(|last| format!("/bounced-addresses?before={}", query_value(&last.at.to_string()))),
        rows: all
            .into_iter()
            .map(|b| BouncedRow {
                at: t.moment(b.at, zone),
                address: b.address,
                reason: b.reason,
                mail: b.mail,
            })
            .collect(),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

#[derive(Deserialize)]
pub(super) struct ClearForm {
    #[serde(default)]
    address: String,
}

pub(super) async fn clear(State(app): State<App>, me: SignedIn, Form(form): Form<ClearForm>) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::clear(tx, &actor, &form.address)).await?;
    Ok(redirect_with(&app, "/bounced-addresses", &Toast::done("mails-cleared")))
}
