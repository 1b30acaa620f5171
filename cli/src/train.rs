//! `unstuck train`: the behaviour model and its card.

use std::{fs, path::PathBuf, process::ExitCode};

use unstuck_train::{
    behaviour::{Data, Progress, card, fit::Settings, train},
    judge, traces,
};

use crate::{Outcome, build::sha256};

/// Train the behaviour model, and write the ONNX file with its card beside it.
#[derive(clap::Args)]
pub struct Args {
    /// Visits to learn from, as `unstuck simulate` writes them; without them, simulated ones.
    #[arg(long)]
    traces: Option<PathBuf>,
    /// Which sixth of the given visits is judged by, from 0: each in turn is a cross-validation.
    #[arg(long, default_value_t = 0, requires = "traces")]
    fold: usize,
    /// Decides simulated apps and people, and the first weights.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many simulated visits to learn from.
    #[arg(long, default_value_t = 8_000)]
    sessions: usize,
    /// How many simulated visits, in apps of their own, to judge by.
    #[arg(long, default_value_t = 1_500)]
    held_out: usize,
    /// How many visits of the judge (docs/judge.md) the card is written by; 0 leaves it out.
    #[arg(long, default_value_t = 6_000)]
    judge: usize,
    /// Times through all visits.
    #[arg(long, default_value_t = Settings::default().epochs)]
    epochs: usize,
    /// The file to write; the card gets the same name with `.md`.
    #[arg(long, default_value = "models/behaviour.onnx")]
    out: PathBuf,
    /// Say how it goes as one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// Trains and writes both files.
pub fn run(args: &Args) -> Outcome {
    let mut data = match &args.traces {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            let given = traces::read(&text).and_then(|given| traces::both_kinds(&given).map(|()| given));
            Data::split(given.map_err(|e| format!("{}: {e}", path.display()))?, args.fold)
        }
        None => Data::simulated(args.seed, args.sessions, args.held_out),
    };
    data.judge = judge::visits(judge::SEED, args.judge, judge::HINDERED).collect();
    if data.learn.is_empty() || data.validate.is_empty() || data.held_out.is_empty() {
        return Err("there are too few visits: at least 6 are needed, better thousands".into());
    }
    let settings = Settings { seed: args.seed, epochs: args.epochs.max(1), ..Settings::default() };
    let trained = train(data, &settings, |progress| say(&progress, args.json))?;
    let sha256 = sha256(&trained.file);
    let page = args.out.with_extension("md");
    for (path, bytes) in
        [(&args.out, trained.file.as_slice()), (&page, card::card(&trained, &sha256).as_bytes())]
    {
        fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    }
    if args.json {
        println!("{}", serde_json::to_string(&trained.report)?);
    } else {
        println!("{}", card::table(&trained.report, &trained.rules));
    }
    Ok(ExitCode::SUCCESS)
}

fn say(progress: &Progress, json: bool) {
    match progress {
        _ if json => println!("{}", serde_json::to_string(progress).unwrap_or_default()),
        Progress::Prepared { visits, moments } => eprintln!("{visits} visits, {moments} moments"),
        Progress::Epoch { epoch, of, loss } => eprintln!("epoch {epoch} of {of}: loss {loss:.4}"),
    }
}
