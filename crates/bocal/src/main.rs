//! Bocal: the program.

mod assembly;
mod cli;
mod connections;
mod demo;
mod doctor;
mod metrics;
mod open;
mod openapi;
mod say;
mod serve;

#[cfg(test)]
mod tests;

fn main() -> std::process::ExitCode {
    cli::main()
}
