//! Playbooks as authors break them. The first line of each file says what must be found, and where.
#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::{Path, PathBuf},
};

use unstuck_cli::source::{examine, load_playbook};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// `line:column: severity: what: mend` of all that is found, without colours and folders.
fn found(path: &Path) -> Vec<String> {
    let findings = match examine(path) {
        Ok((_, findings)) => findings,
        Err(refusal) => refusal.findings().to_vec(),
    };
    let plain = |f: &dyn ToString| anstream::adapter::strip_str(&f.to_string()).to_string();
    let folder = format!("{}/", path.parent().unwrap().display());
    findings.iter().map(|f| plain(f).replace(&folder, "")).collect()
}

#[test]
fn each_broken_playbook_is_found_out_at_its_line() {
    let mut missed = Vec::new();
    let mut files: Vec<_> =
        fs::read_dir(root().join("tests/playbooks-broken")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let expected = text.lines().next().unwrap().strip_prefix("# expect ").unwrap_or("nothing").trim();
        let expected = format!("{}:{expected}", file.file_name().unwrap().display());
        let found = found(file);
        if !found.contains(&expected) {
            missed.push(format!("wanted {expected}\nfound  {}", found.join("\n       ")));
        }
    }
    assert!(files.len() >= 20 && missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn an_error_keeps_a_playbook_from_loading_and_a_warning_does_not() {
    let broken = root().join("tests/playbooks-broken");
    assert!(load_playbook(&broken.join("dangling-card.yaml")).is_err());
    assert!(load_playbook(&broken.join("unused-card.yaml")).is_ok());
}

#[test]
fn a_folder_is_one_playbook_and_its_yaml_and_json_say_the_same() {
    let folder = std::env::temp_dir().join(format!("unstuck-playbook-{}", std::process::id()));
    fs::create_dir_all(folder.join("more")).unwrap();
    let whole = fs::read_to_string(root().join("tests/playbooks-broken/unused-card.yaml")).unwrap();
    let (head, tail) = whole.split_once("cards:\n").unwrap();
    fs::write(folder.join("a.yaml"), head).unwrap();
    fs::write(folder.join("b.yml"), format!("cards:\n{tail}")).unwrap();
    fs::write(
        folder.join("more/c.yaml"),
        "cards:\n  - id: more\n    title: { zh: 一, en: a }\n    body: { zh: 一, en: a }\n",
    )
    .unwrap();
    fs::write(folder.join("notes.md"), "no playbook").unwrap();
    let playbook = load_playbook(&folder).unwrap();
    let ids: Vec<_> = playbook.cards.iter().map(|c| c.id.as_str()).collect();
    assert_eq!(ids, ["retry", "more"]);

    let json = folder.join("playbook.json");
    fs::write(&json, serde_json::to_string_pretty(&playbook).unwrap()).unwrap();
    assert_eq!(load_playbook(&json).unwrap(), playbook);

    fs::write(folder.join("more/d.yaml"), "id: other\n").unwrap();
    let refused = load_playbook(&folder).unwrap_err();
    let sentence = refused.to_string();
    assert!(sentence.contains("d.yaml:1:1") && sentence.contains("`id` is said already at"), "{sentence}");
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn what_is_not_there_is_said() {
    let refused = load_playbook(Path::new("/no/such/folder")).unwrap_err();
    assert!(refused.to_string().contains("cannot be read"), "{refused}");
}
