//! Special functions no kept library has with all their digits, and integrals where no series serves.

mod exponential;
mod gamma;
mod quadrature;

pub(crate) use exponential::scaled_exponential_integral;
pub(crate) use gamma::{Rising, digamma, ln_beta_rest, rising, trigamma};
pub(crate) use quadrature::{GAUSS_8, GAUSS_16, breaks_around, integrate};
