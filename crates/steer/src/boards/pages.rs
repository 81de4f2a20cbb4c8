//! The pages of the room.

use askama::Template;
use askama::filters::Safe;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use kernel::figures::{FEW, Figure, Unit};
use kernel::identity::Permission;
use kernel::texts::T;
use kernel::{Error, FieldError, Id};
use serde::Deserialize;
use web_kit::charts::written;
use web_kit::{
    App, Form, FormView, HttpResult, Page, Path, Query, SignedIn, Toast, csv_response, html, html_with,
    redirect_with,
};

use super::actions::{self, TileInput};
use super::model::{Board, By, Choice, Group, Kind};
use super::{drawn, export, rules};

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
    undetermined: String,
    rows: String,
    /// What missed it, in words, and where those cases are.
    missed: Option<(String, String)>,
}

fn shown(t: T, kind: Kind, figure: &Figure, may_read: bool) -> Shown {
    let key = kind.key();
    Shown {
        kind: kind.name(),
        name: t.get(&key),
        value: in_words(t, Some(figure)),
        n: if is_of_few(figure) { t.get("board-few-cases") } else { t.one("board-n", "n", figure.n) },
        left_out: match figure.unit {
            _ if figure.missing == 0 => String::new(),
            Unit::Hours => t.one("board-running", "n", figure.missing),
            _ => t.one(&format!("{key}-left-out"), "n", figure.missing),
        },
        undetermined: if figure.unit == Unit::Hours && figure.value.is_none() && figure.n > 0 {
            t.get("board-undetermined")
        } else {
            String::new()
        },
        rows: if may_read { figure.rows.clone() } else { String::new() },
        missed: rules::missed_rows(kind, figure)
            .filter(|_| may_read && rules::missed(figure) > 0)
            .map(|rows| (t.one(&format!("{key}-missed"), "n", rules::missed(figure)), rows)),
    }
}

/// Figures that are read together, under a text key: what waits now comes first.
const SECTIONS: [(&str, &[Kind]); 3] = [
    ("board-section-now", &[Kind::Late, Kind::Open]),
    ("board-section-customers", &[Kind::ContactedInTime, Kind::InnerLoop, Kind::OuterLoop, Kind::Opened]),
    ("board-section-times", &[Kind::ContactMedian, Kind::ContactP90, Kind::CloseMedian, Kind::CloseP90]),
];

struct Section {
    title: String,
    figures: Vec<Shown>,
}

