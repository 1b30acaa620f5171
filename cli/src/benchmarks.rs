//! `unstuck eval --benchmarks`: the intent model's way of learning against public sets, as a page.

use std::{fmt::Write as _, fs, path::Path, process::ExitCode};

use unstuck::model::IntentModel;
use unstuck_train::intents::{Options, Questions, Scores, build, evaluate, read_texts};

use crate::{Outcome, build::sha256};

/// A public set: where its files lie below the data folder, and under what licence.
struct Set {
    name: &'static str,
    train: &'static str,
    test: &'static str,
    outside: Option<&'static str>,
    licence: &'static str,
}

const SETS: [Set; 5] = [
    set("Banking77, test", ["banking77/train.tsv", "banking77/test.tsv"], "CC-BY-4.0"),
    Set {
        outside: Some("clinc150/oos_test.tsv"),
        ..set("CLINC150, test", ["clinc150/train.tsv", "clinc150/test.tsv"], "CC-BY-3.0")
    },
    set("HWU64, test", ["hwu64/train.tsv", "hwu64/test.tsv"], "CC-BY-4.0"),
    set("SMP2020 (Chinese), dev", ["smp2020/train.tsv", "smp2020/dev.tsv"], "none stated: measured only"),
    set("CAIS (Chinese), valid", ["cais/train.tsv", "cais/valid.tsv"], "none stated: measured only"),
];

const fn set(name: &'static str, [train, test]: [&'static str; 2], licence: &'static str) -> Set {
    Set { name, train, test, outside: None, licence }
}

/// Builds a model on each set's training rows, measures it on the rows held back, and writes the page.
/// A set that is not there is named as not measured.
pub fn run(data: &Path, out: &Path, seed: u64) -> Outcome {
    let mut rows = String::new();
    for set in &SETS {
        let row = if data.join(set.train).is_file() && data.join(set.test).is_file() {
            measured(data, set, seed)?
        } else {
            format!("| {} | not measured: no data | | | | | | | | | |\n", set.name)
        };
        print!("{row}");
        rows.push_str(&row);
    }
    fs::write(out, page(&rows, seed)).map_err(|e| format!("{}: {e}", out.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn measured(data: &Path, set: &Set, seed: u64) -> Result<String, Box<dyn std::error::Error>> {
    let read = |name: &str| fs::read_to_string(data.join(name)).map_err(|e| format!("{name}: {e}"));
    let questions = Questions::from_tsv(&read(set.train)?)?;
    let file = build(&questions, &Options { seed, data: set.train.to_owned() });
    let model = IntentModel::load(&file)?;
    let test = Questions::from_tsv_for(&read(set.test)?, &questions.labels)?;
    let outside = set.outside.map_or(Ok(String::new()), read)?;
    let scores = evaluate(&model, &test, &read_texts(&outside))?;
    Ok(row(set, questions.rows.len(), questions.labels.len(), &file, &scores))
}

fn row(set: &Set, trained: usize, labels: usize, file: &[u8], scores: &Scores) -> String {
    let mut row = format!(
        "| {} | {trained} | {labels} | {} | {:.2} | {:.2} | {:.3} | ",
        set.name,
        scores.n,
        scores.accuracy * 100.0,
        scores.macro_f1 * 100.0,
        scores.ece
    );
    let _ = match &scores.outside {
        Some(o) => {
            write!(
                row,
                "{:.1} of {}, {:.2} / {:.1}",
                o.turned_away * 100.0,
                o.oos_n,
                scores.auroc.unwrap_or(f64::NAN) * 100.0,
                scores.fpr95.unwrap_or(f64::NAN) * 100.0
            )
        }
        None => write!(row, "–"),
    };
    let mega = file.len() as f64 / 1e6;
    let digest: String = sha256(file).chars().take(12).collect();
    let _ = writeln!(row, " | {mega:.2} | `{digest}` | {} |", set.licence);
    row
}

fn page(rows: &str, seed: u64) -> String {
    format!(
        "# The intent model\n\n\
         Written by `unstuck eval --benchmarks models/intents.md` with `UNSTUCK_DATA` set and seed {seed}; \
         not edited by hand.\n\n\
         **What it is.** Linear on hashed n-grams: Chinese in 1 to 3 characters, other scripts in words, \
         pairs of words and 2 to 5 letters inside a word; 8192 buckets, TF-IDF, one 8-bit row a bucket; \
         one-against-rest squared hinge, softmax at a temperature found by five-fold cross-validation. \
         `unstuck build` trains one on the example questions of a playbook; no weights of another set are \
         in it.\n\n\
         **What was measured.** For each set a model is trained on the training rows alone and asked each \
         held-back row once. All choices were made on training and validation rows.\n\n\
         | set, split | trained on, rows | labels | tested on, rows | accuracy, % | macro F1, % | ECE, 15 bins \
         | out of scope: % turned away of rows, AUROC / FPR95, % | size, MB | SHA-256 of the file | licence |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n{rows}\n\
         **Limits.** It knows no word that the questions do not use, so a paraphrase without a common \
         n-gram is not understood. Spelling and word order count for little. Traditional \
         characters are not folded to simplified ones. With eight questions a label and language, as in a \
         small playbook, expect the figures that `unstuck build` prints from cross-validation, which are \
         well below those of the large sets above.\n"
    )
}
