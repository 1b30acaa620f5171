//! What is wrong in a playbook's files, as people read it.

use std::fmt;

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use unstuck::playbook::{Problem, Severity};

use super::{Location, Source};

/// One thing that is wrong, and where its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Error or warning.
    pub severity: Severity,
    /// Where in the files; none where the fault is that there is no file.
    #[serde(flatten)]
    pub location: Option<Location>,
    /// The JSON Pointer into the playbook; empty where the file cannot be read as one.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub mend: String,
}

impl Finding {
    pub(super) fn error(
        location: Option<Location>,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Self {
        Self {
            severity: Severity::Error,
            location,
            place: String::new(),
            what: what.into(),
            mend: mend.into(),
        }
    }

    pub(super) fn of_problem(problem: Problem, source: &Source) -> Self {
        let Problem { severity, place, what, mend } = problem;
        Self { severity, location: source.locate(&place).cloned(), place, what, mend }
    }

    pub(super) fn of_serde(error: &unstuck::Error, source: &Source) -> Self {
        let (what, mend) = reword(error.detail());
        let place = match what.strip_prefix('`').and_then(|rest| rest.split_once("` is not known")) {
            Some((name, _)) => format!("{}/{name}", error.place()),
            None => error.place().to_owned(),
        };
        Self { severity: Severity::Error, location: source.locate(&place).cloned(), place, what, mend }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (word, colour) = match self.severity {
            Severity::Error => ("error", AnsiColor::Red),
            Severity::Warning => ("warning", AnsiColor::Yellow),
        };
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        let style: Style = colour.on_default().bold();
        write!(f, "{style}{word}{style:#}: {}: {}", self.what, self.mend)
    }
}

/// Why a playbook was not loaded: a line for each error.
#[derive(Debug)]
pub struct Refusal(Vec<Finding>);

impl Refusal {
    pub(super) fn new(errors: Vec<Finding>) -> Self {
        Self(errors)
    }

    /// The errors.
    pub fn findings(&self) -> &[Finding] {
        &self.0
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(Finding::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Refusal {}

/// serde's message as what is wrong and what would be right.
fn reword(detail: &str) -> (String, String) {
    if let Some(rest) =
        detail.strip_prefix("unknown field ").or_else(|| detail.strip_prefix("unknown variant "))
    {
        let (name, expected) = rest.split_once(", expected ").unwrap_or((rest, "one that the schema lists"));
        (format!("{name} is not known here"), format!("write {expected}"))
    } else if let Some(name) = detail.strip_prefix("missing field ") {
        (format!("{name} is missing"), format!("add {name}"))
    } else if let Some(rest) = detail.strip_prefix("invalid type: ") {
        let (found, expected) = rest.split_once(", expected ").unwrap_or((rest, "another type"));
        let quotes = if expected == "a string" { " in quotes" } else { "" };
        (format!("{found} cannot stand here"), format!("write {expected}{quotes}"))
    } else {
        (detail.to_owned(), "compare it with schemas/playbook.json".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_for_authors() {
        let cases = [
            ("unknown field `nxt`, expected `id` or `next`", "`nxt` is not known here: write `id` or `next`"),
            ("unknown variant `fr`, expected `zh` or `en`", "`fr` is not known here: write `zh` or `en`"),
            ("missing field `title`", "`title` is missing: add `title`"),
            (
                "invalid type: integer `1`, expected a string",
                "integer `1` cannot stand here: write a string in quotes",
            ),
            ("invalid type: string \"a\", expected u32", "string \"a\" cannot stand here: write u32"),
            ("number out of range", "number out of range: compare it with schemas/playbook.json"),
        ];
        for (detail, expected) in cases {
            let (what, mend) = reword(detail);
            assert_eq!(format!("{what}: {mend}"), expected);
        }
    }
}
