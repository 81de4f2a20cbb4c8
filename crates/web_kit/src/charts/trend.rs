//! A measure over time, with how sure it is.

use askama::filters::Safe;
use kernel::figures::{FEW, Unit};
use kernel::texts::T;

use super::axis::Axis;
use super::twin::{Cell, twin};
use super::{WIDTH, at, text_width, written, written_range};
use crate::form::escape;

const HEIGHT: f64 = 262.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 226.0;
const LEFT: f64 = 48.0;
const FIRST: f64 = 68.0;
const LAST: f64 = 704.0;
const EDGE: f64 = 716.0;
/// Height a label needs for itself.
const LINE: f64 = 14.0;

/// One period of a trend.
#[derive(Clone, Debug)]
pub struct TrendPoint {
    /// Name of the period, short: it stands under the axis.
    pub label: String,
    /// The value; `None` leaves a gap that no line crosses.
    pub value: Option<f64>,
    /// Bounds of its interval, where one may be shown.
    pub interval: Option<(f64, f64)>,
    /// Answers behind it; fewer than [`FEW`] are drawn hollow and dashed.
    pub n: u64,
    /// Definition it was measured by: where it changes, a dotted cut is drawn and no line crosses it.
    pub definition: String,
    /// Where its answers are; empty when the reader may not see them.
    pub href: String,
}

/// What the values of a trend rest on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Answers.
    Answers,
    /// Follow-ups.
    Cases,
}

impl Of {
    /// Text keys: the head of the column, a number of them, a few of them.
    const fn keys(self) -> [&'static str; 3] {
        match self {
            Self::Answers => ["chart-count", "chart-answers", "chart-few"],
            Self::Cases => ["chart-count-cases", "chart-cases", "chart-few-cases"],
        }
    }
}

/// A measure over consecutive periods.
#[derive(Clone, Debug)]
pub struct Trend {
    /// Title, with the unit: "Par mois, en points".
    pub title: String,
    /// What the band is and what marks do, beside the title.
    pub note: String,
    /// What readers of text hear first.
    pub summary: String,
    /// Head of the first column of the table.
    pub label_head: String,
    /// What they rest on.
    pub of: Of,
    /// Unit of the values.
    pub unit: Unit,
    /// Least and greatest value the measure can reach.
    pub limits: (f64, f64),
    /// The periods, oldest first, at equal distances.
    pub points: Vec<TrendPoint>,
}

impl Trend {
    /// Title, drawing and table.
    pub fn html(&self, t: T) -> Safe<String> {
        let mut out = format!(
            "<figure class=\"chart\"><div class=\"row row--between row--wrap\"><h2>{}</h2><span class=\"small quiet\">{}</span></div>",
            escape(&self.title),
            escape(&self.note)
        );
        if self.points.iter().all(|point| point.value.is_none()) {
            out.push_str(&format!("<p class=\"soft\">{}</p></figure>", escape(&t.get("chart-empty"))));
            return Safe(out);
        }
        let summary = escape(&self.summary);
        out.push_str(&format!(
            "<div class=\"chart__plot chart__plot--latest\" tabindex=\"0\" role=\"region\" aria-label=\"{summary}\">\
             <svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"group\" aria-label=\"{summary}\">"
        ));
        Drawing::new(t, self).draw(&mut out);
        out.push_str("</svg></div>");
        out.push_str(&format!("<p class=\"slide small quiet\">{}</p>", escape(&t.get("chart-scroll"))));
        out.push_str(&self.table(t));
        out.push_str("</figure>");
        Safe(out)
    }

    fn changes_definition(&self) -> bool {
        self.points.windows(2).any(|pair| pair[0].definition != pair[1].definition)
    }

    /// A number is what it is; anything else says little of few.
    fn is_weak(&self, point: &TrendPoint) -> bool {
        self.unit != Unit::Count && point.n < FEW
    }

    fn table(&self, t: T) -> String {
        if self.unit == Unit::Count {
            let row = |point: &TrendPoint| {
                let count = Cell { text: t.count(point.n), href: point.href.clone() };
                vec![Cell::plain(point.label.clone()), count]
            };
            let rows: Vec<Vec<Cell>> = self.points.iter().map(row).collect();
            return twin(t, &[self.label_head.clone(), t.get(self.of.keys()[0])], &rows);
        }
        let named = self.changes_definition();
        let mut heads = vec![
            self.label_head.clone(),
            t.get("chart-value"),
            t.get("chart-interval"),
            t.get(self.of.keys()[0]),
        ];
        if named {
            heads.push(t.get("chart-definition"));
        }
        let rows: Vec<Vec<Cell>> = self
            .points
            .iter()
            .map(|point| {
                let none = || "–".to_owned();
                let value = point.value.map_or_else(none, |value| written(t, self.unit, value));
                let interval =
                    point.interval.map_or_else(none, |(low, high)| written_range(t, self.unit, low, high));
                let count = Cell { text: t.count(point.n), href: point.href.clone() };
                let mut row =
                    vec![Cell::plain(point.label.clone()), Cell::plain(value), Cell::plain(interval), count];
                if named {
                    row.push(Cell::plain(point.definition.clone()));
                }
                row
            })
            .collect();
        twin(t, &heads, &rows)
    }
}

