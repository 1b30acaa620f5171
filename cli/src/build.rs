//! `unstuck build`: a bundle from a playbook, or an intent model from a file of questions.

use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    process::ExitCode,
};

use sha2::{Digest, Sha256};
use unstuck::{
    Playbook,
    bundle::{FILES, File, Manifest, Rollout, VERSION},
    model::{BehaviourModel, IntentModel},
};
use unstuck_train::intents::{Encoder, Options, Progress, Questions, Size, build};

use crate::{
    Outcome, at,
    questions::{read_utf8, say_doubts},
    source,
};

/// Build a bundle from a playbook: check it, train the intent model on its questions, hash the files.
#[derive(clap::Args)]
pub struct Args {
    /// A folder of YAML files, one YAML file, or a playbook.json.
    #[arg(required_unless_present = "questions", conflicts_with = "questions")]
    playbook: Option<PathBuf>,
    /// Only train an intent model, on lines of `text TAB label`.
    #[arg(long)]
    questions: Option<PathBuf>,
    /// The folder of the bundle; with `--questions`, the model file.
    #[arg(long)]
    out: PathBuf,
    /// The behaviour model that goes into the bundle.
    #[arg(long, default_value = "models/behaviour.onnx")]
    behaviour: PathBuf,
    /// The order of training, and which questions are held out to calibrate.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Build on the compact encoder, for hosts that ship everything in one package: smaller, and less
    /// accurate.
    #[arg(long)]
    compact: bool,
    /// Build on this encoder, as `models/encoder/` makes them, and not on one that ships.
    #[arg(long, conflicts_with = "compact")]
    encoder: Option<PathBuf>,
    /// Write what was built as JSON.
    #[arg(long)]
    json: bool,
}

/// Builds, and prints what was built.
pub fn run(args: &Args) -> Outcome {
    match (&args.playbook, &args.questions) {
        (Some(playbook), _) => bundle(args, &source::load_playbook(playbook)?),
        (None, Some(questions)) => model(args, questions),
        (None, None) => Err("name a playbook, or a file with `--questions`".into()),
    }
}

fn model(args: &Args, path: &Path) -> Outcome {
    let tsv = read_utf8(path)?;
    let questions = Questions::from_tsv(&tsv).map_err(|e| at(path, e))?;
    say_doubts(path, &questions.doubts);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = train(args, &questions, &format!("{name}, SHA-256 {}", sha256(tsv.as_bytes())))?;
    fs::write(&args.out, &file).map_err(|e| at(&args.out, e))?;
    say(args, &questions, &file, None)
}

fn bundle(args: &Args, playbook: &Playbook) -> Outcome {
    let behaviour = fs::read(&args.behaviour).map_err(|e| {
        format!(
            "{}: {e}; name a model with --behaviour or make one with `unstuck train`",
            args.behaviour.display()
        )
    })?;
    BehaviourModel::load(&behaviour).map_err(|e| at(&args.behaviour, e))?;
    let questions = Questions::from_playbook(playbook)?;
    let intents = train(args, &questions, &format!("the questions of the playbook `{}`", playbook.id))?;
    let json = serde_json::to_vec(playbook)?;
    fs::create_dir_all(&args.out).map_err(|e| at(&args.out, e))?;
    let contents = [json.as_slice(), behaviour.as_slice(), intents.as_slice()];
    let manifest = manifest(playbook, &contents);
    let written = format!("{:#}\n", serde_json::to_value(&manifest)?);
    for (name, bytes) in FILES.into_iter().zip(contents).chain([("manifest.json", written.as_bytes())]) {
        let path = args.out.join(name);
        fs::write(&path, bytes).map_err(|e| at(&path, e))?;
    }
    say(args, &questions, &intents, Some(&manifest))
}

fn train(args: &Args, questions: &Questions, data: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let (n, labels) = (questions.rows.len(), questions.labels.len());
    let data = format!("{n} questions with {labels} labels: {data}; seed {}", args.seed);
    let encoder = match &args.encoder {
        Some(path) => Encoder::read(&fs::read(path).map_err(|e| at(path, e))?).map_err(|e| at(path, e))?,
        None => Encoder::shipped(if args.compact { Size::Compact } else { Size::Full })?,
    };
    let options = Options { seed: args.seed, encoder, data };
    let file = build(questions, &options, |progress| say_progress(args, progress));
    IntentModel::load(&file)?;
    Ok(file)
}

/// On one line that is written over, where somebody watches.
fn say_progress(args: &Args, Progress { done, of }: Progress) {
    if args.json || !io::stderr().is_terminal() {
        return;
    }
    let end = if done == of { "\n" } else { "" };
    anstream::eprint!("\rtraining the intent model: {done} of {of}{end}");
}

fn manifest(playbook: &Playbook, contents: &[&[u8]; 3]) -> Manifest {
    let entry = |bytes: &[u8]| File { sha256: sha256(bytes), bytes: bytes.len() as u64 };
    let files: Vec<(String, File)> =
        FILES.iter().zip(contents).map(|(name, bytes)| ((*name).to_owned(), entry(bytes))).collect();
    let hashes: String = files.iter().map(|(_, file)| file.sha256.as_str()).collect();
    Manifest {
        version: VERSION,
        bundle: sha256(hashes.as_bytes()).chars().take(12).collect(),
        playbook: playbook.id.clone(),
        made_by: concat!("unstuck ", env!("CARGO_PKG_VERSION")).to_owned(),
        files: files.into_iter().collect(),
        rollout: Rollout { percent: 100, previous: None },
        enabled: true,
    }
}

fn say(args: &Args, questions: &Questions, model: &[u8], manifest: Option<&Manifest>) -> Outcome {
    let meta = unstuck::model::onnx::read_meta(model)?;
    if args.json {
        let results = serde_json::json!({
            "out": args.out,
            "manifest": manifest,
            "questions": questions.rows.len(),
            "labels": questions.labels.len(),
            "bytes": model.len(),
            "sha256": sha256(model),
            "results": meta.results,
        });
        println!("{results:#}");
    } else {
        println!("{}: {}", args.out.display(), meta.data);
        println!("intent model: {} bytes, SHA-256 {}", model.len(), sha256(model));
        for (name, value) in &meta.results {
            println!("  {}: {value:.4}", name.replace('_', " "));
        }
        if let Some(manifest) = manifest {
            println!("bundle {}", manifest.bundle);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// In lower-case hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
