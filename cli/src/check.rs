//! `unstuck check`: what is wrong in a playbook, with file, line and mend.

use std::{path::PathBuf, process::ExitCode};

use serde_json::json;
use unstuck::{Playbook, playbook::Severity};

use crate::{Outcome, source};

/// Check a playbook: unreachable steps, loops without exit, missing translations, dangling references.
#[derive(clap::Args)]
pub struct Args {
    /// A folder of YAML files, one YAML file, or a playbook.json.
    playbook: PathBuf,
    /// Write what is found as JSON.
    #[arg(long)]
    json: bool,
}

/// Prints what is found; exit code 1 where there is an error.
pub fn run(args: &Args) -> Outcome {
    let (playbook, findings) = source::examine(&args.playbook)?;
    let errors = findings.iter().filter(|f| f.severity == Severity::Error).count();
    if args.json {
        let report = json!({ "errors": errors, "warnings": findings.len() - errors, "findings": findings });
        println!("{report:#}");
    } else {
        for finding in &findings {
            anstream::eprintln!("{finding}");
        }
        println!("{}", summary(playbook.as_ref(), errors, findings.len() - errors));
    }
    Ok(if errors > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn summary(playbook: Option<&Playbook>, errors: usize, warnings: usize) -> String {
    let counts = format!("{}, {}", counted(errors, "error"), counted(warnings, "warning"));
    match playbook {
        Some(playbook) => {
            let steps = playbook.journeys.iter().map(|j| j.steps.len()).sum();
            let parts = [
                counted(playbook.journeys.len(), "journey"),
                counted(steps, "step"),
                counted(playbook.stuck_points.len(), "stuck point"),
                counted(playbook.cards.len(), "card"),
                counted(playbook.flows.len(), "flow"),
                counted(playbook.tools.len(), "tool"),
            ];
            format!("{}: {}; {counts}", playbook.id, parts.join(", "))
        }
        None => counts,
    }
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