/// What remedies cost.
struct CostView {
    value: String,
    n: String,
    rows: String,
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

/// Figures shown by site, cause and team.
pub const BY_GROUP: [Kind; 6] = [
    Kind::Opened,
    Kind::ContactedInTime,
    Kind::ContactMedian,
    Kind::CloseMedian,
    Kind::InnerLoop,
    Kind::Late,
];

/// What there is to see of a board.
struct Content {
    period: String,
    population: String,
    sections: Vec<Section>,
    cost: CostView,
    heads: Vec<String>,
    tables: Vec<Table>,
    /// The loop over time, drawn; nothing where there is but one step.
    trends: Vec<Safe<String>>,
    /// Names of figures and how each is counted.
    how: Vec<(String, String)>,
    is_empty: bool,
}

#[derive(Template)]
#[template(path = "boards/views/loop.html")]
struct BoardView {
    page: Page,
    form: FormView,
    q: BoardQuery,
    sites: Vec<(String, String)>,
    /// None while the choice is wrong.
    content: Option<Content>,
    may_pin: bool,
}

fn board_view(
    app: &App,
    me: &SignedIn,
    headers: &HeaderMap,
    q: BoardQuery,
    errors: Vec<FieldError>,
) -> BoardView {
    BoardView {
        page: Page::new(app, me, headers, "/boards/loop"),
        form: FormView::new(me.t(), me.csrf(), errors),
        q,
        sites: me.sites().into_iter().map(|s| (s.id.to_string(), s.name)).collect(),
        content: None,
        may_pin: me.may(Permission::BoardsPin),
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    me: SignedIn,
    headers: HeaderMap,
    Query(q): Query<BoardQuery>,
) -> HttpResult<Response> {
    let (actor, typed) = (me.actor().clone(), q.clone());
    let outcome = app
        .read(move |tx| {
            let choice = actions::choice(tx, &typed.from, &typed.to, &typed.site)?;
            actions::loop_board(tx, &actor, choice)
        })
        .await;
    let board = match outcome {
        Ok(board) => board,
        Err(Error::Invalid(errors)) => {
            let view = board_view(&app, &me, &headers, q, errors);
            return html_with(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
        Err(other) => return Err(other.into()),
    };
    let Choice { from, to, .. } = board.choice;
    let q = BoardQuery { from: from.to_string(), to: to.to_string(), ..q };
    let view =
        BoardView { content: Some(content(&me, &board)), ..board_view(&app, &me, &headers, q, Vec::new()) };
    Page::show(view.page.toast.is_some(), &app, &view)
}

/// The board as a file.
pub(crate) async fn file(
    State(app): State<App>,
    me: SignedIn,
    Query(q): Query<BoardQuery>,
) -> HttpResult<Response> {
    let (actor, t) = (me.actor().clone(), me.t());
    let text = app
        .read(move |tx| {
            let choice = actions::choice(tx, &q.from, &q.to, &q.site)?;
            export::csv(tx, &actor, t, choice)
        })
        .await?;
    Ok(csv_response(&format!("{}-{}.csv", t.get("board-file"), me.today(&app)), text))
}

fn content(me: &SignedIn, board: &Board) -> Content {
    let (t, may_read, sites) = (me.t(), me.may(Permission::CasesRead), me.site_names());
    let all = &board.all;
    let one = |kind: &Kind| all.figure(*kind).map(|figure| shown(t, *kind, figure, may_read));
    let section = |(title, kinds): (&str, &[Kind])| Section {
        title: t.get(title),
        figures: kinds.iter().filter_map(one).collect(),
    };
    let table = |by: By| Table {
        title: t.get(by.title()),
        first: t.get(by.head()),
        lines: board
            .groups(by)
            .iter()
            .map(|group| line(t, group, board.name(by, group.key, &sites, t), may_read))
            .collect(),
    };
    let how = |kind: Kind| (t.get(&kind.key()), t.get(&format!("{}-how", kind.key())));
    Content {
        period: t.two("board-period", "from", t.day(board.choice.from), "to", t.day(board.choice.to)),
        population: all.figure(Kind::Opened).map(|f| f.population.clone()).unwrap_or_default(),
        sections: SECTIONS.map(section).into(),
        cost: CostView {
            value: if all.costs.is_empty() { "–".to_owned() } else { all.costs.in_words(t) },
            n: t.one("board-costly", "n", all.costly),
            rows: if may_read { all.costly_rows.clone() } else { String::new() },
        },
        heads: BY_GROUP.iter().map(|kind| t.get(&format!("{}-short", kind.key()))).collect(),
        tables: By::ALL.map(table).into(),
        trends: drawn::trends(t, board, may_read),
        how: Kind::ALL.map(how).into(),
        is_empty: [Kind::Opened, Kind::Open].into_iter().all(|k| all.figure(k).is_none_or(|f| f.n == 0)),
    }
}

fn line(t: T, group: &Group, name: String, may_read: bool) -> Line {
    let rows = group.figure(Kind::Opened).map(|f| f.rows.clone()).filter(|_| may_read);
    Line {
        name,
        rows: rows.unwrap_or_default(),
        cells: BY_GROUP.iter().map(|kind| in_words(t, group.figure(*kind))).collect(),
        cost: if group.costs.is_empty() { "–".to_owned() } else { group.costs.in_words(t) },
    }
}

/// A figure of a board as it is written in a table; a dash without one.
pub fn in_words(t: T, figure: Option<&Figure>) -> String {
    figure.and_then(|figure| in_cell(t, figure)).unwrap_or_else(|| "–".to_owned())
}

/// A figure in a cell. Of few cases a percentage would say more than is known: they are counted instead.
fn in_cell(t: T, figure: &Figure) -> Option<String> {
    let value = figure.value?;
    if is_of_few(figure) {
        let of = figure.n as f64;
        return Some(t.two(
            "board-few",
            "n",
            t.count((value * of).round() as i64),
            "of",
            t.count(figure.n as i64),
        ));
    }
    Some(written(t, figure.unit, value))
}

/// A share of few cases.
fn is_of_few(figure: &Figure) -> bool {
    figure.unit == Unit::Share && figure.value.is_some() && figure.n < FEW
}

struct TileView {
    id: Id,
    shown: Shown,
    decision: String,
    owner: String,
    about: String,
    may_remove: bool,
}

#[derive(Template)]
#[template(path = "boards/views/tiles.html")]
struct TilesView {
    t: T,
    form: FormView,
    tiles: Vec<TileView>,
}

/// Pinned figures, as they stand now.
pub(crate) async fn tiles(State(app): State<App>, me: SignedIn) -> HttpResult<Response> {
    let (actor, today) = (me.actor().clone(), me.today(&app));
    let found = app.read(move |tx| actions::tile_figures(tx, &actor, today)).await?;
    let t = me.t();
    let (may_read, names) = (me.may(Permission::CasesRead), me.site_names());
    let tiles = found
        .into_iter()
        .map(|(tile, figure)| {
            let place = names.get(tile.site).to_owned();
            let days =
                if tile.kind.is_of_now() { t.get("board-now") } else { t.one("board-days", "n", tile.days) };
            TileView {
                id: tile.id,
                shown: shown(t, tile.kind, &figure, may_read),
                may_remove: actions::may_unpin(me.actor(), &tile),
                decision: tile.decision,
                owner: tile.owner_name,
                about: if place.is_empty() { days } else { format!("{place} · {days}") },
            }
        })
        .collect();
    html(&TilesView { t, form: FormView::new(t, me.csrf(), Vec::new()), tiles })
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
    let actor = me.actor().clone();
    let owners = app.read(move |tx| actions::owners(tx, &actor)).await?;
    let t = me.t();
    // One without a site is everybody's.
    let is_whole = me.actor().require_whole(Permission::BoardsPin).is_ok();
    let mut sites = if is_whole { vec![(String::new(), t.get("case-any-site"))] } else { Vec::new() };
    sites.extend(me.sites().into_iter().map(|s| (s.id.to_string(), s.name)));
    let mut people = vec![(String::new(), t.get("board-choose"))];
    people.extend(owners.into_iter().map(|(id, name, _)| (id.to_string(), name)));
    Ok(PinView {
        page: Page::new(app, me, headers, "/boards/loop").crumb(t.get("board-pin"), ""),
        form: FormView::new(t, me.csrf(), errors),
        input,
        figures: Kind::ALL.iter().map(|kind| (kind.name().to_owned(), t.get(&kind.key()))).collect(),
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
    let least = Kind::parse(&input.figure).map_or(TILE_DAYS, rules::least_days);
    let input = TileForm { days: TILE_DAYS.max(least).to_string(), ..input };
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
