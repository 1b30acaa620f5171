//! `unstuck import`: public sets of real people as visits.

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

use unstuck_train::{
    import::{iweb, wikispeedia},
    traces::Trace,
};

use crate::Outcome;

/// Write a public set of real people as visits to train and judge by (docs/real-people.md).
#[derive(clap::Args)]
pub struct Args {
    /// Which set.
    set: Set,
    /// The folder of the set: links.tsv and paths of Wikispeedia, sessions.csv of iWeb.
    folder: PathBuf,
    /// The file of paths in the folder of Wikispeedia.
    #[arg(long, default_value = "train.jsonl")]
    paths: PathBuf,
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
}

/// Writes the file.
pub fn run(args: &Args) -> Outcome {
    let mut out =
        BufWriter::new(File::create(&args.out).map_err(|e| format!("{}: {e}", args.out.display()))?);
    let mut write = |trace: &Trace| -> Result<(), Box<dyn std::error::Error>> {
        serde_json::to_writer(&mut out, trace)?;
        Ok(out.write_all(b"\n")?)
    };
    match args.set {
        Set::Wikispeedia => {
            let links = wikispeedia::Links::read(&read(&args.folder.join("links.tsv"))?)?;
            for visit in wikispeedia::visits(&links, &read(&args.folder.join(&args.paths))?) {
                write(&visit?)?;
            }
        }
        Set::Iweb => {
            for visit in iweb::visits(&read(&args.folder.join("sessions.csv"))?)? {
                write(&visit)?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
