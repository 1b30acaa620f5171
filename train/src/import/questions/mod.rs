//! Public sets of questions as `text TAB label`, the form that `unstuck build --questions` and
//! `unstuck eval --questions` read. Where each set is public is in `docs/data.md`.

mod published;
#[cfg(test)]
mod tests;

use std::{
    fs,
    path::{Path, PathBuf},
};

use published::Form;

/// A question and its label.
pub type Row = (String, String);

/// A public set.
#[derive(Debug)]
pub struct Set {
    /// Its name, and that of its folder below `UNSTUCK_DATA`.
    pub name: &'static str,
    /// The licence it is public under.
    pub licence: &'static str,
    form: Form,
    /// The name of each split, where it lies in the set as it is published, and its file of
    /// `text TAB label`.
    splits: &'static [(&'static str, &'static str, &'static str)],
}

const NO_LICENCE: &str = "none stated: measured only";

/// A bank's customers, 77 intents.
pub const BANKING77: Set = Set {
    name: "banking77",
    licence: "CC-BY-4.0",
    form: Form::Csv,
    splits: &[("train", "train.csv", "train.tsv"), ("test", "test.csv", "test.tsv")],
};
/// 50 of the same, and what is near and far out of their scope.
pub const BANKING77_OOS: Set = Set {
    name: "banking77-oos",
    licence: "CC-BY-4.0",
    form: Form::Lines,
    splits: &[
        ("in.train", "train", "in.train.tsv"),
        ("in.valid", "valid", "in.valid.tsv"),
        ("in.test", "test", "in.test.tsv"),
        ("id-oos.train", "id-oos/train", "id-oos.train.tsv"),
        ("id-oos.valid", "id-oos/valid", "id-oos.valid.tsv"),
        ("id-oos.test", "id-oos/test", "id-oos.test.tsv"),
        ("ood-oos.valid", "ood-oos/valid", "ood-oos.valid.tsv"),
        ("ood-oos.test", "ood-oos/test", "ood-oos.test.tsv"),
    ],
};
/// 150 intents of ten domains, and what is out of scope.
pub const CLINC150: Set = Set {
    name: "clinc150",
    licence: "CC-BY-3.0",
    form: Form::Splits,
    splits: &[
        ("train", "data_full.json", "train.tsv"),
        ("val", "data_full.json", "val.tsv"),
        ("test", "data_full.json", "test.tsv"),
        ("oos_train", "data_full.json", "oos_train.tsv"),
        ("oos_val", "data_full.json", "oos_val.tsv"),
        ("oos_test", "data_full.json", "oos_test.tsv"),
    ],
};
/// A home assistant's 64 intents.
pub const HWU64: Set = Set {
    name: "hwu64",
    licence: "CC-BY-4.0",
    form: Form::Lines,
    splits: &[("train", "train", "train.tsv"), ("valid", "valid", "valid.tsv"), ("test", "test", "test.tsv")],
};
/// Three real chatbots.
pub const HINT3: Set = Set {
    name: "hint3",
    licence: "ODbL",
    form: Form::Csv,
    splits: &[
        ("curekart", "v1/train/curekart_train.csv", "v1_train_curekart_train.tsv"),
        ("curekart-subset", "v1/train/curekart_subset_train.csv", "v1_train_curekart_subset_train.tsv"),
        ("powerplay11", "v1/train/powerplay11_train.csv", "v1_train_powerplay11_train.tsv"),
        (
            "powerplay11-subset",
            "v1/train/powerplay11_subset_train.csv",
            "v1_train_powerplay11_subset_train.tsv",
        ),
        ("sofmattress", "v1/train/sofmattress_train.csv", "v1_train_sofmattress_train.tsv"),
        (
            "sofmattress-subset",
            "v1/train/sofmattress_subset_train.csv",
            "v1_train_sofmattress_subset_train.tsv",
        ),
    ],
};
/// A Chinese assistant's 59 intents.
pub const SMP2020: Set = Set {
    name: "smp2020",
    licence: NO_LICENCE,
    form: Form::Objects,
    splits: &[("train", "train.json", "train.tsv"), ("dev", "dev.json", "dev.tsv")],
};
/// A Chinese loudspeaker's intents.
pub const CAIS: Set = Set {
    name: "cais",
    licence: NO_LICENCE,
    form: Form::Letters,
    splits: &[("train", "train/ch.train", "train.tsv"), ("valid", "valid/ch.valid", "valid.tsv")],
};

/// All sets.
pub const ALL: [&Set; 7] = [&BANKING77, &BANKING77_OOS, &CLINC150, &HWU64, &HINT3, &SMP2020, &CAIS];

impl Set {
    /// The names of its splits.
    pub fn splits(&self) -> impl Iterator<Item = &'static str> {
        self.splits.iter().map(|(name, ..)| *name)
    }

    /// Whether the split lies in the folder, as it is published or as `text TAB label`.
    pub fn has(&self, folder: &Path, split: &str) -> bool {
        self.split(split).is_ok_and(|at| self.places(folder, at).iter().any(|place| place.exists()))
    }

    /// The split's questions. The error is a sentence for people.
    pub fn read(&self, folder: &Path, split: &str) -> Result<Vec<Row>, String> {
        let at = self.split(split)?;
        let [published, tsv] = self.places(folder, at);
        let rows = if published.exists() {
            self.form.read(&published, split)?
        } else if tsv.exists() {
            published::tsv(&text(&tsv)?).map_err(|e| format!("{}: {e}", tsv.display()))?
        } else {
            return Err(format!(
                "neither {} nor {} is there: name the folder of {}, or get it (docs/data.md says where)",
                published.display(),
                tsv.display(),
                self.name
            ));
        };
        if rows.is_empty() {
            return Err(format!("`{split}` of {} in {} holds no question", self.name, folder.display()));
        }
        Ok(rows)
    }

    fn split(&self, name: &str) -> Result<(&'static str, &'static str), String> {
        let split = self.splits.iter().find(|(known, ..)| *known == name);
        split.map(|(_, published, tsv)| (*published, *tsv)).ok_or_else(|| {
            let known: Vec<_> = self.splits().collect();
            format!("{} has no split `{name}`: say one of {}", self.name, known.join(", "))
        })
    }

    fn places(&self, folder: &Path, (published, tsv): (&str, &str)) -> [PathBuf; 2] {
        [folder.join(published), folder.join(tsv)]
    }
}

/// The rows as lines of `text TAB label`; a tab or a line's end inside a text becomes a space.
pub fn to_tsv(rows: &[Row]) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    rows.iter().map(|(text, label)| format!("{}\t{}\n", line(text), line(label))).collect()
}

fn text(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))
}
