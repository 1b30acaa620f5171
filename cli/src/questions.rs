//! `unstuck eval --questions`: an intent model against questions it has not seen.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde::Serialize;
use unstuck::model::{IntentModel, Intents};
use unstuck_train::intents::{Questions, Scores, evaluate, read_texts};

use crate::{Outcome, at, build::sha256, report_page};

/// What is asked.
#[derive(Debug)]
pub struct Test<'a> {
    /// The model file.
    pub model: &'a Path,
    /// Lines of `text TAB label`.
    pub questions: &'a Path,
    /// Texts that have none of the model's labels.
    pub outside: Option<&'a PathBuf>,
    /// Print JSON.
    pub json: bool,
    /// Also write a page.
    pub html: Option<&'a PathBuf>,
}

#[derive(Serialize)]
struct Report<'a> {
    model: &'a Path,
    sha256: String,
    bytes: usize,
    trained_on: &'a str,
    questions: &'a Path,
    #[serde(flatten)]
    scores: &'a Scores,
}

/// Measures, and prints what was measured.
pub fn run(test: &Test) -> Outcome {
    let bytes = fs::read(test.model).map_err(|e| at(test.model, e))?;
    let model = IntentModel::load(&bytes).map_err(|e| at(test.model, e))?;
    let text = read_utf8(test.questions)?;
    let questions = Questions::from_tsv_for(&text, model.labels()).map_err(|e| at(test.questions, e))?;
    say_doubts(test.questions, &questions.doubts);
    let outside = match test.outside {
        Some(path) => read_utf8(path)?,
        None => String::new(),
    };
    let scores = evaluate(&model, &questions, &read_texts(&outside))?;
    let report = serde_json::to_value(Report {
        model: test.model,
        sha256: sha256(&bytes),
        bytes: bytes.len(),
        trained_on: &model.meta().data,
        questions: test.questions,
        scores: &scores,
    })?;
    if let Some(path) = test.html {
        fs::write(path, report_page::page(&lines(&report), &scores)?).map_err(|e| at(path, e))?;
    }
    if test.json {
        println!("{report:#}")
    } else {
        lines(&report).iter().for_each(|(k, v)| println!("{k}: {v}"))
    }
    Ok(ExitCode::SUCCESS)
}

/// The report's figures as words; what is a list has a place of its own.
fn lines(report: &serde_json::Value) -> Vec<(String, String)> {
    let word = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(n) if n.is_f64() => n.as_f64().map(|x| format!("{x:.4}")),
        serde_json::Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    let entries = report.as_object().into_iter().flatten();
    entries.filter_map(|(key, value)| Some((key.replace('_', " "), word(value)?))).collect()
}

/// The file as text; where it is not UTF-8, the error says in which line.
pub fn read_utf8(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|e| at(path, e))?;
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()].split(|b| *b == b'\n').count();
        format!("{}: line {line} is not UTF-8: save the file as UTF-8", path.display())
    })
}

/// Says on the error stream what a file's author will not have meant; the first few.
pub fn say_doubts(path: &Path, doubts: &[String]) {
    const SHOWN: usize = 10;
    doubts.iter().take(SHOWN).for_each(|doubt| anstream::eprintln!("{}: {doubt}", path.display()));
    if doubts.len() > SHOWN {
        anstream::eprintln!("{}: and {} more such lines", path.display(), doubts.len() - SHOWN);
    }
}
