//! The corpus keeps what its README says of it.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

use unstuck::model::text::normalise;

/// The largest share of trigrams that two rows may have in common.
const NEAR: f64 = 0.7;

struct Row {
    text: String,
    intent: String,
    held_out: bool,
}

fn rows() -> Vec<Row> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../models/corpus");
    let mut rows = Vec::new();
    for (folder, held_out) in [(root.clone(), false), (root.join("held-out"), true)] {
        let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "tsv")) {
            let domain = file.file_stem().unwrap().to_string_lossy().into_owned();
            for line in fs::read_to_string(file).unwrap().lines() {
                let (text, intent) = line.split_once('\t').unwrap_or_else(|| panic!("no tab: {line}"));
                assert!(intent.starts_with(&format!("{domain}.")), "{intent} is in the file of {domain}");
                assert!((2..=200).contains(&text.chars().count()), "too short or too long: {text}");
                rows.push(Row { text: text.to_owned(), intent: intent.to_owned(), held_out });
            }
        }
    }
    rows
}

#[test]
fn every_intent_has_its_rows_and_a_quarter_of_them_are_held_out() {
    let mut intents: BTreeMap<String, (usize, BTreeSet<bool>)> = BTreeMap::new();
    let rows = rows();
    for row in &rows {
        let intent = intents.entry(row.intent.clone()).or_default();
        intent.0 += 1;
        intent.1.insert(row.held_out);
    }
    assert_eq!((rows.len(), intents.len()), (7_497, 150));
    for (at, (intent, (count, sides))) in intents.iter().enumerate() {
        assert!((48..=50).contains(count), "{intent} has {count} rows");
        assert_eq!(sides, &BTreeSet::from([at % 4 == 2]), "{intent} is on the wrong side");
    }
}

#[test]
fn no_two_rows_are_nearly_the_same() {
    let rows = rows();
    let trigrams: Vec<BTreeSet<String>> = rows.iter().map(|row| trigrams(&row.text)).collect();
    let mut having: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut near = Vec::new();
    for (i, mine) in trigrams.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for gram in mine {
            let others = having.entry(gram).or_default();
            others.iter().for_each(|&j| *shared.entry(j).or_default() += 1);
            others.push(i);
        }
        for (j, shared) in shared {
            let all = mine.len() + trigrams[j].len() - shared;
            if shared as f64 > NEAR * all as f64 {
                near.push(format!("{} / {}", rows[j].text, rows[i].text));
            }
        }
    }
    assert!(near.is_empty(), "\n{}", near.join("\n"));
}

fn trigrams(text: &str) -> BTreeSet<String> {
    let plain: Vec<char> = format!(" {} ", normalise(text).replace(' ', "")).chars().collect();
    plain.windows(3).map(|three| three.iter().collect()).collect()
}
