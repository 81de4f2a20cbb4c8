//! How many gave each answer.

use askama::filters::Safe;
use kernel::texts::T;

use super::twin::{Cell, twin};
use super::{WIDTH, at, text_width};
use crate::form::escape;

const HEIGHT: f64 = 236.0;
const BASE: f64 = 176.0;
const TALLEST: f64 = 140.0;
const GAP: f64 = 8.0;
const GROUP_GAP: f64 = 28.0;
const HATCH: f64 = 5.0;

/// What a bar means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Unhappy: hatched too, so that colour is not the only sign.
    Low,
    /// In between.
    Middle,
    /// Happy.
    High,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Low => "c-detr",
            Self::Middle => "c-pass",
            Self::High => "c-prom",
        }
    }
}

/// One answer of the scale.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The answer, as written under the bar.
    pub label: String,
    /// How many gave it.
    pub n: u64,
    /// Its share of all, 0 to 1.
    pub share: f64,
    /// What it means.
    pub tone: Tone,
    /// Where its answers are; empty when the reader may not see them.
    pub href: String,
}

/// Words under the bars of one tone, which stand side by side.
#[derive(Clone, Debug)]
pub struct Bracket {
    /// Which bars.
    pub tone: Tone,
    /// "Détracteurs, de 0 à 6 : 72 réponses, 17,5 %".
    pub label: String,
}

/// Bars of all answers of a scale, from the lowest.
#[derive(Clone, Debug)]
pub struct Distribution {
    /// What readers of text hear first: "Réponses par note, de 0 à 10".
    pub summary: String,
    /// Head of the first column of the table.
    pub label_head: String,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Words under them.
    pub brackets: Vec<Bracket>,
}

/// A bar with its place.
struct Placed<'a> {
    bar: &'a Bar,
    x: f64,
    width: f64,
}

impl Distribution {
    /// The drawing and its table.
    pub fn html(&self, t: T) -> Safe<String> {
        let summary = escape(&self.summary);
        let mut out = format!(
            "<figure class=\"chart\"><div class=\"chart__plot\" tabindex=\"0\" role=\"region\" aria-label=\"{summary}\">\
             <svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"group\" aria-label=\"{summary}\">"
        );
        let placed = self.place();
        let most = self.bars.iter().map(|bar| bar.n).max().unwrap_or(0).max(1) as f64;
        for spot in &placed {
            draw_bar(t, spot, most, &mut out);
        }
        for bracket in &self.brackets {
            draw_bracket(bracket, &placed, &mut out);
        }
        out.push_str("</svg></div>");
        let heads = [self.label_head.clone(), t.get("chart-count"), t.get("chart-share")];
        let rows: Vec<Vec<Cell>> = self
            .bars
            .iter()
            .map(|bar| {
                let count = Cell { text: t.count(bar.n), href: bar.href.clone() };
                vec![Cell::plain(bar.label.clone()), count, Cell::plain(t.percent(bar.share, 1))]
            })
            .collect();
        out.push_str(&twin(t, &heads, &rows));
        out.push_str("</figure>");
        Safe(out)
    }

    /// Bars side by side, with more room between two tones.
    fn place(&self) -> Vec<Placed<'_>> {
        let changes = self.bars.windows(2).filter(|pair| pair[0].tone != pair[1].tone).count() as f64;
        let gaps = self.bars.len().saturating_sub(1) as f64;
        let room = WIDTH - 2.0 * GAP - changes * GROUP_GAP - (gaps - changes) * GAP;
        let width = room / self.bars.len().max(1) as f64;
        let mut x = GAP;
        let mut placed: Vec<Placed<'_>> = Vec::with_capacity(self.bars.len());
        for bar in &self.bars {
            if let Some(before) = placed.last() {
                x += width + if before.bar.tone == bar.tone { GAP } else { GROUP_GAP };
            }
            placed.push(Placed { bar, x, width });
        }
        placed
    }
}

fn draw_bar(t: T, spot: &Placed<'_>, most: f64, out: &mut String) {
    let Placed { bar, x, width } = *spot;
    let height = bar.n as f64 / most * TALLEST;
    let top = BASE - height;
    let mut shape = format!(
        "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"2\"/>",
        bar.tone.class(),
        at(x),
        at(top),
        at(width),
        at(height)
    );
    if bar.tone == Tone::Low {
        let mut y = top + 4.0;
        while y < BASE - 1.0 {
            shape.push_str(&format!("<path class=\"c-hatch\" d=\"M{} {}h{}\"/>", at(x), at(y), at(width)));
            y += HATCH;
        }
    }
    if bar.href.is_empty() || bar.n == 0 {
        out.push_str(&shape);
    } else {
        let name = escape(&t.all(
            "chart-bar",
            &[
                ("label", bar.label.as_str().into()),
                ("count", t.one("chart-answers", "n", bar.n).into()),
                ("share", t.percent(bar.share, 1).into()),
            ],
        ));
        // The whole column is the target: a bar of two pixels is hard to hit.
        out.push_str(&format!(
            "<a href=\"{}\" aria-label=\"{name}\"><title>{name}</title><rect fill=\"none\" pointer-events=\"all\" x=\"{}\" y=\"20\" width=\"{}\" height=\"{}\"/>{shape}</a>",
            escape(&bar.href), at(x), at(width), at(BASE - 20.0)
        ));
    }
    let middle = at(x + width / 2.0);
    out.push_str(&format!(
        "<g aria-hidden=\"true\"><text class=\"c-text c-mid\" x=\"{middle}\" y=\"{}\">{}</text><text class=\"c-text c-text--b c-mid\" x=\"{middle}\" y=\"194\">{}</text></g>",
        at(top - 6.0), t.count(bar.n), escape(&bar.label)
    ));
}

fn draw_bracket(bracket: &Bracket, placed: &[Placed<'_>], out: &mut String) {
    let mut of_tone = placed.iter().filter(|spot| spot.bar.tone == bracket.tone);
    let Some(first) = of_tone.next() else { return };
    let last = of_tone.next_back().unwrap_or(first);
    let (left, right) = (first.x, last.x + last.width);
    let middle = f64::midpoint(left, right);
    // Words longer than their bracket stay inside the drawing.
    let reach = text_width(&bracket.label) / 2.0;
    let (class, x) = match () {
        () if middle + reach > WIDTH => ("c-text c-end", WIDTH),
        () if middle - reach < 0.0 => ("c-text", 0.0),
        () => ("c-text c-mid", middle),
    };
    out.push_str(&format!(
        "<path class=\"c-zero\" fill=\"none\" d=\"M{} 204v5H{}v-5\"/><text class=\"{class}\" x=\"{}\" y=\"228\">{}</text>",
        at(left), at(right), at(x), escape(&bracket.label)
    ));
}
