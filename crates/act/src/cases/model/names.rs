//! Words of the room that are stored by name: origins, severities, remedies, outcomes, phases.

use kernel::{Error, Result};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $field:literal, $error:literal:
     $($(#[$of:meta])* $variant:ident = $text:literal / $key:literal),* $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$of])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Name as stored and in the API.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// Text key of its name.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }

            /// From its stored name.
            pub fn parse(name: &str) -> Result<Self> {
                let found = Self::ALL.iter().copied().find(|v| v.name() == name);
                found.ok_or_else(|| Error::field($field, $error))
            }
        }
    };
}

named!(
    /// How a case came to be.
    Origin, "origin", "case-error-origin":
    /// An unhappy answer.
    Answer = "answer" / "case-origin-answer",
    /// A colleague.
    Hand = "hand" / "case-origin-hand",
    /// A program.
    Api = "api" / "case-origin-api",
    /// A file.
    Import = "import" / "case-origin-import",
);
named!(
    /// How bad it is for the customer.
    Severity, "severity", "case-error-severity":
    /// An annoyance.
    Minor = "minor" / "case-severity-minor",
    /// A real loss of time, money or trust.
    Major = "major" / "case-severity-major",
    /// Health or safety of somebody.
    Critical = "critical" / "case-severity-critical",
);
named!(
    /// What puts it right.
    Remedy, "remedy", "case-error-remedy":
    /// Not decided; once the case is closed: nothing.
    None = "none" / "case-remedy-none",
    /// An apology.
    Apology = "apology" / "case-remedy-apology",
    /// An explanation.
    Explanation = "explanation" / "case-remedy-explanation",
    /// Money back.
    Refund = "refund" / "case-remedy-refund",
    /// A voucher.
    Voucher = "voucher" / "case-remedy-voucher",
    /// Another product.
    Replacement = "replacement" / "case-remedy-replacement",
    /// A repair.
    Repair = "repair" / "case-remedy-repair",
);
named!(
    /// What became of an attempt to reach the customer.
    Outcome, "outcome", "case-error-outcome":
    /// They were reached.
    Reached = "reached" / "case-outcome-reached",
    /// They were not.
    NotReached = "not_reached" / "case-outcome-not-reached",
    /// It is not their number or address.
    WrongNumber = "wrong_number" / "case-outcome-wrong-number",
    /// They do not want to be contacted.
    Refused = "refused" / "case-outcome-refused",
);
named!(
    /// Which part of a case its clock runs against.
    Phase, "phase", "case-error-phase":
    /// To the first contact.
    Contact = "contact" / "case-phase-contact",
    /// To the answer: repaired and told.
    Answer = "answer" / "case-phase-answer",
    /// Nothing runs: told, or closed.
    Over = "over" / "case-phase-over",
);

impl Severity {
    /// Weight in the ranking of causes.
    pub const fn weight(self) -> i64 {
        match self {
            Self::Minor => 1,
            Self::Major => 2,
            Self::Critical => 4,
        }
    }
}
