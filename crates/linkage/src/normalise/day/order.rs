//! In which order a column writes its days.

use super::cell;
use super::parts::{self, Parts};

/// What comes first in a day of three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// 24/06/1971, as most of the world writes.
    #[default]
    DayFirst,
    /// 06/24/1971, as in the United States.
    MonthFirst,
    /// 71-06-24; years of four digits in front are read in any order.
    YearFirst,
    /// Numbers of a spreadsheet: 26108 is 24 June 1971.
    Serial,
}

impl Order {
    /// Order of the values of a column: the one in which more of them exist; day first where nothing tells. Numbers of a
    /// spreadsheet only if every value is one, of the years 1902 to 2064, and most are not years themselves: 1971 is the year,
    /// and no day of May 1905.
    #[must_use]
    pub fn guess<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut day_first, mut month_first, mut year_first) = (0_usize, 0_usize, 0_usize);
        let (mut serials, mut years, mut others) = (0_usize, 0_usize, 0_usize);
        for text in values.into_iter().map(cell::trimmed).filter(|text| !text.is_empty()) {
            *(match serial_number(text) {
                Some(1850..=2100) => &mut years,
                Some(_) => &mut serials,
                None => &mut others,
            }) += 1;
            let Some(Parts::Three([a, b, c])) = parts::of(text) else { continue };
            if a.is_name || b.is_name || a.len > 2 {
                continue;
            }
            day_first += usize::from(a.value > 12 && a.value <= 31 && b.value <= 12);
            month_first += usize::from(a.value <= 12 && b.value > 12 && b.value <= 31);
            year_first += usize::from(c.len <= 2 && (a.value > 31 || a.value == 0) && b.value <= 12);
        }
        if serials > years && others == 0 {
            return Self::Serial;
        }
        match (day_first, month_first, year_first) {
            (days, months, years) if years > days && years > months => Self::YearFirst,
            (days, months, _) if months > days => Self::MonthFirst,
            _ => Self::DayFirst,
        }
    }
}

/// The number of a day in a spreadsheet, as far as it may be one.
fn serial_number(text: &str) -> Option<u32> {
    let whole = text.split(['.', ',']).next().unwrap_or_default();
    let is_number =
        whole.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
    whole.parse().ok().filter(|number| is_number && (1000..=60_000).contains(number))
}
