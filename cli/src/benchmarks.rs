//! `unstuck eval --benchmarks`: the intent model's way of learning against public sets, as a page.

use std::{fmt::Write as _, fs, path::Path, process::ExitCode};

use unstuck::model::{IntentModel, onnx::read_meta};
use unstuck_train::{
    import::questions::{BANKING77, BANKING77_OOS, CAIS, CLINC150, HINT3, HWU64, SMP2020, Set, to_tsv},
    intents::{Encoder, Options, Questions, Scores, Size, build, evaluate, read_texts},
};

use crate::{Outcome, at, build::sha256};

/// What a set is measured on.
struct Benchmark {
    set: &'static Set,
    /// The split that a model is built on.
    train: &'static str,
    test: &'static str,
    /// Rows of the page: a name, and the split of what is out of scope.
    rows: &'static [(&'static str, Option<&'static str>)],
}

const BENCHMARKS: [Benchmark; 6] = [
    benchmark(&BANKING77, ["train", "test"], &[("Banking77, test", None)]),
    benchmark(&CLINC150, ["train", "test"], &[("CLINC150, test", Some("oos_test"))]),
    benchmark(&HWU64, ["train", "test"], &[("HWU64, test", None)]),
    benchmark(
        &BANKING77_OOS,
        ["in.train", "in.test"],
        &[
            ("Banking77-OOS, test; outside: near", Some("id-oos.test")),
            ("Banking77-OOS, test; outside: far", Some("ood-oos.test")),
        ],
    ),
    benchmark(&SMP2020, ["train", "dev"], &[("SMP2020 (Chinese), dev", None)]),
    benchmark(&CAIS, ["train", "valid"], &[("CAIS (Chinese), valid", None)]),
];

/// Small sets of real chatbots, measured by the cross-validation that each build does.
const SMALL: [(&str, &str); 3] = [
    ("HINT3 curekart", "curekart"),
    ("HINT3 powerplay11", "powerplay11"),
    ("HINT3 sofmattress", "sofmattress"),
];

