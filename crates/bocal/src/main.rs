//! Bocal: the program.

mod assembly;
mod cli;
mod demo;
mod open;
mod say;
mod serve;

#[cfg(test)]
mod tests;

fn main() -> std::process::ExitCode {
    cli::main()
}
