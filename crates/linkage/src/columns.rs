//! Stub.
use crate::normalise::{Country, Order};
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs)]
pub enum Kind { GivenName, FamilyName, WholeName, Email, Phone, Street, StreetNumber, City, PostalCode, Region, Country, BirthDate, Identifier, Gender, Day, Number, Category, Text, RowId, Ignored }
#[derive(Debug, Clone)]
#[expect(missing_docs)]
pub struct Guess { pub kind: Kind, pub order: Order, pub home: Country }
