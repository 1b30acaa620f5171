//! `unstuck rollout`: who gets a bundle that is deployed, and whether the bot is on at all.

use std::{fmt::Display, fs, path::PathBuf, process::ExitCode};

use unstuck::bundle::Manifest;

use crate::{Outcome, questions::read_utf8};

/// Say who gets a bundle, which one to go back to, or switch the bot off: rewrites its manifest.json.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of the bundle.
    pub bundle: PathBuf,
    /// The share of users who get it, 0 to 100; the others get the previous one.
    #[arg(long)]
    pub percent: Option<u8>,
    /// The URL of the bundle before, relative to this one's, such as `../2026-10/`.
    #[arg(long)]
    pub previous: Option<String>,
    /// The kill switch: the bot stops in every app that loads this bundle.
    #[arg(long, conflicts_with = "on")]
    pub off: bool,
    /// Switches the bot on again.
    #[arg(long)]
    pub on: bool,
}

/// Rewrites the manifest, and prints what holds now.
pub fn run(args: &Args) -> Outcome {
    let path = args.bundle.join("manifest.json");
    let at = |error: &dyn Display| format!("{}: {error}", path.display());
    let mut manifest = Manifest::from_json(&read_utf8(&path)?).map_err(|e| at(&e))?;
    if let Some(percent) = args.percent {
        manifest.rollout.percent = percent;
    }
    if args.previous.is_some() {
        manifest.rollout.previous.clone_from(&args.previous);
    }
    manifest.enabled = (manifest.enabled || args.on) && !args.off;
    let written = format!("{:#}\n", serde_json::to_value(&manifest)?);
    Manifest::from_json(&written).map_err(|e| at(&e))?;
    // In one step: apps read it all the time.
    let draft = args.bundle.join("manifest.json.draft");
    fs::write(&draft, written).and_then(|()| fs::rename(&draft, &path)).map_err(|e| at(&e))?;
    println!("{}", summary(&manifest));
    Ok(ExitCode::SUCCESS)
}

fn summary(manifest: &Manifest) -> String {
    let others = match &manifest.rollout.previous {
        Some(previous) if manifest.rollout.percent < 100 => format!(", the others {previous}"),
        Some(previous) => format!(", with {previous} to go back to"),
        None => String::new(),
    };
    let state = if manifest.enabled { "on" } else { "off" };
    format!("bundle {}: {} % of users{others}; the bot is {state}", manifest.bundle, manifest.rollout.percent)
}
