//! `bocal case`: the queue of follow-ups, one of them, a new one.

use act::cases::actions;
use act::cases::model::{Asked, Case as FollowUp, CaseInput, Origin};
use act::cases::{self, CaseBody, StepBody, Words};
use act::causes;
use clap::{Args, Subcommand};
use kernel::config::Config;
use kernel::identity::Actor;
use kernel::organisation::{self, SiteNames};
use kernel::texts::T;
use kernel::{Error, Message, Result, Tx};
use serde_json::json;
use web_kit::api::PageOf;

use super::{Format, named, reader};
use crate::{open, say};

/// Follow-ups of unhappy customers.
#[derive(Args)]
pub(crate) struct Case {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// List follow-ups, what is due first.
    #[command(after_help = "Example: bocal case list --view late --severity critical --format json")]
    List(List),
    /// Show a follow-up with everything that happened.
    #[command(after_help = "Example: bocal case show B-2026-000123-7")]
    Show {
        /// Its reference.
        reference: String,
        /// Shape of what is printed.
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
    /// Open a follow-up: its clock starts at once.
    #[command(
        after_help = "Example: bocal case open --customer C-10482 --title 'Wrong price at the till' --words 'I paid twice for the same thing.'"
    )]
    Open(Open),
}

/// Which follow-ups.
#[derive(Args)]
struct List {
    /// Part of the queue.
    #[arg(long, default_value = "open", value_parser = ["open", "free", "late", "closed", "all"])]
    view: String,
    /// Only those of one site, by name or identifier.
    #[arg(long)]
    site: Option<String>,
    /// Only those of one team, by name or identifier.
    #[arg(long)]
    team: Option<String>,
    /// Only those somebody carries, by name or identifier.
    #[arg(long)]
    owner: Option<String>,
    /// Only those as bad as this.
    #[arg(long, value_parser = SEVERITIES)]
    severity: Option<String>,
    /// Only those of a cause and of what stands below it, by its identifier.
    #[arg(long)]
    cause: Option<String>,
    /// Part of a reference, a customer, words of the title.
    #[arg(long, value_name = "WORDS")]
    search: Option<String>,
    /// How many at most.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(i64).range(1..=500))]
    limit: i64,
    /// Where the former list ended, as it said.
    #[arg(long, allow_hyphen_values = true)]
    cursor: Option<String>,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// A new follow-up.
#[derive(Args)]
struct Open {
    /// Number or identifier of the customer.
    #[arg(long, required_unless_present = "reach")]
    customer: Option<String>,
    /// Where to reach somebody unknown: a telephone number or an address.
    #[arg(long)]
    reach: Option<String>,
    /// What it is about, in a few words of ours.
    #[arg(long)]
    title: String,
    /// What the customer said, in their own words.
    #[arg(long, default_value = "")]
    words: String,
    /// How bad it is.
    #[arg(long, default_value = "minor", value_parser = SEVERITIES)]
    severity: String,
    /// How the customer said it.
    #[arg(long, default_value = "phone", value_parser = ["phone", "counter", "mail", "letter", "visit", "web"])]
    channel: String,
    /// Where, by name or identifier; the customer's site unless said.
    #[arg(long)]
    site: Option<String>,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

const SEVERITIES: [&str; 3] = ["minor", "major", "critical"];

impl Case {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        match &self.command {
            Command::List(list) => list.run(config),
            Command::Show { reference, format } => show(config, reference, *format),
            Command::Open(open) => open.run(config),
        }
    }
}

impl List {
    fn asked(&self, tx: &mut Tx<'_>, by: &Actor) -> Result<Asked> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let (teams, owners) = actions::teams_and_owners(tx, by)?;
        Ok(Asked {
            view: self.view.clone(),
            site: named::site(tx, self.site.as_deref())?,
            team: named::one(teams, "team", self.team.as_deref())?,
            severity: text(&self.severity),
            owner: named::one(owners, "owner", self.owner.as_deref())?,
            cause: text(&self.cause),
            words: text(&self.search),
            ..Asked::default()
        })
    }

