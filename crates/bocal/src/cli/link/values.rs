//! What two rows say of a field, as it stands in their files.

use linkage::FieldFinding;
use linkage::columns::Kind;
use linkage::normalise::fold;

use super::columns::Columns;
use super::rows::Chunk;
use super::source::Source;
use super::stop::Outcome;
use super::wanted::Found;

/// The cells of two rows.
pub(super) struct Values<'a> {
    columns: [&'a Columns; 2],
    /// The columns of the first file, after which those of other kinds are called.
    first: &'a Columns,
    cells: [Vec<String>; 2],
}

/// Columns of a kind that are compared.
const MOST: usize = 3;

impl<'a> Values<'a> {
    /// Reads two rows again.
    pub(super) fn read(
        sources: &[Source],
        columns: &'a [Columns],
        rows: [Found; 2],
    ) -> Outcome<Option<Self>> {
        let (Some(first), [Some(one), Some(other)]) =
            (columns.first(), rows.map(|row| columns.get(row.file)))
        else {
            return Ok(None);
        };
        let [a, b] = rows.map(|row| cells(sources, row));
        Ok(Some(Self { columns: [one, other], first, cells: [a?, b?] }))
    }

    /// What both rows say of a field; what counts as missing (01/01/1900, “unknown”) is left out.
    pub(super) fn of(&self, finding: &FieldFinding) -> [String; 2] {
        [(0, &finding.left), (1, &finding.right)].map(|(side, read)| match read.is_empty() {
            true => String::new(),
            false => Some(self.written(side, finding, read))
                .filter(|text| !text.is_empty())
                .unwrap_or_else(|| read.clone()),
        })
    }

    fn written(&self, side: usize, finding: &FieldFinding, read: &str) -> String {
        let field = finding.field.as_str();
        match field.split_once(':') {
            Some((_, name)) => self.named(side, name),
            None => match field {
                "given_name" => self.name(side, Kind::GivenName, read),
                "family_name" => self.name(side, Kind::FamilyName, read),
                "birth_date" => self.join(side, &[Kind::BirthDate], 1, ""),
                "email" => self.join(side, &[Kind::Email], MOST, ", "),
                "phone" => self.join(side, &[Kind::Phone], MOST, ", "),
                "address" => {
                    let parts = [Kind::StreetNumber, Kind::Street, Kind::PostalCode, Kind::City];
                    self.join(side, &parts, 1, " ")
                }
                _ => String::new(),
            },
        }
    }

    /// A part of the name: its own cell, or the words of the whole name that were read as that part.
    fn name(&self, side: usize, kind: Kind, read: &str) -> String {
        let own = self.join(side, &[kind], 1, "");
        if own.is_empty() { words_read(&self.join(side, &[Kind::WholeName], 1, ""), read) } else { own }
    }

    /// The filled cells of some kinds, of so many columns of each at most.
    fn join(&self, side: usize, kinds: &[Kind], most: usize, between: &str) -> String {
        let of_kind = |&kind: &Kind| self.places(side, kind).into_iter().take(most);
        let cells = kinds.iter().flat_map(of_kind).map(|at| self.cell(side, at));
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(between)
    }

    /// The cell of a column that a field is called after. In a second file it may have another name: then it is the column
    /// of that kind at the same place among its like.
    fn named(&self, side: usize, name: &str) -> String {
        let is_called = |columns: &Columns, at: &usize| {
            columns.columns.get(*at).is_some_and(|column| column.name.eq_ignore_ascii_case(name))
        };
        let here = self.columns[side];
        if let Some(at) = (0..here.columns.len()).find(|at| is_called(here, at)) {
            return self.cell(side, at).to_owned();
        }
        let Some(model) = self.first.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
        else {
            return String::new();
        };
        let first = places(self.first, model.guess.kind);
        let nth = first.iter().position(|at| is_called(self.first, at)).unwrap_or(0);
        self.places(side, model.guess.kind).get(nth).map_or("", |&at| self.cell(side, at)).to_owned()
    }

    fn places(&self, side: usize, kind: Kind) -> Vec<usize> {
        places(self.columns[side], kind)
    }

    fn cell(&self, side: usize, at: usize) -> &str {
        self.cells[side].get(at).map_or("", |cell| cell.trim())
    }
}

/// The words of a whole name that a part of it was read from, as they are written; nothing if they are not to be found.
fn words_read(whole: &str, read: &str) -> String {
    let letters = |text: &str| fold(&text.replace(['\'', '’'], "")).replace(' ', "");
    let is_between = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')' | '/');
    let words: Vec<&str> = whole.split(is_between).filter(|word| !word.is_empty()).collect();
    let mut rest = letters(read);
    // The longest first: "Me" is not what "Mercier" was read from.
    let mut order: Vec<usize> = (0..words.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(words[at].len()));
    let mut taken: Vec<usize> = Vec::new();
    for at in order {
        let word = letters(words[at]);
        if !word.is_empty() && rest.contains(&word) {
            rest = rest.replacen(&word, "\0", 1);
            taken.push(at);
        }
    }
    if rest.chars().any(|letter| letter != '\0') {
        return String::new();
    }
    taken.sort_unstable();
    taken.into_iter().map(|at| words[at]).collect::<Vec<_>>().join(" ")
}

fn places(columns: &Columns, kind: Kind) -> Vec<usize> {
    let all = columns.columns.iter().enumerate();
    all.filter(|(_, column)| column.guess.kind == kind).map(|(at, _)| at).collect()
}

/// The cells of a row that was read before.
fn cells(sources: &[Source], wanted: Found) -> Outcome<Vec<String>> {
    let Some(source) = sources.get(wanted.file) else { return Ok(Vec::new()) };
    let (mut rows, mut chunk) = (source.rows()?, Chunk::default());
    loop {
        chunk.clear();
        if !rows.read(&mut chunk)? {
            return Ok(Vec::new());
        }
        if chunk.lines.last() == Some(&wanted.line) {
            return Ok((0..source.head.names.len()).map(|at| chunk.cell(0, at).to_owned()).collect());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words_read;

    #[test]
    fn of_a_whole_name_the_words_are_shown_that_were_read() {
        for (whole, read, shown) in [
            ("M. et Mme Pascal et Pauline Douviseau", "douviseau", "Douviseau"),
            ("M. et Mme Pascal et Pauline Douviseau", "pascal pauline", "Pascal Pauline"),
            ("Linden, Jan van der", "vanderlinden", "Linden van der"),
            ("Me Claude Mercier", "mercier", "Mercier"),
            ("Jean-Pierre d’Artagnan", "dartagnan", "d’Artagnan"),
            ("Jean-Pierre d’Artagnan", "jean pierre", "Jean-Pierre"),
            ("St Exupery", "saintexupery", ""),
        ] {
            assert_eq!(words_read(whole, read), shown, "{whole}: {read}");
        }
    }
}
