//! Golden traces natively: every word as it was, every number within 1e-4. The same traces run in every
//! host through the Wasm (`tests/hosts/parity/`).
//!
//! Thirteen are recorded, a file each, with all that came out. The others are generated (`visit.rs`,
//! `scenes/`) and lie in one file, a line each, with a short form of what came out.
//!
//! `UNSTUCK_BLESS=1 cargo test --test golden` writes the outputs anew, `UNSTUCK_GENERATE=1` the inputs too.
#![cfg(all(feature = "onnx", not(target_arch = "wasm32")))]
#![allow(clippy::unwrap_used)]

mod coverage;
mod dice;
mod generate;
mod replay;
mod scenes;
mod short;
mod trace;
mod visit;

use std::{fs, time::Instant};

use serde_json::{Value, json};
use unstuck::{Engine, Input, Millis, Output};

use crate::{
    coverage::Coverage,
    replay::{fixtures, reload, replay, start},
    trace::Trace,
};

/// As many traces as are owed.
const AT_LEAST: usize = 500;

fn asked_for(variable: &str) -> bool {
    std::env::var_os(variable).is_some()
}

#[test]
fn recorded_traces_come_out_as_they_were() {
    let bundle = fixtures();
    let mut wrong = Vec::new();
    for (path, mut trace) in trace::recorded() {
        let outputs = replay(&bundle, &trace);
        if asked_for("UNSTUCK_BLESS") {
            trace.outputs = outputs;
            fs::write(&path, serde_json::to_string_pretty(&trace).unwrap() + "\n").unwrap();
        } else if let Some(place) = trace::difference(&json!(outputs), &json!(trace.outputs), "") {
            wrong.push(format!("{}: {place}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "UNSTUCK_BLESS=1 writes them anew:\n{}", wrong.join("\n"));
}

#[test]
fn generated_traces_come_out_as_they_were() {
    let bundle = fixtures();
    let mut traces = if asked_for("UNSTUCK_GENERATE") { generate::all() } else { trace::generated() };
    let mut wrong = Vec::new();
    for trace in &mut traces {
        let outputs: Vec<Value> =
            replay(&bundle, trace).iter().map(|output| short::of(output).into()).collect();
        if asked_for("UNSTUCK_BLESS") || asked_for("UNSTUCK_GENERATE") {
            trace.outputs = outputs;
        } else if let Some(place) = short::difference(&outputs, &trace.outputs) {
            wrong.push(format!("{}: {place}", trace.config.session));
        }
    }
    if asked_for("UNSTUCK_BLESS") || asked_for("UNSTUCK_GENERATE") {
        trace::write_generated(&traces);
    }
    assert!(wrong.is_empty(), "UNSTUCK_BLESS=1 writes them anew:\n{}", wrong.join("\n"));
}

/// All outputs in full, for the hosts to be compared with: the last line of the file says how long it took.
#[test]
fn outputs_are_written_for_the_other_hosts() {
    let bundle = fixtures();
    let traces = trace::all();
    let start = Instant::now();
    let outputs: Vec<_> = traces.iter().map(|trace| replay(&bundle, trace)).collect();
    let ms = start.elapsed().as_secs_f64() * 1_000.0;
    let named = traces.iter().zip(&outputs);
    let mut lines: Vec<String> =
        named.map(|(t, o)| json!({ "session": t.config.session, "outputs": o }).to_string()).collect();
    lines.push(json!({ "ms": ms }).to_string());
    fs::write(concat!(env!("CARGO_TARGET_TMPDIR"), "/golden.jsonl"), lines.join("\n") + "\n").unwrap();
}

#[test]
fn traces_cover_what_can_happen() {
    let traces = trace::all();
    assert!(traces.len() >= AT_LEAST, "only {} golden traces", traces.len());
    let bundle = fixtures();
    let mut coverage = Coverage::default();
    for trace in &traces {
        coverage.take(trace, &replay(&bundle, trace));
    }
    println!("{coverage}");
    let missing = coverage.missing();
    assert!(missing.is_empty(), "no golden trace has:\n{}", missing.join("\n"));
}

/// All actions and profiles, and the state in the end, wake-ups apart.
fn came(
    mut session: Engine,
    trace: &Trace,
    mut before: impl FnMut(Engine, &Input) -> (Engine, Vec<Output>),
) -> (String, String) {
    let mut outputs = Vec::new();
    for input in &trace.inputs {
        let Ok(input) = serde_json::from_value::<Input>(input.clone()) else { continue };
        let (same, more) = before(session, &input);
        session = same;
        outputs.extend(more);
        outputs.extend(session.push(input).ok());
    }
    let told: Vec<_> = outputs.iter().flat_map(|o| o.actions.iter().map(|a| json!(a))).collect();
    (json!(told).to_string(), session.save().unwrap())
}

#[test]
fn wake_ups_and_restores_change_nothing_with_real_models() {
    let bundle = fixtures();
    // Each input is saved, restored and woken for, so only some of the generated ones.
    let generated = trace::generated().into_iter().step_by(10);
    for trace in trace::recorded().into_iter().map(|(_, trace)| trace).chain(generated) {
        let straight = came(start(&trace.config, &bundle), &trace, |session, _| (session, Vec::new()));
        let mut now = Millis(0);
        let other = came(start(&trace.config, &bundle), &trace, |session, input| {
            let mut session = reload(&session, &trace.config, &bundle);
            // Half-way to the next input, where the clock is not set back.
            let half = Millis(now.0 / 2 + input.t().0 / 2);
            let ticks = (half > now).then(|| session.push(Input::Tick { t: half }).unwrap());
            now = input.t();
            (session, ticks.into_iter().collect())
        });
        assert_eq!(other, straight, "{}", trace.config.session);
    }
}
