//! What other pages show of cases: the home page, the customer's sheet, the palette.

use askama::Template;
use axum::extract::State;
use kernel::identity::{Actor, Permission};
use kernel::texts::T;
use kernel::{Id, Result, Tx};
use web_kit::{App, Found, HttpResult, Path, SignedIn, html};

use super::model::{Case, Filter, Phase, View};
use super::pages::{Beside, Promised, counted, counted_alone, excerpt};
use super::{actions, rules, url};
use crate::clocks::ClockView;

/// Cases on the home page.
const ON_HOME: i64 = 6;
/// Cases on a customer's sheet.
const ON_SHEET: usize = 10;

struct Row {
    id: Id,
    title: String,
    sub: String,
    words: String,
    next: String,
    clock: Option<ClockView>,
    is_danger: bool,
}

fn row(app: &App, me: &SignedIn, case: &Case, who: String) -> Row {
    let (t, now) = (me.t(), app.db().clock().now());
    let runs = case.is_open() && case.clock.phase != Phase::Over;
    let zone = &me.organisation().zone;
    Row {
        id: case.id,
        is_danger: case.is_danger(),
        title: case.title.clone(),
        sub: [who, case.reference.clone()]
            .into_iter()
            .filter(|s| !s.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        words: excerpt(&case.words, 90),
        next: t.get(rules::next_step(case).key()),
        clock: runs.then(|| ClockView::new(t, zone, case.clock.from, &case.clock.times, now)),
    }
}

#[derive(Template)]
#[template(path = "cases/views/mine.html")]
struct MineView {
    t: T,
    rows: Vec<Row>,
    /// What nobody has.
    free: String,
    is_free: bool,
    /// What is late; empty when nothing is.
    late: String,
    is_mine: bool,
    promises: Vec<Promised>,
}

/// What is due first: mine, or what my reach holds when I carry none.
pub(super) async fn mine(State(app): State<App>, me: SignedIn) -> HttpResult {
    let (actor, today, t) = (me.actor().clone(), me.today(&app), me.t());
    let (found, beside, counts, promises) = app
        .read(move |tx| {
            let counts = actions::counts(tx, &actor)?;
            let view = if counts.mine > 0 { View::Mine } else { View::Open };
            let filter = Filter { view, owner: actor.user(), ..Filter::default() };
            let found = actions::list(tx, &actor, &filter, None, ON_HOME)?;
            let promised = actions::promised(tx, &actor, today)?;
            let promises = Promised::all(t, &Beside::read(tx, &actor.scope, &promised)?, &promised, today);
            let beside = Beside::read(tx, &actor.scope, &found)?;
            Ok((found, beside, counts, promises))
        })
        .await?;
    let rows = found.iter().map(|case| row(&app, &me, case, beside.customer(t, case))).collect();
    let free = t.one("case-home-free", "n", counted(t, counts.free));
    let late = match counts.late {
        0 => String::new(),
        n => t.one("case-home-late", "n", counted(t, n)),
    };
    html(&MineView { t, rows, free, is_free: counts.free > 0, late, is_mine: counts.mine > 0, promises })
}

#[derive(Template)]
#[template(path = "cases/views/count.html")]
struct CountView {
    t: T,
    n: i64,
    shown: String,
}

/// How many cases are open, beside the entry of the navigation.
pub(super) async fn count(State(app): State<App>, me: SignedIn) -> HttpResult {
    let actor = me.actor().clone();
    let counts = app.read(move |tx| actions::counts(tx, &actor)).await?;
    let t = me.t();
    html(&CountView { t, n: counts.open, shown: counted_alone(t, counts.open) })
}

#[derive(Template)]
#[template(path = "cases/views/news.html")]
struct NewsView {
    t: T,
    opened: String,
    told: String,
    closed: String,
    late: String,
    is_late: bool,
    /// What others gave whoever reads; empty when nothing.
    handed: String,
}

/// What happened in the last day.
pub(super) async fn news(State(app): State<App>, me: SignedIn) -> HttpResult {
    let actor = me.actor().clone();
    let ([opened, told, closed], counts, handed) = app
        .read(move |tx| {
            Ok((actions::news(tx, &actor)?, actions::counts(tx, &actor)?, actions::handed(tx, &actor)?))
        })
        .await?;
    let t = me.t();
    html(&NewsView {
        t,
        opened: t.count(opened),
        told: t.count(told),
        closed: t.count(closed),
        late: counted_alone(t, counts.late),
        is_late: counts.late > 0,
        handed: if handed > 0 { t.count(handed) } else { String::new() },
    })
}

#[derive(Template)]
#[template(path = "cases/views/of_customer.html")]
struct OfCustomerView {
    t: T,
    customer: Id,
    rows: Vec<Row>,
    may_open: bool,
}

/// Cases of a customer, the latest first.
pub(super) async fn of_customer(State(app): State<App>, me: SignedIn, Path(id): Path<Id>) -> HttpResult {
    let actor = me.actor().clone();
    let (found, is_erased) = app
        .read(move |tx| {
            let found = actions::of_customer(tx, &actor, id, ON_SHEET)?;
            Ok((found, know::customers::store::is_erased(tx, id)?))
        })
        .await?;
    let rows = found.iter().map(|case| row(&app, &me, case, String::new())).collect();
    let may_open = me.may(Permission::CasesWrite) && !is_erased;
    html(&OfCustomerView { t: me.t(), customer: id, rows, may_open })
}

/// Cases by reference or by the name of their customer, for the palette.
pub fn find(tx: &mut Tx<'_>, by: &Actor, typed: &str) -> Result<Vec<Found>> {
    let found = actions::find_few(tx, by, typed)?;
    let shown = |case: Case| Found {
        label: case.title.clone(),
        detail: case.reference.clone(),
        href: url(case.id),
        icon: "flag",
    };
    Ok(found.into_iter().map(shown).collect())
}
