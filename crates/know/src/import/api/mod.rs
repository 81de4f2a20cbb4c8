//! Imports over REST.

mod body;

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::identity::store::{Remembered, remember, remembered};
use kernel::tabular::Options as Reading;
use kernel::texts::T;
use kernel::{Error, Id, Result, Tx, secrets};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::{IfMatch, PageOf, PageQuery, json};
use web_kit::{AnyUpload, App, Caller, HttpResult, Json, Path, Problem, Query};

use super::actions;
use super::model::{Changes, Import, Phase, RowDone};
use super::outcome::Became;
use super::parts::Choices;
use super::{Kinds, reading};
pub(crate) use body::ImportBody;
use body::{brief, full};

/// Imports, the newest first.
#[utoipa::path(get, path = "/api/v1/imports", tag = "imports", params(PageQuery),
    responses((status = 200, body = PageOf<ImportBody>), (status = "default", body = Problem)))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    kinds: Kinds,
    Query(query): Query<PageQuery>,
) -> HttpResult {
    let (limit, before) = (query.limit(), query.after()?);
    let found = app.read(move |tx| actions::list(tx, &caller.actor, &kinds, before, limit + 1)).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let items: Vec<ImportBody> =
        found.iter().take(size).map(|(import, phase)| brief(import, *phase)).collect();
    let next_cursor = items.last().filter(|_| found.len() > size).map(|item| item.id.to_string());
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}

/// What a file is, when it is sent as the body itself.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters that the upload reads by itself")]
pub(crate) struct FileQuery {
    /// Code of the kind of import: `customers`.
    kind: String,
    /// Name of the file.
    name: Option<String>,
}

/// Takes a file in: as a form with the fields `kind` and `file`, or as the body itself. Nothing of it is written
/// before its run.
#[utoipa::path(post, path = "/api/v1/imports", tag = "imports", params(FileQuery,
        ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request harmless")),
    request_body(content = String, content_type = "application/octet-stream"),
    responses((status = 201, body = ImportBody), (status = "default", body = Problem)))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    kinds: Kinds,
    headers: HeaderMap,
    AnyUpload(upload): AnyUpload,
) -> HttpResult {
    let Some(kind) = kinds.of(upload.field("kind")) else {
        actions::allowed(&caller.actor, &kinds)?;
        return Err(Error::field("kind", "import-error-kind").into());
    };
    caller.actor.require(kind.permission)?;
    let t = caller.t;
    let reading = Reading { unnamed: t.get("tabular-column"), ..Reading::default() };
    let repeat = Repeat::of(&headers, &caller, &upload.bytes)?;
    let (name, bytes) = (upload.name, upload.bytes);
    let (arrived, bytes) = app
        .compute(move || {
            let arrived = reading::read(&bytes, &name, &reading)?;
            Ok((arrived, bytes))
        })
        .await?;
    let answer = app
        .write(move |tx| {
            repeat.once(tx, |tx| {
                let import = actions::create(tx, &caller.actor, kind, &bytes, &arrived)?;
                let shown = actions::show(tx, &caller.actor, &kinds, import.id)?;
                let body = serde_json::to_string(&full(t, &shown))?;
                Ok((format!("/api/v1/imports/{}", import.id), body))
            })
        })
        .await?;
    Ok(respond(answer))
}

/// The caller's `Idempotency-Key` for a file.
struct Repeat {
    key: Option<String>,
    owner: String,
    hash: String,
}

impl Repeat {
    fn of(headers: &HeaderMap, caller: &Caller, bytes: &[u8]) -> Result<Self> {
        let key = headers.get("idempotency-key").and_then(|v| v.to_str().ok()).map(str::to_owned);
        if key.as_ref().is_some_and(|key| !(1..=200).contains(&key.len())) {
            return Err(Error::field("Idempotency-Key", "kit-idempotency-key-bad"));
        }
        let owner = format!("{}:{}", caller.actor.kind.name(), caller.actor.kind.id().unwrap_or(Id(0)));
        Ok(Self { key, owner, hash: secrets::sha256_hex(bytes) })
    }