/// A trend with every place computed.
struct Drawing<'a> {
    t: T,
    trend: &'a Trend,
    axis: Axis,
    spacing: f64,
    /// Last point with a value: labelled directly.
    now: usize,
}

impl<'a> Drawing<'a> {
    fn new(t: T, trend: &'a Trend) -> Self {
        let mut values = Vec::with_capacity(trend.points.len() * 3);
        for point in &trend.points {
            values.extend(point.value);
            values.extend(point.interval.iter().flat_map(|(low, high)| [*low, *high]));
        }
        let axis = Axis::new(&values, trend.limits, TOP, BOTTOM);
        let spacing = (LAST - FIRST) / trend.points.len().saturating_sub(1).max(1) as f64;
        let now = trend.points.iter().rposition(|point| point.value.is_some()).unwrap_or(0);
        Self { t, trend, axis, spacing, now }
    }

    /// A single period stands in the middle.
    fn x(&self, index: usize) -> f64 {
        if self.trend.points.len() == 1 {
            return f64::midpoint(FIRST, LAST);
        }
        FIRST + index as f64 * self.spacing
    }

    fn draw(&self, out: &mut String) {
        out.push_str("<g aria-hidden=\"true\">");
        self.axis.draw(self.t, self.trend.unit, LEFT, EDGE + 12.0, out);
        let runs = self.runs();
        for run in &runs {
            self.band(run, out);
        }
        self.cuts(out);
        for run in &runs {
            self.line(run, out);
        }
        self.period_labels(out);
        self.value_labels(out);
        out.push_str("</g>");
        for (index, point) in self.trend.points.iter().enumerate() {
            self.mark(index, point, out);
        }
    }

    /// Ranges of neighbours that may be joined: all with a value, under one definition.
    fn runs(&self) -> Vec<std::ops::Range<usize>> {
        let points = &self.trend.points;
        let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
        for (index, point) in points.iter().enumerate() {
            if point.value.is_none() {
                continue;
            }
            match runs.last_mut() {
                Some(run) if run.end == index && points[index - 1].definition == point.definition => {
                    run.end = index + 1;
                }
                _ => runs.push(index..index + 1),
            }
        }
        runs
    }

    /// The band of each stretch with intervals; a lone point gets a line instead.
    fn band(&self, run: &std::ops::Range<usize>, out: &mut String) {
        let mut stretch: Vec<(f64, f64, f64)> = Vec::new();
        for index in run.clone() {
            match self.trend.points[index].interval {
                Some((low, high)) => stretch.push((self.x(index), self.axis.y(low), self.axis.y(high))),
                None => flush_band(&mut stretch, out),
            }
        }
        flush_band(&mut stretch, out);
    }

    /// A dotted cut halfway between the last point of a definition and the first of the next.
    fn cuts(&self, out: &mut String) {
        let points = &self.trend.points;
        let room = (self.spacing / 2.0).max(40.0);
        for index in 1..points.len() {
            let (before, after) = (&points[index - 1].definition, &points[index].definition);
            if before == after {
                continue;
            }
            let x = f64::midpoint(self.x(index - 1), self.x(index));
            out.push_str(&format!(
                "<line class=\"c-cut\" x1=\"{0}\" x2=\"{0}\" y1=\"8\" y2=\"{BOTTOM}\"/>",
                at(x)
            ));
            // Named on the side where the words find room.
            let fits = x + 8.0 + text_width(after).min(room) < WIDTH;
            let (class, at_x) = if fits { ("c-text", x + 8.0) } else { ("c-text c-end", x - 8.0) };
            out.push_str(&format!(
                "<text class=\"{class}\" x=\"{}\" y=\"18\">{}</text>",
                at(at_x),
                escape(after)
            ));
        }
    }

    /// Joins neighbours; a piece that touches a weak point is dashed.
    fn line(&self, run: &std::ops::Range<usize>, out: &mut String) {
        for index in run.start + 1..run.end {
            let (from, to) = (&self.trend.points[index - 1], &self.trend.points[index]);
            let (Some(a), Some(b)) = (from.value, to.value) else { continue };
            let class =
                if self.trend.is_weak(from) || self.trend.is_weak(to) { "c-line c-old" } else { "c-line" };
            out.push_str(&format!(
                "<path class=\"{class}\" d=\"M{} {}L{} {}\"/>",
                at(self.x(index - 1)),
                at(self.axis.y(a)),
                at(self.x(index)),
                at(self.axis.y(b))
            ));
        }
    }

    /// Names of periods, as many as stand side by side without touching, the last always.
    fn period_labels(&self, out: &mut String) {
        let points = &self.trend.points;
        let widest = points.iter().map(|point| text_width(&point.label)).fold(0.0, f64::max);
        let every = ((widest + 12.0) / self.spacing).ceil().max(1.0) as usize;
        for (index, point) in points.iter().enumerate() {
            if !(points.len() - 1 - index).is_multiple_of(every) {
                continue;
            }
            out.push_str(&format!(
                "<text class=\"c-text c-mid\" x=\"{}\" y=\"250\">{}</text>",
                at(self.x(index)),
                escape(&point.label)
            ));
        }
    }

