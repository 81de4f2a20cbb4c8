//! E-mail addresses and numbers that nobody else has.

use super::places::Place;
use super::random::{Random, Weighted};
use super::text;

const PROVIDERS: [(&str, f64); 14] = [
    ("gmail.com", 38.0),
    ("orange.fr", 14.0),
    ("hotmail.fr", 8.0),
    ("hotmail.com", 4.0),
    ("free.fr", 8.0),
    ("wanadoo.fr", 6.0),
    ("yahoo.fr", 7.0),
    ("laposte.net", 6.0),
    ("sfr.fr", 5.0),
    ("outlook.fr", 4.0),
    ("live.fr", 3.0),
    ("icloud.com", 3.0),
    ("outlook.com", 2.0),
    ("neuf.fr", 2.0),
];
const PSEUDONYMS: [&str; 24] = [
    "soleil",
    "titi",
    "loulou",
    "chouchou",
    "petitprince",
    "lune",
    "etoile",
    "papillon",
    "mimosa",
    "coccinelle",
    "lapin",
    "fleur",
    "caramel",
    "vanille",
    "doudou",
    "minou",
    "bebe",
    "nana",
    "zaza",
    "kiki",
    "jojo",
    "fifi",
    "lili",
    "toto",
];

/// Departments whose landlines begin with 01, 02, 03 and 04; all others begin with 05.
const ZONES: [&str; 4] = [
    "75 77 78 91 92 93 94 95",
    "14 18 22 27 28 29 35 36 37 41 44 45 49 50 53 56 61 72 76 85 97",
    "02 08 10 21 25 39 51 52 54 55 57 58 59 60 62 67 68 70 71 80 88 89 90",
    "01 03 04 05 06 07 11 13 15 20 26 30 34 38 42 43 48 63 66 69 73 74 83 84",
];

/// Primes, so that consecutive numbers lie far apart, and those of different kinds have nothing in common.
const CARDS: u64 = 49_979_687;
const MOBILES: u64 = 67_867_967;
const LANDLINES: u64 = 32_452_843;

/// Gives out addresses and numbers.
#[derive(Debug)]
pub(super) struct Contacts {
    providers: Weighted,
    emails: Taken,
    given: u64,
    seed: u64,
}

impl Contacts {
    pub(super) fn new(seed: u64) -> Self {
        let providers = Weighted::new(PROVIDERS.iter().map(|(_, weight)| *weight));
        Self { providers, emails: Taken::new(), given: 0, seed }
    }

    /// Nobody else's address; the usual ways to make one of a name.
    pub(super) fn email(&mut self, given: &str, family: &str, year: i32, random: &mut Random) -> String {
        let (given, family) = (text::bare(given), text::bare(family));
        let first = given.get(..1).unwrap_or("x");
        let mut local = match random.among(&[34.0, 12.0, 12.0, 8.0, 8.0, 10.0, 6.0, 10.0]) {
            0 => format!("{given}.{family}"),
            1 => format!("{first}.{family}"),
            2 => format!("{given}{family}"),
            3 => format!("{family}.{given}"),
            4 => format!("{first}{family}"),
            5 => format!("{given}{}", year % 100),
            6 => format!("{given}_{family}"),
            _ => format!("{}{}", random.word(&PSEUDONYMS), random.below(1000)),
        };
        if random.chance(0.22) {
            local.push_str(&match random.below(4) {
                0 => year.to_string(),
                1 => format!("{:02}", year % 100),
                2 => format!("{:02}", 1 + random.below(95)),
                _ => format!("{}", random.below(1000)),
            });
        }
        let provider = PROVIDERS.get(self.providers.draw(random)).map_or("", |(name, _)| name);
        let mut email = format!("{local}@{provider}");
        while !self.emails.take(&mailbox(&email)) {
            email = format!("{local}{}@{provider}", random.below(10_000));
        }
        email
    }

    /// A national number without its 0, as all here.
    pub(super) fn mobile(&mut self) -> u32 {
        let number = self.scattered(MOBILES, 170_000_000) as u32;
        // 06 in full, 07 from 07 30 on.
        600_000_000 + number + if number < 100_000_000 { 0 } else { 30_000_000 }
    }

    pub(super) fn landline(&mut self, place: Option<&Place>) -> u32 {
        let department = place.and_then(|place| place.code.get(..2)).unwrap_or("75");
        let zone = ZONES.iter().position(|zone| zone.contains(department)).unwrap_or(4) as u32 + 1;
        zone * 100_000_000 + 20_000_000 + self.scattered(LANDLINES, 79_000_000) as u32
    }

    /// The number of a loyalty card.
    pub(super) fn card(&mut self) -> u32 {
        10_000_000 + self.scattered(CARDS, 80_000_000) as u32
    }

    /// A number below `bound` that looks drawn, different for each of the first `bound` given.
    const fn scattered(&mut self, prime: u64, bound: u64) -> u64 {
        self.given += 1;
        // A prime that does not divide the bound: an affine permutation of what is below it.
        ((self.given as u128 * prime as u128 + self.seed as u128) % bound as u128) as u64
    }
}

/// Where an address is delivered: at some providers points in it do not count.
fn mailbox(email: &str) -> String {
    match email.split_once("@gmail.com") {
        Some((local, _)) => format!("{}@gmail.com", local.replace('.', "")),
        None => email.to_owned(),
    }
}

/// The e-mail addresses given so far, in a bit table of fixed size: an address may be thought taken when it is not,
/// never the other way round.
#[derive(Debug)]
struct Taken(Vec<u64>);

impl Taken {
    const BITS: u64 = 1 << 27;

    fn new() -> Self {
        Self(vec![0; (Self::BITS / 64) as usize])
    }

    /// Whether nobody had it; now somebody has.
    fn take(&mut self, email: &str) -> bool {
        let hash = email.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let bit = (hash ^ (hash >> 29)) % Self::BITS;
        let Some(word) = self.0.get_mut((bit / 64) as usize) else { return true };
        let free = *word & (1 << (bit % 64)) == 0;
        *word |= 1 << (bit % 64);
        free
    }
}
