//! One way through: a stage imports only stages before it. `engine` alone composes, `wasm` alone
//! names JavaScript, `model/onnx` alone names tract, and nothing panics on purpose.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What any stage may read.
const PLAIN: [&str; 7] = ["error", "time", "window", "action", "playbook", "bundle", "schema"];
/// The stages, in order; those in one row may not import each other.
const STAGES: [&[&str]; 10] = [
    &["event"],
    &["signal"],
    &["features", "profile"],
    &["model"],
    &["belief"],
    &["policy"],
    &["dialogue"],
    &["handoff"],
    &["insight"],
    &["snapshot"],
];
/// Plain data whose types name the types of stages: fields only, no behaviour.
const MAY_NAME: [(&str, &[&str]); 3] = [
    ("playbook", &["event", "signal", "policy", "dialogue"]),
    ("action", &["signal"]),
    ("event", &["signal"]),
];

#[test]
fn a_stage_imports_only_earlier_stages() {
    let mut wrong = Vec::new();
    for file in sources() {
        let module = module_of(&file);
        for used in used_modules(&code_before_tests(&file)) {
            if !may_import(&module, &used) {
                wrong.push(format!("{} is of `{module}` and imports `{used}`", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn only_one_file_names_tract_and_only_one_names_javascript() {
    for (word, owner) in [("tract_onnx", "src/model/onnx"), ("wasm_bindgen", "src/wasm")] {
        for file in sources() {
            let path = file.to_string_lossy().replace('\\', "/");
            let names = code_before_tests(&file).contains(word);
            assert!(!names || path.contains(owner), "{path} names {word}; only {owner} may");
        }
    }
}

#[test]
fn the_core_cannot_panic_on_purpose() {
    let words = [".unwrap()", ".expect(", "panic!", "unreachable!", "todo!", "unimplemented!"];
    for file in sources() {
        for (number, line) in code_before_tests(&file).lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let found = words.iter().find(|word| code.contains(**word));
            assert!(found.is_none(), "{}:{} has {}", file.display(), number + 1, found.unwrap_or(&""));
        }
    }
}

fn may_import(module: &str, used: &str) -> bool {
    let rank = |name: &str| STAGES.iter().position(|row| row.contains(&name));
    if module == used || ["engine", "wasm", "lib"].contains(&module) || PLAIN.contains(&used) {
        return true;
    }
    if MAY_NAME.iter().any(|(m, names)| *m == module && names.contains(&used)) {
        return true;
    }
    match (rank(module), rank(used)) {
        (Some(here), Some(there)) => there < here,
        _ => false,
    }
}

fn used_modules(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(top_level_names(list)),
            None => found.push(first_word(rest)),
        }
    }
    let modules: Vec<&str> = STAGES.iter().flat_map(|row| row.iter().copied()).chain(PLAIN).collect();
    found.retain(|name| modules.contains(&name.as_str()) || name == "engine" || name == "wasm");
    found
}

/// The first words of the items of `{a::b, c::{d, e}, f}`, without those of inner braces.
fn top_level_names(list: &str) -> Vec<String> {
    let mut depth = 0;
    let mut names = Vec::new();
    let mut item = String::new();
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(first_word(std::mem::take(&mut item).trim())),
            _ => item.push(c),
        }
    }
    names.push(first_word(item.trim()));
    names
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn code_before_tests(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a source file is readable");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_string()
}

fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix(root().join("src")).expect("a source lies in src");
    let first = inside.components().next().map(|c| c.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_string()
}

/// `tests.rs`, or `place_tests.rs` beside `place.rs`.
fn is_tests(file: &Path) -> bool {
    file.file_stem().is_some_and(|stem| stem.to_string_lossy().ends_with("tests"))
}

fn sources() -> Vec<PathBuf> {
    fn walk(dir: &Path, files: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(dir).expect("src is readable").flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, files);
            } else if path.extension().is_some_and(|e| e == "rs") && !is_tests(&path) {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    walk(&root().join("src"), &mut files);
    files
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}
