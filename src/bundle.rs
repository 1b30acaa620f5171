//! The bundle's manifest: what an app loads, held against hashes. `unstuck build` writes it.
//!
//! A bundle is a folder: `playbook.json`, `behaviour.onnx`, `intents.onnx` and `manifest.json`, which is
//! this. To roll out a new bundle, deploy it beside the old one, name the old one under `previous`, and
//! raise `percent`. To stop the bot everywhere, set `enabled` to false.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// The version of this contract.
pub const VERSION: u32 = 1;

/// The files that every bundle holds, beside its manifest.
pub const FILES: [&str; 3] = ["playbook.json", "behaviour.onnx", "intents.onnx"];

/// What a bundle holds and who gets it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The contract version: 1.
    pub version: u32,
    /// Which bundle this is: the first 12 hexadecimal digits of a SHA-256 over the files' hashes. Equal
    /// files have equal names.
    pub bundle: String,
    /// The playbook's id.
    pub playbook: String,
    /// The version of the tool that made it.
    pub made_by: String,
    /// The files, by name.
    pub files: BTreeMap<String, File>,
    /// Who gets it.
    pub rollout: Rollout,
    /// The kill switch: false turns the bot off in every app that loads this bundle.
    pub enabled: bool,
}

/// One file of a bundle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Its SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
}

/// A staged roll-out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rollout {
    /// The share of users who get this bundle, 0 to 100; the others get `previous`.
    pub percent: u8,
    /// The URL of the bundle before, relative to this one's; also what to go back to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
}

impl Manifest {
    /// Reads `manifest.json`; one that cannot be is refused with the place.
    pub fn from_json(json: &str) -> Result<Self> {
        let wrong = |place: &str, detail: String| Error::new(ErrorKind::Config, place, detail);
        let this: Self = serde_json::from_str(json)
            .map_err(|e| wrong("", format!("{e}; write manifest.json with `unstuck build`")))?;
        if this.version != VERSION {
            let detail = format!("this is version {}, this core reads version {VERSION}", this.version);
            return Err(wrong("/version", detail));
        }
        if let Some(missing) = FILES.iter().find(|name| !this.files.contains_key(**name)) {
            return Err(wrong("/files", format!("`{missing}` is missing; build the bundle again")));
        }
        if this.rollout.percent > 100 {
            return Err(wrong("/rollout/percent", "write a share of users from 0 to 100".to_owned()));
        }
        if this.rollout.percent < 100 && this.rollout.previous.is_none() {
            let detail = "name the bundle that the other users get, or write 100 into `percent`";
            return Err(wrong("/rollout/previous", detail.to_owned()));
        }
        Ok(this)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let file = || File { sha256: "00".repeat(32), bytes: 1 };
        Manifest {
            version: VERSION,
            bundle: "0123456789ab".to_owned(),
            playbook: "wallet".to_owned(),
            made_by: "unstuck 0.1.0".to_owned(),
            files: FILES.iter().map(|name| ((*name).to_owned(), file())).collect(),
            rollout: Rollout { percent: 100, previous: None },
            enabled: true,
        }
    }

    #[test]
    fn a_manifest_survives_the_wire_and_a_wrong_one_names_the_place() {
        let read = |m: &Manifest| Manifest::from_json(&serde_json::to_string(m).unwrap());
        assert_eq!(read(&manifest()), Ok(manifest()));
        let staged = Rollout { percent: 10, previous: None };
        let more = Rollout { percent: 101, previous: Some("../old/".to_owned()) };
        let mut short = manifest();
        short.files.remove("intents.onnx");
        let cases = [
            (Manifest { version: 2, ..manifest() }, "/version", "version 2"),
            (short, "/files", "`intents.onnx` is missing"),
            (Manifest { rollout: more, ..manifest() }, "/rollout/percent", "0 to 100"),
            (Manifest { rollout: staged, ..manifest() }, "/rollout/previous", "name the bundle"),
        ];
        for (broken, place, says) in cases {
            let error = read(&broken).unwrap_err();
            assert_eq!(error.place(), place);
            assert!(error.detail().contains(says), "{error}");
        }
    }
}
