//! The committed schemas are those of the code. `UNSTUCK_BLESS=1` rewrites them.
#![allow(clippy::unwrap_used)]

use std::{fs, path::Path};

use unstuck_cli::schema::schemas;

#[test]
fn committed_schemas_are_up_to_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
    let bless = std::env::var_os("UNSTUCK_BLESS").is_some();
    fs::create_dir_all(&folder).unwrap();
    let mut old = Vec::new();
    for (name, text) in schemas() {
        let file = folder.join(&name);
        if bless {
            fs::write(&file, &text).unwrap();
        } else if fs::read_to_string(&file).ok().as_deref() != Some(&text) {
            old.push(name);
        }
    }
    assert!(old.is_empty(), "run UNSTUCK_BLESS=1 cargo test -p unstuck-cli --test schemas for {old:?}");
    for file in fs::read_dir(folder).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        assert!(schemas().iter().any(|(known, _)| *known == name), "schemas/{name} belongs to no contract");
    }
}
