//! Our engine beside onnxruntime-web in one Chromium, what an event costs in a long session, what a page pays for
//! us, and the edge function in workerd.

use std::{fs, path::PathBuf, process::Command};

use anyhow::{Context, Result};
use clap::{Args, ValueEnum};

use crate::{
    build,
    run::{cargo, go, root, target},
    tools,
};

#[derive(Args)]
pub struct Options {
    /// Rounds in which each runtime takes its turn
    #[arg(long, default_value_t = 30)]
    rounds: u32,
    /// Requests to the edge function
    #[arg(long, default_value_t = 500)]
    requests: u32,
    /// Only this part
    #[arg(long)]
    only: Option<Part>,
    /// Write the figures to this file as JSON too, and those of the edge function to one beside it, `….edge.json`
    #[arg(long)]
    json: Option<PathBuf>,
    /// Write the page with plots to this file
    #[arg(long)]
    html: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The engine beside onnxruntime-web
    Engine,
    /// A page with and without us
    Page,
    /// The edge function in workerd
    Edge,
}

pub fn run(options: &Options) -> Result<()> {
    build::all_if_stale()?;
    tools::node_packages("benches")?;
    if options.only != Some(Part::Edge) {
        browser(options)?;
    }
    if matches!(options.only, Some(Part::Engine | Part::Page)) {
        return Ok(());
    }
    if !cfg!(target_os = "linux") {
        println!("the edge function is not measured: its CPU is read from /proc, which only Linux has");
        return Ok(());
    }
    edge(options)
}

/// The parts that run in Chromium: both, unless only one is asked for.
fn browser(options: &Options) -> Result<()> {
    let models = target()?.join("bench");
    shapes(&models)?;
    let mut command = Command::new("node");
    command.args(["run.mjs", "--rounds", &options.rounds.to_string(), "--models"]).arg(&models);
    if let Some(part) = options.only.as_ref().and_then(ValueEnum::to_possible_value) {
        command.args(["--only", part.get_name()]);
    }
    for (flag, file) in [("--json", &options.json), ("--html", &options.html)] {
        if let Some(file) = file {
            command.arg(flag).arg(std::path::absolute(file)?);
        }
    }
    go(command
        .env("CHROMIUM", tools::chromium()?)
        .env("UNSTUCK", build::unstuck()?)
        .env("UNSTUCK_BUNDLE", build::bundle_dir()?)
        .current_dir(root().join("benches")))
}

fn edge(options: &Options) -> Result<()> {
    tools::node_packages("tests/hosts")?;
    let requests = options.requests.to_string();
    let mut command = Command::new("node");
    command.args(["edge.mjs", "--requests", &requests, "--bundle"]).arg(build::bundle_dir()?);
    if let Some(file) = &options.json {
        command.arg("--json").arg(std::path::absolute(file)?.with_extension("edge.json"));
    }
    go(command.current_dir(root().join("benches")))
}

/// The demo's bundle, and the public shapes beside it.
fn shapes(folder: &PathBuf) -> Result<()> {
    fs::create_dir_all(folder)?;
    for entry in fs::read_dir(build::bundle_dir()?)? {
        let file = entry?.path();
        let name = file.file_name().context("a bundle's file has no name")?;
        fs::copy(&file, folder.join(name))?;
    }
    // Of the whole workspace, so that no dependency is compiled again with other features.
    go(&mut cargo(&["build", "--quiet", "--locked", "--workspace", "--example", "shapes"]))?;
    go(Command::new(target()?.join("debug/examples/shapes")).arg(folder))
}
