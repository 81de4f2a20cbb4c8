//! Reading dates and sites of the cells of a row, for the kinds whose rows are dated and placed. Pure, but for looking
//! the sites up.

use std::collections::HashMap;

use kernel::clock::Zone;
use kernel::identity::Actor;
use kernel::tabular::dates::{DateOrder, DateRule};
use kernel::texts::fold;
use kernel::{Day, Id, Instant, Message, Result, Tx, organisation};

use super::parts::{Draft, Finding, Label, OptionField, Tone};

/// Code of the option of [`order_option`].
const ORDER: &str = "order";

/// The option for the order of the figures of dates.
pub fn order_option() -> OptionField {
    let orders = [
        ("", "import-date-order-found"),
        ("day", "import-date-order-day"),
        ("month", "import-date-order-month"),
        ("year", "import-date-order-year"),
    ];
    let orders = orders.map(|(value, key)| (value.to_owned(), Label::Key(key)));
    OptionField::choice(ORDER, "import-date-order", orders.into())
}

/// Dates that could be read in two ways.
pub fn doubtful_dates(draft: &Draft) -> Option<Finding> {
    let (at, column) = draft.columns_of("date").next()?;
    let found = column.dates?;
    let is_chosen = !draft.options.get("order").is_empty();
    if is_chosen || (found.proven && !found.contradicted) {
        return None;
    }
    let finding = if found.contradicted {
        Finding::new(Tone::Warning, "import-mixed", "import-mixed-detail")
    } else {
        Finding::new(Tone::Warning, "import-doubtful", "import-doubtful-detail")
    };
    Some(finding.at(at, "import-doubtful-tag").settled_by("order"))
}

/// The order of the figures of dates: the chosen one, else what the column shows.
fn date_order(draft: &Draft) -> DateOrder {
    match draft.options.get("order") {
        "day" => DateOrder::DayFirst,
        "month" => DateOrder::MonthFirst,
        "year" => DateOrder::YearFirst,
        _ => {
            let found = draft.columns_of("date").find_map(|(_, column)| column.dates);
            found.map(|dates| dates.order).unwrap_or_default()
        }
    }
}

/// The order that reads what the found one cannot, where a column mixes both and nobody chose.
fn other_order(draft: &Draft) -> Option<DateOrder> {
    let found = draft.columns_of("date").find_map(|(_, column)| column.dates)?;
    let mixed = draft.options.get("order").is_empty() && found.contradicted;
    mixed.then_some(if found.order == DateOrder::DayFirst {
        DateOrder::MonthFirst
    } else {
        DateOrder::DayFirst
    })
}

/// What a date cell means.
#[derive(Clone, Debug)]
pub struct Dates {
    /// Order of the figures.
    pub rule: DateRule,
    /// Another order, for cells that only it can read.
    pub other: Option<DateRule>,
    /// The day of rows without one.
    pub fixed: Option<Day>,
    /// Where the organisation is.
    pub zone: Zone,
    /// Nothing is later than this.
    pub latest: Instant,
}

impl Dates {
    /// As the draft says, where the organisation is; rows without a date are of the day of the option `day`.
    pub fn of(draft: &Draft, zone: &Zone, now: Instant) -> Self {
        let rule = |order| DateRule { order, latest_year: zone.day_of(now).year() };
        Self {
            rule: rule(date_order(draft)),
            other: other_order(draft).map(rule),
            fixed: draft.options.get("day").parse::<Day>().ok(),
            zone: zone.clone(),
            latest: now,
        }
    }

    /// Day and instant of a cell.
    pub fn read(&self, cell: &str) -> std::result::Result<(Day, Instant), Message> {
        let cell = cell.trim();
        if cell.is_empty() {
            let day = self.fixed.ok_or("import-no-day")?;
            return Ok((day, self.zone.start_of_day(day)));
        }
        let bad = || Message::new("import-bad-day").with("value", cell.chars().take(40).collect::<String>());
        let other = || self.other.and_then(|rule| rule.parse(cell));
        let date = self.rule.parse(cell).or_else(other).ok_or_else(bad)?;
        let at = date.instant(&self.zone);
        if at > self.latest {
            return Err(Message::new("import-future-day").with("value", cell));
        }
        Ok((self.zone.day_of(at), at))
    }
}

/// Sites by code and by name, as people write them.
#[derive(Clone, Debug, Default)]
pub struct Sites(pub HashMap<String, Id>);

impl Sites {
    /// Those within reach.
    pub fn within(tx: &mut Tx<'_>, by: &Actor) -> Result<Self> {
        let known = organisation::store::sites(tx)?;
        let within = known.into_iter().filter(|s| by.scope.includes(Some(s.id)));
        Ok(Self(within.flat_map(|s| [(fold(&s.code), s.id), (fold(&s.name), s.id)]).collect()))
    }

    /// The site of a cell; `None` when it is empty.
    pub fn read(&self, cell: &str) -> std::result::Result<Option<Id>, Message> {
        let plain = fold(cell);
        if plain.is_empty() {
            return Ok(None);
        }
        let found = self.0.get(&plain).copied();
        found.map(Some).ok_or_else(|| Message::new("import-bad-site").with("value", cell.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_of_the_other_order_is_read_where_it_has_no_other_reading() {
        let rule = |order| DateRule { order, latest_year: 2026 };
        let (first, other) = (rule(DateOrder::DayFirst), Some(rule(DateOrder::MonthFirst)));
        let latest = "2026-11-22T10:00:00Z".parse().unwrap();
        let dates = Dates { rule: first, other, fixed: None, zone: Zone::UTC, latest };
        for (cell, expected) in
            [("30/09/2021", "2021-09-30"), ("5/31/2022", "2022-05-31"), ("5/6/2022", "2022-06-05")]
        {
            assert_eq!(dates.read(cell).map(|(day, _)| day.to_string()), Ok(expected.to_owned()));
        }
        let strict = Dates { other: None, ..dates };
        for bad in ["5/31/2022", "30/02/2022", "", "demain", "31/12/2026"] {
            assert!(strict.read(bad).is_err(), "{bad}");
        }
    }
}
