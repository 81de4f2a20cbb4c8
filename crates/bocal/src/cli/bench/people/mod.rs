//! Made-up French persons, some of them written down more than once, as in the customer files of real organisations: what
//! linkage is measured on. Nobody is real; names, towns and streets are those of France, telephone numbers and addresses
//! are drawn and may by chance be somebody's.
//!
//! # Who is in the file
//!
//! Given names are drawn as often as they were given in the year of birth; family names from common ones, names that came
//! from elsewhere, regional ones and a tail of composed ones (some 150 000 at a million rows). Most people have no relative
//! in the file; 3.7 % of households are couples, parents with children or an old parent, of whom some share e-mail or
//! telephone; a birth in thirty after the first is of twins; two sons in a hundred have their father's given name; some
//! couples, children and brides have two names. One in a hundred of those alone has the name of somebody else.
//!
//! A share of rows, `duplicates`, are the second, third, fourth or fifth of a person. Of those who have more than one, 75 %
//! have two, 17 % three, 6 % four and 2 % five. Rows stand in no order: two of a person are within some hundred thousand.
//!
//! # What goes wrong
//!
//! Four sources have habits of their own: forms (35 %), tills (30 %: family name and town in capitals), calls (20 %: heard
//! twice as badly) and an old import (15 %: capitals, no accents). Birth dates are written 1980-05-31 by forms and calls,
//! 31/05/1980 by tills and imports, 31/05/80 by a fifth of imports. Telephones come in seven shapes (0612345678,
//! 06 12 34 56 78, with points, +33, 0033, without the first 0). Then these errors are drawn, of a person's first row and of
//! each further one; a row that leaves the person too little to be found by is drawn again, with ever fewer errors.
//!
//! | what | first row | further rows |
//! |---|---:|---:|
//! | no title | 25 % | 30 % |
//! | no given name | 1 % | 2.5 % |
//! | no family name | 0.3 % | 0.8 % |
//! | no birth date | 15 % | 28 % |
//! | no e-mail | 22 % | 35 % |
//! | no telephone | 18 % | 28 % |
//! | no address | 15 % | 25 % |
//! | no postal code | 8 % | 12 % |
//! | no town | 5 % | 8 % |
//! | no customer number | 65 % | 80 % |
//! | slip of the keyboard in the given name | 1.5 % | 8 % |
//! | … in the family name | 2 % | 10 % |
//! | given name as heard | 0.5 % | 3 % |
//! | family name as heard | 1 % | 6 % |
//! | name misread by a scanner, of imports | 3 % | 8 % |
//! | accents lost by forms and calls (tills: half, imports: all) | 30 % | 30 % |
//! | usual short form of the given name, where there is one | 1 % | 8 % |
//! | initial for the given name | 0.5 % | 2 % |
//! | half of a compound name | 3 % | 25 % |
//! | given and family name swapped | 0.5 % | 2.5 % |
//! | “inconnu”, “X”, “N/A” for the given name | 0.2 % | 0.5 % |
//! | name of before or after a marriage, of those who have one (half of women) | 0 | 12 % |
//! | day and month swapped, of those born until the 12th | 0.8 % | 5 % |
//! | day, month or year wrong | 0.8 % | 4 % |
//! | 1 January of the year | 0.3 % | 1 % |
//! | 01/01/1900 and the like | 0.8 % | 1.2 % |
//! | another e-mail address | 0 | 20 % |
//! | slip of the keyboard in it | 1 % | 3.5 % |
//! | an address that many share | 0.6 % | 0.8 % |
//! | landline for mobile, or the other way round | 0 | 12 % |
//! | a new mobile number | 0 | 15 % |
//! | a digit of the telephone wrong | 0.8 % | 3 % |
//! | 0600000000 and the like | 0.5 % | 0.8 % |
//! | a switchboard that many share | 0.5 % | 0.6 % |
//! | moved (40 % within the town) | 0 | 14 % |
//! | kind of street abbreviated | 15 % | 30 % |
//! | slip of the keyboard in the street | 1.5 % | 7 % |
//! | another number in the street | 0.4 % | 1.5 % |
//! | no number | 1 % | 2 % |
//! | flat, floor or building left out, where there is one | 20 % | 50 % |
//! | a digit of the postal code wrong | 0.4 % | 1.5 % |
//! | slip of the keyboard in the town | 1 % | 5 % |
//! | another card, another customer number | 0 | 10 % |
//! | a digit of it wrong | 0.3 % | 1.5 % |
//!
//! No row has fewer than four of given name, family name, birth date, e-mail, telephone and address. Each two rows of a
//! person agree, at least roughly, in three fields, among them one that few people share and one that a household does
//! not: [`evidence`].

