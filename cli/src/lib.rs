//! What the subcommands of `unstuck` are made of.

pub mod ask;
mod benchmarks;
pub mod build;
pub mod check;
pub mod desk;
pub mod eval;
pub mod featurize;
mod held_out;
pub mod import;
mod plot;
mod questions;
pub mod replay;
mod report_page;
pub mod rollout;
pub mod schema;
pub mod simulate;
pub mod source;
mod together;
mod together_card;
mod together_plots;
pub mod traces;
pub mod train;

/// How a subcommand ended: its exit code, or why it could not be done, as a sentence.
pub type Outcome = Result<std::process::ExitCode, Box<dyn std::error::Error>>;

/// What went wrong with a file, after its path.
pub(crate) fn at(path: &std::path::Path, error: impl std::fmt::Display) -> String {
    format!("{}: {error}", path.display())
}
