//! The board as a file: every figure of every table, each with the cases it rests on.

use act::export::Table;
use kernel::identity::Actor;
use kernel::organisation::{self, SiteNames};
use kernel::texts::T;
use kernel::{Result, Tx};

use super::actions::loop_board;
use super::model::{By, Choice, Group, Kind};

/// One row for all cases together, then one for each row of each table: value, cases it rests on and cases left out or
/// still running, for each figure; then what remedies cost, in a column for each currency.
///
/// # Errors
/// As [`loop_board`].
pub(super) fn csv(tx: &mut Tx<'_>, by: &Actor, t: T, choice: Choice) -> Result<String> {
    let board = loop_board(tx, by, choice)?;
    let sites = SiteNames::new(&organisation::store::sites(tx)?);
    let currencies: Vec<&str> = board.all.costs.iter().map(|(currency, _)| currency).collect();
    let mut table = Table::new(t, heads(t, &currencies))?;
    let first = [t.get("board-csv-all"), String::new()];
    let row = record(&table, choice, first, &board.all, &currencies);
    table.row(row)?;
    for by in By::ALL {
        for group in board.groups(by) {
            let first = [t.get(by.title()), board.name(by, group.key, &sites, t)];
            let row = record(&table, choice, first, group, &currencies);
            table.row(row)?;
        }
    }
    table.done()
}

fn heads(t: T, currencies: &[&str]) -> Vec<String> {
    let mut heads: Vec<String> =
        ["board-csv-table", "board-csv-row", "ranking-from", "ranking-to"].map(|key| t.get(key)).to_vec();
    for kind in Kind::ALL {
        let name = t.get(&kind.key());
        let [n, rest] = ["board-csv-n", "board-csv-rest"].map(|key| t.one(key, "figure", name.as_str()));
        heads.extend([name, n, rest]);
    }
    heads.push(t.get("board-csv-costly"));
    heads.extend(currencies.iter().map(|currency| t.one("ranking-csv-cost", "currency", *currency)));
    heads
}

fn record(
    table: &Table,
    choice: Choice,
    first: [String; 2],
    group: &Group,
    currencies: &[&str],
) -> Vec<String> {
    let mut cells = first.to_vec();
    cells.extend([choice.from.to_string(), choice.to.to_string()]);
    for (_, figure) in &group.figures {
        cells.extend([table.number(figure.value), figure.n.to_string(), figure.missing.to_string()]);
    }
    cells.push(group.costly.to_string());
    cells.extend(currencies.iter().map(|currency| table.amount(group.costs.of(currency))));
    cells
}
