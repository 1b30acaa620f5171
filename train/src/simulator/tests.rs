use std::collections::BTreeSet;

use unstuck::playbook::Cause;

use super::*;

#[test]
fn a_seed_decides_everything() {
    let run = |seed| simulate(seed, 25, Odds::default()).collect::<Vec<_>>();
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}

#[test]
fn time_runs_forward_and_every_event_is_within_the_visit() {
    for trace in simulate(2, 100, Odds::default()) {
        assert!(trace.events.windows(2).all(|w| w[0].t <= w[1].t), "{}", trace.session);
        if let (Some(from), Some(until)) = (trace.labels.from, trace.labels.until) {
            assert!(from < until, "{}", trace.session);
            assert!(trace.events.iter().any(|e| (from..=until).contains(&e.t.0)), "{}", trace.session);
        }
    }
}

#[test]
fn every_cause_happens_and_the_share_of_stuck_visits_is_what_was_asked_for() {
    let traces: Vec<_> = simulate(3, 1_000, Odds { stuck: 0.3, ..Odds::default() }).collect();
    let causes: BTreeSet<_> = traces.iter().filter_map(|t| t.labels.cause).collect();
    assert_eq!(causes.len(), Cause::ALL.len());
    let stuck = traces.iter().filter(|t| t.labels.stuck).count();
    assert!((250..=350).contains(&stuck), "{stuck}");
    let apps: BTreeSet<_> = traces.iter().map(|t| t.playbook.id.clone()).collect();
    assert_eq!(apps.len(), 1_000 / VISITS_AN_APP);
}

#[test]
fn the_playbooks_bind_the_visits_they_were_made_for() {
    let mut bound = 0;
    for trace in simulate(4, 50, Odds::default()) {
        let mut tracker = unstuck::playbook::place::Tracker::default();
        let places: Vec<_> = trace.events.iter().map(|e| tracker.observe(&trace.playbook, e)).collect();
        assert!(places.iter().any(|p| p.step.is_some()), "{}: no event is at a step", trace.session);
        let reached = places.iter().any(|p| p.goal.is_some());
        bound += usize::from(!trace.labels.stuck && reached);
    }
    assert!(bound >= 25, "only {bound} of 50 visits reached a goal");
}

#[test]
fn the_page_about_the_simulator_is_up_to_date() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/simulator.md");
    let made = page::page();
    if std::env::var_os("UNSTUCK_BLESS").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == made,
        "docs/simulator.md is old: run `UNSTUCK_BLESS=1 cargo test -p unstuck-train simulator`"
    );
}
