//! `unstuck desk`: the agents' desk by itself, for handoffs from an app that is served elsewhere.

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use axum::response::Redirect;
use axum::routing::get;
use tokio::net::TcpListener;
use tower_http::services::ServeDir;
use unstuck_desk::{Desk, Settings, loopback_only, router};

use crate::Outcome;

/// Run the agents' desk by itself, on this machine only.
#[derive(clap::Args)]
pub struct Args {
    /// Where handoffs are kept; in memory without it.
    #[arg(long)]
    db: Option<PathBuf>,
    /// The address; it must be one that only this machine can reach.
    #[arg(long, default_value = "127.0.0.1")]
    bind: std::net::IpAddr,
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 4300)]
    port: u16,
    /// The origin of a page that embeds Unstuck, such as https://shop.example; may be given often.
    #[arg(long)]
    origin: Vec<String>,
    /// The built agents' page.
    #[arg(long, default_value = "www/dist/desk")]
    page: PathBuf,
}

/// Serves until Ctrl-C.
pub fn run(args: &Args) -> Outcome {
    let address = SocketAddr::from((args.bind, args.port));
    loopback_only(address)?;
    tokio::runtime::Runtime::new()?.block_on(serve(args, address))
}

async fn serve(args: &Args, address: SocketAddr) -> Outcome {
    let settings = Settings { origins: args.origin.clone(), ..Settings::default() };
    let desk = Desk::open(args.db.as_deref(), settings).await?;
    tokio::spawn(desk.clone().run());
    let app = router(desk)
        .nest_service("/desk", ServeDir::new(&args.page))
        .route("/", get(|| async { Redirect::to("/desk/") }));
    let listener =
        TcpListener::bind(address).await.map_err(|e| format!("{address} cannot be listened on: {e}"))?;
    println!("The desk is open at http://{}/desk/. Ctrl-C closes it.", listener.local_addr()?);
    tokio::select! {
        ended = axum::serve(listener, app) => ended?,
        // Live lines never end by themselves, so there is nothing to wait for.
        _ = tokio::signal::ctrl_c() => {}
    }
    Ok(ExitCode::SUCCESS)
}
