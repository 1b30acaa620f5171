//! `unstuck`: check, replay, build, train, eval, ask, serve.

fn main() {}
