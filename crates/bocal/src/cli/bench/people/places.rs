//! Towns with their postal codes, and streets.

use std::fmt;

use super::random::{Random, Weighted};

const CITIES: &str = include_str!("data/cities.txt");
const STREETS: &str = include_str!("data/streets.txt");
/// Small communes that are composed.
const SMALL: usize = 6_000;
const SAINTS: [&str; 40] = [
    "Martin",
    "Pierre",
    "Jean",
    "Germain",
    "Georges",
    "Laurent",
    "Hilaire",
    "Aubin",
    "Julien",
    "Médard",
    "Rémy",
    "Sulpice",
    "Denis",
    "Léger",
    "Loup",
    "Maurice",
    "Michel",
    "Nicolas",
    "Ouen",
    "Paul",
    "Quentin",
    "Romain",
    "Sauveur",
    "Symphorien",
    "Vaast",
    "Victor",
    "Vincent",
    "Yrieix",
    "Amand",
    "André",
    "Benoît",
    "Brice",
    "Christophe",
    "Étienne",
    "Félix",
    "Gilles",
    "Hippolyte",
    "Jacques",
    "Just",
    "Lambert",
];
const ROOTS: [&str; 64] = [
    "Aub", "Arg", "Bell", "Bess", "Blan", "Bonn", "Bray", "Breu", "Cham", "Chât", "Clair", "Coul", "Cour",
    "Crou", "Dam", "Domp", "Écl", "Esc", "Ferr", "Flav", "Fleur", "Font", "Franc", "Gren", "Haut", "Herm",
    "Isl", "Jar", "Lav", "Lign", "Long", "Luc", "Mar", "Mass", "Merc", "Mont", "Mor", "Neuv", "Noy", "Orv",
    "Pav", "Pers", "Plais", "Pom", "Pré", "Quinc", "Rav", "Rich", "Roch", "Ros", "Sav", "Serm", "Soul",
    "Tann", "Thor", "Tour", "Trév", "Vall", "Vaux", "Vern", "Vic", "Villi", "Vitr", "Vouz",
];
const ENDS: [&str; 32] = [
    "ac", "ac", "agny", "an", "ay", "ecourt", "ecourt", "emont", "ères", "ereuil", "eray", "erolles", "euil",
    "ey", "eville", "eville", "iac", "iers", "igny", "igny", "illac", "illé", "illy", "incourt", "ois",
    "olles", "on", "onne", "ons", "oux", "ures", "y",
];
const RIVERS: [&str; 40] = [
    "sur-Loire",
    "sur-Seine",
    "sur-Marne",
    "sur-Oise",
    "sur-Vienne",
    "sur-Sèvre",
    "sur-Orne",
    "sur-Mer",
    "sur-Saône",
    "sur-Rhône",
    "sur-Garonne",
    "sur-Lot",
    "sur-Allier",
    "sur-Cher",
    "sur-Isère",
    "sur-Meuse",
    "sur-Moselle",
    "sur-Somme",
    "sur-Yonne",
    "sur-Aube",
    "en-Bresse",
    "en-Forez",
    "en-Vexin",
    "en-Caux",
    "en-Othe",
    "en-Vercors",
    "en-Royans",
    "en-Champagne",
    "le-Château",
    "la-Forêt",
    "la-Ville",
    "le-Vieux",
    "le-Grand",
    "les-Bains",
    "les-Bois",
    "les-Vignes",
    "du-Bois",
    "du-Mont",
    "de-Bretagne",
    "d’Auvergne",
];
const KINDS: [(&str, f64); 14] = [
    ("rue", 58.0),
    ("avenue", 11.0),
    ("boulevard", 5.0),
    ("chemin", 6.0),
    ("impasse", 5.0),
    ("allée", 5.0),
    ("place", 4.0),
    ("route", 3.0),
    ("résidence", 1.0),
    ("quai", 0.8),
    ("cours", 0.6),
    ("square", 0.6),
    ("lotissement", 0.5),
    ("passage", 0.5),
];

const BIS: [&str; 25] = [
    " bis", " ter", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "", "",
    "",
];

/// A town, or the part of one, that has a postal code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) name: String,
    pub(super) code: String,
}

