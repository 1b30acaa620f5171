//! Stages 1 to 4 in one: from an event, or from time that passed, to what the behaviour model says.

use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    event::Event,
    features::{Encoder, StepInput},
    model::{Behaviour, StepOutput},
    playbook::{Place, Playbook, Tracker},
    signal::{Signal, SignalKind, Signals},
    time::Millis,
};

/// Where the user is, what fired, and what the model is told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensed {
    /// Where the user is.
    pub place: Place,
    /// What fired.
    pub fired: Vec<Signal>,
    /// What the model is told; none where it has nothing to learn.
    pub input: Option<StepInput>,
}

/// What is remembered of a visit to sense the next event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Senses {
    tracker: Tracker,
    signals: Signals,
    encoder: Encoder,
    model: Vec<f32>,
}

impl Senses {
    /// Before the first event of a visit. `start` is the model's state.
    pub fn new(playbook: &Playbook, unsupported: &[SignalKind], start: Vec<f32>) -> Self {
        Self {
            tracker: Tracker::default(),
            signals: Signals::new(&playbook.settings.signals, unsupported),
            encoder: Encoder::default(),
            model: start,
        }
    }

    /// When a signal is certain because nothing happened until then.
    pub fn due(&self) -> Option<Millis> {
        self.signals.due()
    }

    /// The steps behind the model's slots.
    pub fn slots(&self) -> &[String] {
        self.encoder.slots()
    }

    /// Where the user was left by the last event, without that event's own marks.
    pub fn place(&self) -> Place {
        Place { entered: false, succeeded: Vec::new(), goal: None, ..self.tracker.place().clone() }
    }

    /// Takes in one event. Everything due before it has come.
    pub fn observe(&mut self, playbook: &Playbook, event: &Event) -> Sensed {
        let place = self.tracker.observe(playbook, event);
        let mut fired = Vec::new();
        self.signals.observe(event, &place, &mut fired);
        let input = self.encoder.encode(playbook, event, &place, &fired);
        Sensed { place, fired, input }
    }

    /// Takes in that nothing happened until `at`: signals by absence are a step of the model like an
    /// event, so that it sees people who do nothing. It is the step of the time at which they fell due,
    /// however late the host woke the engine.
    pub fn advance(&mut self, playbook: &Playbook, at: Millis) -> Sensed {
        let place = self.place();
        let mut fired = Vec::new();
        self.signals.advance(at, &mut fired);
        let input = (!fired.is_empty()).then(|| self.encoder.encode_due(playbook, at, &place, &fired));
        Sensed { place, fired, input }
    }

    /// One step of the model. Its state stays as it is after an error.
    pub fn step(&mut self, model: &dyn Behaviour, input: &StepInput) -> Result<StepOutput> {
        model.step(&mut self.model, input)
    }
}
