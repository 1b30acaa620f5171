//! What has to be on the machine: found, installed where that can be done, else named in a sentence.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Result, bail};

use crate::run::{go, output, root};

const CHROMIUM: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const WASM: &str = "wasm32-unknown-unknown";

/// A program on the PATH.
pub fn find(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(name)).find(|path| path.is_file())
}

/// rustup's Wasm target.
pub fn wasm_target() -> Result<()> {
    if find("rustup").is_none() {
        let sysroot = output(Command::new("rustc").args(["--print", "sysroot"]))?;
        if !Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
            bail!(
                "the target {WASM} is missing and rustup is not here to add it: install rustup, or the target by your system's packages"
            );
        }
        return Ok(());
    }
    if !output(Command::new("rustup").args(["target", "list", "--installed"]))?.contains(WASM) {
        go(Command::new("rustup").args(["target", "add", WASM]))?;
    }
    Ok(())
}

/// Node 20 or newer, and the packages of the lock file in a folder.
pub fn node_packages(folder: &str) -> Result<()> {
    let Some(node) = find("node") else {
        bail!("Node is not on the PATH: install Node 20 or newer");
    };
    let version = output(Command::new(node).arg("--version"))?;
    let major: u32 =
        version.trim_start_matches('v').split('.').next().and_then(|m| m.parse().ok()).unwrap_or(0);
    if major < 20 {
        bail!("Node {} is too old: 20 or newer is needed", version.trim());
    }
    let folder = root().join(folder);
    let (lock, stamp) = (folder.join("package-lock.json"), folder.join("node_modules/.package-lock.json"));
    let newer =
        |a: &Path, b: &Path| Some(a.metadata().ok()?.modified().ok()? > b.metadata().ok()?.modified().ok()?);
    if newer(&lock, &stamp).unwrap_or(true) {
        go(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))?;
    }
    Ok(())
}

/// Chromium and its driver: looked for, and installed where this is Debian and we are root.
pub fn chromium() -> Result<PathBuf> {
    let found =
        || env::var_os("CHROMIUM").map(PathBuf::from).or_else(|| CHROMIUM.iter().find_map(|n| find(n)));
    if let Some(path) = found() {
        return Ok(path);
    }
    apt("chromium")?;
    match found() {
        Some(path) => Ok(path),
        None => bail!(
            "Chromium is missing and could not be installed here: install Chromium or Chrome, or name it in the variable CHROMIUM"
        ),
    }
}

/// ChromeDriver, for the Wasm tests in a browser.
pub fn chromedriver() -> Result<PathBuf> {
    let found = || env::var_os("CHROMEDRIVER").map(PathBuf::from).or_else(|| find("chromedriver"));
    if let Some(path) = found() {
        return Ok(path);
    }
    apt("chromium-driver")?;
    match found() {
        Some(path) => Ok(path),
        None => bail!(
            "ChromeDriver is missing and could not be installed here: install the one of your Chromium's version, or name it in the variable CHROMEDRIVER"
        ),
    }
}

/// Chinese glyphs, so that screenshots show what people see; only a comfort.
pub fn fonts() {
    if find("fc-list")
        .is_some_and(|fc| output(Command::new(fc).arg(":lang=zh")).is_ok_and(|o| o.trim().is_empty()))
    {
        let _ = apt("fonts-noto-cjk");
    }
}

fn apt(package: &str) -> Result<()> {
    let root_user = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if find("apt-get").is_none() || !root_user {
        return Ok(());
    }
    go(Command::new("apt-get").args(["update", "-qq"]))?;
    go(Command::new("apt-get")
        .args(["install", "-y", "-qq", package])
        .env("DEBIAN_FRONTEND", "noninteractive"))
}
