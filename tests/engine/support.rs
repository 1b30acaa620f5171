//! Models that need no file, and short ways to write inputs.

use std::collections::BTreeMap;

use unstuck::{
    Config, Engine, Event, EventKind, Input, Millis, Output, Playbook,
    action::{Action, ActionKind, Suggest},
    error::Result,
    event::{Api, How, Input as Edit, OfferOutcome, StatusClass, Tap},
    features::{StepInput, schema::SLOTS},
    model::{Behaviour, Intents, Posterior, StepOutput},
    playbook::Cause,
};

/// Monday, 10:00 in China: humans are on duty in the fixture.
pub const START: i64 = 1_763_949_600_000;

/// Always says the same: stuck in the first slot for one cause.
pub struct Sure {
    pub stuck: f32,
    pub cause: Cause,
}

impl Behaviour for Sure {
    fn step(&self, _state: &mut Vec<f32>, input: &StepInput) -> Result<StepOutput> {
        let mut cause = [0.02; Cause::ALL.len()];
        cause[self.cause.index()] = 0.82;
        let mut slot = [0.0; SLOTS + 1];
        slot[if input.filled == 0 { SLOTS } else { 0 }] = 1.0;
        Ok(StepOutput { stuck: self.stuck, slot, cause })
    }
}

/// Weights of no meaning: its belief swings with every event, and its state matters.
pub struct Swinging;

impl Behaviour for Swinging {
    fn step(&self, state: &mut Vec<f32>, input: &StepInput) -> Result<StepOutput> {
        let weight = |at: usize, salt: usize| (((at + 1) * (salt * 37 + 11)) % 23) as f32 / 11.0 - 1.0;
        let dot = |values: &[f32], salt: usize| -> f32 {
            values.iter().enumerate().map(|(at, value)| value * weight(at, salt)).sum()
        };
        for (at, cell) in state.iter_mut().enumerate() {
            *cell = (0.8 * *cell + 0.3 * dot(&input.event, at)).tanh();
        }
        let width = input.slots.len() / SLOTS;
        let scores = input.slots.chunks(width).map(|row| dot(row, 3)).take(input.filled);
        let mut slot = [0.0; SLOTS + 1];
        for (share, score) in slot.iter_mut().zip(softmax(scores.chain([0.5]).collect())) {
            *share = score;
        }
        slot.swap(input.filled, SLOTS);
        let mut cause = [0.0; Cause::ALL.len()];
        let causes = (0..cause.len()).map(|at| 2.0 * dot(state, at)).collect();
        for (share, score) in cause.iter_mut().zip(softmax(causes)) {
            *share = score;
        }
        Ok(StepOutput { stuck: 1.0 / (1.0 + (-2.0 * dot(state, 1)).exp()), slot, cause })
    }
}

fn softmax(scores: Vec<f32>) -> Vec<f32> {
    let exps: Vec<f32> = scores.iter().map(|score| score.exp()).collect();
    let sum: f32 = exps.iter().sum();
    exps.into_iter().map(|exp| exp / sum).collect()
}

/// Knows each stuck point and intent by its id in the text; anything else is out of scope.
pub struct ById(Vec<String>);

impl ById {
    pub fn of(playbook: &Playbook) -> Self {
        let points = playbook.stuck_points.iter().map(|point| point.id.clone());
        Self(points.chain(playbook.intents.iter().map(|intent| intent.id.clone())).collect())
    }
}

impl Intents for ById {
    fn labels(&self) -> &[String] {
        &self.0
    }

    fn posterior(&self, text: &str) -> Result<Posterior> {
        let known: Vec<f32> = self.0.iter().map(|id| f32::from(u8::from(text.contains(id)))).collect();
        let sum: f32 = known.iter().sum();
        let rest = 1.0 / self.0.len() as f32;
        let share = |hit: &f32| if sum > 0.0 { 0.9 * hit / sum + 0.1 * rest } else { rest };
        let out_of_scope = if sum > 0.0 { 0.02 } else { 0.9 };
        Ok(Posterior { probabilities: known.iter().map(share).collect(), out_of_scope })
    }
}

pub fn playbook() -> Playbook {
    let mut playbook: Playbook = serde_json::from_str(include_str!("../fixtures/playbook.json")).unwrap();
    playbook.settings.policy.holdout = 0.0;
    playbook
}

pub fn config() -> Config {
    Config { session: "s-1".into(), user: "u-1".into(), explain: true, ..Config::default() }
}

pub fn engine(config: Config, playbook: Playbook, behaviour: impl Behaviour + 'static) -> Engine {
    let intents = ById::of(&playbook);
    Engine::new(config, playbook, Box::new(behaviour), Box::new(intents)).unwrap()
}

/// A host with a clock of its own.
pub struct Host {
    pub engine: Engine,
    pub t: i64,
    pub actions: Vec<Action>,
    pub last: Output,
}

impl Host {
    pub fn new(engine: Engine) -> Self {
        Self { engine, t: START, actions: Vec::new(), last: Output::default() }
    }

    pub fn push(&mut self, input: Input) -> &mut Self {
        self.last = self.engine.push(input).unwrap();
        self.actions.extend(self.last.actions.iter().cloned());
        self
    }

    /// An event `after` milliseconds.
    pub fn event(&mut self, after: i64, screen: &str, kind: EventKind) -> &mut Self {
        self.t += after;
        self.push(Input::Event(Event { t: Millis(self.t), screen: screen.into(), kind }))
    }

    pub fn tick(&mut self, after: i64) -> &mut Self {
        self.t += after;
        self.push(Input::Tick { t: Millis(self.t) })
    }

    pub fn choose(&mut self, after: i64, id: &str) -> &mut Self {
        self.t += after;
        self.push(Input::Choose { t: Millis(self.t), id: id.into() })
    }

    pub fn outcome(&mut self, after: i64, offer: u32, what: OfferOutcome) -> &mut Self {
        self.event(after, "", EventKind::Outcome { offer, what })
    }

    pub fn offers(&self) -> Vec<&Suggest> {
        let suggest = |action: &'_ Action| matches!(action.kind, ActionKind::Suggest(_));
        let all = self.actions.iter().filter(|action| suggest(action));
        all.filter_map(
            |action| if let ActionKind::Suggest(offer) = &action.kind { Some(offer) } else { None },
        )
        .collect()
    }

    /// What the last decision came to: `suggest` or `stay_silent`, and why.
    pub fn decision(&self) -> &str {
        self.last.explain.as_ref().map_or("", |explain| &explain.decision)
    }

    /// Codes of everything done since the beginning.
    pub fn codes(&self) -> Vec<&str> {
        self.actions.iter().filter_map(|a| a.reasons.first()).map(|r| r.code.as_str()).collect()
    }
}

pub fn screen() -> EventKind {
    EventKind::Screen { how: How::Forward }
}

pub fn tap(target: &str) -> EventKind {
    EventKind::Tap(Tap { target: target.into(), ..Tap::default() })
}

pub fn edit(field: &str) -> EventKind {
    EventKind::Input(Edit { field: field.into(), form: "bind".into(), ..Edit::default() })
}

pub fn refused(field: &str, code: &str) -> EventKind {
    EventKind::ValidationError { field: field.into(), code: code.into() }
}

pub fn api(endpoint: &str, status: StatusClass, code: &str) -> EventKind {
    let endpoint = endpoint.into();
    EventKind::Api(Api { endpoint, status, latency_ms: 200, code: code.into() })
}

pub fn no_values() -> BTreeMap<String, String> {
    BTreeMap::new()
}