    fn run(&self, config: &Config) -> Result<()> {
        let db = open::migrated(config)?;
        let (by, t) = (Actor::system("bocal case list"), reader()?);
        let beyond = self.cursor.as_deref().map(cases::cursor).transpose()?;
        let (found, next, rows) = db.read(|tx| {
            let asked = self.asked(tx, &by)?;
            let filter = actions::asked(tx, &by, &asked)?;
            let (found, next) = actions::page(tx, &by, &filter, beyond, self.limit)?;
            let rows = if self.format == Format::Table { rows(tx, &by, t, &found)? } else { Vec::new() };
            Ok((found, next.map(cases::cursor_text), rows))
        })?;
        if self.format == Format::Json {
            let items = found.iter().map(|case| CaseBody::new(t, case)).collect();
            say::out(&serde_json::to_string_pretty(&PageOf::<CaseBody> { items, next_cursor: next })?);
            return Ok(());
        }
        say::table(&rows);
        say::note(&match next {
            Some(cursor) => t.two("cli-cases-more", "n", t.count(found.len() as i64), "cursor", cursor),
            None if found.is_empty() => t.get("cli-cases-none"),
            None => t.one("cli-cases-count", "n", found.len()),
        });
        Ok(())
    }
}

/// Follow-ups as rows of a table, with their heads.
fn rows(tx: &mut Tx<'_>, by: &Actor, t: T, found: &[FollowUp]) -> Result<Vec<Vec<String>>> {
    let customers = actions::customers_of(tx, by, found)?;
    let (_, owners) = actions::teams_and_owners(tx, by)?;
    let zone = organisation::store::get(tx)?.zone;
    let heads = [
        "case-csv-reference",
        "case-severity",
        "case-csv-due",
        "case-owner",
        "case-csv-customer",
        "case-title",
    ];
    let row = |case: &FollowUp| {
        let customer = case.customer.and_then(|id| customers.get(&id)).map(|c| c.details.name());
        let owner = case.owner.and_then(|id| owners.get(&id)).cloned();
        vec![
            case.reference.clone(),
            t.get(case.severity.key()),
            match case.running_until() {
                Some(due) => t.moment(due, &zone),
                None if case.is_open() => t.get("case-no-clock"),
                None => t.get("case-is-closed"),
            },
            owner.unwrap_or_else(|| t.get("case-carried-by-nobody")),
            customer.unwrap_or_else(|| case.reach.clone()),
            case.title.clone(),
        ]
    };
    let heads = heads.map(|key| t.get(key)).to_vec();
    Ok(std::iter::once(heads).chain(found.iter().map(row)).collect())
}

fn show(config: &Config, reference: &str, format: Format) -> Result<()> {
    let db = open::migrated(config)?;
    let (by, t) = (Actor::system("bocal case show"), reader()?);
    db.read(|tx| {
        let Some(case) = actions::by_reference(tx, &by, reference)? else {
            let unknown = Message::new("cli-case-unknown").with("reference", reference);
            return Err(Error::refused(unknown));
        };
        let steps = actions::steps(tx, &by, case.id)?;
        if format == Format::Json {
            let steps: Vec<StepBody> = steps.into_iter().map(Into::into).collect();
            let body = json!({ "case": CaseBody::new(t, &case), "steps": steps });
            say::out(&serde_json::to_string_pretty(&body)?);
            return Ok(());
        }
        say::table(&facts(tx, &by, t, &case)?);
        if !case.words.is_empty() {
            say::out(&format!("\n{}\n  {}", t.get("case-words"), case.words.replace('\n', "\n  ")));
        }
        let (zone, tree) = (organisation::store::get(tx)?.zone, causes::actions::tree(tx, &by)?);
        say::out(&format!("\n{}", t.get("case-history")));
        let words = Words::of(t, &zone, &tree, &case);
        for line in cases::history(&words, &steps) {
            say::out(format!("  {}  {}  {}", line.when, line.lead, line.detail).trim_end());
            let texts = std::iter::once(&line.text).chain(&line.changes).filter(|text| !text.is_empty());
            texts.for_each(|text| say::out(&format!("    {}", text.replace('\n', "\n    "))));
        }
        Ok(())
    })
}

/// What is known of a follow-up, one fact a row.
fn facts(tx: &mut Tx<'_>, by: &Actor, t: T, case: &FollowUp) -> Result<Vec<Vec<String>>> {
    let customers = actions::customers_of(tx, by, std::slice::from_ref(case))?;
    let (teams, owners) = actions::teams_and_owners(tx, by)?;
    let sites = SiteNames::new(&organisation::store::sites(tx)?);
    let zone = organisation::store::get(tx)?.zone;
    let tree = causes::actions::tree(tx, by)?;
    let customer = case.customer.and_then(|id| customers.get(&id)).map(|c| c.details.name());
    let at = |instant: Option<kernel::Instant>| instant.map(|at| t.moment(at, &zone)).unwrap_or_default();
    let all = [
        ("case-csv-reference", case.reference.clone()),
        ("case-title", case.title.clone()),
        ("case-csv-customer", customer.unwrap_or_else(|| case.reach.clone())),
        ("case-site", sites.get(case.site).to_owned()),
        ("case-csv-team", case.team.and_then(|id| teams.get(&id)).cloned().unwrap_or_default()),
        ("case-owner", case.owner.and_then(|id| owners.get(&id)).cloned().unwrap_or_default()),
        ("case-severity", t.get(case.severity.key())),
        ("case-cause", tree.path(case.cause, t.locale())),
        ("case-remedy", t.get(case.remedy.key())),
        ("case-csv-opened", at(Some(case.opened_at))),
        ("case-csv-due", at(case.running_until())),
        ("case-csv-contacted", at(case.contacted_at)),
        ("case-csv-told", at(case.told_at)),
        ("case-csv-closed", at(case.closed_at)),
    ];
    let known = all.into_iter().filter(|(_, value)| !value.is_empty());
    Ok(known.map(|(key, value)| vec![t.get(key), value]).collect())
}

impl Open {
    fn run(&self, config: &Config) -> Result<()> {
        let db = open::migrated(config)?;
        let by = Actor::system("bocal case open");
        let t = reader()?;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut input = CaseInput {
            reach: text(&self.reach),
            title: self.title.clone(),
            words: self.words.clone(),
            severity: self.severity.clone(),
            channel: self.channel.clone(),
            ..CaseInput::default()
        };
        (input.customer, input.site) = db.read(|tx| {
            Ok((
                self.customer
                    .as_deref()
                    .map(|typed| customer(tx, &by, typed))
                    .transpose()?
                    .unwrap_or_default(),
                named::site(tx, self.site.as_deref())?,
            ))
        })?;
        let case = db.write(move |tx| actions::create(tx, &by, &input, Origin::Api))?;
        match self.format {
            Format::Json => say::out(&serde_json::to_string_pretty(&CaseBody::new(t, &case))?),
            Format::Table => say::out(&case.reference),
        }
        Ok(())
    }
}

/// Identifier of the customer of this number or identifier.
fn customer(tx: &mut Tx<'_>, by: &Actor, typed: &str) -> Result<String> {
    let found = know::customers::actions::named(tx, by, typed)?;
    let unknown = || Error::field("--customer", Message::new("cli-customer-unknown").with("typed", typed));
    found.map(|customer| customer.id.to_string()).ok_or_else(unknown)
}