    /// No line or band reaches the point.
    fn is_alone(&self, index: usize) -> bool {
        self.runs().iter().any(|run| run.start == index && run.end == index + 1)
    }

    /// The last value with its bounds; the others too when there is room.
    fn value_labels(&self, out: &mut String) {
        let unit = self.trend.unit;
        let points = &self.trend.points;
        for (index, point) in points.iter().enumerate().take(self.now) {
            let Some(value) = point.value else { continue };
            let text = written(self.t, unit, value);
            if text_width(&text) + 10.0 > self.spacing {
                continue;
            }
            // A lone point with its bar is labelled at its side: above, the bar would cross the words.
            let is_lone = point.interval.is_some() && self.is_alone(index);
            let (class, x, y) = if is_lone { ("c-text", 9.0, 4.0) } else { ("c-text c-mid", 0.0, -10.0) };
            out.push_str(&format!(
                "<text class=\"{class}\" x=\"{}\" y=\"{}\">{text}</text>",
                at(self.x(index) + x),
                at(self.axis.y(value) + y)
            ));
        }
        let Some(point) = points.get(self.now) else { return };
        let Some(value) = point.value else { return };
        let (x, y) = (self.x(self.now) + 12.0, self.axis.y(value) + 4.0);
        out.push_str(&format!(
            "<text class=\"c-text c-text--b\" x=\"{}\" y=\"{}\">{}</text>",
            at(x),
            at(y),
            written(self.t, unit, value)
        ));
        let Some((low, high)) = point.interval else { return };
        let above = (self.axis.y(high) + 4.0).min(y - LINE);
        let below = (self.axis.y(low) + 4.0).max(y + LINE);
        for (at_y, bound) in [(above, high), (below, low)] {
            out.push_str(&format!(
                "<text class=\"c-text\" x=\"{}\" y=\"{}\">{}</text>",
                at(x),
                at(at_y),
                written(self.t, unit, bound)
            ));
        }
    }

    fn mark(&self, index: usize, point: &TrendPoint, out: &mut String) {
        let Some(value) = point.value else { return };
        let (x, y) = (at(self.x(index)), at(self.axis.y(value)));
        let class = match (self.trend.is_weak(point), index == self.now) {
            (true, _) => "c-old-dot",
            (false, true) => "c-dot c-dot--now",
            (false, false) => "c-dot",
        };
        let radius = if self.spacing < 12.0 { 2.5 } else { 4.0 };
        let name = escape(&self.name(point, value));
        let dot = format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>");
        if point.href.is_empty() {
            out.push_str(&format!("<g role=\"img\" aria-label=\"{name}\"><title>{name}</title>{dot}</g>"));
            return;
        }
        // A larger target than the dot, without touching its neighbours.
        let reach = at((self.spacing / 2.0).clamp(radius, 14.0));
        out.push_str(&format!(
            "<a href=\"{}\" aria-label=\"{name}\"><title>{name}</title><circle fill=\"none\" pointer-events=\"all\" cx=\"{x}\" cy=\"{y}\" r=\"{reach}\"/>{dot}</a>",
            escape(&point.href)
        ));
    }

    /// The mark in words: period, value, interval, number of answers, and whether they are few.
    fn name(&self, point: &TrendPoint, value: f64) -> String {
        let t = self.t;
        let [_, counted, few] = self.trend.of.keys();
        let mut count = t.one(counted, "n", point.n);
        if self.trend.unit == Unit::Count {
            return t.two("chart-mark-count", "label", point.label.as_str(), "count", count);
        }
        if self.trend.is_weak(point) {
            count = format!("{count}, {}", t.get(few));
        }
        let value = written(t, self.trend.unit, value);
        let label = point.label.as_str();
        match point.interval {
            None => t.all(
                "chart-mark",
                &[("label", label.into()), ("value", value.into()), ("count", count.into())],
            ),
            Some((low, high)) => {
                let range = written_range(t, self.trend.unit, low, high);
                let args = [
                    ("label", label.into()),
                    ("value", value.into()),
                    ("range", range.into()),
                    ("count", count.into()),
                ];
                t.all("chart-mark-range", &args)
            }
        }
    }
}

fn flush_band(stretch: &mut Vec<(f64, f64, f64)>, out: &mut String) {
    match stretch.as_slice() {
        [] => return,
        [(x, low, high)] => out.push_str(&format!(
            "<line class=\"c-range\" x1=\"{0}\" x2=\"{0}\" y1=\"{1}\" y2=\"{2}\"/>",
            at(*x),
            at(*low),
            at(*high)
        )),
        many => {
            let upper = many.iter().map(|(x, _, high)| (x, high));
            let lower = many.iter().rev().map(|(x, low, _)| (x, low));
            let corners: Vec<String> =
                upper.chain(lower).map(|(x, y)| format!("{} {}", at(*x), at(*y))).collect();
            out.push_str(&format!("<path class=\"c-band\" d=\"M{}Z\"/>", corners.join("L")));
        }
    }
    stretch.clear();
}
