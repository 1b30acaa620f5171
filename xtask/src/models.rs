//! `docs/models.md`: the models that ship, what each was made from, and what its card says of it.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use sha2::{Digest, Sha256};

use crate::run::root;

#[derive(Args)]
pub struct Options {
    /// Only say whether the page is stale: whether a model, a card or what a model is made from differs
    #[arg(long)]
    check: bool,
}

/// A file that ships.
struct Model {
    file: &'static str,
    what: &'static str,
    made_by: &'static str,
    card: &'static str,
    /// Files and folders: when one changes, the model may be made anew.
    inputs: &'static [&'static str],
}

const ENCODER: &[&str] = &["models/encoder", "models/corpus", "src/model/text.rs"];
const MODELS: [Model; 3] = [
    Model {
        file: "models/behaviour.onnx",
        what: "the behaviour model: stuck now, where, why",
        made_by: "unstuck train",
        card: "models/behaviour.md",
        inputs: &["train/src/behaviour", "train/src/simulator", "src/features", "src/signal"],
    },
    Model {
        file: "models/encoder.safetensors",
        what: "the encoder below every intent model",
        made_by: "models/encoder/pretrain.py",
        card: "models/encoder/README.md",
        inputs: ENCODER,
    },
    Model {
        file: "models/encoder-compact.safetensors",
        what: "the one of `unstuck build --compact`",
        made_by: "models/encoder/pretrain.py --compact",
        card: "models/encoder/README.md",
        inputs: ENCODER,
    },
];
/// Headings of cards whose tables the page repeats: figures have one source.
const TABLES: [(&str, &str, &str); 5] = [
    ("Behaviour, by the judge", "models/behaviour.md", "## By the judge"),
    ("Intents, on public sets", "models/intents.md", "**What was measured.**"),
    (
        "Intents that the encoder has not seen",
        "models/together.md",
        "## Intents that the encoder has not seen",
    ),
    ("Text and behaviour together", "models/together.md", "## Who knows what is meant"),
    ("When to hand off", "models/together.md", "## When to hand off"),
];

/// Plots that cards write; the page shows them, and is stale when one changes.
const PLOTS: [(&str, &str); 3] = [
    ("together-bars.svg", "Who knows what is meant: together, text alone, behaviour alone"),
    ("together-reliability.svg", "Whether the posterior's probabilities can be believed"),
    ("together-costs.svg", "What a talk costs over the price of a human"),
];

pub fn run(options: &Options) -> Result<()> {
    let (path, page) = (root().join("docs/models.md"), page()?);
    if !options.check {
        return fs::write(&path, page).with_context(|| format!("cannot write {}", path.display()));
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    let stale: Vec<&str> = page.lines().filter(|line| !written.lines().any(|l| l == *line)).collect();
    if stale.is_empty() {
        println!("docs/models.md is up to date");
        return Ok(());
    }
    bail!(
        "docs/models.md is stale; train anew what its inputs say, then run `cargo xtask models`. Now it would \
         say:\n{}",
        stale.join("\n")
    )
}

fn page() -> Result<String> {
    let mut page = "# Models\n\nWritten by `cargo xtask models`; do not edit. `cargo xtask models --check` says whether it \
                    is stale. The inputs are what a model is made from; their hash is that of the day the page was \
                    written.\n\n| file | what | MB | SHA-256 | made by | inputs | card |\n|---|---|---|---|---|---|---|\n"
        .to_owned();
    for model in MODELS {
        let bytes = read(model.file)?;
        let _ = writeln!(
            page,
            "| `{}` | {} | {:.3} | `{}` | `{}` | `{}` | [card](../{}) |",
            model.file,
            model.what,
            bytes.len() as f64 / 1e6,
            short(&Sha256::digest(&bytes)),
            model.made_by,
            inputs(model.inputs)?,
            model.card
        );
    }
    for (title, card, heading) in TABLES {
        let text = String::from_utf8(read(card)?)?;
        let below = text.split_once(heading).with_context(|| format!("{card} has no `{heading}`"))?.1;
        let table: Vec<&str> =
            below.lines().skip_while(|l| !l.starts_with('|')).take_while(|l| l.starts_with('|')).collect();
        let _ = write!(page, "\n## {title}\n\nFrom [its card](../{card}).\n\n{}\n", table.join("\n"));
    }
    page.push_str("\n## Plots\n");
    for (name, what) in PLOTS {
        let file = format!("docs/images/{name}");
        let _ = write!(page, "\n![{what}](images/{name}) `{}`\n", short(&Sha256::digest(read(&file)?)));
    }
    Ok(page)
}

/// One hash over all files below these paths, by name and content.
fn inputs(paths: &[&str]) -> Result<String> {
    let mut files = Vec::new();
    paths.iter().try_for_each(|path| collect(&root().join(path), &mut files))?;
    files.sort();
    let mut all = Sha256::new();
    for file in files {
        all.update(file.strip_prefix(root()).unwrap_or(&file).to_string_lossy().replace('\\', "/"));
        all.update(Sha256::digest(fs::read(&file)?));
    }
    Ok(short(&all.finalize()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
    // What Python leaves behind is no input.
    let kept = entries.flatten().map(|e| e.path()).filter(|p| !p.ends_with("__pycache__"));
    kept.into_iter().try_for_each(|entry| collect(&entry, files))
}

fn read(file: &str) -> Result<Vec<u8>> {
    fs::read(root().join(file)).with_context(|| format!("cannot read {file}"))
}

/// The first twelve hexadecimal digits.
fn short(hash: &[u8]) -> String {
    hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
