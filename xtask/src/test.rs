//! All tests, browsers included, each stage timed. A failing stage does not hide the next one.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{
    build,
    run::{Stages, cargo, go, root},
    size, tools,
};

#[derive(Args)]
pub struct Options {
    /// Only the stages whose name contains this
    #[arg(long)]
    only: Option<String>,
}

pub fn run(options: &Options) -> Result<()> {
    let mut stages = Stages::default();
    let mut stage = |name: &str, work: &dyn Fn() -> Result<()>| {
        if options.only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            stages.stage(name, work);
        }
    };
    stage("set-up", &set_up);
    stage("format and lints", &lints);
    stage("native tests", &|| {
        go(&mut cargo(&["test", "--workspace", "--locked", "--features", "unstuck/schema"]))
    });
    stage("build: engine Wasm", &build::baseline);
    stage("build: engine Wasm with SIMD", &build::simd);
    stage("sizes within budget", &size::check);
    stage("build: web", &build::web);
    stage("build: bundle", &|| bundle(options));
    stage("Wasm tests in Node", &|| wasm_tests(&[]));
    stage("Wasm tests in Chromium", &wasm_tests_in_chromium);
    stage("golden traces in Node and Chromium", &|| in_chromium(&["node", "../tests/golden/parity.mjs"]));
    stage("web tests", &|| in_chromium(&["npm", "test"]));
    stage("people in Chromium", &|| in_chromium(&["node", "../tests/people/run.mjs"]));
    stages.finish()
}

fn set_up() -> Result<()> {
    tools::wasm_target()?;
    tools::node_packages("www")?;
    tools::chromium()?;
    tools::chromedriver()?;
    tools::fonts();
    Ok(())
}

fn lints() -> Result<()> {
    go(&mut cargo(&["fmt", "--all", "--check"]))?;
    go(&mut cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--locked",
        "--features",
        "unstuck/schema",
        "--",
        "-D",
        "warnings",
    ]))?;
    go(Command::new("npm").args(["run", "--silent", "check"]).current_dir(root().join("www")))
}

/// By the profile, the flags and the folder of the shipped baseline: what it depends on is compiled then.
fn wasm_tests(more: &[(&str, String)]) -> Result<()> {
    let mut command = cargo(&["test", "--package", "unstuck", "--test", "wasm", "--locked", "--release"]);
    command.args(["--target", "wasm32-unknown-unknown", "--features", "wasm"]);
    command.envs(build::baseline_env()?).envs(more.iter().map(|(k, v)| (*k, v.as_str())));
    go(&mut command)
}

fn wasm_tests_in_chromium() -> Result<()> {
    let driver = tools::chromedriver()?.to_string_lossy().into_owned();
    wasm_tests(&[("CHROMEDRIVER", driver), ("WASM_BINDGEN_USE_BROWSER", "1".into())])
}

/// The demo's bundle, by the tool that the native tests have just built: without the tests' features, its
/// dependencies would be compiled again.
fn bundle(options: &Options) -> Result<()> {
    let built = build::unstuck_path()?;
    if options.only.is_some() || !built.is_file() {
        return build::bundle();
    }
    build::bundle_by(&built)
}

/// A program of Node's in `www/`, told where the browser, the bundle and the command line tool are.
fn in_chromium(words: &[&str]) -> Result<()> {
    let (program, args) = words.split_first().unwrap_or((&"node", &[]));
    go(Command::new(program)
        .args(args)
        .env("CHROMIUM", tools::chromium()?)
        .env("UNSTUCK", build::unstuck_path()?)
        .env("UNSTUCK_BUNDLE", build::bundle_dir()?)
        .current_dir(root().join("www")))
}
