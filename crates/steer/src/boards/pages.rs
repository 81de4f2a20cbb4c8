//! The pages of the room.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::figures::Figure;
use kernel::identity::Permission;
use kernel::texts::T;
use kernel::{Day, Error, FieldError, Id};
use serde::Deserialize;
use web_kit::charts::written;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, html, html_with, redirect_with,
};

use super::actions::{self, TileInput};
use super::model::{Choice, Group, Kind};

/// Days the board looks back until somebody chooses.
const DAYS: i64 = 90;
/// Days of the fresh part of the board a tile shows, when nothing is said.
const TILE_DAYS: i64 = 30;

/// Which cases.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct BoardQuery {
    from: String,
    to: String,
    site: String,
}

/// A figure in words.
struct Shown {
    kind: &'static str,
    name: String,
    value: String,
    n: String,
    left_out: String,
    how: String,
    rows: String,
}

fn shown(t: T, kind: Kind, figure: &Figure, may_read: bool) -> Shown {
    let key = format!("board-{}", kind.name().replace('_', "-"));
    Shown {
        kind: kind.name(),
        name: t.get(&key),
        value: figure.value.map_or_else(|| "–".to_owned(), |value| written(t, figure.unit, value)),
        n: t.one("board-n", "n", figure.n),
        left_out: if figure.missing > 0 {
            t.one("board-left-out", "n", figure.missing)
        } else {
            String::new()
        },
        how: t.get(&format!("{key}-how")),
        rows: if may_read { figure.rows.clone() } else { String::new() },
    }
}

/// A row of a table by site, team or cause.
struct Line {
    name: String,
    rows: String,
    cells: Vec<String>,
    cost: String,
}

struct Table {
    title: String,
    first: String,
    lines: Vec<Line>,
}

/// Figures shown by group.
const BY_GROUP: [Kind; 6] = [
    Kind::Opened,
    Kind::ContactedInTime,
    Kind::ContactMedian,
    Kind::CloseMedian,
    Kind::InnerLoop,
    Kind::Late,
];

#[derive(Template)]
#[template(path = "boards/views/loop.html")]
struct BoardView {
    page: Page,
    q: BoardQuery,
    sites: Vec<(String, String)>,
    period: String,
    population: String,
    figures: Vec<Shown>,
    heads: Vec<String>,
    tables: Vec<Table>,
    cost: String,
    costly: String,
    costs: String,
    is_empty: bool,
    may_pin: bool,
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<BoardQuery>,
) -> HttpResult<Response> {
    let today = me.today(&app);
    let to = q.to.parse::<Day>().unwrap_or(today);
    let from = q.from.parse::<Day>().unwrap_or_else(|_| to.plus_days(-DAYS));
    let choice = Choice { from, to, site: q.site.parse().ok() };
    let actor = me.actor().clone();
    let (board, tree, teams) = app
        .read(move |tx| {
            let board = actions::loop_board(tx, &actor, choice)?;
            let tree = act::causes::store::all(tx).map(act::causes::rules::tree)?;
            let teams: HashMap<Id, String> = kernel::organisation::store::teams(tx)?
                .into_iter()
                .map(|team| (team.id, team.name))
                .collect();
            Ok((board, tree, teams))
        })
        .await?;
    let t = me.t();
    let may_read = me.may(Permission::CasesRead);
    let currency = me.organisation().currency.clone();
    let names = me.site_names();
    let table = |title: &str, first: &str, groups: &[Group], name: &dyn Fn(Option<Id>) -> String| Table {
        title: t.get(title),
        first: t.get(first),
        lines: groups.iter().map(|g| line(t, g, name(g.key), &currency, may_read)).collect(),
    };
    let none = |text: String| if text.is_empty() { t.get("board-none") } else { text };
    let tables = vec![
        table("board-by-site", "case-site", &board.sites, &|key| none(names.get(key).to_owned())),
        table("board-by-team", "board-team", &board.teams, &|key| {
            none(key.and_then(|id| teams.get(&id)).cloned().unwrap_or_default())
        }),
        table("board-by-cause", "case-cause", &board.causes, &|key| none(tree.path(key, t.locale()))),
    ];
    let opened = board.all.figure(Kind::Opened);
    let view = BoardView {
        page: Page::new(&app, &me, &headers, "/boards/loop"),
        q: BoardQuery { from: from.to_string(), to: to.to_string(), ..q },
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        period: t.two("board-period", "from", t.day(from), "to", t.day(to)),
        population: opened.map(|f| f.population.clone()).unwrap_or_default(),
        figures: board.all.figures.iter().map(|(kind, figure)| shown(t, *kind, figure, may_read)).collect(),
        heads: BY_GROUP.iter().map(|k| t.get(&format!("board-{}", k.name().replace('_', "-")))).collect(),
        tables,
        cost: t.money(board.all.cost, &currency),
        costly: t.one("board-costly", "n", board.all.costly),
        costs: if may_read {
            format!("/cases?view=all&from={from}&to={to}&standing=costly")
        } else {
            String::new()
        },
        is_empty: opened.is_none_or(|f| f.n == 0),
        may_pin: me.may(Permission::BoardsPin),
    };
    Page::show(view.page.toast.is_some(), &app, &view)
}