    fn once(
        &self,
        tx: &mut Tx<'_>,
        make: impl FnOnce(&mut Tx<'_>) -> Result<(String, String)>,
    ) -> Result<Remembered> {
        if let Some(key) = &self.key
            && let Some(known) = remembered(tx, &self.owner, key)?
        {
            let same = known.request_hash == self.hash;
            return if same { Ok(known) } else { Err(Error::refused("kit-idempotency-key-reused")) };
        }
        let (location, body) = make(tx)?;
        let answer =
            Remembered { request_hash: self.hash.clone(), status: 201, location: Some(location), body };
        if let Some(key) = &self.key {
            remember(tx, &self.owner, key, &answer)?;
        }
        Ok(answer)
    }
}

fn respond(answer: Remembered) -> Response {
    let json = HeaderValue::from_static("application/json");
    let mut response = (StatusCode::CREATED, [(header::CONTENT_TYPE, json)], answer.body).into_response();
    if let Some(location) = answer.location.and_then(|l| HeaderValue::from_str(&l).ok()) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// One import.
#[utoipa::path(get, path = "/api/v1/imports/{id}", tag = "imports",
    params(("id" = String, Path, description = "Identifier")),
    responses((status = 200, body = ImportBody), (status = "default", body = Problem)))]
pub(crate) async fn read(
    State(app): State<App>,
    caller: Caller,
    kinds: Kinds,
    Path(id): Path<Id>,
) -> HttpResult {
    answer(&app, caller, kinds, id, StatusCode::OK).await
}

async fn answer(app: &App, caller: Caller, kinds: Kinds, id: Id, status: StatusCode) -> HttpResult {
    let t = caller.t;
    let shown = app.read(move |tx| actions::show(tx, &caller.actor, &kinds, id)).await?;
    json(status, &full(t, &shown), Some(shown.import.version))
}

/// Changes to the choices of an import that waits.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ImportChanges)]
pub(crate) struct ChangeBody {
    /// Field by name of column, or null for nowhere; columns not named stay.
    #[serde(default)]
    mapping: BTreeMap<String, Option<String>>,
    /// Options by code; those not named stay.
    #[serde(default)]
    options: BTreeMap<String, String>,
    /// Keep these choices for files with the same columns.
    #[serde(default)]
    remember: bool,
}

/// Changes where columns go, and options.
#[utoipa::path(patch, path = "/api/v1/imports/{id}", tag = "imports", request_body = ChangeBody,
    params(("id" = String, Path, description = "Identifier"),
           ("If-Match" = String, Header, description = "Version read, from ETag")),
    responses((status = 200, body = ImportBody), (status = "default", body = Problem)))]
pub(crate) async fn change(
    State(app): State<App>,
    caller: Caller,
    kinds: Kinds,
    Path(id): Path<Id>,
    IfMatch(version): IfMatch,
    Json(body): Json<ChangeBody>,
) -> HttpResult {
    let (actor, known) = (caller.actor.clone(), kinds.clone());
    app.write(move |tx| {
        let shown = actions::show(tx, &actor, &known, id)?;
        let mapping = Some(actions::mapping_by_name(&shown.import, &body.mapping)?);
        let changes = Changes { mapping, options: Choices(body.options.clone()), remember: body.remember };
        actions::decide(tx, &actor, &known, id, version, &changes)
    })
    .await?;
    answer(&app, caller, kinds, id, StatusCode::OK).await
}

macro_rules! deed {
    ($(#[$meta:meta])* $name:ident, $path:literal, $action:path) => {
        $(#[$meta])*
        #[utoipa::path(post, path = $path, tag = "imports",
            params(("id" = String, Path, description = "Identifier")),
            responses((status = 202, body = ImportBody), (status = "default", body = Problem)))]
        pub(crate) async fn $name(
            State(app): State<App>,
            caller: Caller,
            kinds: Kinds,
            Path(id): Path<Id>,
        ) -> HttpResult {
            let (actor, known) = (caller.actor.clone(), kinds.clone());
            app.write(move |tx| $action(tx, &actor, &known, id)).await?;
            answer(&app, caller, kinds, id, StatusCode::ACCEPTED).await
        }
    };
}

