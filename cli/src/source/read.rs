//! YAML files into one JSON value that remembers where each part was written.

use std::{
    collections::BTreeMap,
    fmt, fs,
    path::{Path, PathBuf},
};

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, YamlData};
use serde::Serialize;
use serde_json::{Map, Number, Value};

use super::{Finding, Refusal, files};

/// A playbook file is at most this long; the longest that we know has a twentieth of it.
const MAX_FILE_BYTES: u64 = 4 << 20;
/// Values nest at most this deep; the contract needs eight levels.
const MAX_DEPTH: usize = 32;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file.display(), self.line, self.column)
    }
}

/// All files of a playbook as one JSON value.
#[derive(Debug, Default)]
pub struct Source {
    /// What the files say together.
    pub json: Value,
    /// What keeps them from being read as a playbook.
    pub findings: Vec<Finding>,
    places: BTreeMap<String, Location>,
}

impl Source {
    /// Reads a file, or all YAML files of a folder and its folders.
    pub fn read(path: &Path) -> Result<Self, Refusal> {
        let shown = path.display();
        let refuse = |what: String, mend: &str| Refusal::new(vec![Finding::error(None, what, mend)]);
        let mend = "name a folder with YAML files, or one file";
        let files = files(path).map_err(|e| refuse(format!("{shown} cannot be read ({e})"), mend))?;
        if files.is_empty() {
            return Err(refuse(format!("{shown} holds no YAML file"), mend));
        }
        let mut source = Self { json: Value::Object(Map::new()), ..Self::default() };
        for file in files {
            match text(&file) {
                Ok(text) => source.add(&file, &text),
                Err(what) => {
                    source.findings.push(Finding::error(Some(start(&file)), what, "mend or move the file"))
                }
            }
        }
        Ok(source)
    }

    /// Where a JSON Pointer was written, or the nearest part around it.
    pub fn locate(&self, pointer: &str) -> Option<&Location> {
        let mut pointer = pointer;
        loop {
            match self.places.get(pointer) {
                Some(location) => return Some(location),
                None => pointer = pointer.rsplit_once('/')?.0,
            }
        }
    }

    fn add(&mut self, file: &Path, text: &str) {
        let documents = match MarkedYaml::load_from_str(text) {
            Ok(documents) => documents,
            Err(error) => {
                let what = format!("this is no YAML ({})", error.info());
                let mend = "mend the syntax; a colon or a hash inside words needs quotes around them";
                return self.findings.push(Finding::error(Some(at(file, error.marker())), what, mend));
            }
        };
        for document in &documents {
            match &document.data {
                YamlData::Mapping(entries) => {
                    for (key, value) in entries {
                        self.add_top(file, key, value);
                    }
                }
                _ => {
                    let what = "the file is no mapping";
                    let mend = "begin its lines with keys such as `cards:`";
                    self.findings.push(Finding::error(Some(at(file, &document.span.start)), what, mend));
                }
            }
        }
    }

    /// Adds a top-level key: lists go on where the file before left off.
    fn add_top(&mut self, file: &Path, key: &MarkedYaml<'_>, value: &MarkedYaml<'_>) {
        let location = at(file, &key.span.start);
        let Some(name) = self.key(&location, key) else { return };
        let pointer = pointer("", &name);
        let known = self.json.get_mut(&name).map(Value::take);
        let whole = match (known, &value.data) {
            (Some(Value::Array(mut items)), YamlData::Sequence(more)) => {
                for item in more {
                    let n = items.len();
                    items.push(self.convert(file, item, format!("{pointer}/{n}"), None, 1));
                }
                Value::Array(items)
            }
            (Some(known), _) => {
                let before = self.places.get(&pointer).map_or_else(String::new, |l| format!(" at {l}"));
                let what = format!("`{name}` is said already{before}");
                self.findings.push(Finding::error(
                    Some(location),
                    what,
                    "say it once; only lists add up over files",
                ));
                known
            }
            (None, _) => self.convert(file, value, pointer, Some(location), 1),
        };
        if let Value::Object(json) = &mut self.json {
            json.insert(name, whole);
        }
    }

    fn convert(
        &mut self,
        file: &Path,
        node: &MarkedYaml<'_>,
        place: String,
        key: Option<Location>,
        depth: usize,
    ) -> Value {
        let own = at(file, &node.span.start);
        let scalar = matches!(node.data, YamlData::Value(_));
        let location = key.filter(|_| !scalar).unwrap_or_else(|| own.clone());
        let mut refuse = |what: &str, mend: &str| {
            self.findings.push(Finding::error(Some(own.clone()), what, mend));
            Value::Null
        };
        let value = match &node.data {
            _ if depth > MAX_DEPTH => refuse("values are nested too deep", "keep them flatter"),
            YamlData::Value(scalar) => {
                json(scalar).unwrap_or_else(|| refuse("a number must be finite", "write a finite number"))
            }
            YamlData::Sequence(items) => {
                let items = items.iter().enumerate();
                items
                    .map(|(n, item)| self.convert(file, item, format!("{place}/{n}"), None, depth + 1))
                    .collect()
            }
            YamlData::Mapping(entries) => {
                let mut object = Map::new();
                for (key, value) in entries {
                    let location = at(file, &key.span.start);
                    if let Some(name) = self.key(&location, key) {
                        let place = pointer(&place, &name);
                        object.insert(name, self.convert(file, value, place, Some(location), depth + 1));
                    }
                }
                Value::Object(object)
            }
            YamlData::Tagged(..) => {
                refuse("a playbook has no tags", "leave the `!` out, or put the words in quotes")
            }
            YamlData::Representation(..) | YamlData::Alias(_) | YamlData::BadValue => {
                refuse("this value cannot be read", "write it out in plain YAML")
            }
        };
        self.places.insert(place, location);
        value
    }

    fn key(&mut self, location: &Location, key: &MarkedYaml<'_>) -> Option<String> {
        let name = key.data.as_str().map(str::to_owned);
        if name.is_none() {
            let what = "a key must be a word";
            self.findings.push(Finding::error(Some(location.clone()), what, "put it in quotes"));
        }
        name
    }
}

fn json(scalar: &Scalar<'_>) -> Option<Value> {
    Some(match scalar {
        Scalar::Null => Value::Null,
        Scalar::Boolean(yes) => Value::Bool(*yes),
        Scalar::Integer(number) => Value::from(*number),
        Scalar::FloatingPoint(number) => Value::Number(Number::from_f64(number.into_inner())?),
        Scalar::String(words) => Value::from(words.as_ref()),
    })
}

fn text(file: &Path) -> Result<String, String> {
    let length = fs::metadata(file).map_err(|e| format!("the file cannot be read ({e})"))?.len();
    if length > MAX_FILE_BYTES {
        return Err(format!("the file has {length} bytes, more than {MAX_FILE_BYTES}"));
    }
    fs::read_to_string(file).map_err(|e| format!("the file cannot be read ({e})"))
}

fn at(file: &Path, marker: &Marker) -> Location {
    Location { file: file.into(), line: marker.line(), column: marker.col() + 1 }
}

fn start(file: &Path) -> Location {
    Location { file: file.into(), line: 1, column: 1 }
}

fn pointer(parent: &str, key: &str) -> String {
    format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1"))
}
