//! The demo: the wallet app with the bot, the panel to plant trouble, and the agent's desk.

use std::{fs, process::Command};

use anyhow::Result;
use clap::Args;

use crate::{
    build,
    run::{cargo, go, target},
    tools,
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
    let mut serve = cargo(&["run", "--quiet", "--locked", "--package", "unstuck-cli", "--", "serve"]);
    serve.args(["--port", &options.port.to_string(), "--bundle"]).arg(build::bundle_dir()?);
    serve.arg("--db").arg(data.join("desk.db"));
    if !options.no_open {
        open(&format!("http://127.0.0.1:{}/", options.port));
    }
    go(&mut serve)
}

/// Opens a browser a moment after the server is up, where there is something to open one with.
fn open(url: &str) {
    let Some(opener) = ["xdg-open", "open"].iter().find_map(|name| tools::find(name)) else {
        return;
    };
    let url = url.to_string();
    std::thread::spawn(move || {
        let address = url.trim_start_matches("http://").trim_end_matches('/').to_string();
        for _ in 0..120 {
            if std::net::TcpStream::connect(&address).is_ok() {
                let _ = Command::new(opener).arg(url).status();
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(500));
        }
    });
}
