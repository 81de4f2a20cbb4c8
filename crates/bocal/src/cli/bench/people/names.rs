//! Given and family names, as common as in France: a few names for many, and a tail that does not end.

use super::random::{Random, Weighted};

const FAMILIES: &str = include_str!("data/family.txt");
const ORIGINS: &str = include_str!("data/family_origin.txt");
const GIVEN: [&str; 2] = [include_str!("data/given_m.txt"), include_str!("data/given_f.txt")];
/// Years of birth that share a table of given names.
const STEP: i32 = 5;
const FIRST_YEAR: i32 = 1920;
const LAST_YEAR: i32 = 2020;
/// Distinct composed family names, before those that coincide.
const TAIL: f64 = 420_000.0;

const HEADS: [&str; 96] = [
    "Bar", "Bel", "Bon", "Bou", "Bran", "Bri", "Bru", "Cal", "Cam", "Can", "Car", "Cas", "Cau", "Cha",
    "Cham", "Chan", "Char", "Chau", "Che", "Clo", "Col", "Com", "Cor", "Cou", "Cro", "Dal", "Dan", "Dar",
    "Del", "Des", "Dor", "Dou", "Du", "Dur", "Es", "Fal", "Far", "Fau", "Fer", "Fil", "Flo", "Fon", "For",
    "Fou", "Fré", "Gal", "Gan", "Gar", "Gau", "Ger", "Gi", "Gon", "Gou", "Gra", "Gri", "Gro", "Gué", "Hau",
    "Her", "Jac", "Jar", "Jou", "La", "Lam", "Lan", "Lar", "Lau", "Lé", "Lou", "Mal", "Man", "Mar", "Mau",
    "Mer", "Mon", "Mor", "Mou", "Nor", "Pa", "Pel", "Per", "Pi", "Pla", "Pon", "Por", "Pou", "Pra", "Qué",
    "Ra", "Ri", "Ro", "Rou", "Sau", "Ser", "Tho", "Vil",
];
const MIDDLES: [&str; 56] = [
    "", "", "", "", "", "ba", "be", "bi", "bou", "ca", "ce", "chau", "che", "chi", "co", "da", "de", "di",
    "do", "fa", "fou", "ga", "ge", "gi", "gou", "la", "le", "li", "lo", "ma", "me", "mi", "mou", "na", "ne",
    "ni", "pa", "pe", "pi", "qui", "ra", "re", "ri", "ro", "sa", "se", "si", "ta", "te", "ti", "to", "va",
    "ve", "vi", "voi", "za",
];
const TAILS: [&str; 88] = [
    "bert", "bois", "bot", "card", "caud", "ceau", "celin", "chet", "chon", "court", "deau", "dier", "din",
    "don", "dot", "feuille", "fort", "geon", "ger", "gnac", "gnard", "gnier", "gnon", "guet", "lan", "lard",
    "las", "let", "leau", "let", "lier", "lin", "llat", "lle", "llet", "llon", "llier", "lon", "lot", "loux",
    "mard", "mas", "mel", "mont", "nac", "nard", "nat", "nel", "net", "nier", "nin", "not", "noux", "pin",
    "quet", "quier", "quin", "rac", "rand", "rard", "rat", "raud", "reau", "rel", "ret", "rier", "rin",
    "ron", "rot", "roux", "sac", "sard", "set", "seau", "sier", "son", "sot", "tard", "taud", "teau", "tel",
    "tet", "tier", "tin", "ton", "tot", "ville", "vin",
];

/// Man or woman, as written in registers of births; the place in tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sex {
    Man,
    Woman,
}

