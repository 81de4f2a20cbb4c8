//! What linkage promises, asked from outside: from rows to people, explanations and the index.

#[cfg(test)]
mod blocking;
#[cfg(test)]
mod common;
#[cfg(test)]
mod families;
#[cfg(test)]
mod index;
#[cfg(test)]
mod learning;
#[cfg(test)]
mod levels;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod model;
#[cfg(test)]
mod odd;
#[cfg(test)]
mod order;
#[cfg(test)]
mod persons;
#[cfg(test)]
mod quality;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod small;
