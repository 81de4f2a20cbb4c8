//! The board of the loop over REST.

use act::costs::AmountBody;
use axum::extract::State;
use http::StatusCode;
use kernel::figures::{Figure, Unit};
use kernel::{Day, Id};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web_kit::api::json;
use web_kit::{App, Caller, HttpResult, Problem, Query};

use super::actions;
use super::model::{Board, Group};
use super::trend::Step;

#[derive(utoipa::OpenApi)]
#[openapi(paths(show))]
pub(crate) struct Document;

/// Which cases.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct BoardQuery {
    /// First day cases were opened, `YYYY-MM-DD`; 90 days before the last unless said.
    #[serde(default)]
    from: Option<String>,
    /// Last day; today unless said.
    #[serde(default)]
    to: Option<String>,
    /// One site.
    #[serde(default)]
    site: Option<String>,
}

/// A figure of the board.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoopFigureBody {
    /// Which: `contacted_in_time`, `contact_median` and so on.
    name: String,
    /// Version of its definition.
    version: u32,
    /// Value: a share from 0 to 1, hours, or a count; absent without cases, or while too many still run to tell.
    value: Option<f64>,
    /// `share`, `hours` or `count`.
    #[schema(value_type = String)]
    unit: kernel::figures::Unit,
    /// Cases it rests on.
    n: u64,
    /// Cases left out because they are not due, too young or without a cause.
    left_out: u64,
    /// Of the n cases of a time, those that still run: they count for the time passed so far.
    running: u64,
    /// Page that lists the cases it counts; empty where none lists just those.
    rows: String,
}

/// Figures of some cases.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoopGroupBody {
    /// Site, team or cause; absent for cases that have none.
    #[schema(value_type = Option<String>)]
    key: Option<Id>,
    /// The figures.
    figures: Vec<LoopFigureBody>,
    /// Cost of remedies, by currency.
    costs: Vec<AmountBody>,
    /// Cases that cost something.
    costly: u64,
}

impl From<&Group> for LoopGroupBody {
    fn from(group: &Group) -> Self {
        let of = |figure: &Figure, is_time: bool| {
            if (figure.unit == Unit::Hours) == is_time { figure.missing } else { 0 }
        };
        let body = |figure: &Figure| LoopFigureBody {
            name: figure.definition.id.to_owned(),
            version: figure.definition.version,
            value: figure.value,
            unit: figure.unit,
            n: figure.n,
            left_out: of(figure, false),
            running: of(figure, true),
            rows: figure.rows.clone(),
        };
        Self {
            key: group.key,
            figures: group.figures.iter().map(|(_, figure)| body(figure)).collect(),
            costs: group.costs.bodies(),
            costly: group.costly,
        }
    }
}

/// A week or a month.
#[derive(Serialize, ToSchema)]
pub(crate) struct LoopStepBody {
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    to: Day,
    /// Cases opened.
    opened: u64,
    /// Of those, how many first contacts were due.
    contact_due: u64,
    /// Share of them made in time, from 0 to 1; absent when none was due.
    contacted_in_time: Option<f64>,
    /// Interval of that share at 95 % (Wilson, 1927): how far chance alone may have moved it.
    low: Option<f64>,
    /// Its upper bound.
    high: Option<f64>,
}

impl From<&Step> for LoopStepBody {
    fn from(step: &Step) -> Self {
        let interval = step.in_time.interval;
        Self {
            from: step.choice.from,
            to: step.choice.to,
            opened: step.opened.n,
            contact_due: step.in_time.n,
            contacted_in_time: step.in_time.value,
            low: interval.map(|i| i.low),
            high: interval.map(|i| i.high),
        }
    }
}

/// The board.
#[derive(Serialize, ToSchema)]
pub struct BoardBody {
    /// First day cases were opened.
    #[schema(value_type = String, format = Date)]
    from: Day,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    to: Day,
    /// How medians and percentiles of times are worked out: `kaplan_meier` (1958). Times run around the clock.
    times: &'static str,
    /// All cases.
    all: LoopGroupBody,
    /// Week by week, or month by month from half a year on; the oldest first.
    trend: Vec<LoopStepBody>,
    /// By site.
    sites: Vec<LoopGroupBody>,
    /// By team.
    teams: Vec<LoopGroupBody>,
    /// By cause.
    causes: Vec<LoopGroupBody>,
}

impl From<&Board> for BoardBody {
    fn from(board: &Board) -> Self {
        let groups = |all: &[Group]| all.iter().map(LoopGroupBody::from).collect();
        Self {
            from: board.choice.from,
            to: board.choice.to,
            times: "kaplan_meier",
            all: (&board.all).into(),
            trend: board.trend.iter().map(LoopStepBody::from).collect(),
            sites: groups(&board.sites),
            teams: groups(&board.teams),
            causes: groups(&board.causes),
        }
    }
}

/// The loop: called back in time, told, causes removed, what it cost.
#[utoipa::path(get, path = "/api/v1/boards/loop", tag = "boards", params(BoardQuery),
    responses((status = 200, body = BoardBody), (status = "default", body = Problem)))]
pub(crate) async fn show(State(app): State<App>, caller: Caller, Query(q): Query<BoardQuery>) -> HttpResult {
    let by = caller.actor.clone();
    let (from, to) = (q.from.unwrap_or_default(), q.to.unwrap_or_default());
    let site = q.site.unwrap_or_default();
    let board = app
        .read(move |tx| {
            let choice = actions::choice(tx, &from, &to, &site)?;
            actions::loop_board(tx, &by, choice)
        })
        .await?;
    json(StatusCode::OK, &BoardBody::from(&board), None)
}
