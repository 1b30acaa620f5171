//! `unstuck eval`: how good a model is.

use std::path::{Path, PathBuf};

use unstuck_train::behaviour::report::PREVALENCE;

use crate::{Outcome, benchmarks, questions, together, traces};

/// Judge a behaviour model by visits, an intent model by questions, or the way intents are learnt by
/// public sets.
#[derive(clap::Args)]
pub struct Args {
    /// The model.
    #[arg(long, required_unless_present_any = ["benchmarks", "together"])]
    model: Option<PathBuf>,
    /// Visits for a behaviour model, as `unstuck simulate` writes them.
    #[arg(long)]
    traces: Option<PathBuf>,
    /// Judge by what the model says after this event of each visit, and leave out visits that are over
    /// by then; without it, by all it says.
    #[arg(long, requires = "traces", value_name = "K", value_parser = clap::value_parser!(u32).range(1..))]
    at_event: Option<u32>,
    /// The share of stuck visits that precision is given at, above 0 and below 1.
    #[arg(long, requires = "traces", default_value_t = PREVALENCE, value_parser = between)]
    prevalence: f64,
    /// Beside the visits, judge each signal alone.
    #[arg(long, requires = "traces")]
    rules: bool,
    /// Questions for an intent model: lines of `text TAB label`.
    #[arg(long, conflicts_with = "traces")]
    questions: Option<PathBuf>,
    /// Beside the questions, texts that have none of the model's labels.
    #[arg(long, requires = "questions")]
    oos: Option<PathBuf>,
    /// Write the figures as JSON.
    #[arg(long)]
    json: bool,
    /// Write an intent model's figures and worst confusions as a page.
    #[arg(long, requires = "questions")]
    html: Option<PathBuf>,
    /// Train and measure on each public set below `UNSTUCK_DATA`, and write this card.
    #[arg(long, conflicts_with_all = ["model", "traces", "questions"])]
    benchmarks: Option<PathBuf>,
    /// Play people who get stuck in this playbook's app and type, and measure what text and behaviour
    /// know together and apart.
    #[arg(long, value_name = "PLAYBOOK", conflicts_with_all = ["model", "traces", "questions", "benchmarks"])]
    together: Option<PathBuf>,
    /// The behaviour model beside the playbook.
    #[arg(long, requires = "together", default_value = "models/behaviour.onnx")]
    behaviour: PathBuf,
    /// How many visits are played.
    #[arg(long, requires = "together", default_value_t = 3_000)]
    visits: usize,
    /// Decides the visits; whatever was chosen was chosen on other seeds than the default.
    #[arg(long, requires = "together", default_value_t = unstuck_train::together::SEED)]
    seed: u64,
    /// Write these figures as a card, with plots in docs/images.
    #[arg(long, requires = "together")]
    card: Option<PathBuf>,
}

fn between(text: &str) -> Result<f64, String> {
    let share: f64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
    (share > 0.0 && share < 1.0).then_some(share).ok_or_else(|| format!("{share} is not between 0 and 1"))
}

/// The order of training in benchmarks.
const SEED: u64 = 1;

/// Prints the figures.
pub fn run(args: &Args) -> Outcome {
    let Args { rules, json, oos, html, .. } = args;
    if let Some(card) = &args.benchmarks {
        let data = std::env::var_os("UNSTUCK_DATA").ok_or("say in UNSTUCK_DATA where the public sets are")?;
        return benchmarks::run(Path::new(&data), card, SEED);
    }
    if let Some(playbook) = &args.together {
        let (behaviour, visits, seed) = (&args.behaviour, args.visits, args.seed);
        let card = args.card.as_ref();
        return together::run(&together::Test { playbook, behaviour, visits, seed, json: *json, card });
    }
    let model = args.model.as_deref().unwrap_or(Path::new(""));
    match (&args.traces, &args.questions) {
        (Some(traces), _) => {
            let at_event = args.at_event.map(|k| k as usize);
            let prevalence = args.prevalence;
            traces::run(&traces::Test { model, traces, at_event, prevalence, rules: *rules, json: *json })
        }
        (None, Some(questions)) => {
            let (outside, html) = (oos.as_ref(), html.as_ref());
            questions::run(&questions::Test { model, questions, outside, json: *json, html })
        }
        (None, None) => Err("name what to judge it by: --traces for a behaviour model, --questions for an \
                             intent model"
            .into()),
    }
}