/// All the names, ready to be drawn.
#[derive(Debug)]
pub(super) struct Names {
    given: [Vec<&'static str>; 2],
    by_years: [Vec<Weighted>; 2],
    families: Vec<&'static str>,
    family: Weighted,
    origins: Vec<&'static str>,
    origin: Weighted,
}

impl Names {
    pub(super) fn new() -> Self {
        let families: Vec<_> = FAMILIES.split_whitespace().collect();
        let origins: Vec<_> = ORIGINS.split_whitespace().collect();
        let parsed = GIVEN.map(|text| text.split(['|', '\n']).filter_map(parse).collect::<Vec<_>>());
        Self {
            by_years: [by_years(&parsed[0]), by_years(&parsed[1])],
            given: parsed.map(|all| all.iter().map(|given| given.name).collect()),
            family: Weighted::new((0..families.len()).map(|rank| (rank as f64 + 9.0).powf(-0.72))),
            origin: Weighted::new((0..origins.len()).map(|rank| ((rank * 37 % 101) as f64 + 4.0).powf(-0.6))),
            families,
            origins,
        }
    }

    /// A given name as common as it was in that year.
    pub(super) fn given(&self, sex: Sex, year: i32, random: &mut Random) -> &'static str {
        let step = ((year.clamp(FIRST_YEAR, LAST_YEAR) - FIRST_YEAR) / STEP) as usize;
        let Some(table) = self.by_years[sex as usize].get(step) else { return "" };
        self.given[sex as usize].get(table.draw(random)).copied().unwrap_or("")
    }

    /// A family name: common, of foreign or regional origin, compound, with a particle, or rare.
    pub(super) fn family(&self, random: &mut Random) -> String {
        match random.among(&[23.0, 14.0, 59.0, 1.5, 2.0, 0.5]) {
            0 => drawn(&self.families, &self.family, random),
            1 => drawn(&self.origins, &self.origin, random),
            2 => rare(random),
            3 => format!("{}-{}", drawn(&self.families, &self.family, random), rare(random)),
            4 => format!("{} {}", random.word(&["de", "de", "de La", "du", "Le", "Le"]), rare(random)),
            _ => format!(
                "d’{}",
                random.word(&[
                    "Aubigny",
                    "Estaing",
                    "Arcy",
                    "Hauteville",
                    "Ornano",
                    "Ussel",
                    "Amboise",
                    "Alençon"
                ])
            ),
        }
    }
}

struct Given {
    name: &'static str,
    peak: f64,
    width: f64,
    mass: f64,
}

/// `Jean 1938 17 260`: the year when it was most given, the spread in years, how often.
fn parse(line: &'static str) -> Option<Given> {
    let mut parts = line.split(' ');
    let name = parts.next().filter(|name| !name.is_empty())?;
    let mut number = || parts.next()?.parse().ok();
    Some(Given { name, peak: number()?, width: number()?, mass: number()? })
}

fn by_years(all: &[Given]) -> Vec<Weighted> {
    let years = (FIRST_YEAR..=LAST_YEAR).step_by(STEP as usize);
    years
        .map(|year| Weighted::new(all.iter().map(|given| weight(given, f64::from(year + STEP / 2)))))
        .collect()
}

/// A bell around the peak, with a floor: a grandmother's name is still given, an odd one was given before.
fn weight(given: &Given, year: f64) -> f64 {
    let away = (year - given.peak) / given.width;
    given.mass * ((-0.5 * away * away).exp() + 0.004) + 0.02
}

/// A hyphen of the list is a space in the name: `Le-Goff`.
fn drawn(all: &[&str], table: &Weighted, random: &mut Random) -> String {
    all.get(table.draw(random)).map(|name| name.replace('-', " ")).unwrap_or_default()
}

/// A composed name; the lower its rank, the more often it is drawn.
fn rare(random: &mut Random) -> String {
    // Inverse of a power law with exponent below 1 over the ranks: the tail holds most of the mass.
    let rank = (random.share().powf(2.2) * TAIL) as u64;
    let mut composed = Random::new(rank.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let head = composed.word(&HEADS);
    let middle = composed.word(&MIDDLES);
    let tail = composed.word(&TAILS);
    format!("{head}{middle}{tail}")
}
