//! `unstuck rollout` changes who gets a bundle, and writes nothing that an app would refuse.
#![allow(clippy::unwrap_used)]

use std::{env, fs, path::PathBuf, process};

use unstuck::bundle::{FILES, File, Manifest, Rollout, VERSION};
use unstuck_cli::rollout::{Args, run};

fn bundle() -> PathBuf {
    let folder = env::temp_dir().join(format!("unstuck-rollout-{}", process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = || File { sha256: "00".repeat(32), bytes: 1 };
    let manifest = Manifest {
        version: VERSION,
        bundle: "0123456789ab".to_owned(),
        playbook: "wallet".to_owned(),
        made_by: "unstuck 0.1.0".to_owned(),
        files: FILES.iter().map(|name| ((*name).to_owned(), file())).collect(),
        rollout: Rollout { percent: 100, previous: None },
        enabled: true,
    };
    fs::write(folder.join("manifest.json"), serde_json::to_string(&manifest).unwrap()).unwrap();
    folder
}

#[test]
fn a_bundle_is_rolled_out_switched_off_and_on_again() {
    let folder = bundle();
    let args = |percent, previous: Option<&str>, off, on| Args {
        bundle: folder.clone(),
        percent,
        previous: previous.map(str::to_owned),
        off,
        on,
    };
    let now = || {
        let json = fs::read_to_string(folder.join("manifest.json")).unwrap();
        let Manifest { rollout, enabled, .. } = Manifest::from_json(&json).unwrap();
        (rollout.percent, rollout.previous, enabled)
    };
    let old = Some("../old/".to_owned());
    // The others would get nothing.
    assert!(run(&args(Some(10), None, false, false)).unwrap_err().to_string().contains("/rollout/previous"));
    assert_eq!(now(), (100, None, true));
    run(&args(Some(10), old.as_deref(), false, false)).unwrap();
    assert_eq!(now(), (10, old.clone(), true));
    run(&args(None, None, true, false)).unwrap();
    assert_eq!(now(), (10, old.clone(), false));
    run(&args(Some(100), None, false, false)).unwrap();
    assert_eq!(now(), (100, old.clone(), false));
    run(&args(None, None, false, true)).unwrap();
    assert_eq!(now(), (100, old, true));
    assert!(run(&args(Some(101), None, false, false)).unwrap_err().to_string().contains("0 to 100"));
    fs::remove_dir_all(folder).unwrap();
}
