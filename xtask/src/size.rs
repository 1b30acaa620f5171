//! Sizes of what ships. MB is 10⁶ bytes; brotli at its strongest setting.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use clap::Args;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::build;

#[derive(Args)]
pub struct Options {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// One file's size.
#[derive(Serialize)]
struct Size {
    file: String,
    bytes: usize,
    brotli: usize,
    sha256: String,
}

pub fn run(options: &Options) -> Result<()> {
    let mut files: Vec<_> = [build::dist(), build::bundle_dir()?]
        .iter()
        .filter_map(|dir| fs::read_dir(dir).ok())
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension().is_some_and(|e| e == "js" || e == "wasm" || e == "onnx" || e == "json")
        })
        .collect();
    files.sort();
    if files.is_empty() {
        anyhow::bail!("nothing is built yet: run `cargo xtask build` first");
    }
    let sizes = files
        .iter()
        .map(|f| measure(&f.file_name().unwrap_or_default().to_string_lossy(), f))
        .collect::<Result<Vec<_>>>()?;
    if options.json {
        println!("{}", serde_json::to_string_pretty(&sizes)?);
        return Ok(());
    }
    println!("{:<28} {:>10} {:>10}  sha256", "file", "raw MB", "brotli MB");
    for s in &sizes {
        println!("{:<28} {:>10.3} {:>10.3}  {:.12}", s.file, mb(s.bytes), mb(s.brotli), s.sha256);
    }
    Ok(())
}

/// Prints one file's size in a line.
pub fn print_file(name: &str, path: &Path) -> Result<()> {
    let s = measure(name, path)?;
    println!("{name}: {:.2} MB raw, {:.2} MB brotli, sha256 {}", mb(s.bytes), mb(s.brotli), s.sha256);
    Ok(())
}

fn mb(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn measure(name: &str, path: &Path) -> Result<Size> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut bytes.as_slice(), &mut packed, &params)?;
    let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    Ok(Size { file: name.to_string(), bytes: bytes.len(), brotli: packed.len(), sha256 })
}
