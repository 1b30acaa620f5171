//! `unstuck eval --benchmarks`: the intent model's way of learning against public sets, as a page.

use std::{fmt::Write as _, fs, path::Path, process::ExitCode};

use unstuck::model::{IntentModel, onnx::read_meta};
use unstuck_train::intents::{Encoder, Options, Questions, Scores, Size, build, evaluate, read_texts};

use crate::{Outcome, build::sha256};

/// A public set: where its files lie below the data folder, and under what licence.
struct Set {
    name: &'static str,
    train: &'static str,
    test: &'static str,
    outside: Option<&'static str>,
    licence: &'static str,
}

const NO_LICENCE: &str = "none stated: measured only";
const SETS: [Set; 7] = [
    set("Banking77, test", ["banking77/train.tsv", "banking77/test.tsv"], None, "CC-BY-4.0"),
    set(
        "CLINC150, test",
        ["clinc150/train.tsv", "clinc150/test.tsv"],
        Some("clinc150/oos_test.tsv"),
        "CC-BY-3.0",
    ),
    set("HWU64, test", ["hwu64/train.tsv", "hwu64/test.tsv"], None, "CC-BY-4.0"),
    set(
        "Banking77-OOS, test; outside: near",
        ["banking77-oos/in.train.tsv", "banking77-oos/in.test.tsv"],
        Some("banking77-oos/id-oos.test.tsv"),
        "CC-BY-4.0",
    ),
    set(
        "Banking77-OOS, test; outside: far",
        ["banking77-oos/in.train.tsv", "banking77-oos/in.test.tsv"],
        Some("banking77-oos/ood-oos.test.tsv"),
        "CC-BY-4.0",
    ),
    set("SMP2020 (Chinese), dev", ["smp2020/train.tsv", "smp2020/dev.tsv"], None, NO_LICENCE),
    set("CAIS (Chinese), valid", ["cais/train.tsv", "cais/valid.tsv"], None, NO_LICENCE),
];

/// Small sets of real chatbots, measured by the cross-validation that each build does.
const SMALL: [(&str, &str); 3] = [
    ("HINT3 curekart", "hint3/v1_train_curekart_train.tsv"),
    ("HINT3 powerplay11", "hint3/v1_train_powerplay11_train.tsv"),
    ("HINT3 sofmattress", "hint3/v1_train_sofmattress_train.tsv"),
];

const fn set(
    name: &'static str,
    [train, test]: [&'static str; 2],
    outside: Option<&'static str>,
    licence: &'static str,
) -> Set {
    Set { name, train, test, outside, licence }
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
    let mut small = String::new();
    for (name, train) in SMALL {
        let row = match data.join(train).is_file() {
            true => cross_validated(data, name, train, seed)?,
            false => format!("| {name} | not measured: no data | | | | |\n"),
        };
        print!("{row}");
        small.push_str(&row);
    }
    fs::write(out, page(&rows, &small, seed)).map_err(|e| format!("{}: {e}", out.display()))?;
    Ok(ExitCode::SUCCESS)
}

fn cross_validated(
    data: &Path,
    name: &str,
    train: &str,
    seed: u64,
) -> Result<String, Box<dyn std::error::Error>> {
    let tsv = fs::read_to_string(data.join(train)).map_err(|e| format!("{train}: {e}"))?;
    let questions = Questions::from_tsv(&tsv)?;
    let options = Options { seed, encoder: Encoder::shipped(Size::Full)?, data: train.to_owned() };
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

fn measured(data: &Path, set: &Set, seed: u64) -> Result<String, Box<dyn std::error::Error>> {
    let read = |name: &str| fs::read_to_string(data.join(name)).map_err(|e| format!("{name}: {e}"));
    let questions = Questions::from_tsv(&read(set.train)?)?;
    let options = Options { seed, encoder: Encoder::shipped(Size::Full)?, data: set.train.to_owned() };
    let file = build(&questions, &options, |_| {});
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
