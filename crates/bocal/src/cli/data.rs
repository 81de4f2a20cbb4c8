//! `bocal import` and `bocal export`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use act::cases::model::{Filter, View};
use clap::{Args, ValueEnum};
use kernel::config::Config;
use kernel::identity::Actor;
use kernel::organisation::{self, SiteNames};
use kernel::texts::Locale;
use kernel::{Error, Result, Tx};
use know::customers::model::ListQuery;
use know::customers::{actions, rules};
use know::import::actions::{FileSettings, Shown, import_file, show};
use know::import::{Became, Choices};
use serde_json::json;

use super::Format;
use crate::{assembly, open, say};

/// Bring data in from a file.
#[derive(Args)]
#[command(after_help = "Example: bocal import customers clients.csv")]
pub(crate) struct Import {
    /// What the file holds: customers, answers or cases.
    kind: String,
    /// CSV or XLSX file, perhaps gzipped.
    file: PathBuf,
    /// Say what would happen and write nothing.
    #[arg(long)]
    dry_run: bool,
    /// Options of the kind, such as duplicates=skip; may be given several times.
    #[arg(long = "option", value_name = "NAME=VALUE")]
    options: Vec<String>,
    /// Where a column goes, such as PRENOM=given_name, or PRENOM= for nowhere; may be given several times.
    #[arg(long = "column", value_name = "COLUMN=FIELD")]
    columns: Vec<String>,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Take data out to standard output.
#[derive(Args)]
#[command(after_help = "Example: bocal export cases > follow-ups.csv")]
pub(crate) struct Export {
    /// What to take out.
    #[arg(value_enum)]
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Customers.
    Customers,
    /// Follow-ups of unhappy customers, every row behind the board.
    Cases,
}

impl Import {
    pub(crate) fn run(&self, config: &Config) -> Result<ExitCode> {
        let kinds = assembly::import_kinds();
        let Some(kind) = kinds.of(&self.kind) else {
            let names: Vec<&str> = kinds.all().iter().map(|kind| kind.code).collect();
            say::note(&format!("bocal: no such kind of import; give one of: {}", names.join(", ")));
            return Ok(ExitCode::from(2));
        };
        let bytes = std::fs::read(&self.file)
            .map_err(|error| Error::internal(format!("{}: {error}", self.file.display())))?;
        let name = self.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let settings = FileSettings {
            options: Choices(pairs(&self.options)?),
            mapping: pairs(&self.columns)?
                .into_iter()
                .map(|(c, f)| (c, Some(f).filter(|f| !f.is_empty())))
                .collect(),
            dry_run: self.dry_run,
            ..FileSettings::default()
        };
        let db = open::migrated(config)?;
        let by = Actor::system("bocal import");
        let bar = indicatif::ProgressBar::new(0);
        let style = indicatif::ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta}");
        bar.set_style(style.map_err(Error::caused)?);
        let import = import_file(&db, &by, kind, &name, &bytes, &settings, &mut |done, total| {
            bar.set_length(total.unsigned_abs());
            bar.set_position(done.unsigned_abs());
        })?;
        bar.finish_and_clear();
        let shown = db.read(|tx| show(tx, &by, &kinds, import.id))?;
        self.report(&shown)?;
        Ok(ExitCode::SUCCESS)
    }

    /// What became of the rows, or would: how many of each, and why some were left out or refused.
    fn report(&self, shown: &Shown) -> Result<()> {
        let t = assembly::texts()?.reader(Locale::En);
        let (counts, reasons) = match (&shown.import.rehearsal, self.dry_run) {
            (Some(rehearsal), true) => (&rehearsal.counts, &rehearsal.reasons),
            _ => (&shown.import.counts, &shown.reasons),
        };
        if self.format == Format::Json {
            let reasons: Vec<_> = reasons
                .iter()
                .map(|c| json!({ "became": c.became, "reason": c.words(t), "count": c.count, "lines": c.lines }))
                .collect();
            let body = json!({ "import": shown.import.id, "counts": counts, "reasons": reasons });
            say::out(&serde_json::to_string_pretty(&body)?);
            return Ok(());
        }
        let all = [
            (Became::Created, counts.created),
            (Became::Updated, counts.updated),
            (Became::Unchanged, counts.unchanged),
            (Became::Skipped, counts.skipped),
            (Became::Rejected, counts.rejected),
        ];
        for (became, n) in all {
            let label = t.one(&format!("import-became-{}", became.name()), "n", n);
            say::out(&format!("{label:<14} {:>9}", t.count(n)));
        }
        for counted in reasons {
            let lines: Vec<String> = counted.lines.iter().map(ToString::to_string).collect();
            let lines = t.two("import-cli-lines", "n", counted.count, "lines", lines.join(", "));
            say::out(&format!("- {} {lines}", counted.words(t)));
        }
        Ok(())
    }
}

/// Reads `name=value` pairs.
fn pairs(all: &[String]) -> Result<BTreeMap<String, String>> {
    let pair = |text: &String| {
        let (name, value) =
            text.split_once('=').ok_or_else(|| Error::internal(format!("{text}: write NAME=VALUE")))?;
        Ok((name.to_owned(), value.to_owned()))
    };
    all.iter().map(pair).collect()
}

impl Export {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let db = open::migrated(config)?;
        let by = Actor::system("bocal export");
        db.read(|tx| match self.kind {
            Kind::Customers => customers(tx, &by),
            Kind::Cases => cases(tx, &by),
        })
    }
}

fn customers(tx: &mut Tx<'_>, by: &Actor) -> Result<()> {
    let t = super::reader_or(organisation::store::get(tx)?.locale)?;
    let sites = SiteNames::new(&organisation::store::sites(tx)?);
    let mut out =
        csv::WriterBuilder::new().delimiter(t.csv_delimiter()).from_writer(std::io::stdout().lock());
    out.write_record(rules::EXPORT_KEYS.map(|key| t.get(key))).map_err(Error::caused)?;
    actions::export(tx, by, &ListQuery::default(), |customer| {
        out.write_record(rules::export_record(&customer, &sites)).map_err(Error::caused)?;
        Ok(true)
    })?;
    out.flush()?;
    Ok(())
}

/// All of them, as the page gives them.
fn cases(tx: &mut Tx<'_>, by: &Actor) -> Result<()> {
    let t = super::reader_or(organisation::store::get(tx)?.locale)?;
    let all = Filter { view: View::All, ..Filter::default() };
    act::cases::write_csv(tx, by, t, &all, &mut std::io::stdout().lock())
}
