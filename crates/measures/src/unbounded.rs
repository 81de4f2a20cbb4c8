//! A value that may lie beyond every bound.

use serde::{Serialize, Serializer};

/// A value that may lie beyond every bound: a median that is never reached, the wait in a queue that only grows. Written
/// as a number or as `"inf"`, so that infinity is said and never slips into a sum.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unbounded {
    /// A finite value.
    At(f64),
    /// Beyond every bound.
    Infinite,
}

impl Unbounded {
    /// The value, where there is one.
    ///
    /// ```
    /// use measures::Unbounded;
    /// assert_eq!(Unbounded::At(2.5).finite(), Some(2.5));
    /// assert_eq!(Unbounded::Infinite.finite(), None);
    /// assert_eq!(serde_json::to_string(&Unbounded::Infinite).unwrap(), r#""inf""#);
    /// ```
    #[must_use]
    pub const fn finite(self) -> Option<f64> {
        match self {
            Self::At(value) => Some(value),
            Self::Infinite => None,
        }
    }
}

impl Serialize for Unbounded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::At(value) => serializer.serialize_f64(*value),
            Self::Infinite => serializer.serialize_str("inf"),
        }
    }
}