mod contacts;
mod evidence;
mod households;
mod names;
mod places;
mod random;
mod rates;
mod record;
mod shapes;
mod text;

#[cfg(test)]
mod tests;

use std::io::{self, Write};

use evidence::Evidence;
use households::{Households, Person};
use names::Names;
use places::Places;
use random::Random;
use record::{COLUMNS, Clerk, Record};

/// Rows waiting to be written: two rows of a person are about this far apart, and memory does not grow beyond.
const WAITING: usize = 100_000;
/// Times a row is drawn at most.
const ATTEMPTS: usize = 40;

/// How many rows, and how many of them of a person who has one already.
#[derive(Clone, Copy, Debug)]
pub(super) struct People {
    pub(super) rows: usize,
    pub(super) seed: u64,
    /// Share of rows that are a second, third … row of a person; 0 to 0.5.
    pub(super) duplicates: f64,
}

impl People {
    /// Writes the file: a line of names, then the rows.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "id,{},truth", COLUMNS.join(","))?;
        let (names, places) = (Names::new(), Places::new());
        let mut random = Random::new(self.seed ^ 0x70e0_91e5);
        let mut households = Households::new(&names, &places, self.seed, self.duplicates);
        let mut waiting: Vec<(Record, usize)> = Vec::new();
        let (mut made, mut written, mut persons) = (0, 0, 0);
        while made < self.rows {
            for person in households.next() {
                persons += 1;
                for record in records(&person, &places, &mut random) {
                    if made == self.rows {
                        break;
                    }
                    made += 1;
                    if waiting.len() < WAITING {
                        waiting.push((record, persons));
                        continue;
                    }
                    let at = random.below(waiting.len());
                    let Some(place) = waiting.get_mut(at) else { continue };
                    let (record, person) = std::mem::replace(place, (record, persons));
                    written += 1;
                    row(out, written, &record, person)?;
                }
            }
        }
        while !waiting.is_empty() {
            let (record, person) = waiting.swap_remove(random.below(waiting.len()));
            written += 1;
            row(out, written, &record, person)?;
        }
        out.flush()
    }
}

/// The rows of a person, each of which has enough in common with each other, and with the truth.
fn records(person: &Person, places: &Places, random: &mut Random) -> Vec<Record> {
    let truth = (person.rows > 1).then(|| Clerk { places, again: false, care: 0.0 }.write(person, random));
    let mut all: Vec<Record> = Vec::with_capacity(person.rows);
    for n in 0..person.rows {
        for attempt in 0..ATTEMPTS {
            // The last is made without an error.
            let care = 1.0 - attempt as f64 / (ATTEMPTS - 1) as f64;
            let record = Clerk { places, again: n > 0, care }.write(person, random);
            let mut others = all.iter().chain(&truth);
            let enough = evidence::stands(&record)
                && others.all(|other| Evidence::between(&record, other).is_enough());
            if enough || attempt + 1 == ATTEMPTS {
                all.push(record);
                break;
            }
        }
    }
    all
}

fn row(out: &mut impl Write, id: usize, record: &Record, person: usize) -> io::Result<()> {
    write!(out, "{id}")?;
    for field in record.fields() {
        out.write_all(b",")?;
        if field.contains([',', '"']) {
            write!(out, "\"{}\"", field.replace('"', "\"\""))?;
        } else {
            out.write_all(field.as_bytes())?;
        }
    }
    writeln!(out, ",{person}")
}
