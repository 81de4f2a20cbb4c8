//! Pages about imports.

mod draft;
mod report;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::tabular::Options as Reading;
use kernel::texts::T;
use kernel::{Error, FieldError, Id, Result};
use serde::Deserialize;
use web_kit::job::JobView;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, Upload, csv_response, html_with,
    redirect, redirect_with,
};

use super::model::{Import, Phase, State as Stored};
use super::outcome::Became;
use super::{Kinds, actions, reading};

pub(super) fn url(id: Id) -> String {
    format!("/imports/{id}")
}

struct ListRow {
    id: Id,
    file_name: String,
    kind: String,
    when: String,
    who: String,
    phase: String,
    tag: &'static str,
    rows: String,
    outcome: String,
}

#[derive(Template)]
#[template(path = "import/views/list.html")]
struct ListView {
    page: Page,
    rows: Vec<ListRow>,
    next: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListQuery {
    before: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    Query(q): Query<ListQuery>,
) -> HttpResult {
    let (actor, known, before) = (me.actor().clone(), kinds.clone(), q.before.parse().ok());
    let found = app.read(move |tx| actions::list(tx, &actor, &known, before, actions::PAGE)).await?;
    let _t = me.t();
    let has_more = found.len() as i64 == actions::PAGE;
    let next = found.last().filter(|_| has_more).map(|(import, _)| format!("/imports?before={}", import.id));
    let rows = found.iter().map(|(import, phase)| list_row(import, *phase, &kinds, &me)).collect();
    let page = Page::new(&app, &me, &headers, "/imports");
    let has_toast = page.toast.is_some();
    Page::show(has_toast, &app, &ListView { page, rows, next })
}

fn list_row(import: &Import, phase: Phase, kinds: &Kinds, me: &SignedIn) -> ListRow {
    let t = me.t();
    let tag = match phase {
        Phase::Draft | Phase::Rehearsing => "tag tag--line",
        Phase::Running | Phase::Undoing => "tag tag--water",
        Phase::Stopped | Phase::UndoStopped => "tag tag--soon",
        Phase::Done => "tag tag--good",
        Phase::Undone => "tag",
    };
    let counts = import.counts;
    let outcome = match import.state {
        Stored::Draft => String::new(),
        _ => t.all(
            "import-outcome",
            &[
                ("created", counts.created.into()),
                ("updated", counts.updated.into()),
                ("rejected", counts.rejected.into()),
            ],
        ),
    };
    ListRow {
        id: import.id,
        file_name: import.file_name.clone(),
        kind: kinds.of(&import.kind).map_or_else(String::new, |kind| t.get(&kind.key())),
        when: t.moment(import.created_at, &me.organisation().zone),
        who: import.who.name().to_owned(),
        phase: t.get(&format!("import-phase-{}", phase.name())),
        tag,
        rows: t.count(import.total),
        outcome,
    }
}

struct KindChoice {
    code: &'static str,
    label: String,
    help: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "import/views/new.html")]
