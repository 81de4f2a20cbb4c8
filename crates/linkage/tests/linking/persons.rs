//! People made up from a seed, as they are found in the files of a French association: families under one roof,
//! people who come twice, mistyped, moved, married, with names crossed or a telephone shared.

use std::collections::BTreeMap;

use linkage::columns::Kind;

use crate::common::Table;

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let word = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let word = (word ^ (word >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        word ^ (word >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn chance(&mut self, share: f64) -> bool {
        (self.next() >> 11) as f64 / ((1_u64 << 53) as f64) < share
    }

    pub(crate) fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// A small number more often than a large one, as names are common and rare.
    fn skewed(&mut self, bound: usize) -> usize {
        let share = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        ((bound as f64).powf(share) - 1.0) as usize
    }

    pub(crate) fn order(&mut self, count: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..count).collect();
        for at in (1..count).rev() {
            order.swap(at, self.below(at + 1));
        }
        order
    }
}

/// A word that can be spoken for a number.
pub(crate) fn word(number: usize) -> String {
    const FIRST: &[u8] = b"bdfgklmnprstv";
    const THEN: &[u8] = b"aeiou";
    let (mut rest, mut word) = (Dice::new(number as u64).below(1 << 40), String::new());
    for _ in 0..4 {
        word.push(char::from(FIRST[rest % 13]));
        word.push(char::from(THEN[rest / 13 % 5]));
        rest /= 65;
    }
    word
}

const GIVEN: [&str; 48] = [
    "Marie",
    "Jean",
    "Nathalie",
    "Philippe",
    "Isabelle",
    "Michel",
    "Sylvie",
    "Alain",
    "Catherine",
    "Patrick",
    "Martine",
    "Nicolas",
    "Christine",
    "Christophe",
    "Françoise",
    "Pierre",
    "Valérie",
    "Christian",
    "Sandrine",
    "Éric",
    "Stéphanie",
    "Frédéric",
    "Véronique",
    "Laurent",
    "Céline",
    "Stéphane",
    "Chantal",
    "David",
    "Sophie",
    "Pascal",
    "Julie",
    "Daniel",
    "Anne",
    "Thierry",
    "Camille",
    "Julien",
    "Léa",
    "Thomas",
    "Manon",
    "Kévin",
    "Inès",
    "Hugo",
    "Aïcha",
    "Mehdi",
    "Solène",
    "Gwenaël",
    "Maëlys",
    "Côme",
];

const FAMILY: [&str; 24] = [
    "Martin", "Bernard", "Thomas", "Petit", "Robert", "Richard", "Durand", "Dubois", "Moreau", "Laurent",
    "Simon", "Michel", "Lefèvre", "Leroy", "Roux", "David", "Bertrand", "Morel", "Fournier", "Girard",
    "Bonnet", "Dupont", "Lambert", "Fontaine",
];

const START: [&str; 20] = [
    "Ker", "Bou", "Cha", "Des", "Fau", "Gar", "Hé", "La", "Mon", "Pel", "Qué", "Ri", "Sau", "Tan", "Ver",
    "Bla", "Cor", "Du", "Esc", "Vil",
];

const MIDDLE: [&str; 12] = ["ba", "ce", "do", "gui", "lan", "ma", "ne", "pi", "ro", "sse", "ti", "vi"];

const END: [&str; 12] = ["ard", "eau", "et", "ier", "in", "jean", "lec", "my", "oux", "rand", "son", "tel"];

const STREETS: [&str; 16] = [
    "rue de la Gare",
    "avenue Jean Jaurès",
    "rue Victor Hugo",
    "place de l'Église",
    "rue des Lilas",
    "chemin Vert",
    "boulevard Pasteur",
    "rue du Moulin",
    "impasse des Roses",
    "rue Nationale",
    "allée des Tilleuls",
    "rue du Four",
    "quai de la Loire",
    "rue Saint-Michel",
    "route de Paris",
    "rue Émile Zola",
];

const TOWNS: [(&str, &str); 14] = [
    ("75011", "Paris"),
    ("69003", "Lyon"),
    ("13008", "Marseille"),
    ("31000", "Toulouse"),
    ("44000", "Nantes"),
    ("35000", "Rennes"),
    ("67000", "Strasbourg"),
    ("59000", "Lille"),
    ("33000", "Bordeaux"),
    ("29200", "Brest"),
    ("38000", "Grenoble"),
    ("21000", "Dijon"),
    ("49000", "Angers"),
    ("87000", "Limoges"),
];

const HOSTS: [&str; 5] = ["orange.fr", "gmail.com", "free.fr", "laposte.net", "wanadoo.fr"];

pub(crate) const KINDS: [Kind; 8] = [
    Kind::GivenName,
    Kind::FamilyName,
    Kind::BirthDate,
    Kind::Email,
    Kind::Phone,
    Kind::Street,
    Kind::PostalCode,
    Kind::City,
];

/// Rows, and who each is.
pub(crate) struct Population {
    pub(crate) table: Table,
    pub(crate) truth: Vec<u32>,
}

impl Population {
    /// All pairs of rows that are one person.
    pub(crate) fn pairs(&self) -> Vec<(u32, u32)> {
        let mut of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        (0..).zip(&self.truth).for_each(|(row, person)| of.entry(*person).or_default().push(row));
        let pairs = |rows: &Vec<u32>| -> Vec<(u32, u32)> {
            rows.iter().enumerate().flat_map(|(at, &a)| rows[at + 1..].iter().map(move |&b| (a, b))).collect()
        };
        of.values().flat_map(pairs).collect()
    }
}

/// What two of one household share.
#[derive(Clone)]
struct Home {
    family: String,
    phone: String,
    street: String,
    town: (&'static str, &'static str),
}

fn family_name(dice: &mut Dice) -> String {
    let at = dice.skewed(4_000);
    if let Some(name) = FAMILY.get(at) {
        return (*name).to_owned();
    }
    let at = at - FAMILY.len();
    let (start, rest) = (at % START.len(), at / START.len());
    format!("{}{}{}", START[start], MIDDLE[rest % MIDDLE.len()], END[rest / MIDDLE.len() % END.len()])
}

fn street(dice: &mut Dice) -> String {
    format!("{} {}", 1 + dice.below(120), dice.pick(&STREETS))
}

fn home(dice: &mut Dice) -> Home {
    Home {
        family: family_name(dice),
        phone: format!("0{}{:08}", 1 + dice.below(7), dice.below(100_000_000)),
        street: street(dice),
        town: TOWNS[dice.below(TOWNS.len())],
    }
}

fn birth(dice: &mut Dice) -> String {
    format!("{:02}/{:02}/{}", 1 + dice.below(28), 1 + dice.below(12), 1935 + dice.below(70))
}

/// A member of a household.
fn member(dice: &mut Dice, home: &Home) -> Vec<String> {
    let given = GIVEN[dice.skewed(GIVEN.len())];
    let tail = if dice.chance(0.6) { format!("{}", dice.below(1000)) } else { String::new() };
    let email = match dice.below(10) {
        0..3 => String::new(),
        3..8 => format!("{}.{}{tail}@{}", ascii(given), ascii(&home.family), dice.pick(&HOSTS)),
        _ => format!("{}{}@{}", dice.pick(&MIDDLE), dice.below(1_000_000), dice.pick(&HOSTS)),
    };
    let phone =
        if dice.chance(0.5) { home.phone.clone() } else { format!("06{:08}", dice.below(100_000_000)) };
    let row = [
        given.to_owned(),
        home.family.clone(),
        birth(dice),
        email,
        phone,
        home.street.clone(),
        home.town.0.to_owned(),
        home.town.1.to_owned(),
    ];
    row.to_vec()
}

fn ascii(name: &str) -> String {
    name.to_lowercase().chars().filter(char::is_ascii_alphabetic).collect()
}

/// One slip of the hand.
fn slip(dice: &mut Dice, text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 {
        return text.to_owned();
    }
    let at = 1 + dice.below(letters.len() - 2);
    match dice.below(4) {
        0 => letters.swap(at, at + 1),
        1 => drop(letters.remove(at)),
        2 => letters.insert(at, letters[at]),
        _ if letters[at].is_ascii_digit() => letters[at] = char::from(b'0' + dice.below(10) as u8),
        _ => letters[at] = char::from(b'a' + dice.below(26) as u8),
    }
    letters.into_iter().collect()
}

/// The same person, written down another day.
fn again(dice: &mut Dice, row: &[String]) -> Vec<String> {
    let mut row = row.to_vec();
    for (at, share) in [(0, 0.10), (1, 0.10), (2, 0.04), (3, 0.05), (4, 0.04), (5, 0.08)] {
        if dice.chance(share) {
            row[at] = slip(dice, &row[at]);
        }
    }
    for (at, share) in [(2, 0.12), (3, 0.15), (4, 0.15), (5, 0.05), (6, 0.03)] {
        if dice.chance(share) {
            row[at].clear();
        }
    }
    if dice.chance(0.12) {
        let town = TOWNS[dice.below(TOWNS.len())];
        (row[5], row[6], row[7]) = (street(dice), town.0.into(), town.1.into());
    }
    if dice.chance(0.15) {
        row[4] = format!("07{:08}", dice.below(100_000_000));
    }
    if dice.chance(0.03) {
        row.swap(0, 1);
    }
    if dice.chance(0.02) {
        row[1] = family_name(dice);
    }
    if dice.chance(0.10) {
        row[1] = row[1].to_uppercase();
    }
    row
}

/// About `count` rows, a fifth of them of someone who was there before.
pub(crate) fn population(seed: u64, count: usize) -> Population {
    let mut dice = Dice::new(seed);
    let mut rows: Vec<(Vec<String>, u32)> = Vec::new();
    let mut persons = 0;
    while rows.len() < count * 4 / 5 {
        let home = home(&mut dice);
        let members = if dice.chance(0.4) { 1 + dice.below(4) } else { 1 };
        for _ in 0..members {
            rows.push((member(&mut dice, &home), persons));
            persons += 1;
        }
    }
    let originals = rows.len();
    while rows.len() < count {
        let (row, person) = rows[dice.below(originals)].clone();
        rows.push((again(&mut dice, &row), person));
    }
    let mut table = Table::new(&KINDS);
    let mut truth = Vec::new();
    for at in dice.order(rows.len()) {
        table.rows.push(rows[at].0.clone());
        truth.push(rows[at].1);
    }
    Population { table, truth }
}

/// The same people in two files: each of the second file is one of the first, or somebody new.
pub(crate) fn two_files(seed: u64, count: usize) -> (Population, Population) {
    let mut dice = Dice::new(seed);
    let [mut first, mut second] =
        [(); 2].map(|()| Population { table: Table::new(&KINDS), truth: Vec::new() });
    for person in 0..count as u32 {
        let home = home(&mut dice);
        let row = member(&mut dice, &home);
        if dice.chance(0.6) {
            second.table.rows.push(again(&mut dice, &row));
            second.truth.push(person);
        }
        if dice.chance(0.8) {
            first.table.rows.push(row);
            first.truth.push(person);
        }
    }
    (first, second)
}
