//! How often what goes wrong: the table in the documentation of [`super`].

/// Shares of rows: of a person's first row, and of the further ones.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rate {
    pub(super) first: f64,
    pub(super) again: f64,
}

impl Rate {
    pub(super) fn times(self, factor: f64) -> Self {
        Self { first: self.first * factor, again: self.again * factor }
    }
}

const fn rate(first: f64, again: f64) -> Rate {
    Rate { first, again }
}

pub(super) const NO_TITLE: Rate = rate(0.25, 0.30);
pub(super) const NO_GIVEN: Rate = rate(0.010, 0.025);
pub(super) const NO_FAMILY: Rate = rate(0.003, 0.008);
pub(super) const NO_BIRTH: Rate = rate(0.15, 0.28);
pub(super) const NO_EMAIL: Rate = rate(0.22, 0.35);
pub(super) const NO_PHONE: Rate = rate(0.18, 0.28);
pub(super) const NO_ADDRESS: Rate = rate(0.15, 0.25);
pub(super) const NO_CODE: Rate = rate(0.08, 0.12);
pub(super) const NO_CITY: Rate = rate(0.05, 0.08);
pub(super) const NO_CARD: Rate = rate(0.65, 0.80);

pub(super) const GIVEN_TYPO: Rate = rate(0.015, 0.08);
pub(super) const FAMILY_TYPO: Rate = rate(0.02, 0.10);
pub(super) const GIVEN_HEARD: Rate = rate(0.005, 0.03);
pub(super) const FAMILY_HEARD: Rate = rate(0.01, 0.06);
/// Of imports alone.
pub(super) const SCANNED: Rate = rate(0.03, 0.08);
pub(super) const NO_ACCENTS: Rate = rate(0.30, 0.30);
/// Of those who have a usual short form.
pub(super) const NICKNAME: Rate = rate(0.01, 0.08);
pub(super) const INITIAL: Rate = rate(0.005, 0.02);
/// Of compound names.
pub(super) const CUT_COMPOUND: Rate = rate(0.03, 0.25);
pub(super) const SWAPPED_NAMES: Rate = rate(0.005, 0.025);
pub(super) const UNKNOWN_GIVEN: Rate = rate(0.002, 0.005);
/// Of those who have another name (half of women).
pub(super) const MARRIED: Rate = rate(0.0, 0.12);

/// Of those born until the 12th.
pub(super) const DAY_FOR_MONTH: Rate = rate(0.008, 0.05);
pub(super) const BIRTH_DIGIT: Rate = rate(0.008, 0.04);
pub(super) const FIRST_JANUARY: Rate = rate(0.003, 0.01);
pub(super) const PLACEHOLDER_BIRTH: Rate = rate(0.008, 0.012);

pub(super) const OTHER_EMAIL: Rate = rate(0.0, 0.20);
pub(super) const EMAIL_TYPO: Rate = rate(0.01, 0.035);
pub(super) const SHARED_EMAIL: Rate = rate(0.006, 0.008);

/// The landline instead of the mobile, or the other way round.
pub(super) const OTHER_LINE: Rate = rate(0.0, 0.12);
pub(super) const OTHER_MOBILE: Rate = rate(0.0, 0.15);
pub(super) const PHONE_DIGIT: Rate = rate(0.008, 0.03);
pub(super) const PLACEHOLDER_PHONE: Rate = rate(0.005, 0.008);
pub(super) const SWITCHBOARD: Rate = rate(0.005, 0.006);

pub(super) const MOVED: Rate = rate(0.0, 0.14);
pub(super) const ABBREVIATED: Rate = rate(0.15, 0.30);
pub(super) const STREET_TYPO: Rate = rate(0.015, 0.07);
pub(super) const NUMBER_WRONG: Rate = rate(0.004, 0.015);
pub(super) const NO_NUMBER: Rate = rate(0.01, 0.02);
/// Of those who have one.
pub(super) const NO_FLAT: Rate = rate(0.2, 0.5);
pub(super) const CODE_DIGIT: Rate = rate(0.004, 0.015);
pub(super) const CITY_TYPO: Rate = rate(0.01, 0.05);

pub(super) const OTHER_CARD: Rate = rate(0.0, 0.10);
pub(super) const CARD_DIGIT: Rate = rate(0.003, 0.015);