deed!(
    /// Begins a dry run: says what would happen, and writes nothing.
    dry_run, "/api/v1/imports/{id}/dry-run", actions::dry_run
);
deed!(
    /// Begins to write, or goes on after a stop. Asked twice, it is one run.
    run, "/api/v1/imports/{id}/run", run_or_resume
);
deed!(
    /// Stops what is at work; what was done stays done.
    cancel, "/api/v1/imports/{id}/cancellation", actions::stop
);
deed!(
    /// Takes the import back, as far as nobody worked since on what it brought.
    undo, "/api/v1/imports/{id}/undo", actions::undo
);

fn run_or_resume(tx: &mut Tx<'_>, by: &kernel::identity::Actor, kinds: &Kinds, id: Id) -> Result<Import> {
    match actions::show(tx, by, kinds, id)?.phase {
        Phase::Stopped => actions::resume(tx, by, kinds, id),
        _ => actions::run(tx, by, kinds, id),
    }
}

/// What became of a row.
#[derive(Serialize, ToSchema)]
pub(crate) struct RowBody {
    /// Line of the file.
    line: i64,
    /// What became of it.
    became: Became,
    /// The thing it is about.
    #[schema(value_type = Option<String>)]
    subject: Option<Id>,
    /// Why, in words, for what was left out or refused.
    reasons: Vec<String>,
    /// Its cells, for a refused row.
    #[serde(skip_serializing_if = "Option::is_none")]
    cells: Option<Vec<String>>,
    /// `removed`, `restored` or `kept`, when the import was undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    undone: Option<String>,
}

fn row_body(t: T, row: RowDone) -> RowBody {
    RowBody {
        line: row.line,
        became: row.became,
        subject: row.subject,
        reasons: row.reasons.iter().map(|reason| reason.words(t)).collect(),
        cells: row.content,
        undone: row.undone,
    }
}

/// Which rows to give.
#[derive(Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct RowsQuery {
    /// `created`, `updated`, `unchanged`, `skipped` or `rejected`.
    outcome: String,
    /// Where the previous page ended: its `next_cursor`.
    cursor: Option<String>,
    /// Rows wanted, 50 unless said, 500 at most.
    limit: Option<i64>,
}

/// What became of each row, in order of the file.
#[utoipa::path(get, path = "/api/v1/imports/{id}/rows", tag = "imports",
    params(("id" = String, Path, description = "Identifier"), RowsQuery),
    responses((status = 200, body = PageOf<RowBody>), (status = "default", body = Problem)))]
pub(crate) async fn rows(
    State(app): State<App>,
    caller: Caller,
    kinds: Kinds,
    Path(id): Path<Id>,
    Query(query): Query<RowsQuery>,
) -> HttpResult {
    let t = caller.t;
    let limit = query.limit.unwrap_or(50).clamp(1, 500);
    let cursor = query.cursor.as_deref().filter(|cursor| !cursor.is_empty()).map(str::parse).transpose();
    let after: i64 = cursor.map_err(|_| Error::field("cursor", "kit-bad-cursor"))?.unwrap_or(0);
    let became = match query.outcome.as_str() {
        "" => None,
        name => Some(Became::parse(name).ok_or_else(|| Error::field("outcome", "import-error-outcome"))?),
    };
    let page = app.read(move |tx| actions::rows(tx, &caller.actor, &kinds, id, became, after, limit)).await?;
    let next_cursor = page.next.map(|line| line.to_string());
    let items: Vec<RowBody> = page.rows.into_iter().map(|row| row_body(t, row)).collect();
    json(StatusCode::OK, &PageOf { items, next_cursor }, None)
}
