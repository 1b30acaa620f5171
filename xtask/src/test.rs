//! All tests, browsers included, each stage timed. A failing stage does not hide the next one.

use std::process::Command;

use anyhow::Result;
use clap::Args;

use crate::{
    build, fuel,
    run::{Stages, cargo, go, root, target},
    size, tools,
};

/// How each kind of host takes the package: the stage, and the folder of its tests and their packages.
const HOSTS: [(&str, &str); 3] = [
    ("packages in web pages", "tests/hosts/packaging"),
    ("edge functions", "tests/hosts/edge"),
    ("mini-programs", "tests/hosts/mini"),
];

#[derive(Args)]
pub struct Options {
    /// Only the stages whose name contains this
    #[arg(long)]
    only: Option<String>,
    /// Only the hosts: the same traces in each of them, and the package as each of them takes it
    #[arg(long)]
    hosts: bool,
}

/// Runs a stage, if it is asked for.
type Stage<'a> = &'a mut dyn FnMut(&str, &dyn Fn() -> Result<()>);

pub fn run(options: &Options) -> Result<()> {
    let mut stages = Stages::default();
    let mut stage = |name: &str, work: &dyn Fn() -> Result<()>| {
        if options.only.as_ref().is_none_or(|only| name.contains(only.as_str())) {
            stages.stage(name, work);
        }
    };
    stage("set-up", &set_up);
    if options.hosts {
        stage("build: what is missing", &build::all_if_stale);
        stage("golden traces, native", &native_golden_traces);
        hosts(&mut stage);
        return stages.finish();
    }
    stage("format and lints", &lints);
    stage("native tests", &|| {
        go(&mut cargo(&["test", "--workspace", "--locked", "--features", "unstuck/schema"]))
    });
    stage("build: engine Wasm, both", &build::engine);
    stage("sizes within budget", &size::check);
    stage("fuel within baseline", &fuel::check);
    stage("build: web", &build::web);
    stage("build: bundle", &|| bundle(options));
    stage("Wasm tests in Node", &|| wasm_tests(&[]));
    stage("Wasm tests in Chromium", &wasm_tests_in_chromium);
    hosts(&mut stage);
    stage("web tests", &|| in_chromium(&["npm", "test"]));
    stage("people in Chromium", &|| in_chromium(&["node", "../tests/people/run.mjs"]));
    stages.finish()
}

fn set_up() -> Result<()> {
    tools::wasm_target()?;
    tools::node_packages("www")?;
    tools::chromium()?;
    tools::chromedriver()?;
    tools::firefox();
    tools::jsc();
    tools::fonts();
    Ok(())
}

/// The stages in all hosts. What came out natively was written by the native tests.
fn hosts(stage: Stage) {
    stage("golden traces in all hosts", &parity);
    for (name, folder) in HOSTS {
        stage(name, &|| in_hosts(folder, "run.mjs"));
    }
}

fn parity() -> Result<()> {
    let folder = "tests/hosts";
    tools::node_packages(folder)?;
    let tests = ["wechat-vm", "parity/compare", "parity/text-shim"];
    let tests = tests.map(|name| format!("{folder}/{name}.test.mjs"));
    go(Command::new("node").arg("--test").args(tests))?;
    in_hosts(folder, "parity/memory.mjs")?;
    in_hosts(folder, "parity/run.mjs")
}

fn native_golden_traces() -> Result<()> {
    let words = ["test", "--workspace", "--locked", "--features", "unstuck/schema", "--test", "golden"];
    go(&mut cargo(&words))
}

/// A program of Node's with packages of its own, told which browsers, shells and built files there are.
fn in_hosts(folder: &str, program: &str) -> Result<()> {
    tools::node_packages(folder)?;
    let mut command = Command::new("node");
    command.arg(format!("{folder}/{program}"));
    let found = [("CHROMIUM", tools::chromium().ok()), ("FIREFOX", tools::firefox()), ("JSC", tools::jsc())];
    command.envs(found.into_iter().filter_map(|(variable, path)| Some((variable, path?))));
    go(command
        .env("UNSTUCK", build::unstuck_path()?)
        .env("UNSTUCK_NATIVE", target()?.join("tmp/golden.jsonl"))
        .env("UNSTUCK_BUNDLE", build::bundle_dir()?))
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

/// Linking optimises all that is linked, for minutes, as far as the last package asks for.
const LINK_FAST: &str = "profile.release.package.unstuck.opt-level=1";

/// By the profile, the flags and the folder of the shipped baseline: what it depends on is compiled then.
fn wasm_tests(more: &[(&str, String)]) -> Result<()> {
    let mut command =
        cargo(&["run", "--package", "unstuck", "--example", "wasm-tests", "--locked", "--release"]);
    command.args(["--target", "wasm32-unknown-unknown", "--features", "wasm", "--config", LINK_FAST]);
    command.envs(more.iter().map(|(k, v)| (*k, v.as_str())));
    go(build::as_baseline(&mut command)?)
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
