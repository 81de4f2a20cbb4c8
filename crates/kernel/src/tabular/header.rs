//! Whether the first row names the columns, and under which names.

use std::collections::HashSet;

use super::collect::{Held, is_blank};
use super::{Lines, Notice, Options, dates, guess};

/// Rows above the names of the columns that may be a title.
const MAX_TITLE_ROWS: usize = 10;
/// Characters of the longest name of a column; longer ones are sentences.
const LONGEST_NAME: usize = 120;

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) names: Vec<String>,
    pub(super) has_header: bool,
    pub(super) notices: Vec<Notice>,
}

/// Looks at the first records and takes the title and the header out of them. `None` if all are blank.
pub(super) fn lay_out(held: &mut Vec<Held>, options: &Options) -> Option<Layout> {
    let mut notices = Vec::new();
    drop_blank_start(held);
    let title = take_title(held);
    if !title.is_empty() {
        notices.push(Notice::TitleSkipped { lines: title });
    }
    drop_blank_start(held);
    let (_, first) = held.first()?;
    let has_header = options.has_header.unwrap_or_else(|| looks_like_header(held));
    let names = if has_header {
        let width = named_width(held);
        first.iter().take(width).cloned().collect()
    } else {
        vec![String::new(); widest(held)]
    };
    if has_header {
        held.remove(0);
    }
    Some(Layout { names: name_all(names, has_header, &options.unnamed, &mut notices), has_header, notices })
}

pub(super) fn drop_blank_start(held: &mut Vec<Held>) {
    let blank = held.iter().take_while(|(_, cells)| filled(cells) == 0).count();
    held.drain(..blank);
}

/// Cells up to the last one with content.
fn filled(cells: &[String]) -> usize {
    cells.iter().rposition(|cell| !is_blank(cell)).map_or(0, |last| last + 1)
}

pub(super) fn widest(held: &[Held]) -> usize {
    // One far too long row must not widen the table: it is taken as bad. The width most rows have counts.
    let widths: Vec<usize> = held.iter().map(|(_, cells)| filled(cells)).filter(|&width| width > 0).collect();
    let count = |width: usize| widths.iter().filter(|&&other| other == width).count();
    let total = widths.len();
    let frequent = widths.iter().copied().filter(|&width| count(width) * 20 >= total).max();
    frequent.unwrap_or(1)
}

/// The width of the header: its cells, less those at the end that have neither a name nor any content below.
fn named_width(held: &[Held]) -> usize {
    let mut rows = held.iter().map(|(_, cells)| cells);
    let Some(first) = rows.next() else { return 0 };
    let below = rows.map(|cells| filled(cells).min(first.len())).max().unwrap_or(0);
    filled(first).max(below)
}

/// Takes out lone cells above a table of three columns or more: "Export of 12 March".
pub(super) fn take_title(held: &mut Vec<Held>) -> Lines {
    let mut lines = Lines::default();
    if widest(held) < 3 {
        return lines;
    }
    let lone =
        |cells: &[String]| cells.iter().filter(|cell| !is_blank(cell)).count() <= 1 && filled(cells) <= 1;
    let count = held.iter().take_while(|(_, cells)| lone(cells)).count();
    if count > MAX_TITLE_ROWS || count == held.len() {
        return lines;
    }
    for (line, cells) in held.drain(..count) {
        if filled(&cells) > 0 {
            lines.add(line);
        }
    }
    lines
}

/// Names are short, differ from each other, and are not data; the cells below often are.
pub(super) fn looks_like_header(held: &[Held]) -> bool {
    let Some(((_, first), rest)) = held.split_first() else { return true };
    let named = first.iter().filter(|cell| !is_blank(cell));
    let known = named.clone().filter(|cell| guess::is_known_name(cell)).count();
    let data = named.clone().filter(|cell| is_data(cell)).count();
    if data > 0 {
        return known > data;
    }
    if known > 0 || rest.is_empty() {
        return true;
    }
    if named.clone().any(|cell| cell.chars().count() > LONGEST_NAME) {
        return false;
    }
    // A name may be met again below all the same: a town called "Ciudad".
    if (0..first.len()).any(|column| names_data(held, column)) {
        return true;
    }
    let distinct: HashSet<&String> = named.clone().collect();
    let repeated =
        |column: usize, name: &String| rest.iter().any(|(_, cells)| cells.get(column) == Some(name));
    let repeats = first.iter().enumerate().any(|(column, name)| !is_blank(name) && repeated(column, name));
    distinct.len() == named.count() && !repeats && !(0..first.len()).any(|column| lacks_name(held, column))
}

