//! Running other programs, with a sentence when one fails and the time each stage took.

use std::{
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

use anyhow::{Context, Result, bail};

/// The workspace's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Where cargo puts what it builds.
pub fn target() -> Result<PathBuf> {
    let text = output(Command::new("cargo").args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let value: serde_json::Value = serde_json::from_str(&text)?;
    let path = value.get("target_directory").and_then(|v| v.as_str());
    Ok(path.context("cargo metadata names no target_directory")?.into())
}

/// Runs to the end with its output on the terminal.
pub fn go(command: &mut Command) -> Result<()> {
    let shown = show(command);
    let status =
        command.current_dir_or_root().status().with_context(|| format!("could not start {shown}"))?;
    if !status.success() {
        bail!("{shown} failed ({status})");
    }
    Ok(())
}

/// Runs to the end and gives back what it printed.
pub fn output(command: &mut Command) -> Result<String> {
    let shown = show(command);
    let out = command.current_dir_or_root().output().with_context(|| format!("could not start {shown}"))?;
    if !out.status.success() {
        bail!("{shown} failed ({}): {}", out.status, String::from_utf8_lossy(&out.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Cargo with arguments.
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(args);
    command
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|w| w.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

trait Rooted {
    fn current_dir_or_root(&mut self) -> &mut Self;
}

impl Rooted for Command {
    fn current_dir_or_root(&mut self) -> &mut Self {
        if self.get_current_dir().is_none() {
            self.current_dir(root());
        }
        self
    }
}

/// The stages of a long command and how long each took.
#[derive(Default)]
pub struct Stages {
    done: Vec<(String, f64, bool)>,
}

impl Stages {
    /// Runs one stage; a failure is kept and the next stages still run.
    pub fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<()>) {
        println!("\n── {name}");
        let start = Instant::now();
        let result = work();
        if let Err(error) = &result {
            println!("── {name}: {error:#}");
        }
        self.done.push((name.to_string(), start.elapsed().as_secs_f64() / 60.0, result.is_ok()));
    }

    /// Prints the table, and fails when a stage failed.
    pub fn finish(self) -> Result<()> {
        println!("\n{:<34} {:>7}", "stage", "minutes");
        for (name, minutes, ok) in &self.done {
            println!("{name:<34} {minutes:>7.1}  {}", if *ok { "ok" } else { "FAILED" });
        }
        println!("{:<34} {:>7.1}", "together", self.done.iter().map(|s| s.1).sum::<f64>());
        let failed = self.done.iter().filter(|s| !s.2).count();
        println!("stages: {} passed, {failed} failed", self.done.len() - failed);
        if failed > 0 {
            bail!("{failed} stage(s) failed; the table above names them");
        }
        Ok(())
    }
}
