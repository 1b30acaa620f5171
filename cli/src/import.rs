//! `unstuck import`: public sets of real people as visits, and of their questions as `text TAB label`.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use unstuck_train::{
    import::{iweb, questions, wikispeedia},
    traces::Trace,
};

use crate::{Outcome, at};

/// Write a public set in our form: of real people as visits to train and judge by (docs/real-people.md),
/// of questions as lines of `text TAB label` (docs/data.md).
#[derive(clap::Args)]
pub struct Args {
    /// Which set.
    set: Set,
    /// The folder of the set, as it is published: links.tsv and paths of Wikispeedia, sessions.csv of
    /// iWeb; train.csv of Banking77, data_full.json of CLINC150, and so on.
    folder: PathBuf,
    /// The file of paths in the folder of Wikispeedia.
    #[arg(long, default_value = "train.jsonl")]
    paths: PathBuf,
    /// The part of a set of questions; a wrong name lists those that the set has.
    #[arg(long, default_value = "train")]
    split: String,
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
}

/// The sets.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Set {
    /// People who look for a page by links, and arrive or give up.
    Wikispeedia,
    /// People with a slow map, and how they rate it.
    Iweb,
    /// Questions of a bank's customers.
    Banking77,
    /// The same with 50 known intents, and questions near and far out of their scope.
    Banking77Oos,
    /// Questions of ten domains, and out of scope.
    Clinc150,
    /// Questions to a home assistant.
    Hwu64,
    /// Questions to three real chatbots.
    Hint3,
    /// Questions to an assistant, in Chinese.
    Smp2020,
    /// Questions to a loudspeaker, in Chinese.
    Cais,
}

/// Writes the file.
pub fn run(args: &Args) -> Outcome {
    match args.set {
        Set::Wikispeedia => {
            let links = wikispeedia::Links::read(&read(&args.folder.join("links.tsv"))?)?;
            let paths = read(&args.folder.join(&args.paths))?;
            write(&args.out, wikispeedia::visits(&links, &paths))
        }
        Set::Iweb => {
            let visits = iweb::visits(&read(&args.folder.join("sessions.csv"))?)?;
            write(&args.out, visits.into_iter().map(Ok))
        }
        Set::Banking77 => ask(args, &questions::BANKING77),
        Set::Banking77Oos => ask(args, &questions::BANKING77_OOS),
        Set::Clinc150 => ask(args, &questions::CLINC150),
        Set::Hwu64 => ask(args, &questions::HWU64),
        Set::Hint3 => ask(args, &questions::HINT3),
        Set::Smp2020 => ask(args, &questions::SMP2020),
        Set::Cais => ask(args, &questions::CAIS),
    }
}

/// Visits, a line of JSON each.
fn write(path: &Path, visits: impl Iterator<Item = unstuck::Result<Trace>>) -> Outcome {
    let mut out = BufWriter::new(File::create(path).map_err(|e| at(path, e))?);
    for visit in visits {
        serde_json::to_writer(&mut out, &visit?)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Questions, a line each.
fn ask(args: &Args, set: &questions::Set) -> Outcome {
    let rows = set.read(&args.folder, &args.split)?;
    fs::write(&args.out, questions::to_tsv(&rows)).map_err(|e| at(&args.out, e))?;
    let labels: BTreeSet<&str> = rows.iter().map(|(_, label)| label.as_str()).collect();
    println!(
        "{}: {} questions, {} labels; licence: {}",
        args.out.display(),
        rows.len(),
        labels.len(),
        set.licence
    );
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| at(path, e))
}
