//! Made-up French persons, some of them written down more than once.

mod evidence;
mod households;
mod names;
mod places;
mod random;
mod rates;
mod record;
mod text;

use std::io::{self, Write};

use evidence::Evidence;
use households::{Households, Person};
use names::Names;
use places::Places;
use random::Random;
use record::{COLUMNS, Clerk, Record};

/// Rows waiting to be written: two rows of a person are about this far apart, and memory does not grow beyond.
const WAITING: usize = 100_000;

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

/// The rows of a person, each of which has enough in common with each other.
fn records(person: &Person, places: &Places, random: &mut Random) -> Vec<Record> {
    let mut all: Vec<Record> = Vec::with_capacity(person.rows);
    for n in 0..person.rows {
        for attempt in 0..40 {
            // The last attempts are made with ever more care.
            let care = (1.3 - f64::from(attempt) * 0.03).clamp(0.0, 1.0);
            let record = Clerk { places, again: n > 0, care }.write(person, random);
            let enough = evidence::stands(&record) && all.iter().all(|other| Evidence::between(&record, other).is_enough());
            if enough || attempt == 39 {
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
