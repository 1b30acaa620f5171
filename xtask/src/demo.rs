//! The demo: the wallet app with the bot, the panel to plant trouble, and the agent's desk.

use std::{fs, process::Command};

use anyhow::Result;
use clap::Args;

use crate::{
    build,
    run::{go, root, target},
};

#[derive(Args)]
pub struct Options {
    /// The port on this machine
    #[arg(long, default_value_t = 4600)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
}

pub fn run(options: &Options) -> Result<()> {
    build::if_stale()?;
    let data = target()?.join("demo");
    fs::create_dir_all(&data)?;
    let mut serve = Command::new(build::unstuck()?);
    serve.args(["serve", "--port", &options.port.to_string(), "--bundle"]).arg(build::bundle_dir()?);
    serve.arg("--db").arg(data.join("desk.db"));
    serve.current_dir(root());
    if !options.no_open {
        serve.arg("--open");
    }
    go(&mut serve)
}
