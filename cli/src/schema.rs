//! `unstuck schema`: the JSON Schema of each contract.

use std::{fs, path::PathBuf, process::ExitCode};

use schemars::{Schema, schema_for};

use crate::Outcome;

/// Write the JSON Schema of each contract into a folder.
#[derive(clap::Args)]
pub struct Args {
    /// Where to.
    #[arg(default_value = "schemas")]
    dir: PathBuf,
}

/// Writes the schemas.
pub fn run(args: &Args) -> Outcome {
    fs::create_dir_all(&args.dir)?;
    for (name, text) in schemas() {
        fs::write(args.dir.join(&name), text)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// File name and text of each contract's schema.
pub fn schemas() -> Vec<(String, String)> {
    let contracts: [(&str, Schema); 12] = [
        ("event", schema_for!(unstuck::Event)),
        ("playbook", schema_for!(unstuck::Playbook)),
        ("playbook-file", playbook_file()),
        ("bundle", schema_for!(unstuck::bundle::Manifest)),
        ("action", schema_for!(unstuck::action::Action)),
        ("context-package", schema_for!(unstuck::handoff::ContextPackage)),
        ("egress", schema_for!(unstuck::insight::egress::Egress)),
        ("handoff-update", schema_for!(unstuck::handoff::Update)),
        ("config", schema_for!(unstuck::Config)),
        ("input", schema_for!(unstuck::Input)),
        ("output", schema_for!(unstuck::Output)),
        ("profile", schema_for!(unstuck::profile::Profile)),
    ];
    contracts
        .into_iter()
        .map(|(name, schema)| (format!("{name}.json"), format!("{:#}\n", schema.to_value())))
        .collect()
}

/// One YAML file of a playbook, for editors: it need not hold every part.
fn playbook_file() -> Schema {
    let mut schema = schema_for!(unstuck::Playbook);
    schema.remove("required");
    schema.insert("title".into(), "A file of a playbook".into());
    schema
}
