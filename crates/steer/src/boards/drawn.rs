//! The loop over time, drawn.

use askama::filters::Safe;
use kernel::figures::{Figure, Unit};
use kernel::texts::T;
use web_kit::charts::{Of, Trend, TrendPoint, written};

use super::model::{Board, Kind};
use super::trend::{Rhythm, Step};

/// First contacts made in time and cases opened; nothing where there is but one step, or no case.
pub(super) fn trends(t: T, board: &Board, may_read: bool) -> Vec<Safe<String>> {
    let has_cases = board.trend.iter().any(|step| step.opened.n > 0);
    if board.trend.len() < 2 || !has_cases {
        return Vec::new();
    }
    let most = board.trend.iter().map(|step| step.opened.n).max().unwrap_or(0);
    let in_time = trend(t, board, Kind::ContactedInTime, (0.0, 1.0), |step| &step.in_time);
    let opened = trend(t, board, Kind::Opened, (0.0, most as f64 + 2.0), |step| &step.opened);
    [in_time, opened].map(|chart| closed(chart, may_read).html(t)).into()
}

fn trend(t: T, board: &Board, kind: Kind, limits: (f64, f64), figure: impl Fn(&Step) -> &Figure) -> Trend {
    let rhythm = match board.rhythm {
        Rhythm::Week => "week",
        Rhythm::Month => "month",
    };
    let point = |step: &Step| {
        let figure = figure(step);
        TrendPoint {
            label: match board.rhythm {
                Rhythm::Week => t.day_and_month(step.choice.from),
                Rhythm::Month => t.month(step.choice.from),
            },
            value: figure.value,
            interval: figure.interval.map(|i| (i.low, i.high)),
            n: figure.n,
            definition: figure.definition.version.to_string(),
            href: if figure.n > 0 { figure.rows.clone() } else { String::new() },
        }
    };
    let points: Vec<TrendPoint> = board.trend.iter().map(point).collect();
    let unit = if kind == Kind::Opened { Unit::Count } else { Unit::Share };
    let title = t.one(&format!("board-trend-{rhythm}"), "figure", t.get(&kind.key()));
    let mut known = points.iter().filter_map(|p| Some((p.label.as_str(), p.value?)));
    let summary = match (known.next(), known.next_back()) {
        (Some((first, was)), Some((last, is))) => t.all(
            "board-trend-summary",
            &[
                ("title", title.as_str().into()),
                ("first", first.into()),
                ("was", written(t, unit, was).into()),
                ("last", last.into()),
                ("is", written(t, unit, is).into()),
            ],
        ),
        _ => title.clone(),
    };
    Trend {
        title,
        note: t.get(if unit == Unit::Share { "board-trend-note" } else { "board-trend-note-opened" }),
        summary,
        label_head: t.get(&format!("board-trend-{rhythm}-head")),
        of: Of::Cases,
        unit,
        limits,
        points,
    }
}

/// Who may not see cases gets no way to them.
fn closed(mut chart: Trend, may_read: bool) -> Trend {
    if !may_read {
        chart.points.iter_mut().for_each(|point| point.href.clear());
    }
    chart
}