const fn benchmark(
    set: &'static Set,
    [train, test]: [&'static str; 2],
    rows: &'static [(&'static str, Option<&'static str>)],
) -> Benchmark {
    Benchmark { set, train, test, rows }
}

/// Builds a model on each set's training rows, measures it on the rows held back, and writes the page.
/// A set that is not there is named as not measured.
pub fn run(data: &Path, out: &Path, seed: u64) -> Outcome {
    let mut rows = String::new();
    for benchmark in &BENCHMARKS {
        for row in measured(data, benchmark, seed)? {
            print!("{row}");
            rows.push_str(&row);
        }
    }
    let mut small = String::new();
    for (name, split) in SMALL {
        let row = match HINT3.has(&data.join(HINT3.name), split) {
            true => cross_validated(data, name, split, seed)?,
            false => format!("| {name} | not measured: no data | | | | |\n"),
        };
        print!("{row}");
        small.push_str(&row);
    }
    fs::write(out, page(&rows, &small, seed)).map_err(|e| at(out, e))?;
    Ok(ExitCode::SUCCESS)
}

/// A split as lines of `text TAB label`, read as `unstuck import` reads it.
fn tsv(data: &Path, set: &Set, split: &str) -> Result<String, String> {
    Ok(to_tsv(&set.read(&data.join(set.name), split)?))
}

fn cross_validated(
    data: &Path,
    name: &str,
    split: &str,
    seed: u64,
) -> Result<String, Box<dyn std::error::Error>> {
    let questions = Questions::from_tsv(&tsv(data, &HINT3, split)?)?;
    let options = Options { seed, encoder: Encoder::shipped(Size::Full)?, data: name.to_owned() };
    let results = read_meta(&build(&questions, &options, |_| {}))?.results;
    let of = |key: &str| results.get(key).copied().unwrap_or(f64::NAN);
    Ok(format!(
        "| {name} | {} | {} | {:.2} | {:.3} | {:.2} |\n",
        questions.rows.len(),
        questions.labels.len(),
        of("cross_validated_accuracy") * 100.0,
        of("cross_validated_ece"),
        of("cross_validated_auroc_of_unknown") * 100.0
    ))
}

/// One model, and a row for each kind of what is out of its scope.
fn measured(
    data: &Path,
    benchmark: &Benchmark,
    seed: u64,
) -> Result<Vec<String>, Box<dyn std::error::Error>> {
    let Benchmark { set, train, test, rows } = benchmark;
    let folder = data.join(set.name);
    if !set.has(&folder, train) || !set.has(&folder, test) {
        let row = |(name, _): &(&str, _)| format!("| {name} | not measured: no data | | | | | | | | | |\n");
        return Ok(rows.iter().map(row).collect());
    }
    let questions = Questions::from_tsv(&tsv(data, set, train)?)?;
    let named = format!("{}/{train}.tsv", set.name);
    let options = Options { seed, encoder: Encoder::shipped(Size::Full)?, data: named };
    let file = build(&questions, &options, |_| {});
    let model = IntentModel::load(&file)?;
    let asked = Questions::from_tsv_for(&tsv(data, set, test)?, &questions.labels)?;
    let mut measured = Vec::new();
    for (name, outside) in *rows {
        let outside = outside.map_or(Ok(String::new()), |split| tsv(data, set, split))?;
        let scores = evaluate(&model, &asked, &read_texts(&outside))?;
        measured.push(row(name, set.licence, &questions, &file, &scores));
    }
    Ok(measured)
}

fn row(name: &str, licence: &str, questions: &Questions, file: &[u8], scores: &Scores) -> String {
    let (trained, labels) = (questions.rows.len(), questions.labels.len());
    let mut row = format!(
        "| {name} | {trained} | {labels} | {} | {:.2} | {:.2} | {:.3} | ",
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
    let _ = writeln!(row, " | {mega:.2} | `{digest}` | {licence} |");
    row
}

fn page(rows: &str, small: &str, seed: u64) -> String {
    format!(
        "# The intent model\n\n\
         Written by `unstuck eval --benchmarks models/intents.md` with `UNSTUCK_DATA` set and seed {seed}; \
         not edited by hand.\n\n\
         **What it is.** Two readings of a question side by side, and one linear model on both: hashed \
         n-grams by TF-IDF (Chinese in 1 to 3 characters, other scripts in words, pairs of words and 2 to 5 \
         letters inside a word; 8192 buckets, 4 bits a weight), and the vector of a frozen bilingual encoder \
         (`models/encoder/`). One-against-rest squared hinge; softmax at a temperature found by five-fold \
         cross-validation; out of scope by a logistic of the best score, its probability, the share of known \
         n-grams and the closeness to an intent's mean vector, fitted on left-out intents. `unstuck build` \
         trains one on the example questions of a playbook, and there learns from 200 off-topic questions as \
         well.\n\n\
         **What was measured.** For each set a model is built on the training rows alone, as \
         `unstuck build --questions` does, and asked each held-back row once. All choices were made on \
         training and validation rows. The encoder has seen the training texts of Banking77, CLINC150 and \
         HWU64 without their labels, and nothing of the others; so Banking77-OOS, which is made of Banking77, \
         flatters it.\n\n\
         | set, split | trained on, rows | labels | tested on, rows | accuracy, % | macro F1, % | ECE, 15 bins \
         | out of scope: % turned away of rows, AUROC / FPR95, % | size, MB | SHA-256 of the file | licence |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n{rows}\n\
         **Small sets of real chatbots**, by the five-fold cross-validation of `unstuck build` on their \
         training rows; the temperature was fitted on the same scores, which flatters the ECE. Unknown are the \
         questions of intents that were left out.\n\n\
         | set | rows | labels | accuracy, % | ECE, 15 bins | unknown, AUROC, % |\n|---|---|---|---|---|---|\n\
         {small}\n\
         **Limits.** Words that neither the examples nor the encoder's texts use mean nothing to it. Spelling \
         and word order count for little. Traditional characters are not folded to simplified ones. With a \
         dozen questions a label and language, as in a small playbook, expect the figures that \
         `unstuck build` prints from cross-validation, which are well below those of the large sets above. \
         Off-topic questions are turned away better than questions near the playbook's own.\n\n\
         **Not to be used for** decisions about people: credit, fraud, insurance, health, work. It says what \
         a question is about, not whether the asker is right. Urgent matters (money lost, account stolen, a \
         person in distress) are caught by the playbook's escalation phrases first, and not by this model \
         alone.\n\n\
         **Checked on groups:** Chinese and English, by the sets above. Not on age, dialect or disability: no \
         public set carries them.\n"
    )
}
