//! Values of a row made comparable: one spelling for what is written in many ways, and nothing for what says nothing.
//!
//! Every function takes the text of one cell and gives its normal form, or `None` where the cell is empty, holds a
//! placeholder ("n/a", "inconnu", 0600000000 …) or cannot be what its column says. Normal forms are for comparing, not
//! for display, and normalising them again changes nothing. Of a cell longer than 512 bytes only the beginning is
//! read: work and memory stay small whatever a file holds.

mod cell;
mod city;
mod company;
mod country;
mod day;
mod email;
mod fold;
mod gender;
mod identifier;
mod missing;
mod name;
mod nickname;
mod number;
mod phone;
mod postal_code;
mod street;
#[cfg(test)]
mod tests;

pub use city::city;
pub use country::{Country, UnknownCountry, country};
pub use day::{Day, Order, day};
pub use email::email;
pub use fold::{fold, fold_into};
pub use gender::{Gender, gender};
pub use identifier::identifier;
pub use missing::is_missing;
pub use name::{Suffix, WholeName, family_name, given_name, suffix, whole_name};
pub use nickname::{Forms, forms};
pub use number::{commas_part_thousands, number, number_in_thousands};
pub use phone::phone;
pub use postal_code::postal_code;
pub use street::{Street, street};

pub(crate) use company::{is_company, words_of_company};
pub(crate) use name::{is_known_given_name, without_particles};
pub(crate) use phone::{KNOWN_PLANS, home};
pub(crate) use street::is_way;
