//! `unstuck preview`: a playbook as users will see it, live as its files are saved, on loopback.

mod live;
mod routes;
mod talk;

use std::path::PathBuf;

use axum::Router;

use crate::loopback;
use live::Live;

/// What `unstuck preview` is told.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A folder of YAML files, one YAML file, or a playbook.json.
    playbook: PathBuf,
    /// The port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 4700)]
    port: u16,
    /// The folder that holds `www/dist`.
    #[arg(long, default_value = ".")]
    root: PathBuf,
    /// Open the page in a browser.
    #[arg(long)]
    open: bool,
}

/// Serves until Ctrl-C. The error is a sentence for people.
pub fn run(args: &Args) -> Result<(), String> {
    loopback::serve("unstuck preview", args.port, prepare(args), |base| {
        println!("{}", greeting(base, args));
        if args.open {
            loopback::open(base);
        }
    })
}

async fn prepare(args: &Args) -> Result<Router, String> {
    let pages = args.root.join("www/dist/preview");
    routes::check(&pages)?;
    if !args.playbook.exists() {
        let shown = args.playbook.display();
        return Err(format!("there is no {shown}: name a folder with YAML files, or one file"));
    }
    let live = Live::new(args.playbook.clone());
    tokio::spawn(live.clone().watch());
    Ok(routes::router(&pages, live))
}

fn greeting(base: &str, args: &Args) -> String {
    format!(
        "{base}/ shows {} as users will see it. Only this machine can reach it.\n\
         Save a file, and the page follows. Ctrl-C stops it.",
        args.playbook.display()
    )
}
