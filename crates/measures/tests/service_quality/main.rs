//! Service quality, Kano, importance against performance: what must hold whatever the answers.

#[cfg(test)]
mod battery;
#[cfg(test)]
mod importance_performance;
#[cfg(test)]
mod justice;
#[cfg(test)]
mod kano;
