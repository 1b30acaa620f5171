//! Everything that ships: the engine's Wasm, the web client, the demo's pages and its bundle.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;

use crate::{
    run::{cargo, go, root, target},
    size, tools,
};

/// One build of the engine's Wasm. All have the same glue.
struct Variant {
    /// The file in the npm package.
    file: &'static str,
    /// The folder under the target directory, and the profile in Cargo.toml.
    folder: &'static str,
    profile: &'static str,
    flags: &'static str,
    /// How wasm-opt is told what it finds, and what to make of it.
    optimise: &'static [&'static str],
    /// What the result must validate with.
    allowed: &'static [&'static str],
}

/// What JavaScriptCore without reference types, SIMD and exported globals still loads. The standard
/// library comes with three newer features built in, whatever the flags say: wasm-opt lowers them.
const BASELINE: Variant = Variant {
    file: "core.wasm",
    folder: "wasm-baseline",
    profile: "release",
    flags: "-Ctarget-cpu=mvp -Ctarget-feature=+mutable-globals",
    optimise: &[
        "--enable-bulk-memory",
        "--enable-sign-ext",
        "--enable-nontrapping-float-to-int",
        "--enable-mutable-globals",
        "-Oz",
        "--llvm-memory-copy-fill-lowering",
        "--llvm-nontrapping-fptoint-lowering",
        "--signext-lowering",
    ],
    allowed: &["--mvp-features", "--enable-mutable-globals"],
};

/// The faster sibling for hosts with SIMD: every browser and server of the last four years.
const SIMD: Variant = Variant {
    file: "core.simd.wasm",
    folder: "wasm-simd",
    profile: "simd",
    flags: "-Ctarget-cpu=mvp \
            -Ctarget-feature=+mutable-globals,+simd128,+bulk-memory,+sign-ext,+nontrapping-fptoint",
    optimise: &[
        "--enable-bulk-memory",
        "--enable-sign-ext",
        "--enable-nontrapping-float-to-int",
        "--enable-mutable-globals",
        "--enable-simd",
        "-Os",
    ],
    allowed: &[
        "--mvp-features",
        "--enable-mutable-globals",
        "--enable-bulk-memory",
        "--enable-sign-ext",
        "--enable-nontrapping-float-to-int",
        "--enable-simd",
    ],
};

#[derive(Args, Default)]
pub struct Options {
    /// Only the engine's Wasm
    #[arg(long)]
    wasm_only: bool,
    /// Leave out the engine's SIMD build
    #[arg(long)]
    baseline_only: bool,
}

pub fn run(options: &Options) -> Result<()> {
    tools::wasm_target()?;
    tools::node_packages("www")?;
    if options.baseline_only {
        baseline()?;
    } else {
        engine()?;
    }
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

/// Both builds of the engine, side by side: linking, which is half of one, uses one processor.
pub fn engine() -> Result<()> {
    let (baseline, simd) = thread::scope(|scope| {
        let simd = scope.spawn(|| wasm(&SIMD));
        (wasm(&BASELINE), simd.join())
    });
    ship_glue(&baseline?)?;
    check_glue(&simd.map_err(|_| anyhow!("the build with SIMD panicked"))??)
}

/// The engine as `core.wasm`, with the glue `core_bg.js` of both builds.
pub fn baseline() -> Result<()> {
    ship_glue(&wasm(&BASELINE)?)
}

/// The engine as `core.simd.wasm`; its glue must be the baseline's.
pub fn simd() -> Result<()> {
    check_glue(&wasm(&SIMD)?)
}

fn ship_glue(glue: &Path) -> Result<()> {
    for file in GLUE {
        fs::copy(glue.join(file), dist().join(file))?;
    }
    Ok(())
}

fn check_glue(glue: &Path) -> Result<()> {
    for file in GLUE {
        if fs::read(glue.join(file))? != fs::read(dist().join(file))? {
            bail!("the two builds have different glue: {file}; build both from the same sources");
        }
    }
    Ok(())
}

/// What wasm-bindgen writes beside the Wasm.
const GLUE: [&str; 2] = ["core_bg.js", "core.d.ts"];

/// Tells a command of cargo's to build as the baseline is built, and where. The flags are the target's alone,
/// and the folder is no variable: the runner of tests is compiled for this machine, in its usual place.
pub fn as_baseline(command: &mut Command) -> Result<&mut Command> {
    as_variant(command, &BASELINE)
}

fn as_variant<'c>(command: &'c mut Command, variant: &Variant) -> Result<&'c mut Command> {
    let folder = target()?.join(variant.folder);
    Ok(command
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", variant.flags)
        .arg("--target-dir")
        .arg(folder))
}

