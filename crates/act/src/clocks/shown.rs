//! Clocks as people see them: a bowl that fills, always beside words.

use askama::filters::Safe;
use kernel::Instant;
use kernel::clock::Zone;
use kernel::texts::T;

use super::{Rule, Stage, Times, share, stage};

/// A clock in words.
pub struct ClockView {
    /// `is-soon`, `is-late` or nothing: the class of bowl and words.
    pub class: &'static str,
    /// The bowl.
    pub bowl: Safe<String>,
    /// What remains: « Il reste 4 h », « Dépassé de 2 j ».
    pub left: String,
    /// The deadline itself.
    pub due: String,
    /// By which rule.
    pub rule: String,
    /// Share of the time used, in per cent.
    pub used: String,
    /// Where it stands.
    pub stage: Stage,
}

impl ClockView {
    /// A running clock at `now`.
    pub fn new(t: T, zone: &Zone, from: Instant, times: &Times, now: Instant) -> Self {
        let (stage, used) = (stage(times, now), share(from, times, now));
        let left = match stage {
            Stage::Late => t.one("clock-late-by", "time", t.duration(now.since(times.due_at))),
            _ => t.one("clock-left", "time", t.duration(times.due_at.since(now))),
        };
        Self {
            class: class(stage),
            bowl: bowl(used, stage),
            left,
            due: t.moment(times.due_at, zone),
            rule: t.get(rule_key(times.rule)),
            used: t.percent(used, 0),
            stage,
        }
    }
}

const fn class(stage: Stage) -> &'static str {
    match stage {
        Stage::Calm | Stage::Half => "",
        Stage::Soon => "is-soon",
        Stage::Late => "is-late",
    }
}

const fn rule_key(rule: Rule) -> &'static str {
    match rule {
        Rule::OpenHours => "clock-rule-open-hours",
        Rule::OpenDays => "clock-rule-open-days",
        Rule::Continuous => "clock-rule-continuous",
        Rule::Extended => "clock-rule-extended",
    }
}

/// Centre and radius of the water, and the range of its surface.
const CENTRE: f64 = 10.6;
const RADIUS: f64 = 5.85;

/// A bowl filled to `share`, hidden from readers of text: words say the same beside it.
pub fn bowl(share: f64, stage: Stage) -> Safe<String> {
    // The surface moves between the bottom and just under the rim, so that some glass always shows.
    let surface = CENTRE + RADIUS - 0.35 - share.clamp(0.0, 1.0) * (2.0 * RADIUS - 0.7);
    let half = (RADIUS * RADIUS - (surface - CENTRE).powi(2)).max(0.0).sqrt();
    let large = u8::from(surface < CENTRE);
    let (left, right) = (10.0 - half, 10.0 + half);
    Safe(format!(
        "<svg class=\"bowl {}\" viewBox=\"0 0 20 20\" aria-hidden=\"true\"><path class=\"bowl__water\" d=\"M{left:.2} {surface:.2}A{RADIUS} {RADIUS} 0 {large} 0 {right:.2} {surface:.2}Z\"/><path class=\"bowl__glass\" d=\"M6.2 4.35A7.3 7.3 0 1 0 13.8 4.35M5 3.6h10\"/></svg>",
        class(stage)
    ))
}
