//! `unstuck preview`: a playbook as users will see it, live as its files are saved, on loopback.

mod live;
mod routes;
mod talk;

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use tokio::net::TcpListener;

use crate::serve::open;
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
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| format!("cannot start the runtime: {e}"))?
        .block_on(serve(args))
}

async fn serve(args: &Args) -> Result<(), String> {
    let pages = args.root.join("www/dist/preview");
    routes::check(&pages)?;
    if !args.playbook.exists() {
        let shown = args.playbook.display();
        return Err(format!("there is no {shown}: name a folder with YAML files, or one file"));
    }
    let live = Live::new(args.playbook.clone());
    tokio::spawn(live.clone().watch());
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, args.port));
    let listener = TcpListener::bind(address).await.map_err(|e| refused(&e, args.port))?;
    let base = format!("http://{}", listener.local_addr().map_err(|e| e.to_string())?);
    println!("{}", greeting(&base, args));
    if args.open {
        open(&base);
    }
    tokio::select! {
        ended = axum::serve(listener, routes::router(&pages, live)) => {
            ended.map_err(|e| format!("the server stopped: {e}"))
        }
        // Event streams never end by themselves, so there is nothing to wait for.
        _ = tokio::signal::ctrl_c() => {
            println!("\nGoodbye.");
            Ok(())
        }
    }
}

fn greeting(base: &str, args: &Args) -> String {
    format!(
        "{base}/ shows {} as users will see it. Only this machine can reach it.\n\
         Save a file, and the page follows. Ctrl-C stops it.",
        args.playbook.display()
    )
}

fn refused(error: &io::Error, port: u16) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "port {port} is taken, perhaps by another `unstuck preview`: stop that one or give --port"
            )
        }
        io::ErrorKind::PermissionDenied => {
            format!("port {port} needs more rights than this user has: give --port with a number above 1023")
        }
        _ => format!("cannot listen on 127.0.0.1:{port}: {error}"),
    }
}