/// Compiles, binds and optimises one build, and gives back where its glue is.
fn wasm(variant: &Variant) -> Result<PathBuf> {
    let work = target()?.join(variant.folder);
    println!("compiling the engine for {}", variant.flags);
    let mut command =
        cargo(&["rustc", "--package", "unstuck", "--lib", "--locked", "--profile", variant.profile]);
    command.args(["--target", "wasm32-unknown-unknown", "--features", "wasm", "--crate-type", "cdylib"]);
    go(as_variant(&mut command, variant)?)?;
    let compiled = work.join("wasm32-unknown-unknown").join(variant.profile).join("unstuck.wasm");
    let bare = work.join("core.wasm");
    fs::copy(&compiled, &bare).with_context(|| format!("no {}", compiled.display()))?;
    go(wasm_tools("forget-features").arg(&bare))?;
    let glue = work.join("glue");
    go(wasm_tools("bindgen")
        .args(["--target", "bundler", "--out-name", "core", "--out-dir"])
        .args([&glue, &bare]))?;
    fs::create_dir_all(dist())?;
    let shipped = dist().join(variant.file);
    optimise(variant, &glue.join("core_bg.wasm"), &shipped)?;
    size::print_file(variant.file, &shipped)?;
    Ok(glue)
}

/// Functions stay apart, though called from one place only. As one they are larger once compressed, and engines
/// optimise the whole of them, at length and in much memory, where one loop in them is hot.
const APART: &str = "--one-caller-inline-max-function-size=0";

fn optimise(variant: &Variant, from: &Path, to: &Path) -> Result<()> {
    println!("wasm-opt {APART} {}", variant.optimise.join(" "));
    go(wasm_opt()
        .arg(APART)
        .args(variant.optimise)
        .args(["--remove-exports=__abort_handler", "--remove-exports=__instance_terminated", "-o"])
        .args([to, from]))?;
    go(wasm_opt().args(variant.allowed).args(["-o", "/dev/null"]).arg(to))
        .with_context(|| format!("{} uses something beyond what its hosts have", variant.file))
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

/// What the engine's Wasm is made of.
const ENGINE: [&str; 4] = ["src", "shims", "Cargo.toml", "Cargo.lock"];

/// Builds what is missing or older than its sources, with the engine's SIMD build.
pub fn all_if_stale() -> Result<()> {
    if_stale()?;
    if !fresh(&[dist().join(SIMD.file)], &ENGINE) {
        simd()?;
    }
    Ok(())
}

/// Builds what is missing or older than its sources, and does without the engine's SIMD build: one that is
/// older than the glue would not fit it.
pub fn if_stale() -> Result<()> {
    tools::wasm_target()?;
    tools::node_packages("www")?;
    if !fresh(&[dist().join(BASELINE.file)], &ENGINE) {
        baseline()?;
        let _ = fs::remove_file(dist().join(SIMD.file));
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

/// Whether all that was built is there, and younger than its sources.
fn fresh(built: &[PathBuf], sources: &[&str]) -> bool {
    let times = built.iter().map(|path| path.metadata()?.modified());
    let oldest = times.collect::<Result<Vec<_>, _>>().ok().and_then(|times| times.into_iter().min());
    oldest.is_some_and(|time| newest(sources) <= Some(time))
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