fn line(t: T, group: &Group, name: String, currency: &str, may_read: bool) -> Line {
    let cell = |kind: &Kind| {
        let figure = group.figure(*kind);
        let value = figure.and_then(|f| f.value.map(|value| written(t, f.unit, value)));
        value.unwrap_or_else(|| "–".to_owned())
    };
    let rows = group.figure(Kind::Opened).map(|f| f.rows.clone()).filter(|_| may_read);
    Line {
        name,
        rows: rows.unwrap_or_default(),
        cells: BY_GROUP.iter().map(cell).collect(),
        cost: if group.cost > 0 { t.money(group.cost, currency) } else { "–".to_owned() },
    }
}

struct TileView {
    id: Id,
    shown: Shown,
    decision: String,
    owner: String,
    about: String,
}

#[derive(Template)]
#[template(path = "boards/views/tiles.html")]
struct TilesView {
    t: T,
    form: FormView,
    tiles: Vec<TileView>,
    may_pin: bool,
}

/// Pinned figures, as they stand now.
pub(crate) async fn tiles(State(app): State<App>, me: SignedIn) -> HttpResult<Response> {
    let (actor, today) = (me.actor().clone(), me.today(&app));
    let found = app.read(move |tx| actions::tile_figures(tx, &actor, today)).await?;
    let t = me.t();
    let (may_read, names) = (me.may(Permission::CasesRead), me.site_names());
    let tiles = found
        .into_iter()
        .filter_map(|(tile, group)| {
            let figure = group.figure(tile.kind)?;
            let place = names.get(tile.site).to_owned();
            let days = t.one("board-days", "n", tile.days);
            Some(TileView {
                id: tile.id,
                shown: shown(t, tile.kind, figure, may_read),
                decision: tile.decision.clone(),
                owner: tile.owner_name.clone(),
                about: if place.is_empty() { days } else { format!("{place} · {days}") },
            })
        })
        .collect();
    html(&TilesView {
        t,
        form: FormView::new(t, me.csrf(), Vec::new()),
        tiles,
        may_pin: me.may(Permission::BoardsPin),
    })
}

/// What a tile shows.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct TileForm {
    figure: String,
    site: String,
    days: String,
    decision: String,
    owner: String,
}

#[derive(Template)]
#[template(path = "boards/views/pin.html")]
struct PinView {
    page: Page,
    form: FormView,
    input: TileForm,
    figures: Vec<(String, String)>,
    sites: Vec<(String, String)>,
    owners: Vec<(String, String)>,
}

async fn pin_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    input: TileForm,
    errors: Vec<FieldError>,
) -> HttpResult<PinView> {
    me.actor().require(Permission::BoardsPin)?;
    let owners = app.read(actions::owners).await?;
    let t = me.t();
    let mut sites = vec![(String::new(), t.get("case-any-site"))];
    sites.extend(me.sites().into_iter().map(|s| (s.id.to_string(), s.name)));
    let mut people = vec![(String::new(), t.get("board-choose"))];
    people.extend(owners.into_iter().map(|(id, name, _)| (id.to_string(), name)));
    Ok(PinView {
        page: Page::new(app, me, headers, "/boards/loop").crumb(t.get("board-pin"), ""),
        form: FormView::new(t, me.csrf(), errors),
        input,
        figures: Kind::ALL
            .iter()
            .map(|k| (k.name().to_owned(), t.get(&format!("board-{}", k.name().replace('_', "-")))))
            .collect(),
        sites,
        owners: people,
    })
}

pub(crate) async fn new(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(input): Query<TileForm>,
) -> HttpResult<Response> {
    let input = TileForm { days: TILE_DAYS.to_string(), ..input };
    html(&pin_view(&app, &me, &headers, input, Vec::new()).await?)
}

pub(crate) async fn pin(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Form(form): Form<TileForm>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), form.clone());
    let input = TileInput {
        figure: typed.figure,
        site: typed.site,
        days: typed.days,
        decision: typed.decision,
        owner: typed.owner,
    };
    match app.write(move |tx| actions::pin(tx, &actor, &input)).await {
        Ok(_) => Ok(redirect_with(&app, "/", &Toast::done("board-pinned"))),
        Err(Error::Invalid(errors)) => {
            let view = pin_view(&app, &me, &headers, form, errors).await?;
            html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(other) => Err(other.into()),
    }
}

/// Nothing but the token.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct Nothing {}

pub(crate) async fn unpin(
    State(app): State<App>,
    me: SignedIn,
    Path(id): Path<Id>,
    Form(_): Form<Nothing>,
) -> HttpResult<Response> {
    let actor = me.actor().clone();
    app.write(move |tx| actions::unpin(tx, &actor, id)).await?;
    Ok(redirect_with(&app, "/", &Toast::done("board-unpinned")))
}
