//! `unstuck`: check, replay, build, train, eval, ask, serve.

mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "unstuck", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the demo wallet, its API and the agent's desk on this machine.
    Serve(serve::Args),
}

fn main() -> ExitCode {
    let Command::Serve(args) = Cli::parse().command;
    match serve::run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}
