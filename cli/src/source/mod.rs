//! Playbooks as people write them: a folder of YAML files, one YAML file, or `playbook.json`.
//!
//! Lists under the same top-level key in several files add up; anything else may be said once.

mod finding;
mod read;

use std::{fs, io, path::Path};

use unstuck::{
    Playbook,
    playbook::{self, Severity},
};

pub use finding::{Finding, Refusal};
pub use read::{Location, Source};

/// Reads a playbook and refuses one with errors; the refusal's text has a line for each, with file,
/// line and column. Warnings are left to `unstuck check`.
pub fn load_playbook(path: &Path) -> Result<Playbook, Refusal> {
    let (playbook, findings) = examine(path)?;
    let errors: Vec<_> = findings.into_iter().filter(|f| f.severity == Severity::Error).collect();
    match playbook {
        Some(playbook) if errors.is_empty() => Ok(playbook),
        _ => Err(Refusal::new(errors)),
    }
}

/// Reads a playbook as far as it goes and finds all that is wrong with it, in the order of the files.
pub fn examine(path: &Path) -> Result<(Option<Playbook>, Vec<Finding>), Refusal> {
    let source = Source::read(path)?;
    let mut findings = source.findings.clone();
    if !findings.is_empty() {
        return Ok((None, findings));
    }
    let playbook = match playbook::from_value(source.json.clone()) {
        Ok(playbook) => Some(playbook),
        Err(error) => {
            findings.push(Finding::of_serde(&error, &source));
            None
        }
    };
    let problems = playbook.iter().flat_map(playbook::check::check);
    findings.extend(problems.map(|problem| Finding::of_problem(problem, &source)));
    findings.sort_by(|a, b| a.location.cmp(&b.location));
    Ok((playbook, findings))
}

/// The playbook files below a path, in the order in which they are read.
pub fn files(path: &Path) -> io::Result<Vec<std::path::PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.into()]);
    }
    let mut entries = fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.is_dir() {
            found.extend(files(&entry)?);
        } else if entry.extension().is_some_and(|e| e == "yaml" || e == "yml") {
            found.push(entry);
        }
    }
    Ok(found)
}
