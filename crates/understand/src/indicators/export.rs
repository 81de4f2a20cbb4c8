//! Figures as a file: one row per figure, each with all its proof.

use kernel::figures::Figure;
use kernel::identity::{Actor, Permission};
use kernel::{Error, Result};

use super::rules::{GroupKey, IndicatorReport};

const HEADS: [&str; 21] = [
    "part",
    "group",
    "group_id",
    "from",
    "to",
    "measure",
    "definition",
    "version",
    "unit",
    "value",
    "low",
    "high",
    "confidence",
    "method",
    "n",
    "missing",
    "weighted",
    "population",
    "collection",
    "generalisable",
    "reading",
];

/// Writes a report as CSV: numbers with a point, days as `2026-11-22`, heads that do not change with the language.
///
/// # Errors
/// [`Error::Denied`] without `indicators.export`.
pub fn csv(by: &Actor, report: &IndicatorReport) -> Result<String> {
    by.require(Permission::IndicatorsExport)?;
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(HEADS).map_err(Error::caused)?;
    let mut write = |part: &str, group: &str, id: &str, figure: &Figure, reading: &str| {
        out.write_record(record(report, part, group, id, figure, reading)).map_err(Error::caused)
    };
    write("figure", "", "", &report.figure, "")?;
    for figure in &report.beside {
        write("beside", "", "", figure, "")?;
    }
    if let Some(change) = &report.change {
        write("previous", "", "", &change.previous, &word(&change.conclusion)?)?;
    }
    for step in &report.trend {
        write("trend", &step.from.to_string(), "", &step.figure, "")?;
    }
    for (part, groups) in [("site", &report.by_site), ("channel", &report.by_channel)] {
        for group in groups {
            let reading = word(&group.reading)?;
            let id = match &group.key {
                GroupKey::Site(site) => site.map(|id| id.to_string()).unwrap_or_default(),
                GroupKey::Channel(channel) => channel.clone(),
            };
            // A hidden group keeps its name and loses everything else.
            let hidden = Figure {
                value: None,
                interval: None,
                n: 0,
                missing: 0,
                rows: String::new(),
                ..report.figure.clone()
            };
            write(part, &group.name, &id, group.figure.as_ref().unwrap_or(&hidden), &reading)?;
        }
    }
    for other in &report.others {
        write("other", other.group.name(), "", &other.figure, "")?;
    }
    let bytes = out.into_inner().map_err(|error| Error::internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(Error::caused)
}

/// A word of a closed list, as the interface writes it.
fn word(value: &impl serde::Serialize) -> Result<String> {
    Ok(serde_json::to_value(value)?.as_str().unwrap_or_default().to_owned())
}

fn record(
    report: &IndicatorReport,
    part: &str,
    group: &str,
    id: &str,
    figure: &Figure,
    reading: &str,
) -> Vec<String> {
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let interval = figure.interval.as_ref();
    let is_hidden = reading == "hidden";
    let ways: Vec<&str> = figure.collection.iter().map(|c| c.name()).collect();
    let unit = word(&figure.unit).unwrap_or_default();
    let verdict = figure.generalisable.key().trim_start_matches("generalisable-");
    let count = |n: u64| if is_hidden { String::new() } else { n.to_string() };
    vec![
        part.to_owned(),
        cell(group),
        cell(id),
        figure.period.from.to_string(),
        figure.period.to.to_string(),
        report.measure.name().to_owned(),
        figure.definition.id.to_owned(),
        figure.definition.version.to_string(),
        unit,
        number(figure.value),
        number(interval.map(|i| i.low)),
        number(interval.map(|i| i.high)),
        number(interval.map(|i| i.confidence)),
        interval.map(|i| i.method.to_owned()).unwrap_or_default(),
        count(figure.n),
        count(figure.missing),
        figure.weighted.to_string(),
        cell(&figure.population),
        ways.join(" "),
        if is_hidden { "hidden".to_owned() } else { verdict.to_owned() },
        reading.to_owned(),
    ]
}

/// A name, so that no spreadsheet takes it for a formula.
fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}
