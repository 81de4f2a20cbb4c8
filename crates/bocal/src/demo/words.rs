//! The words of the demonstration: names, products, notes and comments, read from the files beside this one.
//!
//! Every file is separated by tabs, begins with a line that names its columns, and writes `*` for "any".

use kernel::{Error, Result};

use super::calendar::Place;

/// Reads a word file: one record of `columns` fields a line.
fn table(name: &str, text: &'static str, columns: usize) -> Result<Vec<Vec<&'static str>>> {
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.is_empty()) {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.len() != columns || fields.iter().any(|f| f.is_empty()) {
            return Err(Error::internal(format!("{name}, line {}: not {columns} fields", number + 1)));
        }
        rows.push(fields);
    }
    Ok(rows)
}

fn number<N: std::str::FromStr>(name: &str, text: &str) -> Result<N> {
    text.parse().map_err(|_| Error::internal(format!("{name}: {text} is no number")))
}

fn place(name: &str, text: &str) -> Result<Option<Place>> {
    match text {
        "*" => Ok(None),
        key => Place::parse(key).map(Some).ok_or_else(|| Error::internal(format!("{name}: no site {key}"))),
    }
}

/// A site.
#[derive(Clone, Debug)]
pub(crate) struct SiteWords {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
}

/// A town, with its postal code and its share of customers.
#[derive(Clone, Debug)]
pub(crate) struct Town {
    pub(crate) name: &'static str,
    pub(crate) postal_code: &'static str,
    pub(crate) is_village: bool,
    pub(crate) place: Place,
    pub(crate) weight: f64,
}

/// A colleague.
#[derive(Clone, Debug)]
pub(crate) struct Colleague {
    pub(crate) given: &'static str,
    pub(crate) family: &'static str,
    pub(crate) role: &'static str,
    pub(crate) place: Option<Place>,
}

/// A first name: `gender` is `f`, `m` or `u`; `generation` is `old`, `mid` or `young`.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    pub(crate) name: &'static str,
    pub(crate) gender: &'static str,
    pub(crate) generation: &'static str,
}

/// A last name.
#[derive(Clone, Debug)]
pub(crate) struct Family {
    pub(crate) name: &'static str,
    pub(crate) origin: &'static str,
}

/// A firm, farm, association or commune.
#[derive(Clone, Debug)]
pub(crate) struct OrganisationWords {
    pub(crate) name: &'static str,
    pub(crate) form: &'static str,
}

/// A street: `kind` is `any`, `town` or `village`.
#[derive(Clone, Debug)]
pub(crate) struct Street {
    pub(crate) name: &'static str,
    pub(crate) kind: &'static str,
}

/// A product with its price in cents and its weight in each month.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    pub(crate) label: &'static str,
    pub(crate) family: &'static str,
    pub(crate) cents: i64,
    pub(crate) months: Vec<f64>,
}

/// Whom and when a text fits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    pub(crate) gender: Option<char>,
    pub(crate) is_pro: bool,
    pub(crate) season: Option<Season>,
    pub(crate) phase: Option<&'static str>,
}

/// A part of the year in which a text makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    /// Whether a month (0 is January) belongs to it.
    pub(crate) const fn holds(self, month: usize) -> bool {
        match self {
            Self::Spring => matches!(month, 3..=5),
            Self::Summer => matches!(month, 6 | 7),
            Self::Autumn => matches!(month, 8..=10),
            Self::Winter => matches!(month, 11 | 0 | 1),
        }
    }
}

impl Hints {
    fn parse(name: &str, text: &'static str) -> Result<Self> {
        let mut hints = Self::default();
        for hint in text.split(',').filter(|hint| *hint != "*") {
            match hint {
                "f" => hints.gender = Some('f'),
                "m" => hints.gender = Some('m'),
                "pro" => hints.is_pro = true,
                "spring" => hints.season = Some(Season::Spring),
                "summer" => hints.season = Some(Season::Summer),
                "autumn" => hints.season = Some(Season::Autumn),
                "winter" => hints.season = Some(Season::Winter),
                "bad" | "repair" => hints.phase = Some(hint),
                other => return Err(Error::internal(format!("{name}: unknown hint {other}"))),
            }
        }
        Ok(hints)
    }
}

/// A note of a colleague about a contact.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) channel: &'static str,
    pub(crate) is_inbound: bool,
    pub(crate) subject: &'static str,
    pub(crate) text: &'static str,
    pub(crate) hints: Hints,
}

/// A short note with `{product}`, `{weekday}` or `{of_month}` to fill in.
#[derive(Clone, Debug)]
pub(crate) struct ShortNote {
    pub(crate) subject: &'static str,
    pub(crate) text: &'static str,
}

/// What a customer wrote beside a score: `band` is 0 to 3, lowest first.
#[derive(Clone, Debug)]
pub(crate) struct Verbatim {
    pub(crate) band: usize,
    pub(crate) theme: &'static str,
    pub(crate) place: Option<Place>,
    pub(crate) phase: Option<&'static str>,
    pub(crate) text: &'static str,
    pub(crate) hints: Hints,
}

/// Names of the four bands of scores, lowest first.
pub(crate) const BANDS: [&str; 4] = ["0-3", "4-6", "7-8", "9-10"];

/// A figure pinned to the first page, with the decision it serves.
#[derive(Clone, Debug)]
pub(crate) struct TileWords {
    pub(crate) figure: &'static str,
    pub(crate) place: Option<Place>,
    pub(crate) days: &'static str,
    /// The role of whoever answers for it.
    pub(crate) owner: &'static str,
    pub(crate) decision: &'static str,
}

