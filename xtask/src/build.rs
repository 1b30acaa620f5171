//! Everything that ships: the engine's Wasm, the web client, the demo's pages and its bundle.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use clap::Args;

use crate::{
    run::{cargo, go, root, target},
    size, tools,
};

/// Baseline: what JavaScriptCore without reference types, SIMD and exported globals still loads.
const BASELINE: &str = "-Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals";
/// What wasm-opt may find in the input; all of it is lowered below.
const FOUND: [&str; 4] = [
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
];
/// The standard library comes with these instructions built in, whatever the flags say.
const LOWER: [&str; 3] =
    ["--llvm-memory-copy-fill-lowering", "--llvm-nontrapping-fptoint-lowering", "--signext-lowering"];

#[derive(Args, Default)]
pub struct Options {
    /// Only the engine's Wasm
    #[arg(long)]
    wasm_only: bool,
}

pub fn run(options: &Options) -> Result<()> {
    tools::wasm_target()?;
    tools::node_packages("www")?;
    wasm()?;
    if !options.wasm_only {
        web()?;
        bundle()?;
    }
    Ok(())
}

/// Where the npm package's built files go.
pub fn dist() -> PathBuf {
    root().join("pkg/dist")
}

/// Where the demo's bundle goes.
pub fn bundle_dir() -> Result<PathBuf> {
    Ok(target()?.join("bundle/wallet"))
}

/// The engine as `core.wasm` with its glue `core_bg.js`.
pub fn wasm() -> Result<()> {
    let work = target()?.join("wasm-baseline");
    println!("compiling the engine for {BASELINE}");
    go(cargo(&["rustc", "--package", "unstuck", "--lib", "--release", "--locked"])
        .args(["--target", "wasm32-unknown-unknown", "--features", "wasm", "--crate-type", "cdylib"])
        .env("RUSTFLAGS", BASELINE)
        .env("CARGO_TARGET_DIR", &work))?;
    let compiled = work.join("wasm32-unknown-unknown/release/unstuck.wasm");
    let bare = work.join("core.wasm");
    fs::copy(&compiled, &bare).with_context(|| format!("no {}", compiled.display()))?;
    go(wasm_tools("forget-features").arg(&bare))?;
    let glue = work.join("glue");
    go(wasm_tools("bindgen")
        .args(["--target", "bundler", "--out-name", "core", "--out-dir"])
        .args([&glue, &bare]))?;
    fs::create_dir_all(dist())?;
    optimise(&glue.join("core_bg.wasm"), &dist().join("core.wasm"))?;
    fs::copy(glue.join("core_bg.js"), dist().join("core_bg.js"))?;
    fs::copy(glue.join("core.d.ts"), dist().join("core.d.ts"))?;
    size::print_file("core.wasm", &dist().join("core.wasm"))
}

fn optimise(from: &Path, to: &Path) -> Result<()> {
    println!("wasm-opt -Oz, and lowering to what every host has");
    go(wasm_opt()
        .args(FOUND)
        .args(["-Oz", "--remove-exports=__abort_handler", "--remove-exports=__instance_terminated"])
        .args(LOWER)
        .arg("-o")
        .args([to, from]))?;
    go(wasm_opt().args(["--mvp-features", "--enable-mutable-globals", "-o", "/dev/null"]).arg(to))
        .context("core.wasm uses something beyond the baseline")
}

/// A program of wasm-bindgen's, out of this workspace's lock file.
pub fn wasm_tools(program: &str) -> Command {
    let mut command = cargo(&["run", "--quiet", "--locked", "--package", "wasm-tools", "--"]);
    command.arg(program);
    command
}

fn wasm_opt() -> Command {
    let mut command = Command::new("node");
    command.arg(root().join("www/node_modules/binaryen/bin/wasm-opt"));
    command
}

/// The web client, the demo's pages and the desk's page.
pub fn web() -> Result<()> {
    go(Command::new("node").arg("build.mjs").current_dir(root().join("www")))
}

/// The demo's bundle: playbook, models, manifest.
pub fn bundle() -> Result<()> {
    bundle_by(&unstuck()?)
}

/// The same by a tool that is built already.
pub fn bundle_by(unstuck: &Path) -> Result<()> {
    let build = ["build", "playbooks/wallet", "--out"];
    go(Command::new(unstuck).args(build).arg(bundle_dir()?).current_dir(root()))
}

/// The command line tool, built. Of the whole workspace: a build of the one package would give its
/// dependencies other features, and compile them all again.
pub fn unstuck() -> Result<PathBuf> {
    go(&mut cargo(&["build", "--locked", "--workspace", "--bin", "unstuck"]))?;
    unstuck_path()
}

/// Where the command line tool is once it is built.
pub fn unstuck_path() -> Result<PathBuf> {
    Ok(target()?.join("debug").join(format!("unstuck{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds what is missing or older than its sources.
pub fn if_stale() -> Result<()> {
    let oldest = |paths: &[PathBuf]| {
        paths
            .iter()
            .map(|p| p.metadata()?.modified())
            .collect::<Result<Vec<_>, _>>()
            .ok()
            .and_then(|t| t.into_iter().min())
    };
    let fresh =
        |built: &[PathBuf], sources: &[&str]| oldest(built).is_some_and(|t| newest(sources) <= Some(t));
    tools::wasm_target()?;
    tools::node_packages("www")?;
    if !fresh(&[dist().join("core.wasm")], &["src", "Cargo.toml", "Cargo.lock"]) {
        wasm()?;
    }
    if !fresh(
        &[dist().join("unstuck.js"), root().join("www/dist/demo/index.html")],
        &["www/src", "www/demo", "www/desk", "www/build.mjs", "pkg/dist/core.wasm"],
    ) {
        web()?;
    }
    if !fresh(&[bundle_dir()?.join("manifest.json")], &["src", "train/src", "playbooks", "models"]) {
        bundle()?;
    }
    Ok(())
}

fn newest(sources: &[&str]) -> Option<std::time::SystemTime> {
    fn walk(path: &Path, newest: &mut Option<std::time::SystemTime>) {
        if path.is_dir() {
            fs::read_dir(path).into_iter().flatten().flatten().for_each(|e| walk(&e.path(), newest));
        } else if let Ok(time) = path.metadata().and_then(|m| m.modified()) {
            *newest = (*newest).max(Some(time));
        }
    }
    let mut time = None;
    sources.iter().for_each(|s| walk(&root().join(s), &mut time));
    time
}
