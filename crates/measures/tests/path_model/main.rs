//! Path models against closed forms and other programs, and what must hold whatever the answers.

#[cfg(test)]
mod always;
#[cfg(test)]
mod bootstrapped;
#[cfg(test)]
mod closed_forms;
#[cfg(test)]
mod given;
#[cfg(test)]
mod other_programs;
#[cfg(test)]
mod refused;
