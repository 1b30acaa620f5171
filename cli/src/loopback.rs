//! A server that only this machine can reach, until Ctrl-C.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    process::Command,
};

use axum::Router;
use tokio::net::TcpListener;

/// Serves what `routes` comes to on 127.0.0.1; `greet` is told the address once it answers. The error is
/// a sentence for people, who called this `command`.
pub fn serve(
    command: &str,
    port: u16,
    routes: impl Future<Output = Result<Router, String>>,
    greet: impl FnOnce(&str),
) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|e| format!("cannot start the runtime: {e}"))?.block_on(async {
        let routes = routes.await?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let listener = TcpListener::bind(address).await.map_err(|e| refused(&e, command, port))?;
        greet(&format!("http://{}", listener.local_addr().map_err(|e| e.to_string())?));
        tokio::select! {
            ended = axum::serve(listener, routes) => ended.map_err(|e| format!("the server stopped: {e}")),
            // Event streams never end by themselves, so there is nothing to wait for.
            _ = tokio::signal::ctrl_c() => {
                println!("\nGoodbye.");
                Ok(())
            }
        }
    })
}

fn refused(error: &io::Error, command: &str, port: u16) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!("port {port} is taken, perhaps by another `{command}`: stop that one or give --port")
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