struct NewView {
    page: Page,
    form: FormView,
    kinds: Vec<KindChoice>,
    megabytes: usize,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct NewQuery {
    kind: String,
}

fn new_view(
    app: &App,
    me: &SignedIn,
    kinds: &Kinds,
    headers: &HeaderMap,
    chosen: &str,
    errors: Vec<FieldError>,
) -> Result<NewView> {
    let t = me.t();
    let may: Vec<_> = kinds.all().iter().filter(|kind| me.may(kind.permission)).collect();
    if may.is_empty()
        && let Some(first) = kinds.all().first()
    {
        me.actor().require(first.permission)?;
    }
    let first = may.first().map_or("", |kind| kind.code);
    let chosen = may.iter().find(|kind| kind.code == chosen).map_or(first, |kind| kind.code);
    let choices = may.iter().map(|kind| KindChoice {
        code: kind.code,
        label: t.get(&kind.key()),
        help: t.get(&format!("{}-help", kind.key())),
        chosen: kind.code == chosen,
    });
    Ok(NewView {
        page: Page::new(app, me, headers, "/imports").crumb(t.get("import-new"), ""),
        form: FormView::new(t, me.csrf(), errors),
        kinds: choices.collect(),
        megabytes: app.config().max_upload_bytes / (1024 * 1024),
    })
}

pub(crate) async fn new_form(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    Query(q): Query<NewQuery>,
) -> HttpResult {
    web_kit::html(&new_view(&app, &me, &kinds, &headers, &q.kind, Vec::new())?)
}

pub(crate) async fn create(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    upload: Upload,
) -> HttpResult {
    let code = upload.field("kind").to_owned();
    let kind = kinds.of(&code).ok_or_else(|| Error::field("kind", "import-error-kind"))?;
    me.actor().require(kind.permission)?;
    match take_in(&app, &me, kind, upload).await {
        Ok(import) => Ok(redirect(&url(import.id))),
        // What is wrong with the file is said where it can be chosen again.
        Err(Error::Refused(message)) => {
            let errors = vec![FieldError { field: "file".into(), message }];
            html_with(
                StatusCode::UNPROCESSABLE_ENTITY,
                &new_view(&app, &me, &kinds, &headers, &code, errors)?,
            )
        }
        Err(other) => Err(other.into()),
    }
}

async fn take_in(app: &App, me: &SignedIn, kind: super::Kind, upload: Upload) -> Result<Import> {
    if upload.bytes.is_empty() && upload.name.is_empty() {
        return Err(Error::refused("import-error-no-file"));
    }
    let reading = Reading { unnamed: me.t().get("tabular-column"), ..Reading::default() };
    let (name, bytes) = (upload.name, upload.bytes);
    let (arrived, bytes) = app
        .compute(move || {
            let arrived = reading::read(&bytes, &name, &reading)?;
            Ok((arrived, bytes))
        })
        .await?;
    let actor = me.actor().clone();
    app.write(move |tx| actions::create(tx, &actor, kind, &bytes, &arrived)).await
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(q): Query<draft::ShowQuery>,
) -> HttpResult {
    let (actor, known) = (me.actor().clone(), kinds.clone());
    let shown = app.read(move |tx| actions::show(tx, &actor, &known, id)).await?;
    if shown.import.state == Stored::Draft {
        return draft::page(&app, &me, &kinds, &headers, shown, q, None).await;
    }
    report::page(&app, &me, &headers, shown)
}

/// The fields of the form of choices.
pub(super) type Sent = BTreeMap<String, String>;

/// Keeps what the form says, then goes on with `then`.
async fn save_then(
    app: &App,
    me: &SignedIn,
    kinds: &Kinds,
    headers: &HeaderMap,
    id: Id,
    sent: Sent,
    then: impl Fn(&mut kernel::Tx<'_>, &kernel::identity::Actor, &Kinds, Id) -> Result<Import> + Send + 'static,
) -> HttpResult<std::result::Result<Import, Response>> {
    let (actor, known, form) = (me.actor().clone(), kinds.clone(), sent.clone());
    let outcome = app
        .write(move |tx| {
            let shown = actions::show(tx, &actor, &known, id)?;
            if shown.import.state == Stored::Draft {
                let version =
                    form.get("version").and_then(|v| v.parse().ok()).unwrap_or(shown.import.version);
                actions::decide(tx, &actor, &known, id, version, &actions::changes_of_form(&shown, &form))?;
            }
            then(tx, &actor, &known, id)
        })
        .await;
    let errors = match outcome {
        Ok(import) => return Ok(Ok(import)),
        Err(Error::Invalid(errors)) => errors,
        Err(Error::Refused(message)) => {
            return refused(app, me, kinds, headers, id, sent, &message).await.map(Err);
        }
        Err(other) => return Err(other.into()),
    };
    let (actor, known) = (me.actor().clone(), kinds.clone());
    let shown = app.read(move |tx| actions::show(tx, &actor, &known, id)).await?;
    let query = draft::ShowQuery::default();
    draft::page(app, me, kinds, headers, shown, query, Some((sent, errors))).await.map(Err)
}

/// Keeps the choices all the same, and shows each missing decision at its field.
async fn refused(
    app: &App,
    me: &SignedIn,
    kinds: &Kinds,
    headers: &HeaderMap,
    id: Id,
    sent: Sent,
    message: &kernel::Message,
) -> HttpResult {
    let (actor, known, form) = (me.actor().clone(), kinds.clone(), sent.clone());
    let shown = app
        .write(move |tx| {
            let shown = actions::show(tx, &actor, &known, id)?;
            if shown.import.state != Stored::Draft {
                return Ok(shown);
            }
            let version = form.get("version").and_then(|v| v.parse().ok()).unwrap_or(shown.import.version);
            actions::decide(tx, &actor, &known, id, version, &actions::changes_of_form(&shown, &form))?;
            actions::show(tx, &actor, &known, id)
        })
        .await?;
    let errors = missing(&shown);
    if errors.is_empty() || shown.import.state != Stored::Draft {
        return Ok(redirect_with(app, &url(id), &Toast::failed(message)));
    }
    draft::page(app, me, kinds, headers, shown, draft::ShowQuery::default(), Some((sent, errors))).await
}

/// What must be decided before anything is written, at its field.
fn missing(shown: &actions::Shown) -> Vec<FieldError> {
    let blocking = shown.findings.iter().filter(|finding| finding.tone == super::parts::Tone::Blocking);
    let error = |finding: &super::parts::Finding| {
        let option = finding.option.map(|code| format!("option-{code}"));
        let field = option.or_else(|| finding.column.map(|place| format!("column-{place}")))?;
        let message = finding.detail.clone().or_else(|| finding.title.clone())?;
        Some(FieldError { field: field.into(), message })
    };
    blocking.filter_map(error).collect()
}

pub(crate) async fn save(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(sent): Form<Sent>,
) -> HttpResult {
    let row = sent.get("row").cloned().unwrap_or_default();
    let keep = |tx: &mut kernel::Tx<'_>, by: &kernel::identity::Actor, kinds: &Kinds, id: Id| {
        actions::show(tx, by, kinds, id).map(|shown| shown.import)
    };
    match save_then(&app, &me, &kinds, &headers, id, sent, keep).await? {
        Ok(_) => Ok(redirect(&format!("{}?row={}", url(id), web_kit::query_value(&row)))),
        Err(answer) => Ok(answer),
    }
}

pub(crate) async fn dry_run(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(sent): Form<Sent>,
) -> HttpResult {
    match save_then(&app, &me, &kinds, &headers, id, sent, actions::dry_run).await? {
        Ok(_) => Ok(redirect(&format!("{}#dry-run", url(id)))),
        Err(answer) => Ok(answer),
    }
}

pub(crate) async fn run(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Form(sent): Form<Sent>,
) -> HttpResult {
    match save_then(&app, &me, &kinds, &headers, id, sent, actions::run).await? {
        Ok(_) => Ok(redirect(&url(id))),
        Err(answer) => Ok(answer),
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ReadingForm {
    delimiter: String,
    encoding: String,
    header: String,
    sheet: String,
}

impl ReadingForm {
    fn reading(&self, t: T) -> Reading {
        let code = |text: &str| serde_json::from_value(serde_json::Value::String(text.to_owned())).ok();
        Reading {
            delimiter: code(&self.delimiter),
            encoding: self.encoding.parse().ok(),
            has_header: match self.header.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            },
            sheet: (!self.sheet.is_empty()).then(|| self.sheet.clone()),
            unnamed: t.get("tabular-column"),
        }
    }
}

pub(crate) async fn reread(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    Path(id): Path<Id>,
    Form(form): Form<ReadingForm>,
) -> HttpResult {
    let (actor, known, reading) = (me.actor().clone(), kinds.clone(), form.reading(me.t()));
    let (name, bytes) = app.read(move |tx| actions::source(tx, &actor, &known, id)).await?;
    let arrived = match app.compute(move || reading::read(&bytes, &name, &reading)).await {
        Ok(arrived) => arrived,
        Err(Error::Refused(message)) => return Ok(redirect_with(&app, &url(id), &Toast::failed(&message))),
        Err(other) => return Err(other.into()),
    };
    let actor = me.actor().clone();
    app.write(move |tx| actions::reread(tx, &actor, &kinds, id, &arrived)).await?;
    Ok(redirect_with(&app, &url(id), &Toast::done("import-read-again")))
}

pub(crate) async fn progress(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    Path(id): Path<Id>,
) -> HttpResult {
    let actor = me.actor().clone();
    let (import, job) = app.read(move |tx| actions::progress(tx, &actor, &kinds, id)).await?;
    job_view(&app, &me, &import, job).respond()
}

pub(super) fn job_view(app: &App, me: &SignedIn, import: &Import, job: kernel::jobs::Job) -> JobView {
    let key = match import.state {
        Stored::Draft => "import-job-dry-run",
        Stored::Undoing | Stored::Undone => "import-job-undo",
        Stored::Running | Stored::Done => "import-job-run",
    };
    let url = url(import.id);
    let view = JobView::new(app, me, job)
        .titled(me.t().one(key, "name", import.file_name.as_str()))
        .refreshed_from(format!("{url}/progress"))
        .cancelled_at(format!("{url}/cancellation"));
    // A dry run is simply asked for again.
    if import.state == Stored::Draft { view } else { view.retried_at(format!("{url}/resumption")) }
}

/// A form that carries nothing but its token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

macro_rules! deed {
    ($name:ident, $action:path, $toast:expr) => {
        pub(crate) async fn $name(
            State(app): State<App>,
            me: SignedIn,
            kinds: Kinds,
            Path(id): Path<Id>,
            Form(Nothing {}): Form<Nothing>,
        ) -> HttpResult {
            let actor = me.actor().clone();
            app.write(move |tx| $action(tx, &actor, &kinds, id)).await?;
            let toast: Option<&str> = $toast;
            Ok(match toast {
                Some(key) => redirect_with(&app, &url(id), &Toast::done(key)),
                None => redirect(&url(id)),
            })
        }
    };
}

deed!(cancel, actions::stop, Some("import-stopping"));
deed!(resume, actions::resume, None);
deed!(undo, actions::undo, None);

pub(crate) async fn discard(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    Path(id): Path<Id>,
    Form(Nothing {}): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::discard(tx, &actor, &kinds, id)).await?;
    Ok(redirect_with(&app, "/imports", &Toast::done("import-discarded")))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct RowsQuery {
    outcome: String,
    after: i64,
}

pub(crate) async fn rows(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    headers: HeaderMap,
    Path(id): Path<Id>,
    Query(q): Query<RowsQuery>,
) -> HttpResult {
    let became = Became::parse(&q.outcome);
    let (actor, after) = (me.actor().clone(), q.after);
    let found =
        app.read(move |tx| actions::rows(tx, &actor, &kinds, id, became, after, actions::ROWS)).await?;
    report::rows_page(&app, &me, &headers, &found, became)
}

pub(crate) async fn rejected(
    State(app): State<App>,
    me: SignedIn,
    kinds: Kinds,
    Path(id): Path<Id>,
) -> HttpResult {
    let (actor, t) = (me.actor().clone(), me.t());
    let (name, body) = app.read(move |tx| actions::rejected_csv(tx, &actor, &kinds, id, t)).await?;
    Ok(csv_response(&name, body))
}
