//! What a model file says of itself, in ONNX `metadata_props`; a model that says something else than
//! this core expects is refused before it runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};

/// The version of the model contract: names, types and shapes of inputs and outputs, and these keys.
pub const CONTRACT: u32 = 1;

/// Every key begins with this, so that tools of others leave it alone.
pub const PREFIX: &str = "unstuck.";

/// What the model is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Stuck, where and why, one step an event.
    Behaviour,
    /// What a typed text means.
    Intents,
}

impl Role {
    /// The word for it in the file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Behaviour => "behaviour",
            Self::Intents => "intents",
        }
    }
}

/// What a model file says of itself. Each field is one key, `unstuck.<name>`, with JSON as its value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meta {
    /// What it is for.
    pub role: Role,
    /// The contract version: [`CONTRACT`].
    pub contract: u32,
    /// The version of the numbers it reads: that of the feature schema, or of the text normaliser.
    pub features: u32,
    /// The names of what it tells apart, in the order of its output.
    pub labels: Vec<String>,
    /// What the logits were divided by to be calibrated; already done inside the graph.
    pub temperature: f32,
    /// Thresholds found on the validation data, by name.
    pub thresholds: BTreeMap<String, f64>,
    /// What it was trained on, in a sentence.
    pub data: String,
    /// What was measured, by name; the card says how.
    pub results: BTreeMap<String, f64>,
}

impl Meta {
    /// Reads the `unstuck.` keys; others are left alone.
    pub fn read<'a>(props: impl Iterator<Item = (&'a str, &'a str)>) -> Result<Self> {
        let mut fields = serde_json::Map::new();
        for (key, value) in props {
            let Some(name) = key.strip_prefix(PREFIX) else { continue };
            let value = serde_json::from_str(value)
                .map_err(|e| Error::new(ErrorKind::Model, key, format!("the value is not JSON: {e}")))?;
            fields.insert(name.to_owned(), value);
        }
        serde_json::from_value(serde_json::Value::Object(fields)).map_err(|e| {
            Error::new(
                ErrorKind::Model,
                "metadata_props",
                format!(
                    "{e} (keys begin with `{PREFIX}`); write the file with `unstuck train` or `unstuck build`"
                ),
            )
        })
    }

    /// The keys and values to write into the file.
    pub fn props(&self) -> Vec<(String, String)> {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) else { return Vec::new() };
        fields.into_iter().map(|(name, value)| (format!("{PREFIX}{name}"), value.to_string())).collect()
    }

    /// Refuses a model for another role, contract or feature version, with a sentence that says what
    /// differs.
    pub fn check(&self, role: Role, features: u32) -> Result<()> {
        if self.role != role {
            let (is, want) = (self.role.word(), role.word());
            return Err(differs(
                "role",
                format!("this is a model for `{is}`, where one for `{want}` is needed"),
            ));
        }
        for (name, is, want) in [("contract", self.contract, CONTRACT), ("features", self.features, features)]
        {
            if is != want {
                let detail =
                    format!("the model has version {is}, this core reads version {want}; train it again");
                return Err(differs(name, detail));
            }
        }
        if !self.temperature.is_finite() || self.temperature <= 0.0 {
            return Err(differs("temperature", "it must be a number above 0".to_owned()));
        }
        Ok(())
    }

    /// Refuses a model that tells other things apart than `labels`, in that order.
    pub fn check_labels(&self, labels: &[String]) -> Result<()> {
        if let Some((i, (is, want))) = self.labels.iter().zip(labels).enumerate().find(|(_, (a, b))| a != b) {
            return Err(differs("labels", format!("label {i} is `{is}`, where `{want}` is needed")));
        }
        if self.labels.len() != labels.len() {
            let (is, want) = (self.labels.len(), labels.len());
            return Err(differs("labels", format!("there are {is} labels, where {want} are needed")));
        }
        Ok(())
    }
}

fn differs(name: &str, detail: String) -> Error {
    Error::new(ErrorKind::Model, format!("{PREFIX}{name}"), detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta() -> Meta {
        Meta {
            role: Role::Behaviour,
            contract: CONTRACT,
            features: 3,
            labels: vec!["slow".into(), "lost".into()],
            temperature: 1.5,
            thresholds: BTreeMap::from([("stuck".into(), 0.4)]),
            data: "simulated".into(),
            results: BTreeMap::from([("auc".into(), 0.9)]),
        }
    }

    fn read(props: &[(String, String)]) -> Result<Meta> {
        Meta::read(props.iter().map(|(k, v)| (k.as_str(), v.as_str())))
    }

    #[test]
    fn what_is_written_is_read_and_foreign_keys_are_left_alone() {
        let mut props = meta().props();
        props.push(("author".into(), "not JSON".into()));
        assert_eq!(read(&props), Ok(meta()));
    }

    #[test]
    fn a_broken_or_missing_key_is_named() {
        let mut broken = meta().props();
        broken.iter_mut().find(|(k, _)| k == "unstuck.labels").unwrap().1 = "[".into();
        assert_eq!(read(&broken).unwrap_err().place(), "unstuck.labels");
        let missing: Vec<_> = meta().props().into_iter().filter(|(k, _)| k != "unstuck.role").collect();
        assert!(read(&missing).unwrap_err().detail().contains("`role`"));
    }

    #[test]
    fn a_mismatch_says_what_differs() {
        let cases: [(&str, Meta, &str); 4] = [
            ("unstuck.role", Meta { role: Role::Intents, ..meta() }, "`intents`, where one for `behaviour`"),
            ("unstuck.contract", Meta { contract: 9, ..meta() }, "version 9, this core reads version 1"),
            ("unstuck.features", Meta { features: 2, ..meta() }, "version 2, this core reads version 3"),
            ("unstuck.temperature", Meta { temperature: 0.0, ..meta() }, "above 0"),
        ];
        assert_eq!(meta().check(Role::Behaviour, 3), Ok(()));
        for (place, meta, says) in cases {
            let error = meta.check(Role::Behaviour, 3).unwrap_err();
            assert_eq!(error.place(), place);
            assert!(error.detail().contains(says), "{error}");
        }
    }

    #[test]
    fn other_labels_are_refused() {
        let labels = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        assert_eq!(meta().check_labels(&labels(&["slow", "lost"])), Ok(()));
        let swapped = meta().check_labels(&labels(&["lost", "slow"])).unwrap_err();
        assert!(swapped.detail().contains("label 0 is `slow`"), "{swapped}");
        let short = meta().check_labels(&labels(&["slow"])).unwrap_err();
        assert!(short.detail().contains("2 labels"), "{short}");
    }
}
