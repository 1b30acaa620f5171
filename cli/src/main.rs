//! `unstuck`: the command line. One file a subcommand; this one only chooses.
//!
//! Exit codes: 0 done, 1 done and something is wrong with what was looked at, 2 could not be done.

mod preview;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use unstuck_cli::{
    ask, build, check, desk, eval, featurize, import, replay, rollout, schema, simulate, train,
};

/// Finds out where people get stuck in an app, and helps: the tools beside the core.
#[derive(Parser)]
#[command(name = "unstuck", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Ask(ask::Args),
    Build(build::Args),
    Check(check::Args),
    Desk(desk::Args),
    Eval(eval::Args),
    Featurize(featurize::Args),
    Import(import::Args),
    /// Show a playbook as users will see it, in every language, live as its files are saved.
    Preview(preview::Args),
    Replay(replay::Args),
    Rollout(rollout::Args),
    Schema(schema::Args),
    /// Serve the demo wallet, its API and the agent's desk on this machine.
    Serve(serve::Args),
    Simulate(simulate::Args),
    Train(train::Args),
}

fn main() -> ExitCode {
    // So that `unstuck … | head` ends quietly.
    sigpipe::reset();
    let done = match Cli::parse().command {
        Command::Ask(args) => ask::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Desk(args) => desk::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Featurize(args) => featurize::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Preview(args) => preview::run(&args).map(|()| ExitCode::SUCCESS).map_err(Into::into),
        Command::Replay(args) => replay::run(&args),
        Command::Rollout(args) => rollout::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Serve(args) => serve::run(&args).map(|()| ExitCode::SUCCESS).map_err(Into::into),
        Command::Simulate(args) => simulate::run(&args),
        Command::Train(args) => train::run(&args),
    };
    done.unwrap_or_else(|error| {
        anstream::eprintln!("unstuck: {error}");
        ExitCode::from(2)
    })
}
