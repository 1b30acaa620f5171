//! Each set in the form it is published in, with rows of our own: what is read is what was written, and
//! the file of `text TAB label` that comes of it is read as the same again.

use super::*;
use crate::intents::Questions;

/// A folder of its own, gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let root = std::env::temp_dir().join(format!("unstuck-questions-{name}-{}", std::process::id()));
        for (file, text) in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(root)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const ENGLISH: [(&str, &str); 3] =
    [("where, oh where, is it?", "find"), ("it \"vanished\"", "find"), ("take my money back", "refund")];
const CHINESE: [(&str, &str); 3] = [("在哪里", "FIND"), ("找不到 TV", "FIND"), ("退钱", "REFUND")];

fn rows(of: &[(&str, &str)]) -> Vec<Row> {
    of.iter().map(|(text, label)| ((*text).to_owned(), (*label).to_owned())).collect()
}

/// Reads the split, writes it, and reads what was written, alone and as questions.
fn round(set: &Set, split: &str, files: &[(&str, &str)], expected: &[Row]) {
    let folder = Folder::new(&format!("{}-{split}", set.name), files);
    assert!(set.has(&folder.0, split), "{} {split}", set.name);
    let read = set.read(&folder.0, split).unwrap();
    assert_eq!(read, expected, "{} {split}", set.name);
    let tsv = to_tsv(&read);
    let (_, _, file) = set.splits.iter().find(|(name, ..)| *name == split).unwrap();
    let prepared = Folder::new(&format!("{}-{split}-prepared", set.name), &[(file, &tsv)]);
    assert_eq!(set.read(&prepared.0, split).unwrap(), expected, "{} {split}, prepared", set.name);
    let questions = Questions::from_tsv(&tsv).unwrap();
    let label = |class: &usize| questions.labels[*class].clone();
    let again: Vec<Row> = questions.rows.iter().map(|(text, class)| (text.clone(), label(class))).collect();
    assert_eq!((again.as_slice(), questions.doubts.len()), (expected, 0), "{} {split}", set.name);
}

#[test]
fn each_set_is_read_as_it_is_published_and_as_it_was_written() {
    let csv = "text,category\n\"where, oh where, is it?\",find\n\"it \"\"vanished\"\"\",find\ntake my money back,refund\n";
    let english = rows(&ENGLISH);
    round(&BANKING77, "train", &[("train.csv", csv)], &english);
    round(
        &HINT3,
        "curekart",
        &[("v1/train/curekart_train.csv", &csv.replace("text,category", "sentence,label"))],
        &english,
    );
    let texts: String = ENGLISH.iter().map(|(text, _)| format!("{text}\n")).collect();
    let labels: String = ENGLISH.iter().map(|(_, label)| format!("{label}\n")).collect();
    round(&HWU64, "valid", &[("valid/seq.in", &texts), ("valid/label", &labels)], &english);
    let near = [("id-oos/test/seq.in", texts.as_str()), ("id-oos/test/label", &labels)];
    round(&BANKING77_OOS, "id-oos.test", &near, &english);
    let splits = serde_json::json!({ "train": [["no", "other"]], "oos_val": ENGLISH }).to_string();
    round(&CLINC150, "oos_val", &[("data_full.json", &splits)], &english);
    let object =
        |(text, intent): &(&str, &str)| serde_json::json!({ "text": text, "entities": [], "intent": intent });
    let objects = serde_json::Value::Array(CHINESE.iter().map(object).collect()).to_string();
    round(&SMP2020, "dev", &[("dev.json", &objects)], &rows(&CHINESE));
    // Letters have no spaces between them.
    let letters = "在 O\n哪 O\n里 O\n\n找 O\n不 O\n到 O\n  O\nTV B-what\n\n退 O\n钱 O\n";
    let intents = "FIND\nFIND\nREFUND\n";
    let chinese = rows(&[("在哪里", "FIND"), ("找不到TV", "FIND"), ("退钱", "REFUND")]);
    round(&CAIS, "valid", &[("valid/ch.valid", letters), ("valid/ch.valid.intent", intents)], &chinese);
}

#[test]
fn an_empty_text_keeps_its_label_and_teaches_nothing() {
    let files = [("train/seq.in", "pay\n\nrefund\n"), ("train/label", "pay\npay\nrefund\n")];
    let folder = Folder::new("empty-text", &files);
    let read = HWU64.read(&folder.0, "train").unwrap();
    assert_eq!(read, rows(&[("pay", "pay"), ("", "pay"), ("refund", "refund")]));
    let questions = Questions::from_tsv(&to_tsv(&read)).unwrap();
    assert_eq!((questions.rows.len(), questions.doubts.len()), (2, 1));
}

#[test]
fn a_text_of_several_lines_becomes_one() {
    let row = ("first\nsecond\tthird".to_owned(), "label".to_owned());
    assert_eq!(to_tsv(&[row]), "first second third\tlabel\n");
}

#[test]
fn what_is_wrong_is_said_with_the_file_and_the_mend() {
    /// A set, a split, the files that are there, and the sentence.
    type Case<'a> = (&'a Set, &'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: [Case; 7] = [
        (&BANKING77, "valid", &[], "banking77 has no split `valid`: say one of train, test"),
        (&BANKING77, "train", &[], "docs/data.md says where"),
        (&BANKING77, "train", &[("train.csv", "text,category\nonly one field\n")], "train.csv: "),
        (&HWU64, "train", &[("train/seq.in", "a\nb\n"), ("train/label", "x\n")], "2 texts have 1 labels"),
        (&CLINC150, "val", &[("data_full.json", "{\"train\": []}")], "there is no list `val`"),
        (&SMP2020, "train", &[("train.json", "[{\"text\": \"a\"}]")], "missing field `intent`"),
        (&CAIS, "train", &[("train.tsv", "no label\n")], "line 1 is no text, tab and label"),
    ];
    for (n, (set, split, files, expected)) in cases.into_iter().enumerate() {
        let folder = Folder::new(&format!("wrong-{n}"), files);
        let sentence = set.read(&folder.0, split).unwrap_err();
        assert!(sentence.contains(expected), "{sentence}");
    }
    let empty = Folder::new("empty", &[("train.csv", "text,category\n")]);
    assert!(BANKING77.read(&empty.0, "train").unwrap_err().contains("holds no question"));
}