/// All the words.
#[derive(Clone, Debug)]
pub(crate) struct Words {
    pub(crate) sites: Vec<SiteWords>,
    pub(crate) towns: Vec<Town>,
    pub(crate) colleagues: Vec<Colleague>,
    pub(crate) given: Vec<Given>,
    pub(crate) family: Vec<Family>,
    pub(crate) organisations: Vec<OrganisationWords>,
    pub(crate) streets: Vec<Street>,
    pub(crate) products: Vec<Product>,
    pub(crate) notes: Vec<Note>,
    pub(crate) short_notes: Vec<ShortNote>,
    pub(crate) subjects: Vec<(&'static str, &'static str)>,
    pub(crate) expectations: Vec<&'static str>,
    pub(crate) french: Vec<Verbatim>,
    pub(crate) english: Vec<Verbatim>,
    pub(crate) tiles: Vec<TileWords>,
}

macro_rules! file {
    ($name:literal, $columns:literal) => {
        table($name, include_str!(concat!("words/", $name)), $columns)
    };
}

impl Words {
    /// Reads every file.
    ///
    /// # Errors
    /// Names the file and the line that cannot be read.
    pub(crate) fn read() -> Result<Self> {
        let pairs = |rows: Vec<Vec<&'static str>>| rows.into_iter().map(|f| (f[0], f[1])).collect::<Vec<_>>();
        Ok(Self {
            sites: file!("sites.tsv", 5)?.into_iter().map(|f| SiteWords { key: f[0], name: f[1] }).collect(),
            towns: towns()?,
            colleagues: colleagues()?,
            given: file!("given_names.tsv", 3)?
                .into_iter()
                .map(|f| Given { name: f[0], gender: f[1], generation: f[2] })
                .collect(),
            family: pairs(file!("family_names.tsv", 2)?)
                .into_iter()
                .map(|(name, origin)| Family { name, origin })
                .collect(),
            organisations: file!("organisations.tsv", 3)?
                .into_iter()
                .map(|f| OrganisationWords { name: f[0], form: f[1] })
                .collect(),
            streets: pairs(file!("streets.tsv", 2)?)
                .into_iter()
                .map(|(name, kind)| Street { name, kind })
                .collect(),
            products: products()?,
            notes: notes()?,
            short_notes: pairs(file!("short_notes.tsv", 2)?)
                .into_iter()
                .map(|(subject, text)| ShortNote { subject, text })
                .collect(),
            subjects: pairs(file!("subjects.tsv", 2)?),
            expectations: file!("expectations.tsv", 1)?.into_iter().map(|f| f[0]).collect(),
            french: verbatims("verbatims_fr.tsv", file!("verbatims_fr.tsv", 6)?)?,
            english: verbatims("verbatims_en.tsv", file!("verbatims_en.tsv", 6)?)?,
            tiles: tiles()?,
        })
    }

    /// How a subject of a contact is written.
    pub(crate) fn subject(&self, key: &str) -> &'static str {
        self.subjects.iter().find(|(k, _)| *k == key).map_or("Demande", |(_, label)| label)
    }
}

fn towns() -> Result<Vec<Town>> {
    let read = |f: Vec<&'static str>| {
        let place =
            place("towns.tsv", f[3])?.ok_or_else(|| Error::internal("towns.tsv: a town without site"))?;
        let (is_village, weight) = (f[2] == "village", number("towns.tsv", f[4])?);
        Ok(Town { name: f[0], postal_code: f[1], is_village, place, weight })
    };
    file!("towns.tsv", 5)?.into_iter().map(read).collect()
}

fn tiles() -> Result<Vec<TileWords>> {
    let read = |f: Vec<&'static str>| {
        let place = place("tiles.tsv", f[1])?;
        Ok(TileWords { figure: f[0], place, days: f[2], owner: f[3], decision: f[4] })
    };
    file!("tiles.tsv", 5)?.into_iter().map(read).collect()
}

fn colleagues() -> Result<Vec<Colleague>> {
    let read = |f: Vec<&'static str>| {
        Ok(Colleague { given: f[0], family: f[1], role: f[2], place: place("colleagues.tsv", f[3])? })
    };
    file!("colleagues.tsv", 4)?.into_iter().map(read).collect()
}

fn products() -> Result<Vec<Product>> {
    let read = |f: Vec<&'static str>| {
        let months: Vec<f64> =
            f[3].split(' ').map(|weight| number("products.tsv", weight)).collect::<Result<_>>()?;
        if months.len() != 12 {
            return Err(Error::internal(format!("products.tsv: {} has not twelve months", f[0])));
        }
        Ok(Product { label: f[0], family: f[1], cents: number("products.tsv", f[2])?, months })
    };
    file!("products.tsv", 4)?.into_iter().map(read).collect()
}

fn notes() -> Result<Vec<Note>> {
    let read = |f: Vec<&'static str>| {
        let hints = Hints::parse("contact_notes.tsv", f[4])?;
        Ok(Note { channel: f[0], is_inbound: f[1] == "in", subject: f[2], text: f[3], hints })
    };
    file!("contact_notes.tsv", 5)?.into_iter().map(read).collect()
}

fn verbatims(name: &str, rows: Vec<Vec<&'static str>>) -> Result<Vec<Verbatim>> {
    let read = |f: Vec<&'static str>| {
        let band = BANDS.iter().position(|band| *band == f[0]);
        let band = band.ok_or_else(|| Error::internal(format!("{name}: no band {}", f[0])))?;
        let phase = (f[3] != "*").then_some(f[3]);
        Ok(Verbatim {
            band,
            theme: f[1],
            place: place(name, f[2])?,
            phase,
            text: f[4],
            hints: Hints::parse(name, f[5])?,
        })
    };
    rows.into_iter().map(read).collect()
}
