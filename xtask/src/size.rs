//! Sizes of what ships, and the gate that keeps the engine small. MB is 10⁶ bytes; gzip and brotli at
//! their strongest settings.

use std::{fs, io::Write, path::Path, thread};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{build, run::root};

/// The growth that needs no reason.
const TOLERANCE: f64 = 1.02;
const BUDGET: &str = "xtask/size-budget.json";

#[derive(Args)]
pub struct Options {
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Fail where a file outgrew xtask/size-budget.json
    #[arg(long)]
    check: bool,
}

/// One file's size in bytes.
#[derive(Serialize)]
struct Size {
    file: String,
    bytes: usize,
    gzip: usize,
    brotli: usize,
    sha256: String,
}

/// What one file weighed when somebody last gave a reason for it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Budget {
    file: String,
    brotli: usize,
    why: String,
}

pub fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
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
        bail!("nothing is built yet: run `cargo xtask build` first");
    }
    let sizes = files
        .iter()
        .map(|f| measure(&f.file_name().unwrap_or_default().to_string_lossy(), f))
        .collect::<Result<Vec<_>>>()?;
    if options.json {
        println!("{}", serde_json::to_string_pretty(&sizes)?);
        return Ok(());
    }
    println!("{:<28} {:>10} {:>10} {:>10}  sha256", "file", "raw MB", "gzip MB", "brotli MB");
    for s in &sizes {
        let [raw, gzip, brotli] = [s.bytes, s.gzip, s.brotli].map(mb);
        println!("{:<28} {raw:>10.3} {gzip:>10.3} {brotli:>10.3}  {:.12}", s.file, s.sha256);
    }
    Ok(())
}

/// Fails where a file is more than 2 % larger than its budget.
pub fn check() -> Result<()> {
    let text = fs::read_to_string(root().join(BUDGET)).with_context(|| format!("cannot read {BUDGET}"))?;
    let budgets: Vec<Budget> = serde_json::from_str(&text).with_context(|| format!("in {BUDGET}"))?;
    // Side by side: at its strongest setting, brotli takes half a minute for each.
    let packed: Vec<Result<usize>> = thread::scope(|scope| {
        let pack = |budget: &Budget| brotli(&read(&build::dist().join(&budget.file))?);
        let packing: Vec<_> = budgets.iter().map(|budget| scope.spawn(move || pack(budget))).collect();
        packing.into_iter().map(|one| one.join().unwrap_or_else(|_| bail!("packing panicked"))).collect()
    });
    let mut outgrown = Vec::new();
    for (budget, packed) in budgets.iter().zip(packed) {
        let packed = packed?;
        println!("{}: {:.3} MB brotli, budget {:.3}", budget.file, mb(packed), mb(budget.brotli));
        if let Err(error) = fits(budget, packed) {
            outgrown.push(error.to_string());
        }
    }
    if outgrown.is_empty() { Ok(()) } else { bail!("{}", outgrown.join("\n")) }
}

fn fits(budget: &Budget, brotli: usize) -> Result<()> {
    let Budget { file, brotli: allowed, why } = budget;
    if why.trim().is_empty() {
        bail!("{BUDGET} gives no reason for the size of {file}: say in `why` what it pays for");
    }
    let growth = brotli as f64 / *allowed as f64;
    if growth > TOLERANCE {
        bail!(
            "{file} has {brotli} bytes of brotli, {:.1} % over its budget of {allowed} (2 % are free): \
             make it smaller (`twiggy top` on target/wasm-*/core.wasm says what weighs), or set `brotli` in \
             {BUDGET} to {brotli} and say in `why` what the bytes pay for",
            (growth - 1.0) * 100.0
        );
    }
    Ok(())
}

/// Prints one file's size in a line, unpacked: to pack it takes half a minute.
pub fn print_file(name: &str, path: &Path) -> Result<()> {
    let bytes = read(path)?;
    println!("{name}: {:.3} MB raw, sha256 {}", mb(bytes.len()), sha256(&bytes));
    Ok(())
}

fn mb(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn measure(name: &str, path: &Path) -> Result<Size> {
    let bytes = read(path)?;
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(&bytes)?;
    Ok(Size {
        file: name.to_string(),
        bytes: bytes.len(),
        gzip: gzip.finish()?.len(),
        brotli: brotli(&bytes)?,
        sha256: sha256(&bytes),
    })
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

/// How many bytes brotli makes of these.
fn brotli(mut bytes: &[u8]) -> Result<usize> {
    let mut packed = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut packed, &params)?;
    Ok(packed.len())
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_percent_are_free_and_more_needs_a_reason() {
        let budget = |why: &str| Budget { file: "core.wasm".into(), brotli: 1000, why: why.into() };
        assert!(fits(&budget("first"), 1020).is_ok());
        let error = fits(&budget("first"), 1021).unwrap_err().to_string();
        assert!(error.contains("2.1 % over") && error.contains("size-budget.json to 1021"), "{error}");
        assert!(fits(&budget(" "), 900).is_err());
    }
}