/// Cells below the first one of a column, blank ones aside.
fn below(held: &[Held], column: usize) -> impl Iterator<Item = &String> {
    held.iter().skip(1).filter_map(move |(_, cells)| cells.get(column)).filter(|cell| !is_blank(cell))
}

/// Whether a word stands above a column of addresses, numbers or dates: it is none of them, and says what they are. A word for
/// "nothing" may stand there in any row.
fn names_data(held: &[Held], column: usize) -> bool {
    let Some(name) = held.first().and_then(|(_, cells)| cells.get(column)) else { return false };
    let is_word = name.chars().any(char::is_alphabetic) && !name.contains('@') && !is_nothing(name);
    let (mut data, mut all) = (0, 0);
    for cell in below(held, column) {
        all += 1;
        data += usize::from(is_data(cell));
    }
    is_word && all > 0 && data * 5 >= all * 4
}

/// Whether the first row has no name for a column that is filled below. The numbers of rows that programs write in front
/// have none.
fn lacks_name(held: &[Held], column: usize) -> bool {
    let blank = held.first().and_then(|(_, cells)| cells.get(column)).is_some_and(|name| is_blank(name));
    blank && below(held, column).any(|cell| column > 0 || !guess::is_number(cell))
}

/// Words for a value that is not known.
fn is_nothing(cell: &str) -> bool {
    let folded = guess::fold(cell);
    let list = "na, n a, n c, nc, nd, nr, null, none, nan, inconnu, inconnue, unknown, neant, aucun, aucune, non renseigne, \
                non renseignee, non communique, vide, empty, missing, so, x, xx, xxx";
    list.split(", ").any(|word| word == folded)
}

/// Whether a cell holds what no column is called: an address, a number, a date.
fn is_data(cell: &str) -> bool {
    let cell = cell.trim();
    guess::is_email(cell) || guess::is_number(cell) || guess::is_phone(cell) || dates::looks_like_date(cell)
}

/// Trims names, numbers the missing ones and makes the others unique.
pub(super) fn name_all(
    raw: Vec<String>,
    has_header: bool,
    word: &str,
    notices: &mut Vec<Notice>,
) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let (mut names, mut unnamed, mut renamed) = (Vec::with_capacity(raw.len()), Vec::new(), Vec::new());
    for (index, raw) in raw.iter().enumerate() {
        let tidy = raw.split_whitespace().collect::<Vec<_>>().join(" ");
        let missing = tidy.is_empty();
        let wanted = if missing { format!("{word} {}", index + 1) } else { tidy };
        let name = unique(&wanted, &taken);
        if missing {
            unnamed.push(name.clone());
        } else if name != wanted {
            renamed.push(name.clone());
        }
        taken.insert(name.to_lowercase());
        names.push(name);
    }
    if has_header && !unnamed.is_empty() {
        notices.push(Notice::UnnamedColumns { names: unnamed });
    }
    if !renamed.is_empty() {
        notices.push(Notice::DuplicateColumns { names: renamed });
    }
    names
}

/// `wanted`, or with the first free number in brackets. Case does not make a difference.
fn unique(wanted: &str, taken: &HashSet<String>) -> String {
    let mut name = wanted.to_owned();
    let mut number = 1;
    // Ends: each round tries another name, and there are finitely many columns.
    while taken.contains(&name.to_lowercase()) {
        number += 1;
        name = format!("{wanted} ({number})");
    }
    name
}
