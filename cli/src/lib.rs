//! What the subcommands of `unstuck` are made of.

pub mod ask;
mod benchmarks;
pub mod build;
pub mod check;
pub mod desk;
pub mod eval;
pub mod featurize;
pub mod import;
mod plot;
mod questions;
pub mod replay;
mod report_page;
pub mod rollout;
pub mod schema;
pub mod simulate;
pub mod source;
pub mod traces;
pub mod train;

/// How a subcommand ended: its exit code, or why it could not be done, as a sentence.
pub type Outcome = Result<std::process::ExitCode, Box<dyn std::error::Error>>;
