//! The forms in which sets of questions are published.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use super::{Row, text};

/// How a set's files are written.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// A table: a line of names, then a text and its label in each line (Banking77, HINT3).
    Csv,
    /// A folder with the texts in `seq.in` and their labels in `label`, line by line (HWU64,
    /// Banking77-OOS).
    Lines,
    /// One JSON object with a list of `[text, label]` for each split (CLINC150).
    Splits,
    /// A JSON list of objects with `text` and `intent` (SMP2020).
    Objects,
    /// A letter and its tag in each line, an empty line after each text; the labels in the file beside
    /// it that ends in `.intent` (CAIS).
    Letters,
}

impl Form {
    /// The rows of a split. The error is a sentence that names the file.
    pub fn read(self, path: &Path, split: &str) -> Result<Vec<Row>, String> {
        let (rows, file) = match self {
            Self::Lines => {
                let [texts, labels] = ["seq.in", "label"].map(|name| path.join(name));
                (side_by_side(&lines(&text(&texts)?), &lines(&text(&labels)?)), texts)
            }
            Self::Letters => {
                let labels = format!("{}.intent", path.display());
                (side_by_side(&letters(&text(path)?), &lines(&text(Path::new(&labels))?)), path.to_owned())
            }
            Self::Csv => (table(&text(path)?), path.to_owned()),
            Self::Splits => (of_split(&text(path)?, split), path.to_owned()),
            Self::Objects => (objects(&text(path)?), path.to_owned()),
        };
        rows.map_err(|what| format!("{}: {what}", file.display()))
    }
}

/// Lines of `text TAB label`.
pub fn tsv(text: &str) -> Result<Vec<Row>, String> {
    let row = |(at, line): (usize, &str)| match line.split_once('\t') {
        Some((text, label)) => Ok((text.to_owned(), label.trim().to_owned())),
        None => Err(format!("line {} is no text, tab and label", at + 1)),
    };
    text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).map(row).collect()
}

fn table(text: &str) -> Result<Vec<Row>, String> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize();
    rows.map(|row: Result<Row, csv::Error>| row.map_err(|e| e.to_string())).collect()
}

fn of_split(json: &str, split: &str) -> Result<Vec<Row>, String> {
    let mut splits: BTreeMap<String, Vec<Row>> = serde_json::from_str(json).map_err(|e| e.to_string())?;
    splits.remove(split).ok_or_else(|| format!("there is no list `{split}`"))
}

fn objects(json: &str) -> Result<Vec<Row>, String> {
    #[derive(Deserialize)]
    struct Object {
        text: String,
        intent: String,
    }
    let objects: Vec<Object> = serde_json::from_str(json).map_err(|e| e.to_string())?;
    Ok(objects.into_iter().map(|Object { text, intent }| (text, intent)).collect())
}

/// Some sets have empty texts: they keep their line, or all labels after them would be wrong.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.trim().to_owned()).collect()
}

fn letters(text: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    for line in text.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        match (columns.as_slice(), texts.last_mut()) {
            ([letter, _tag, ..], Some(last)) => last.push_str(letter),
            // A space with its tag.
            ([_tag], _) => {}
            _ => texts.push(String::new()),
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

fn side_by_side(texts: &[String], labels: &[String]) -> Result<Vec<Row>, String> {
    if texts.len() != labels.len() {
        let (texts, labels) = (texts.len(), labels.len());
        return Err(format!("{texts} texts have {labels} labels: the two files must have as many lines"));
    }
    Ok(texts.iter().cloned().zip(labels.iter().cloned()).collect())
}
