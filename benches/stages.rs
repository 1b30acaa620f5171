//! What each stage costs natively, over the events of one golden trace: `cargo bench --package unstuck-train
//! --bench stages`. The whole of `push` stands beside them, and what a host does about a session.

use std::{fs, hint::black_box, path::Path, rc::Rc};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use serde::Deserialize;
use unstuck::{
    Bundle, Config, Engine, Event, Input, Playbook,
    belief::{Belief, Listed},
    engine::{Sensed, Senses},
    features::Encoder,
    model::{Behaviour, BehaviourModel, IntentModel, Intents, StepInput, StepOutput},
    playbook::{Place, Tracker},
    signal::{Signal, Signals},
};

#[derive(Deserialize)]
struct Trace {
    config: Config,
    inputs: Vec<Input>,
}

/// What the stages are given.
struct Given {
    playbook: Playbook,
    behaviour: BehaviourModel,
    intents: IntentModel,
    trace: Trace,
}

fn file(path: &str) -> Vec<u8> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn given() -> Given {
    let json = |path: &str| file(path);
    Given {
        playbook: serde_json::from_slice(&json("tests/fixtures/playbook.json")).expect("a playbook"),
        behaviour: BehaviourModel::load(&file("models/behaviour.onnx")).expect("a model"),
        intents: IntentModel::load(&file("tests/fixtures/models/intents.onnx")).expect("a model"),
        trace: serde_json::from_slice(&json("tests/golden/01-rejected-accepted-en.json")).expect("a trace"),
    }
}

/// What each stage said of an event, so that the next one can be measured alone.
struct Followed {
    event: Event,
    place: Place,
    fired: Vec<Signal>,
    input: Option<StepInput>,
    slots: Vec<String>,
}

fn followed(given: &Given) -> Vec<Followed> {
    let mut senses = Senses::new(&given.playbook, &[], given.behaviour.start());
    let events = given.trace.inputs.iter().filter_map(|input| match input {
        Input::Event(event) => Some(event.clone()),
        _ => None,
    });
    let follow = |event: Event| {
        let Sensed { place, fired, input } = senses.observe(&given.playbook, &event);
        Followed { event, place, fired, input, slots: senses.slots().to_vec() }
    };
    events.map(follow).collect()
}

fn stages(c: &mut Criterion) {
    let given = given();
    let followed = followed(&given);
    let Given { playbook, behaviour, .. } = &given;
    let mut group = c.benchmark_group("an event");
    group.throughput(Throughput::Elements(followed.len() as u64));
    group.bench_function("place", |b| {
        b.iter_batched_ref(
            Tracker::default,
            |tracker| followed.iter().for_each(|f| drop(black_box(tracker.observe(playbook, &f.event)))),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("signals", |b| {
        let mut fired = Vec::new();
        b.iter_batched_ref(
            || Signals::new(&playbook.settings.signals, &[]),
            |signals| followed.iter().for_each(|f| signals.observe(&f.event, &f.place, &mut fired)),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("features", |b| {
        b.iter_batched_ref(
            Encoder::default,
            |encoder| {
                for f in &followed {
                    black_box(encoder.encode(playbook, &f.event, &f.place, &f.fired));
                }
            },
            BatchSize::SmallInput,
        );
    });
    group.bench_function("behaviour model", |b| {
        b.iter_batched_ref(
            || behaviour.start(),
            |state| said(behaviour, state, &followed).map(black_box).count(),
            BatchSize::SmallInput,
        );
    });
    let outputs: Vec<_> = said(behaviour, &mut behaviour.start(), &followed).collect();
    let listed = Listed::of(playbook);
    group.bench_function("belief", |b| {
        b.iter_batched_ref(
            Belief::default,
            |belief| {
                let told = followed.iter().filter(|f| f.input.is_some());
                for (f, said) in told.zip(&outputs) {
                    belief.observe(Some(&f.event), &f.place, &f.fired);
                    belief.update(playbook, &listed, &f.slots, said, f.event.t);
                }
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
    whole(c, given, followed);
}

fn said<'a>(
    model: &'a BehaviourModel,
    state: &'a mut Vec<f32>,
    followed: &'a [Followed],
) -> impl Iterator<Item = StepOutput> + 'a {
    followed.iter().filter_map(|f| f.input.as_ref()).map(|input| model.step(state, input).expect("it steps"))
}

/// The whole way, and what a host does about a session.
fn whole(c: &mut Criterion, given: Given, followed: Vec<Followed>) {
    let Given { playbook, behaviour, intents, trace } = given;
    c.bench_function("a question/intent model", |b| {
        b.iter(|| intents.posterior(black_box("my card number is not accepted")).expect("it answers"));
    });
    let bundle = Rc::new(Bundle::new(playbook, Box::new(behaviour), Box::new(intents)).expect("a bundle"));
    let start = || Engine::start(trace.config.clone(), bundle.clone()).expect("a session");
    let mut group = c.benchmark_group("an event");
    group.throughput(Throughput::Elements(followed.len() as u64));
    group.bench_function("push, all stages", |b| {
        b.iter_batched_ref(
            start,
            |engine| {
                for f in &followed {
                    black_box(engine.push(Input::Event(f.event.clone())).expect("it is taken in"));
                }
            },
            BatchSize::SmallInput,
        );
    });
    group.finish();
    let mut engine = start();
    for input in &trace.inputs {
        engine.push(input.clone()).expect("it is taken in");
    }
    let saved = engine.save().expect("it is saved");
    let mut group = c.benchmark_group("a session");
    group.bench_function("save", |b| b.iter(|| engine.save().expect("it is saved")));
    group.bench_function("restore", |b| {
        b.iter_batched_ref(start, |engine| engine.restore(&saved).expect("it fits"), BatchSize::SmallInput);
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
