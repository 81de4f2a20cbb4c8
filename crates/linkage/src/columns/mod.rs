//! What the columns of a file hold, guessed from their headers and from a sample of their values.

use serde::{Deserialize, Serialize};

use crate::normalise::{self, Country, Order};

mod decide;
mod headers;
mod kind;
mod rules;
#[cfg(test)]
mod tests;
mod values;

pub use kind::Kind;

/// What a guess rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    /// The header names it; the values neither confirm nor contradict it (names and towns look like any word).
    Header,
    /// The header names it and the values look like it.
    HeaderAndValues,
    /// The values look like it; the header says nothing or is contradicted by them.
    Values,
    /// Every value of the sample is another one and the header or the form of the values is that of a number given to
    /// rows: it says nothing about who is the same.
    AllDistinct,
    /// No value in the sample.
    Empty,
    /// Neither header nor values tell. A column of family names under a header that is not known ends here: nothing in a
    /// word tells that it is one.
    Nothing,
}

/// Guess about one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess {
    /// What the column holds.
    pub kind: Kind,
    /// Why.
    pub because: Because,
    /// Order of days, for columns of days.
    pub order: Option<Order>,
    /// Country whose rules the numbers follow, for telephone numbers, postal codes and amounts where the values tell. Amounts of
    /// the United States have commas between thousands.
    pub home: Option<Country>,
}

/// Rows of a sample that are looked at.
const MOST_ROWS: usize = 2_000;

/// Guesses what each column holds: header words in French, English, German, Spanish, Italian, Portuguese, Dutch and
/// Polish, and the share of values that are what the header says. Where both speak, values have the last word about what can be recognised (addresses of e-mail, telephone numbers,
/// days, countries, numbers), headers about what cannot (names, towns). One guess for each header; shorter rows lack
/// their last values; at most 2 000 rows are looked at.
///
/// Columns that number the rows (`id`, `rec_id`, customer numbers that never repeat) are [`Kind::RowId`]: different for
/// every row, they would speak against every pair. Columns named like the result of an earlier linkage (`cluster`,
/// `ground_truth`) are [`Kind::Ignored`].
///
/// ```
/// use linkage::columns::{Kind, guess};
/// let headers = ["Prénom", "Nom", "Né le"].map(str::to_owned);
/// let rows = [["Jean", "Dupont", "24/06/1971"].map(str::to_owned).to_vec()];
/// let kinds: Vec<Kind> = guess(&headers, &rows).iter().map(|guess| guess.kind).collect();
/// assert_eq!(kinds, [Kind::GivenName, Kind::FamilyName, Kind::BirthDate]);
/// ```
#[must_use]
pub fn guess(headers: &[String], sample: &[Vec<String>]) -> Vec<Guess> {
    let rows = &sample[..sample.len().min(MOST_ROWS)];
    let values = |place: usize| rows.iter().filter_map(move |row| row.get(place)).map(String::as_str);
    let profiles: Vec<values::Profile> =
        (0..headers.len()).map(|place| values::Profile::of(values(place))).collect();
    let named: Vec<headers::Header> = headers.iter().map(|header| headers::kind_of(header)).collect();
    let beside = decide::Beside { family: named.contains(&headers::Header::Says(Kind::FamilyName)) };
    let mut guesses: Vec<Guess> =
        named.iter().zip(&profiles).map(|(header, values)| decide::column(*header, values, beside)).collect();
    decide::between_columns(headers, &profiles, &mut guesses);
    let of_country = guesses.iter().position(|guess| guess.kind == Kind::Country);
    let country = of_country.and_then(|place| profiles[place].country);
    for (place, guess) in guesses.iter_mut().enumerate().filter(|(_, guess)| guess.kind == Kind::Phone) {
        guess.home = normalise::home(values(place), country);
    }
    guesses
}
