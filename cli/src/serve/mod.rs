//! `unstuck serve`: the demo wallet, its API, the agent's desk and the built files, on loopback.

pub mod files;
mod wallet;

use std::path::PathBuf;

use axum::Router;
use unstuck_desk::{Desk, Settings};

use crate::loopback;
use files::Folders;

/// What `unstuck serve` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 4600)]
    port: u16,
    /// The built bundle: playbook.json, the models and manifest.json.
    #[arg(long, default_value = "target/bundle/wallet")]
    bundle: PathBuf,
    /// Where the desk keeps handoffs; in memory without it.
    #[arg(long)]
    db: Option<PathBuf>,
    /// The folder that holds `www/dist` and `pkg/dist`.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// Open the demo in a browser.
    #[arg(long)]
    open: bool,
}

/// Serves until Ctrl-C. The error is a sentence for people.
pub fn run(args: &Args) -> Result<(), String> {
    loopback::serve("unstuck serve", args.port, prepare(args), |base| {
        println!("{}", greeting(base));
        if args.open {
            loopback::open(&format!("{base}/demo/"));
        }
    })
}

async fn prepare(args: &Args) -> Result<Router, String> {
    let folders = Folders::new(&args.root, &args.bundle);
    folders.check()?;
    let desk = Desk::open(args.db.as_deref(), Settings::default()).await.map_err(|e| e.to_string())?;
    tokio::spawn(desk.clone().run());
    Ok(app(&folders, desk))
}

/// All routes. The desk answers before the demo's single-page fallback.
fn app(folders: &Folders, desk: Desk) -> Router {
    Router::new()
        .nest("/api", wallet::router())
        .merge(unstuck_desk::router(desk))
        .merge(folders.router())
        .layer(axum::middleware::map_response(files::headers))
}

fn greeting(base: &str) -> String {
    format!(
        "Unstuck is up. Only this machine can reach it.\n\
         \n  {base}/demo/   the wallet, with trouble to plant and the thinking beside it\
         \n  {base}/        the wallet alone, as a phone shows it\
         \n  {base}/desk/   the agent's desk\n\
         \nCtrl-C stops it."
    )
}
