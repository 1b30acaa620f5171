//! `unstuck replay`: a recorded session through the engine, event by event.

mod explain;
mod page;
mod trace;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde_json::json;
use unstuck::{
    Config, Engine, Error, ErrorKind, Input, Millis, Output,
    model::{BehaviourModel, IntentModel, Intents, Posterior},
    playbook::Language,
};

use self::trace::Line;
use crate::{Outcome, source};

/// Replay a recorded session: signals, belief, decision and reasons, event by event.
#[derive(clap::Args)]
pub struct Args {
    /// The session: one event or input as JSON a line.
    trace: PathBuf,
    /// A folder of YAML files, one YAML file, or a playbook.json.
    #[arg(long)]
    playbook: PathBuf,
    /// A folder with behaviour.onnx and, for what users type, intents.onnx (see `unstuck build`).
    #[arg(long, default_value = "models")]
    bundle: PathBuf,
    /// Show signals, belief and reasons of each moment, not only what is done.
    #[arg(long)]
    explain: bool,
    /// Write one JSON object a moment.
    #[arg(long)]
    json: bool,
    /// Also draw the session as a page: a timeline of what was seen, believed and done.
    #[arg(long)]
    html: Option<PathBuf>,
    /// The language to begin with: zh or en.
    #[arg(long, default_value = "en", value_parser = language)]
    language: Language,
    /// The user's pseudonym. Without one nobody is held out.
    #[arg(long)]
    user: Option<String>,
}

/// Replays the trace; exit code 1 where a line was refused.
pub fn run(args: &Args) -> Outcome {
    let lines = trace::read(&args.trace)?;
    let mut engine = engine(args)?;
    let mut refused = 0;
    let mut shown = Shown { args, moments: Vec::new() };
    let mut woken = Output::default();
    for Line { number, input } in lines {
        let input = input.and_then(|input| {
            wake(&mut shown, &mut engine, &mut woken, input.t())?;
            Ok((engine.push(input.clone())?, input))
        });
        match input {
            Ok((output, input)) => {
                shown.show(input, &output)?;
                woken = output;
            }
            Err(error) => {
                refused += 1;
                anstream::eprintln!("{}:{number}: {error}", args.trace.display());
            }
        }
    }
    if let Some(path) = &args.html {
        let name = args.trace.file_name().unwrap_or_default().to_string_lossy();
        let page = page::page(&name, &shown.moments)?;
        fs::write(path, page).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    Ok(if refused > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is shown, moment by moment, and kept for the page.
struct Shown<'a> {
    args: &'a Args,
    moments: Vec<(Input, Output)>,
}

impl Shown<'_> {
    fn show(&mut self, input: Input, output: &Output) -> Result<(), serde_json::Error> {
        if self.args.json {
            println!("{}", serde_json::to_string(&json!({ "input": input, "output": output }))?);
        } else {
            anstream::print!("{}", explain::moment(&input, output, self.args.explain));
        }
        if self.args.html.is_some() {
            self.moments.push((input, output.clone()));
        }
        Ok(())
    }
}

/// Wakes the engine whenever it asked for it before `until`. It decides the same without; so each
/// moment is shown by itself.
fn wake(shown: &mut Shown, engine: &mut Engine, last: &mut Output, until: Millis) -> Result<(), Error> {
    while let Some(t) = last.wake_at.filter(|t| *t < until) {
        let input = Input::Tick { t };
        *last = engine.push(input.clone())?;
        let news = last.explain.as_ref().is_some_and(|explain| !explain.signals.is_empty());
        if news || !last.actions.is_empty() {
            shown.show(input, last).map_err(|error| Error::new(ErrorKind::Input, "", error.to_string()))?;
        }
    }
    Ok(())
}

fn engine(args: &Args) -> Result<Engine, Box<dyn std::error::Error>> {
    let mut playbook = source::load_playbook(&args.playbook)?;
    if args.user.is_none() {
        playbook.settings.policy.holdout = 0.0;
    }
    let behaviour = BehaviourModel::load(&file(&args.bundle, "behaviour.onnx")?)?;
    let config = Config {
        session: "replay".into(),
        user: args.user.clone().unwrap_or_default(),
        language: args.language,
        explain: true,
        ..Config::default()
    };
    let intents = intents(&args.bundle)?;
    Ok(Engine::new(config, playbook, Box::new(behaviour), intents)?)
}

fn intents(bundle: &Path) -> Result<Box<dyn Intents>, Box<dyn std::error::Error>> {
    if !bundle.join("intents.onnx").exists() {
        return Ok(Box::new(NoIntents(bundle.display().to_string())));
    }
    Ok(Box::new(IntentModel::load(&file(bundle, "intents.onnx")?)?))
}

fn file(folder: &Path, name: &str) -> Result<Vec<u8>, String> {
    let path = folder.join(name);
    fs::read(&path)
        .map_err(|error| format!("{}: {error}. Give a folder with {name} by --bundle.", path.display()))
}

/// Stands in where no intent model was built: events replay, and a typed text is refused.
struct NoIntents(String);

impl Intents for NoIntents {
    fn labels(&self) -> &[String] {
        &[]
    }

    fn posterior(&self, _text: &str) -> Result<Posterior, Error> {
        let detail = "A typed text needs an intent model. Make one with `unstuck build` and give its folder \
                      by --bundle.";
        Err(Error::new(ErrorKind::Model, format!("{}/intents.onnx", self.0), detail))
    }
}

fn language(word: &str) -> Result<Language, String> {
    match word {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        other => Err(format!("`{other}` is no language of the bot: zh or en")),
    }
}
