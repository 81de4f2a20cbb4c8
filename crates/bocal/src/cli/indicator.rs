//! `bocal indicator`: a figure with its proof, the same as on the page and over REST.

use clap::{Args, ValueEnum};
use kernel::Result;
use kernel::config::Config;
use kernel::identity::Actor;
use kernel::texts::Locale;
use understand::indicators::{self, Input, Measure};

use crate::{assembly, open, say};

/// Show an indicator with its proof.
#[derive(Args)]
#[command(after_help = "Example: bocal indicator nps --from 2026-09-01 --to 2026-09-30 --format json")]
pub(crate) struct Indicator {
    /// nps, csat or ces2.
    measure: String,
    /// First day, YYYY-MM-DD.
    #[arg(long, default_value = "")]
    from: String,
    /// Last day, YYYY-MM-DD.
    #[arg(long, default_value = "")]
    to: String,
    /// Named period: this_month, last_month, quarter, last_quarter, 12_months or all.
    #[arg(long, default_value = "")]
    period: String,
    /// One survey, by its identifier.
    #[arg(long, default_value = "")]
    survey: String,
    /// Sites, by their identifiers.
    #[arg(long)]
    site: Vec<String>,
    /// week, month or quarter.
    #[arg(long, default_value = "")]
    grouping: String,
    /// probability, quota, self_selected or unknown.
    #[arg(long, default_value = "")]
    collection: String,
    /// off to leave weights out.
    #[arg(long, default_value = "")]
    weights: String,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "csv")]
    format: Shape,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    /// One row per figure with all its proof.
    Csv,
    /// As over REST.
    Json,
}

impl Indicator {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let db = open::migrated(config)?;
        let measure: Measure = self.measure.parse()?;
        let period = if self.from.is_empty() && self.to.is_empty() { &self.period } else { "custom" };
        let query = indicators::parse_query(
            measure,
            &Input {
                survey: self.survey.clone(),
                site: self.site.clone(),
                period: period.to_owned(),
                from: self.from.clone(),
                to: self.to.clone(),
                grouping: self.grouping.clone(),
                collection: self.collection.clone(),
                weights: self.weights.clone(),
                ..Input::default()
            },
        )?;
        let by = Actor::system("bocal indicator");
        let report = db.read(|tx| indicators::measure_report(tx, &by, &query))?;
        let text = match self.format {
            Shape::Csv => indicators::csv(&by, &report)?,
            Shape::Json => {
                let t = assembly::texts()?.reader(Locale::En);
                serde_json::to_string_pretty(&indicators::api::IndicatorBody::new(t, &report))?
            }
        };
        say::out(text.trim_end());
        Ok(())
    }
}
