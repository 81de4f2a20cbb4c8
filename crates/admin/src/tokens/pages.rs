//! The list of tokens, the form of a new one, and its secret, shown once.

use askama::Template;
use axum::extract::State;
use http::{HeaderMap, StatusCode};
use kernel::identity::Permission;
use kernel::identity::store::Token;
use kernel::organisation::Site;
use kernel::{Error, FieldError, Id, Instant};
use serde::Deserialize;
use web_kit::text::permission_in_words;
use web_kit::{App, Form, FormView, HttpResult, Page, Path, SignedIn, Toast, html, html_with, redirect_with};

use super::actions;
use super::model::{Life, TokenInput};
use crate::shared::{Nothing, OnceSecret};

struct Row {
    id: Id,
    name: String,
    permissions: Vec<String>,
    reach: String,
    expires: Option<String>,
    used: Option<String>,
    state: &'static str,
}

#[derive(Template)]
#[template(path = "tokens/views/list.html")]
struct ListView {
    page: Page,
    form: FormView,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "tokens/views/new.html")]
struct NewView {
    page: Page,
    form: FormView,
    typed: Typed,
    permissions: Vec<(&'static str, String)>,
    sites: Vec<Site>,
    lives: Vec<(String, String)>,
    limited: bool,
}

impl NewView {
    fn is_given(&self, permission: &str) -> bool {
        self.typed.permissions.iter().any(|p| p == permission)
    }
    fn is_reached(&self, site: &Site) -> bool {
        self.typed.sites.contains(&site.id.to_string())
    }
}

#[derive(Template)]
#[template(path = "tokens/views/made.html")]
struct MadeView {
    page: Page,
    name: String,
    secret: String,
    base: String,
}

pub(super) async fn list(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    let actor = me.actor().clone();
    let all = app.read(move |tx| actions::list(tx, &actor)).await?;
    let now = app.db().clock().now();
    let rows = all.iter().map(|token| row(&me, token, now)).collect();
    let page = Page::new(&app, &me, &headers, "/tokens");
    let view = ListView { form: FormView::new(me.t(), me.csrf(), Vec::new()), page, rows };
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn row(me: &SignedIn, token: &Token, now: Instant) -> Row {
    let (t, zone, names) = (me.t(), &me.organisation().zone, me.site_names());
    let reach = match &token.sites {
        None => t.get("tokens-reach-all"),
        Some(sites) => sites.iter().map(|id| names.get(Some(*id))).collect::<Vec<_>>().join(", "),
    };
    let has_ended = token.expires_at.is_some_and(|at| at <= now);
    Row {
        id: token.id,
        name: token.name.clone(),
        permissions: token.permissions.iter().map(|p| permission_in_words(t, p.name())).collect(),
        reach,
        expires: token.expires_at.map(|at| t.day(zone.day_of(at))),
        used: token.used_at.map(|at| t.moment(at, zone)),
        state: match (token.revoked_at.is_some(), has_ended) {
            (true, _) => "revoked",
            (false, true) => "ended",
            (false, false) => "valid",
        },
    }
}

/// The form: what is ticked comes as repeated fields.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    name: String,
    permissions: Vec<String>,
    sites: Vec<String>,
    life: Life,
}

fn new_view(app: &App, me: &SignedIn, headers: &HeaderMap, typed: Typed, errors: Vec<FieldError>) -> NewView {
    let t = me.t();
    let held = me.actor().permissions.iter();
    NewView {
        page: Page::new(app, me, headers, "/tokens").crumb(t.get("tokens-task-create"), ""),
        form: FormView::new(t, me.csrf(), errors),
        typed,
        permissions: held.map(|p| (p.name(), permission_in_words(t, p.name()))).collect(),
        sites: me.sites(),
        lives: Life::ALL
            .iter()
            .map(|l| (l.name().to_owned(), t.get(&format!("tokens-life-{}", l.name()))))
            .collect(),
        limited: me.actor().scope != kernel::identity::Scope::All,
    }
}

pub(super) async fn new(State(app): State<App>, me: SignedIn, headers: HeaderMap) -> HttpResult {
    me.actor().require(Permission::TokensManage)?;
    html(&new_view(&app, &me, &headers, Typed::default(), Vec::new()))
}

pub(super) async fn create(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> HttpResult {
    let input = TokenInput {
        name: typed.name.clone(),
        permissions: typed.permissions.clone(),
        sites: typed.sites.clone(),
        life: typed.life,
    };
    let secret = OnceSecret::new(actions::PREFIX)?;
    let (actor, making) = (me.actor().clone(), secret.clone());
    match app.write(move |tx| actions::create(tx, &actor, &input, &making.use_hash())).await {
        Ok(token) => {
            let page = Page::new(&app, &me, &headers, "/tokens").crumb(token.name.clone(), "");
            let base = app.config().base_url();
            html(&MadeView { page, name: token.name, secret: secret.text().to_owned(), base })
        }
        Err(Error::Invalid(errors)) => {
            let view = new_view(&app, &me, &headers, typed, errors);
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn revoke(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult {
    let actor = me.actor().clone();
    app.write(move |tx| actions::revoke(tx, &actor, id)).await?;
    Ok(redirect_with(&app, "/tokens", &Toast::done("tokens-revoked-done")))
}
