//! `bocal board` and `bocal cause`: the figures of the loop and the ranking of causes, the same as on their pages and
//! over REST.

use act::improvements::{self, Ranked, RankedBody};
use clap::{Args, Subcommand};
use kernel::Result;
use kernel::config::Config;
use kernel::figures::Figure;
use kernel::identity::Actor;
use kernel::organisation::{self, SiteNames};
use kernel::texts::T;
use steer::boards::model::{Board as Loop, By, Group, Kind};
use steer::boards::{self, BY_GROUP, BoardBody};
use web_kit::api::PageOf;

use super::{Format, named, reader};
use crate::{open, say};

/// Which follow-ups are counted.
#[derive(Args)]
struct Counted {
    /// First day they were opened, YYYY-MM-DD; 90 days before the last unless said.
    #[arg(long, default_value = "")]
    from: String,
    /// Last day; today unless said.
    #[arg(long, default_value = "")]
    to: String,
    /// Only those of one site, by name or identifier.
    #[arg(long)]
    site: Option<String>,
    /// Shape of what is printed.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

/// Show the board of the loop: called back in time, told, causes removed, what it cost.
#[derive(Args)]
#[command(after_help = "Example: bocal board --from 2026-07-01 --to 2026-09-30 --site Nantes --format json")]
pub(crate) struct Board {
    #[command(flatten)]
    counted: Counted,
}

impl Board {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let Counted { from, to, site, format } = &self.counted;
        let db = open::migrated(config)?;
        let by = Actor::system("bocal board");
        let (board, sites) = db.read(|tx| {
            let site = named::site(tx, site.as_deref())?;
            let choice = boards::actions::choice(tx, from, to, &site)?;
            let sites = SiteNames::new(&organisation::store::sites(tx)?);
            Ok((boards::actions::loop_board(tx, &by, choice)?, sites))
        })?;
        if *format == Format::Json {
            say::out(&serde_json::to_string_pretty(&BoardBody::from(&board))?);
            return Ok(());
        }
        print(reader()?, &board, &sites);
        Ok(())
    }
}

fn print(t: T, board: &Loop, sites: &SiteNames) {
    let (from, to) = (t.day(board.choice.from), t.day(board.choice.to));
    let population = board.all.figure(Kind::Opened).map(|figure| figure.population.clone());
    let population = population.unwrap_or_default();
    say::out(&t.all(
        "cli-board-period",
        &[("from", from.into()), ("to", to.into()), ("population", population.into())],
    ));
    let heads =
        ["cli-board-figure", "cli-board-value", "cli-board-of", "cli-board-rest"].map(|key| t.get(key));
    let mut rows = vec![heads.to_vec()];
    rows.extend(board.all.figures.iter().map(|(kind, figure)| of_all(t, *kind, figure)));
    rows.push(vec![
        t.get("board-cost"),
        costs(t, &board.all),
        t.count(board.all.costly as i64),
        String::new(),
    ]);
    say::table(&rows);
    for by in By::ALL.into_iter().filter(|by| !board.groups(*by).is_empty()) {
        let mut heads = vec![t.get(by.head())];
        heads.extend(BY_GROUP.iter().map(|kind| t.get(&format!("{}-short", kind.key()))));
        heads.push(t.get("board-cost-short"));
        let row = |group: &Group| {
            let mut cells = vec![board.name(by, group.key, sites, t)];
            cells.extend(BY_GROUP.iter().map(|kind| boards::in_words(t, group.figure(*kind))));
            cells.push(costs(t, group));
            cells
        };
        say::out("");
        say::table(&std::iter::once(heads).chain(board.groups(by).iter().map(row)).collect::<Vec<_>>());
    }
}

fn of_all(t: T, kind: Kind, figure: &Figure) -> Vec<String> {
    let rest = if figure.missing == 0 { String::new() } else { t.count(figure.missing as i64) };
    vec![t.get(&kind.key()), boards::in_words(t, Some(figure)), t.count(figure.n as i64), rest]
}

fn costs(t: T, group: &Group) -> String {
    if group.costs.is_empty() { "–".to_owned() } else { group.costs.in_words(t) }
}

/// Causes of follow-ups.
#[derive(Args)]
pub(crate) struct Cause {
    #[command(subcommand)]
    command: CauseCommand,
}

#[derive(Subcommand)]
enum CauseCommand {
    /// Rank causes, the heaviest first: which to remove first.
    #[command(after_help = "Example: bocal cause ranking --from 2026-07-01 --format json")]
    Ranking(Counted),
}

impl Cause {
    pub(crate) fn run(&self, config: &Config) -> Result<()> {
        let CauseCommand::Ranking(Counted { from, to, site, format }) = &self.command;
        let db = open::migrated(config)?;
        let by = Actor::system("bocal cause ranking");
        let (tree, found) = db.read(|tx| {
            let site = named::site(tx, site.as_deref())?;
            let (site, period) = improvements::ranked_cases(tx, from, to, &site)?;
            improvements::ranking(tx, &by, site, period)
        })?;
        if *format == Format::Json {
            let items: Vec<RankedBody> = found.iter().map(Into::into).collect();
            say::out(&serde_json::to_string_pretty(&PageOf { items, next_cursor: None })?);
            return Ok(());
        }
        let t = reader()?;
        let name = |ranked: &Ranked| match ranked.cause {
            Some(_) => tree.path(ranked.cause, t.locale()),
            None => t.get("ranking-no-cause"),
        };
        let row = |r: &Ranked| {
            let weight = if r.cause.is_some() { t.count(r.weight) } else { String::new() };
            vec![name(r), t.count(r.n), t.percent(r.share, 0), weight, r.costs.in_words(t)]
        };
        let heads = ["case-cause", "ranking-cases", "ranking-csv-share", "ranking-weight", "ranking-cost"]
            .map(|key| t.get(key));
        say::table(&std::iter::once(heads.to_vec()).chain(found.iter().map(row)).collect::<Vec<_>>());
        Ok(())
    }
}
