//! Public holidays, as data: one table of rules per legal calendar.
//!
//! The tables hold the law in force in 2024–2028 and are applied to every year asked for.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Weekday;

use super::{Day, TimeError, serde_as_text};

/// Whose public holidays count. Written by its code, see [`Regime::code`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Regime {
    /// France: Code du travail, art. L3133-1 (eleven days).
    France,
    /// Bas-Rhin, Haut-Rhin and Moselle: the French days, 26 December and Good Friday (art. L3134-13).
    /// By law Good Friday counts only in municipalities with a Protestant or a shared church; it is counted here.
    FranceAlsaceMoselle,
    /// Québec: Act respecting labour standards, s. 60, and National Holiday Act.
    Quebec(QuebecEaster),
    /// Belgium: the ten legal holidays (royal decree of 18 April 1974).
    Belgium,
    /// Switzerland, federal level only: 1 August. Cantonal days are entered as closures.
    Switzerland,
}

/// The Easter day a Québec employer gives: Good Friday or Easter Monday, at the employer's choice (s. 60, 2°).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum QuebecEaster {
    /// Good Friday.
    #[default]
    GoodFriday,
    /// Easter Monday.
    EasterMonday,
}

/// One public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Holiday {
    /// When it is kept.
    pub day: Day,
    /// Stable text key of its name, for instance `holiday-ascension`; one of [`HOLIDAY_KEYS`].
    pub key: &'static str,
}

/// Every key a [`Holiday`] can have, each named once.
pub const HOLIDAY_KEYS: [&str; 20] = [
    "holiday-new-year",
    "holiday-good-friday",
    "holiday-easter-monday",
    "holiday-workers",
    "holiday-victory-1945",
    "holiday-ascension",
    "holiday-whit-monday",
    "holiday-patriots",
    "holiday-national-quebec",
    "holiday-canada",
    "holiday-national-france",
    "holiday-national-belgium",
    "holiday-national-switzerland",
    "holiday-assumption",
    "holiday-labour-september",
    "holiday-thanksgiving",
    "holiday-all-saints",
    "holiday-armistice-1918",
    "holiday-christmas",
    "holiday-saint-stephen",
];

/// How a holiday is found in a year.
#[derive(Debug, Clone, Copy)]
enum When {
    /// Month and day.
    Fixed(i8, i8),
    /// Month and day; the next day if that is a Sunday.
    FixedNotSunday(i8, i8),
    /// Days after Easter Sunday.
    Easter(i64),
    /// The n-th Monday (1 = first) of a month.
    NthMonday(i8, i64),
    /// The last Monday strictly before a month and day.
    MondayBefore(i8, i8),
}

