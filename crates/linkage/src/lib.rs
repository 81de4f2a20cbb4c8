//! Finds records of the same person in one file or two, and says why.
//!
//! No labels, no training, no database: rows go in, people come out, and each pair can be explained part by part. Pure
//! functions: no input or output, no clock, no async.
//!
//! # From rows to people
//!
//! ```
//! use linkage::{Column, Intake, Linkage, Options};
//!
//! let headers = ["Prénom", "Nom", "Né le", "Téléphone"].map(str::to_owned);
//! let rows = [
//!     ["Jean", "Kerjean", "24/06/1971", "06 12 34 56 78"],
//!     ["J.", "KERJEAN", "1971-06-24", "+33612345678"],
//!     ["Marie", "Kerjean", "02/11/1973", "02 98 11 22 33"],
//! ]
//! .map(|row| row.map(str::to_owned).to_vec());
//! let columns = Column::guessed(&headers, &rows);
//! let mut intake = Intake::new(&[&columns]);
//! intake.push(0, rows.len(), &|row, column| rows[row][column].as_str());
//!
//! let linkage = Linkage::new(intake.finish(), &Options::default(), None, &|_progress| ());
//! assert_eq!(linkage.people(0.5).of_row, [0, 0, 1]);
//! let why = linkage.explain(0, 1).ok_or("no such row")?;
//! assert_eq!((why.findings[0].field.as_str(), why.findings[0].level), ("given_name", "initial"));
//! assert!(why.findings.iter().any(|finding| finding.field == "phone" && finding.bits > 0.0));
//! # Ok::<(), &str>(())
//! ```
//!
//! # How
//!
//! 1. [`columns`] guesses what each column holds, and [`normalise`] puts names, days, telephone numbers, addresses into
//!    one form; placeholders ("n/a", 01/01/1900) become nothing. Rows that say the same are held once.
//! 2. *Keys* say which pairs are worth comparing: those that share the sound of a name and a birth year, a telephone
//!    number, and so on. Keys are chosen from the data at hand: the fewest pairs for the most of the pairs to be found.
//!    What too many share is narrowed by a further part; what is left out then, and about how many pairs were missed, is
//!    in the [`Report`]. Up to 2 000 distinct rows, all pairs are compared.
//! 3. Each piece of evidence of a pair falls on a *level*: the same, one slip of the hand, another form of the name, …
//! 4. Each level is weighed by how much more often pairs of one person show it than others do (Fellegi and Sunter), in
//!    bits. Pairs are of *five kinds*: one person, two people of one household, two relatives who live apart, namesakes,
//!    strangers;
//!    this keeps father and son, and twins, apart. *Rarity*: two who share a rare value are weighed by how rare it is. The
//!    shares are learnt from the file itself by expectation–maximisation, steadied by what is expected beforehand, and
//!    can be kept as a [`Model`].
//! 5. Pairs become people, the likeliest first. Two *groups* come together only if their members, taken together, look
//!    like one person: two birth dates that contradict each other are not chained through a weak link.
//!
//! [`Linkage`] goes the whole way and [explains](Linkage::explain) each pair; each step is a room of its own and can be
//! taken by itself: [`normalise`], [`block`], [`compare`] and [`observe`], [`estimate`], [`score`],
//! [`cluster`]. [`Index`] does the same for rows that come one by one; [`evaluate`] measures the result where the truth is
//! known.
//!
//! # What holds
//!
//! The same rows give the same people, whatever their order, the size of the chunks they come in, and the number of
//! processors. Higher thresholds only split. What two rows are to each other is the same from both sides. An explanation's
//! parts add up to its weight.
//!
//! # Limits
//!
//! - Fewer than 2³² rows; two files at most. A row of ten columns takes some 160 bytes, and 550 at the peak, while pairs are
//!   compared (measured on a million rows).
//! - Two threads: the caller's and one more.
//! - Sixteen pieces of evidence are weighed at most, the most telling kinds first. Other columns are not weighed; they
//!   may yet serve as keys, and tell copies to the letter from rows that are merely alike.
//! - Without a sign of their country, telephone numbers and postal codes are read as French, and 04/06/1971 as 4 June; guesses
//!   by the values of a column say otherwise.
//! - Cells are read to their 512th byte, except free texts, of which 24 words count.
//! - Names are known best in French and English; in other scripts they are compared letter by letter.
//! - Two people of one household who agree in everything that was written down cannot be told apart.
//!
//! # Sources
//!
//! - Fellegi & Sunter 1969, "A theory for record linkage": the weights.
//! - Winkler 1988, "Using the EM algorithm for weight computation in the Fellegi–Sunter model"; Dempster, Laird & Rubin 1977.
//! - Winkler 1990, "String comparator metrics and enhanced decision rules": Jaro–Winkler, and rarity.
//! - Christen 2012, "Data Matching": blocking and evaluation.
//! - Chao 1987, "Estimating the population size for capture–recapture data with unequal catchability": pairs missed.

pub mod block;
pub mod cluster;
pub mod columns;
pub mod compare;
pub mod distance;
mod error;
pub mod estimate;
pub mod evaluate;
mod explain;
pub mod fellegi_sunter;
mod index;
mod link;
mod mix;
mod model;
pub mod normalise;
pub mod observe;
#[cfg(feature = "operations")]
pub mod ops;
pub mod phonetic;
mod records;
mod report;
pub mod score;

pub use self::error::Error;
pub use self::evaluate::{Merge, ScoredPair};
pub use self::explain::{Alternative, Explanation, FieldFinding};
pub use self::index::{Found, Index};
pub use self::link::{Linkage, Options, People, Progress, Stage};
pub use self::model::{CheckedModel, FieldModel, LevelModel, Model};
pub use self::records::{Column, Intake, Records};
pub use self::report::{KeyReport, Learning, Report, Source};
