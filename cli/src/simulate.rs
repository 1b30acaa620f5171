//! `unstuck simulate`: visits of simulated people to random apps.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
    process::ExitCode,
};

use unstuck_train::{
    judge,
    simulator::{Odds, simulate},
    traces::Trace,
};

use crate::Outcome;

/// Simulate people in random apps, and write their visits with what is true of them, one a line.
#[derive(clap::Args)]
pub struct Args {
    /// Decides apps, people and everything they do.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many visits.
    #[arg(long, default_value_t = 1_000)]
    sessions: usize,
    /// The share of visits in which somebody gets stuck, 0 to 1.
    #[arg(long, value_parser = share)]
    stuck: Option<f64>,
    /// Visits of the judge, a second simulator that no model is trained on (docs/judge.md).
    #[arg(long)]
    judge: bool,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
}

fn share(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
    (0.0..=1.0).contains(&share).then_some(share).ok_or_else(|| format!("{share} is not between 0 and 1"))
}

/// Writes the file.
pub fn run(args: &Args) -> Outcome {
    let file = File::create(&args.out).map_err(|e| format!("{}: {e}", args.out.display()))?;
    let mut out = BufWriter::new(file);
    let traces: Box<dyn Iterator<Item = Trace>> = if args.judge {
        Box::new(judge::visits(args.seed, args.sessions, args.stuck.unwrap_or(judge::HINDERED)))
    } else {
        let odds = Odds::default();
        let odds = Odds { stuck: args.stuck.unwrap_or(odds.stuck), ..odds };
        Box::new(simulate(args.seed, args.sessions, odds))
    };
    for trace in traces {
        serde_json::to_writer(&mut out, &trace)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
