use std::collections::BTreeSet;

use super::*;

#[test]
fn a_seed_decides_everything_and_time_runs_forward() {
    let run = |seed| visits(seed, 30, HINDERED).collect::<Vec<_>>();
    assert_eq!(run(3), run(3));
    assert_ne!(run(3), run(4));
    for trace in run(3) {
        assert!(trace.events.windows(2).all(|w| w[0].t <= w[1].t), "{}", trace.session);
    }
}

#[test]
fn every_cause_and_every_group_happens_and_stuck_lasts() {
    let traces: Vec<_> = visits(5, 1_500, 0.5).collect();
    let causes: BTreeSet<_> = traces.iter().filter_map(|t| t.labels.cause).collect();
    assert_eq!(causes.len(), Cause::ALL.len());
    let groups: BTreeSet<_> = traces.iter().filter_map(|t| t.labels.person.clone()).collect();
    assert_eq!(groups.len(), folk::GROUPS.len());
    for trace in traces.iter().filter(|t| t.labels.stuck) {
        let labels = &trace.labels;
        let (from, until) = (labels.from.unwrap(), labels.until.unwrap());
        assert!(until - from >= HITCH_MS, "{}", trace.session);
        assert!(labels.step.as_ref().is_some_and(|s| trace.playbook.step(s).is_some()));
    }
    let stuck = traces.iter().filter(|t| t.labels.stuck).count();
    assert!((640..=760).contains(&stuck), "{stuck}");
}

#[test]
fn the_playbooks_bind_the_visits() {
    let mut reached = 0;
    for trace in visits(6, 60, 0.0) {
        let mut tracker = unstuck::playbook::place::Tracker::default();
        let places: Vec<_> = trace.events.iter().map(|e| tracker.observe(&trace.playbook, e)).collect();
        reached += usize::from(places.iter().any(|p| p.goal.is_some()));
    }
    assert!(reached >= 55, "only {reached} of 60 visits without trouble reached a goal");
}

/// The judge is frozen: a change of what it does is a new version, and old figures fall.
#[test]
fn the_judge_is_the_one_that_figures_were_taken_with() {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for trace in visits(1, 40, HINDERED) {
        let parts = (&trace.session, &trace.playbook, &trace.events, &trace.labels);
        for byte in serde_json::to_string(&parts).unwrap().bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
    assert_eq!((VERSION, sum), (1, FROZEN), "{sum:#x}");
}

/// FNV-1a over forty visits.
const FROZEN: u64 = 0xe0c9_1e7f_41e9_9ed8;

#[test]
fn the_page_about_the_judge_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/judge.md");
    let made = page::page();
    if std::env::var_os("UNSTUCK_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/judge.md is old: run `UNSTUCK_BLESS=1 cargo test --workspace judge`");
}
