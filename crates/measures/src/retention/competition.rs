//! Customers won from and lost to competitors.

use serde::Serialize;

use crate::{DefinitionId, Error, count};

/// Customers gained and lost in a period. Flows of two groups are added field by field ([`Flows::merge`]).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flows {
    /// Customers at the start.
    pub start: u64,
    /// New customers, wherever they come from.
    pub new: u64,
    /// Those of the new customers who left a competitor.
    pub won_from_competition: u64,
    /// Customers lost, wherever they went.
    pub lost: u64,
    /// Those of the lost customers who went to a competitor.
    pub lost_to_competition: u64,
}

/// Gains and losses against competitors.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Competition {
    /// new / start, 0 or more; `None` without a customer at the start.
    pub new_rate: Option<f64>,
    /// lost / start, 0 or more (above 1 only when customers won in the period are lost in it); `None` with `new_rate`.
    pub lost_rate: Option<f64>,
    /// won_from_competition / new, 0 to 1: the rest is new to the market; `None` without a new customer.
    pub share_new_won: Option<f64>,
    /// lost_to_competition / lost, 0 to 1; `None` without a loss.
    pub share_lost_to_competition: Option<f64>,
    /// won_from_competition / lost_to_competition: above 1 the exchange is in favour; `None` without a loss to a
    /// competitor.
    pub won_lost_ratio: Option<f64>,
    /// won_from_competition − lost_to_competition, in customers; negative when more went than came.
    pub net_balance: i64,
}

impl Flows {
    /// Formula and version of this measure.
    pub const DEFINITION: DefinitionId = DefinitionId::new("competition", 1);

    /// Takes over the flows of other customers; the order of merges changes nothing.
    ///
    /// # Errors
    /// `out_of_range` above 2⁵³; nothing is taken over then.
    pub fn merge(&mut self, other: &Self) -> Result<(), Error> {
        *self = Self {
            start: count::add(self.start, other.start)?,
            new: count::add(self.new, other.new)?,
            won_from_competition: count::add(self.won_from_competition, other.won_from_competition)?,
            lost: count::add(self.lost, other.lost)?,
            lost_to_competition: count::add(self.lost_to_competition, other.lost_to_competition)?,
        };
        Ok(())
    }

    /// Rates, shares, ratio and balance.
    ///
    /// Formulas: new / start, lost / start, won / new, lost to competitors / lost, won / lost to competitors, won −
    /// lost to competitors. The three flows stay apart: new to the market, gained from a competitor, lost to one.
    ///
    /// Source: AFNOR, 1999, FD X50-172, "Management de la qualité – Enquête de satisfaction des clients" (§ 4.2.3,
    /// continuous watch on what competitors gain and lose).
    ///
    /// Not where origins and destinations are mostly unknown: count only those known and say how many are not. A
    /// ratio of a few customers jumps; read the counts.
    ///
    /// # Errors
    /// `out_of_range` when a part exceeds its whole, more are lost than were ever there, or above 2⁵³.
    ///
    /// ```
    /// use measures::retention::Flows;
    /// let year = Flows { start: 1000, new: 120, won_from_competition: 45, lost: 80, lost_to_competition: 30 };
    /// let year = year.competition()?;
    /// assert_eq!((year.won_lost_ratio, year.net_balance), (Some(1.5), 15));
    /// # Ok::<(), measures::Error>(())
    /// ```
    pub fn competition(&self) -> Result<Competition, Error> {
        let ever = count::add(self.start, self.new)?;
        let part = |what: &'static str, part: u64, whole: u64| {
            if part <= whole {
                return Ok((whole > 0).then(|| part as f64 / whole as f64));
            }
            Err(Error::out_of_range(what, part as f64, format!("at most {whole}")))
        };
        part("lost", self.lost, ever)?;
        let of_start = |x: u64| (self.start > 0).then(|| x as f64 / self.start as f64);
        let (won, gone) = (self.won_from_competition, self.lost_to_competition);
        Ok(Competition {
            new_rate: of_start(self.new),
            lost_rate: of_start(self.lost),
            share_new_won: part("won_from_competition", won, self.new)?,
            share_lost_to_competition: part("lost_to_competition", gone, self.lost)?,
            won_lost_ratio: (gone > 0).then(|| won as f64 / gone as f64),
            net_balance: won.cast_signed() - gone.cast_signed(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_larger_than_their_whole_are_refused() {
        let good = Flows { start: 10, new: 3, won_from_competition: 2, lost: 4, lost_to_competition: 1 };
        let wrong = [
            Flows { won_from_competition: 4, ..good },
            Flows { lost_to_competition: 5, ..good },
            Flows { lost: 14, ..good },
            Flows { start: u64::MAX, ..good },
        ];
        for flows in wrong {
            assert_eq!(flows.competition().unwrap_err().code(), "out_of_range", "{flows:?}");
        }
        let nobody = Flows::default().competition().unwrap();
        assert_eq!((nobody.new_rate, nobody.won_lost_ratio, nobody.net_balance), (None, None, 0));
    }

    #[test]
    fn merged_flows_are_those_of_all() {
        let mut a = Flows { start: 10, new: 3, won_from_competition: 2, lost: 4, lost_to_competition: 1 };
        a.merge(&a.clone()).unwrap();
        assert_eq!(a.competition().unwrap().net_balance, 2);
        assert_eq!(a.competition().unwrap().share_new_won, Some(2.0 / 3.0));
    }
}
