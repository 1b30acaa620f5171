//! `unstuck ask`: what the bot makes of typed questions, without a browser.

use std::{
    fs,
    io::{self, BufRead, IsTerminal},
    path::PathBuf,
    process::ExitCode,
};

use serde::Serialize;
use unstuck::{
    Playbook,
    action::{Guess, Reason},
    belief::{Belief, fuse},
    dialogue::decision::{Decision, decide},
    model::{IntentModel, Intents},
};
use unstuck_train::intents::{Encoder, Options, Questions, Size, build, read_texts};

use crate::{Outcome, source};

/// Ask the playbook's intent model questions, and see what the bot would do about each.
#[derive(clap::Args)]
pub struct Args {
    /// A folder of YAML files, one YAML file, or a playbook.json.
    #[arg(long)]
    playbook: PathBuf,
    /// Questions, one a line; without it they are typed.
    #[arg(long)]
    file: Option<PathBuf>,
    /// The intent model; without it, one is trained on the playbook's questions.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Write one JSON object a question.
    #[arg(long)]
    json: bool,
}

/// What is made of a question.
#[derive(Serialize)]
struct Answer<'a> {
    text: &'a str,
    top: Vec<Guess>,
    out_of_scope: f64,
    decision: Decision,
    reason: Vec<Reason>,
}

/// Answers each line.
pub fn run(args: &Args) -> Outcome {
    let playbook = source::load_playbook(&args.playbook)?;
    let file = match &args.model {
        Some(path) => fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?,
        None => {
            let encoder = Encoder::shipped(Size::Full)?;
            let options = Options { seed: 1, encoder, data: String::new() };
            build(&Questions::from_playbook(&playbook)?, &options, |_| {})
        }
    };
    let model = IntentModel::load(&file)?;
    match &args.file {
        Some(path) => {
            let lines = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
            read_texts(&lines).into_iter().try_for_each(|text| answer(args, &playbook, &model, text))?;
        }
        None => {
            if io::stdin().is_terminal() {
                anstream::eprintln!("Type a question a line; end with Ctrl-D.");
            }
            io::stdin().lock().lines().try_for_each(|line| answer(args, &playbook, &model, &line?))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn answer(
    args: &Args,
    playbook: &Playbook,
    model: &IntentModel,
    text: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let cause = |id: &str| playbook.stuck_point(id).map(|point| point.cause);
    let meaning = fuse(model.labels(), &model.posterior(text)?, &Belief::default(), cause);
    let verdict = decide(playbook, text, &meaning);
    let answer = Answer {
        text,
        top: meaning.ranked.into_iter().take(3).collect(),
        out_of_scope: meaning.out_of_scope,
        decision: verdict.decision,
        reason: verdict.reasons,
    };
    if args.json {
        println!("{}", serde_json::to_string(&answer)?);
    } else {
        println!("{text}\n  {}", words(&answer.decision));
        answer.reason.iter().for_each(|reason| println!("  {}: {}", reason.code, reason.text));
    }
    Ok(())
}

fn words(decision: &Decision) -> String {
    match decision {
        Decision::Answer { id } => format!("answer: {id}"),
        Decision::Clarify { ids } if ids.is_empty() => "clarify: ask for other words".to_owned(),
        Decision::Clarify { ids } => format!("clarify: {}", ids.join(", ")),
        Decision::OutOfScope {} => "out of scope".to_owned(),
        Decision::HandOff { reason, priority } => format!("hand off: {reason}, priority {priority}"),
        Decision::SmallTalk { key } => format!("small talk: {key}"),
    }
}
