//! What the subcommands of `unstuck` are made of.

pub mod check;
pub mod desk;
pub mod replay;
pub mod schema;
pub mod source;

/// How a subcommand ended: its exit code, or why it could not be done, as a sentence.
pub type Outcome = Result<std::process::ExitCode, Box<dyn std::error::Error>>;