type Rule = (When, &'static str);

const GOOD_FRIDAY: Rule = (When::Easter(-2), "holiday-good-friday");
const EASTER_MONDAY: Rule = (When::Easter(1), "holiday-easter-monday");

const FRANCE: &[Rule] = &[
    (When::Fixed(1, 1), "holiday-new-year"),
    EASTER_MONDAY,
    (When::Fixed(5, 1), "holiday-workers"),
    (When::Fixed(5, 8), "holiday-victory-1945"),
    (When::Easter(39), "holiday-ascension"),
    (When::Easter(50), "holiday-whit-monday"),
    (When::Fixed(7, 14), "holiday-national-france"),
    (When::Fixed(8, 15), "holiday-assumption"),
    (When::Fixed(11, 1), "holiday-all-saints"),
    (When::Fixed(11, 11), "holiday-armistice-1918"),
    (When::Fixed(12, 25), "holiday-christmas"),
];

const ALSACE_MOSELLE: &[Rule] = &[GOOD_FRIDAY, (When::Fixed(12, 26), "holiday-saint-stephen")];

const QUEBEC: &[Rule] = &[
    (When::Fixed(1, 1), "holiday-new-year"),
    (When::MondayBefore(5, 25), "holiday-patriots"),
    (When::Fixed(6, 24), "holiday-national-quebec"),
    (When::FixedNotSunday(7, 1), "holiday-canada"),
    (When::NthMonday(9, 1), "holiday-labour-september"),
    (When::NthMonday(10, 2), "holiday-thanksgiving"),
    (When::Fixed(12, 25), "holiday-christmas"),
];

const BELGIUM: &[Rule] = &[
    (When::Fixed(1, 1), "holiday-new-year"),
    EASTER_MONDAY,
    (When::Fixed(5, 1), "holiday-workers"),
    (When::Easter(39), "holiday-ascension"),
    (When::Easter(50), "holiday-whit-monday"),
    (When::Fixed(7, 21), "holiday-national-belgium"),
    (When::Fixed(8, 15), "holiday-assumption"),
    (When::Fixed(11, 1), "holiday-all-saints"),
    (When::Fixed(11, 11), "holiday-armistice-1918"),
    (When::Fixed(12, 25), "holiday-christmas"),
];

const SWITZERLAND: &[Rule] = &[(When::Fixed(8, 1), "holiday-national-switzerland")];

impl Regime {
    /// Every regime, in the order a list offers them.
    pub const ALL: [Self; 6] = [
        Self::France,
        Self::FranceAlsaceMoselle,
        Self::Quebec(QuebecEaster::GoodFriday),
        Self::Quebec(QuebecEaster::EasterMonday),
        Self::Belgium,
        Self::Switzerland,
    ];

    /// Stable code, for storage and for text keys (`regime-` + code).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::France => "france",
            Self::FranceAlsaceMoselle => "france-alsace-moselle",
            Self::Quebec(QuebecEaster::GoodFriday) => "quebec-good-friday",
            Self::Quebec(QuebecEaster::EasterMonday) => "quebec-easter-monday",
            Self::Belgium => "belgium",
            Self::Switzerland => "switzerland",
        }
    }

    /// The holidays of a year (1 to 9999, else none), in order of date. Two may share a day
    /// (Ascension on 1 May 2008).
    #[must_use]
    pub fn holidays(self, year: i16) -> Vec<Holiday> {
        let dated = |&(when, key): &Rule| Some(Holiday { day: when.in_year(year)?, key });
        let mut holidays: Vec<Holiday> = self.rules().filter_map(dated).collect();
        holidays.sort_unstable();
        holidays
    }

    /// Whether `day` is a public holiday. Sundays are not, unless a holiday falls on one.
    #[must_use]
    pub fn is_holiday(self, day: Day) -> bool {
        let year = day.year();
        self.rules().any(|(when, _)| when.in_year(year) == Some(day))
    }

    fn rules(self) -> impl Iterator<Item = &'static Rule> {
        let (common, more): (&[Rule], &[Rule]) = match self {
            Self::France => (FRANCE, &[]),
            Self::FranceAlsaceMoselle => (FRANCE, ALSACE_MOSELLE),
            Self::Quebec(QuebecEaster::GoodFriday) => (QUEBEC, &[GOOD_FRIDAY]),
            Self::Quebec(QuebecEaster::EasterMonday) => (QUEBEC, &[EASTER_MONDAY]),
            Self::Belgium => (BELGIUM, &[]),
            Self::Switzerland => (SWITZERLAND, &[]),
        };
        common.iter().chain(more)
    }
}

impl When {
    fn in_year(self, year: i16) -> Option<Day> {
        match self {
            Self::Fixed(month, day) => Day::from_ymd(year, month, day),
            Self::FixedNotSunday(month, day) => {
                let kept = Day::from_ymd(year, month, day)?;
                let shift = i64::from(kept.weekday() == Weekday::Sunday);
                Some(kept.plus_days(shift))
            }
            Self::Easter(days) => Some(easter(year)?.plus_days(days)),
            Self::NthMonday(month, n) => {
                // The Monday on or before the 7th is the first Monday of the month.
                let seventh = Day::from_ymd(year, month, 7)?;
                Some(seventh.start_of_iso_week().plus_days((n - 1) * 7))
            }
            Self::MondayBefore(month, day) => {
                let eve = Day::from_ymd(year, month, day)?.plus_days(-1);
                Some(eve.start_of_iso_week())
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar: the anonymous algorithm (Nature, 20 April 1876; Meeus, ch. 8).
/// `None` outside the years 1 to 9999.
fn easter(year: i16) -> Option<Day> {
    let y = i32::from(year);
    let (century, of_century) = (y / 100, y % 100);
    let golden = y % 19;
    let lunar = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - lunar + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let march = epact + sunday - 7 * late + 114;
    let month = i8::try_from(march / 31).ok()?;
    let day = i8::try_from(march % 31 + 1).ok()?;
    Day::from_ymd(year, month, day)
}

impl fmt::Display for Regime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Regime {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Self, TimeError> {
        let wanted = text.trim();
        Self::ALL.into_iter().find(|regime| regime.code() == wanted).ok_or_else(|| TimeError::UnknownRegime {
            given: text.to_owned(),
            accepted: Self::ALL.map(Self::code).to_vec(),
        })
    }
}

serde_as_text!(Regime);