/// Where somebody lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Home {
    pub(super) number: usize,
    /// After the number: bis, ter; mostly empty.
    pub(super) bis: &'static str,
    pub(super) kind: &'static str,
    pub(super) street: &'static str,
    pub(super) more: Option<More>,
    pub(super) place: usize,
}

/// What a letter needs to find the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum More {
    Flat(usize),
    Floor(usize),
    Building(char),
    Residence(&'static str),
}

impl fmt::Display for More {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flat(n) => write!(f, "Appt {n}"),
            Self::Floor(n) => write!(f, "{n}e étage"),
            Self::Building(letter) => write!(f, "Bât {letter}"),
            Self::Residence(name) => write!(f, "Résidence {name}"),
        }
    }
}

/// All towns and streets, ready to be drawn.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) all: Vec<Place>,
    weights: Weighted,
    streets: Vec<&'static str>,
    street: Weighted,
    kind: Weighted,
}

impl Places {
    pub(super) fn new() -> Self {
        let mut all = Vec::new();
        let mut people = Vec::new();
        for (place, thousands) in CITIES.split(['|', '\n']).filter_map(parse) {
            all.push(place);
            people.push(thousands);
        }
        // The country is the same whatever the seed.
        let mut random = Random::new(36_000);
        for n in 0..SMALL {
            all.push(small(&mut random));
            people.push(26.0 / (1.0 + n as f64 / 220.0).powf(1.05) + 0.15);
        }
        let streets: Vec<_> = STREETS.split(['|', '\n']).filter(|name| !name.is_empty()).collect();
        Self {
            weights: Weighted::new(people.into_iter()),
            street: Weighted::new((0..streets.len()).map(|rank| (rank as f64 + 12.0).powf(-0.7))),
            kind: Weighted::new(KINDS.iter().map(|(_, weight)| *weight)),
            all,
            streets,
        }
    }

    pub(super) fn home(&self, random: &mut Random) -> Home {
        let place = self.weights.draw(random);
        self.home_in(place, random)
    }

    pub(super) fn home_in(&self, place: usize, random: &mut Random) -> Home {
        Home {
            number: 1 + (random.share().powi(2) * 160.0) as usize,
            bis: random.pick(&BIS).unwrap_or(""),
            kind: KINDS.get(self.kind.draw(random)).map_or("rue", |(kind, _)| kind),
            street: self.streets.get(self.street.draw(random)).copied().unwrap_or(""),
            more: more(random),
            place,
        }
    }

    pub(super) fn place(&self, home: &Home) -> Option<&Place> {
        self.all.get(home.place)
    }
}

/// `Le Mans 72100 45`: the name, the postal code, inhabitants in thousands.
fn parse(line: &str) -> Option<(Place, f64)> {
    let (rest, thousands) = line.rsplit_once(' ')?;
    let (name, code) = rest.rsplit_once(' ')?;
    Some((Place { name: name.into(), code: code.into() }, thousands.parse().ok()?))
}

fn small(random: &mut Random) -> Place {
    let mut name = match random.below(10) {
        0..3 => format!("Saint-{}", random.word(&SAINTS)),
        3 => format!(
            "La {}e",
            random.word(&["Chapell", "Rochett", "Ferrièr", "Haie-Fouassièr", "Flèch", "Bross", "Croixill"])
        ),
        4 => format!(
            "Les {}",
            random.word(&["Essarts", "Herbiers", "Mées", "Rousses", "Ulis", "Andelys", "Riceys"])
        ),
        _ => format!("{}{}", random.word(&ROOTS), random.word(&ENDS)),
    };
    let must = name.starts_with("Saint") || name.starts_with('L');
    if must && random.chance(0.8) || random.chance(0.15) {
        name = format!("{name}-{}", random.word(&RIVERS));
    }
    let department = 1 + random.below(95);
    Place { name, code: format!("{department:02}{:03}", 10 * (10 + random.below(88))) }
}

fn more(random: &mut Random) -> Option<More> {
    if !random.chance(0.13) {
        return None;
    }
    Some(match random.below(4) {
        0 => More::Flat(1 + random.below(60)),
        1 => More::Floor(1 + random.below(8)),
        2 => More::Building(['A', 'B', 'C', 'D'][random.below(4)]),
        _ => More::Residence(random.word(&[
            "les Pins",
            "du Parc",
            "Bellevue",
            "les Lilas",
            "le Clos",
            "Beaulieu",
        ])),
    })
}
