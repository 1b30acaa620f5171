//! Reading a trace: one event as on the wire, or one input, a line.

use std::{fs, path::Path};

use serde_json::Value;
use unstuck::{Error, ErrorKind, Input, event::wire};

/// One line of a trace.
pub struct Line {
    /// From 1.
    pub number: usize,
    /// What it says, or what is wrong with it.
    pub input: Result<Input, Error>,
}

/// Reads a trace. A line that cannot be used is kept with its error: the session goes on without it.
pub fn read(path: &Path) -> Result<Vec<Line>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    Ok(lines.map(|(at, line)| Line { number: at + 1, input: parse(line) }).collect())
}

fn parse(line: &str) -> Result<Input, Error> {
    let value: Value = serde_json::from_str(line)
        .map_err(|error| Error::new(ErrorKind::Input, "", format!("This line is no JSON: {error}.")))?;
    match value.get("input") {
        None => wire::from_value(value).map(Input::Event),
        Some(_) => serde_json::from_value(value).map_err(|error| {
            Error::new(ErrorKind::Input, "/input", format!("This is no input of the engine: {error}."))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_event_or_an_input_or_says_what_is_wrong() {
        let cases = [
            (r#"{"v":1,"t":5,"screen":"/pay","kind":"screen"}"#, None),
            (r#"{"input":"event","t":5,"screen":"/pay","kind":"screen"}"#, None),
            (r#"{"input":"say","t":9,"text":"hello"}"#, None),
            (r#"{"input":"sing","t":9}"#, Some("no input of the engine")),
            ("{", Some("no JSON")),
        ];
        for (line, problem) in cases {
            let error = parse(line).err().map(|error| error.to_string());
            match problem {
                None => assert_eq!(error, None, "{line}"),
                Some(words) => assert!(error.is_some_and(|e| e.contains(words)), "{line}"),
            }
        }
    }
}
