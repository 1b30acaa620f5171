//! `unstuck serve`: the demo wallet, its API, the agent's desk and the built files, on loopback.

pub mod files;
mod wallet;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::Command,
};

use axum::Router;
use tokio::net::TcpListener;
use unstuck_desk::{Desk, Settings};

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
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| format!("cannot start the runtime: {e}"))?
        .block_on(serve(args))
}

async fn serve(args: &Args) -> Result<(), String> {
    let folders = Folders::new(&args.root, &args.bundle);
    folders.check()?;
    let desk = Desk::open(args.db.as_deref(), Settings::default()).await.map_err(|e| e.to_string())?;
    tokio::spawn(desk.clone().run());
    let app = app(&folders, desk);
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let listener = TcpListener::bind(address).await.map_err(|e| refused(&e, args.port))?;
    let base = format!("http://{}", listener.local_addr().map_err(|e| e.to_string())?);
    println!("{}", greeting(&base));
    if args.open {
        open(&format!("{base}/demo/"));
    }
    tokio::select! {
        ended = axum::serve(listener, app) => ended.map_err(|e| format!("the server stopped: {e}")),
        // Event streams never end by themselves, so there is nothing to wait for.
        _ = tokio::signal::ctrl_c() => {
            println!("\nGoodbye.");
            Ok(())
        }
    }
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

fn refused(error: &io::Error, port: u16) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} is taken, perhaps by another `unstuck serve`: stop that one or give --port")
        }
        io::ErrorKind::PermissionDenied => {
            format!("port {port} needs more rights than this user has: give --port with a number above 1023")
        }
        _ => format!("cannot listen on 127.0.0.1:{port}: {error}"),
    }
}

/// A browser that does not open is no failure: the address is on the screen.
pub fn open(url: &str) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    if let Err(error) = Command::new(program).arg(url).spawn() {
        eprintln!("Could not open a browser ({error}); the address above works in any.");
    }
}
