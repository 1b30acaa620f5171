//! `cargo xtask build | test | demo | size | fuel | bench | models`: everything a newcomer types, set-up included.

mod bench;
mod build;
mod demo;
mod fuel;
mod models;
mod run;
mod size;
mod test;
mod tools;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Build, test, show and measure Unstuck")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the engine's Wasm, the web client and the demo's bundle
    Build(build::Options),
    /// Set up what the tests need, run all of them, and print minutes a stage
    Test(test::Options),
    /// Build what is missing and open the demo: an app to get stuck in, the bot, the agent's desk
    Demo(demo::Options),
    /// Print the sizes of what ships, raw, gzip and brotli
    Size(size::Options),
    /// Measure speed beside onnxruntime-web, and the edge function, and print the tables
    Bench(bench::Options),
    /// Count what the engine burns over a fixed trace, in an interpreter's fuel
    Fuel(fuel::Options),
    /// Write docs/models.md, or say whether it is stale
    Models(models::Options),
}

fn main() {
    let result = match Cli::parse().command {
        Command::Build(options) => build::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Demo(options) => demo::run(&options),
        Command::Size(options) => size::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Fuel(options) => fuel::run(&options),
        Command::Models(options) => models::run(&options),
    };
    if let Err(error) = result {
        eprintln!("\nerror: {error:#}");
        std::process::exit(1);
    }
}
