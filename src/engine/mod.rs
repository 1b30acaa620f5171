//! The composer: the only place that knows all stages.
//!
//! Everything that is due by an input's time is done first, in time order, as if the host had woken
//! the engine for each. So a wake-up that comes early, late, twice or never changes no decision.

mod bundle;
mod check;
mod clock;
mod io;
mod offer;
mod output;
mod senses;
mod state;

pub use bundle::Bundle;
pub use clock::JITTER_MS;
pub use io::{Config, Explain, Input, Output};
pub use senses::{Sensed, Senses};
pub use state::{MAX_EVIDENCE, VISIT_GAP_MS};

use std::rc::Rc;

use crate::{
    action::{ActionKind, reason},
    belief::fuse,
    dialogue::{Turn, language_of},
    error::{Error, ErrorKind, Result},
    event::{Event, EventKind},
    handoff::Conversation,
    model::{Behaviour, Intents, Posterior},
    playbook::Playbook,
    snapshot::{self, Binding},
    time::Millis,
};
use output::Told;
use state::State;

/// The most moments that can fall due before one input; a bound on a fault, not on a session.
const MAX_DUE: usize = 4_096;

/// One session of one user in one app.
pub struct Engine {
    config: Config,
    bundle: Rc<Bundle>,
    binding: Binding,
    state: State,
}

impl Engine {
    /// A new session with a bundle of its own.
    pub fn new(
        config: Config,
        playbook: Playbook,
        behaviour: Box<dyn Behaviour>,
        intents: Box<dyn Intents>,
    ) -> Result<Self> {
        Self::start(config, Rc::new(Bundle::new(playbook, behaviour, intents)?))
    }

    /// A new session. An error says what in the configuration cannot be.
    pub fn start(config: Config, bundle: Rc<Bundle>) -> Result<Self> {
        check::config(&config)?;
        let state = State::new(&config, &bundle.playbook, bundle.behaviour.as_ref());
        let binding = Binding::new(&config.session, &bundle.playbook.id, &bundle.sum);
        Ok(Self { config, bundle, binding, state })
    }

    /// One input in, what to do out. After an error the session is as it was before.
    pub fn push(&mut self, input: Input) -> Result<Output> {
        let input = check::input(input)?;
        let text = match &input {
            Input::Say { text, .. } => Some(self.bundle.intents.posterior(text)?),
            _ => None,
        };
        let mut told = Told::default();
        if let Input::Tick { t } = &input {
            self.catch_up(self.state.clock.peek(*t), &mut told);
        } else {
            let now = self.state.clock.take(input.t());
            self.catch_up(now, &mut told);
            self.begin(now, &mut told);
            self.state.active = Some(now);
            self.take_in(input, text, &mut told);
        }
        Ok(told.output(&self.config, &self.state, self.wake_at()))
    }

    /// The session's state, to go on from later on any host with the same playbook and models.
    pub fn save(&self) -> Result<String> {
        snapshot::save(&self.binding, &self.state)
    }

    /// Goes on from what [`Self::save`] gave. After an error the session is as it was before.
    pub fn restore(&mut self, saved: &str) -> Result<()> {
        self.state = snapshot::restore(&self.binding, saved)?;
        Ok(())
    }

    /// Does what is due up to and including `until`, in time order.
    fn catch_up(&mut self, until: Millis, told: &mut Told) {
        for _ in 0..MAX_DUE {
            let visit_ends = self.state.active.map(|active| active.plus(VISIT_GAP_MS));
            let due = self.due();
            let Some(at) = due.into_iter().chain(visit_ends).min().filter(|at| *at <= until) else { return };
            self.begin(at.max(self.state.clock.now()), told);
            if due.is_none_or(|due| due > at) {
                self.state.end_visit(&self.config, &self.bundle.playbook, self.bundle.behaviour.as_ref());
            } else {
                self.come_due(told);
            }
        }
    }

    /// When something is due next.
    fn due(&self) -> Option<Millis> {
        let talk = self.state.talk_due(&self.config.session, &self.bundle.playbook);
        let policy = self.state.policy.due(&self.bundle.playbook.settings.policy);
        self.state.senses.due().into_iter().chain(policy).chain(talk).min()
    }

    fn wake_at(&self) -> Option<Millis> {
        self.due().map(|at| self.state.clock.host(at.max(self.state.clock.now())))
    }

    /// A new moment of the session, with a number of its own.
    fn begin(&mut self, now: Millis, told: &mut Told) {
        self.state.clock.reach(now);
        self.state.sequence = self.state.sequence.saturating_add(1);
        told.begin(self.state.sequence, self.state.clock.host(now));
    }

    /// What falls due now: signals by absence, offers that nobody answers, the conversation's own
    /// times, and decisions that had to wait.
    fn come_due(&mut self, told: &mut Told) {
        let now = self.state.clock.now();
        let sensed = self.state.senses.advance(&self.bundle.playbook, now);
        self.believe(None, &sensed, told);
        self.lapse(&sensed.place, told);
        let turns = self.talk(Conversation::advance);
        self.speak(turns, told);
        self.decide(!sensed.fired.is_empty(), told);
        told.sensed(sensed);
    }

    fn take_in(&mut self, input: Input, text: Option<Posterior>, told: &mut Told) {
        let now = self.state.clock.now();
        let turns = match input {
            Input::Event(event) => return self.see(Event { t: now, ..event }, told),
            Input::Tick { .. } => return,
            Input::Chat { open, .. } => return self.state.policy.chat(open),
            Input::Language { language, .. } => return self.speak_language(language, told),
            Input::Elder { on, .. } => {
                self.state.profile.elder_mode = on;
                told.profile = true;
                return;
            }
            Input::Choose { id, .. } if id.starts_with("offer:") => return self.answer(&id, told),
            Input::Say { text: said, .. } => self.hear(&said, text, told),
            Input::Choose { id, .. } => self.talk(|talk, ctx| talk.choose(ctx, &id)),
            Input::AskHuman { .. } => {
                self.state.profile.took_human();
                told.profile = true;
                self.talk(Conversation::ask_human)
            }
            Input::Tool { key, outcome, values, .. } => {
                self.talk(|talk, ctx| talk.tool(ctx, &key, &outcome, &values))
            }
            Input::Guide { guide, outcome, why, .. } => {
                self.talk(|talk, ctx| talk.guide(ctx, &guide, &outcome, &why))
            }
            Input::Handoff { update, .. } => self.talk(|talk, ctx| talk.handoff(ctx, &update)),
            Input::Agent { text, .. } => self.talk(|talk, ctx| talk.agent(ctx, &text)),
        };
        self.state.policy.talked(now);
        self.withdraw_for_talk(told);
        self.speak(turns, told);
        self.settle_talk(told);
    }

    /// One event of the app.
    fn see(&mut self, event: Event, told: &mut Told) {
        let sensed = self.state.senses.observe(&self.bundle.playbook, &event);
        self.state.policy.observe(&self.bundle.playbook, &event, &sensed.place);
        self.believe(Some(&event), &sensed, told);
        if let EventKind::Outcome { offer, what } = event.kind {
            self.outcome(offer, what, told);
        }
        self.lapse(&sensed.place, told);
        self.resolve(&sensed.place, told);
        if sensed.input.is_some() {
            self.decide(!sensed.fired.is_empty(), told);
        }
        told.sensed(sensed);
    }

    /// One step of the behaviour model, and what it means in this playbook.
    fn believe(&mut self, event: Option<&Event>, sensed: &Sensed, told: &mut Told) {
        let state = &mut self.state;
        state.note(&sensed.fired);
        state.belief.observe(event, &sensed.place, &sensed.fired);
        let Some(input) = &sensed.input else { return };
        let said = state.senses.step(self.bundle.behaviour.as_ref(), input);
        let failed_before = std::mem::replace(&mut state.model_failed, said.is_err());
        match said {
            Ok(said) => {
                let (slots, now) = (state.senses.slots(), state.clock.now());
                state.belief.update(&self.bundle.playbook, &self.bundle.listed, slots, &said, now);
            }
            Err(error) if !failed_before => {
                told.act(ActionKind::StaySilent {}, vec![reason::MODEL_FAILED.because(error.to_string())]);
            }
            Err(_) => {}
        }
    }

    /// What the user typed: its meaning first, then the turn.
    fn hear(&mut self, text: &str, posterior: Option<Posterior>, told: &mut Told) -> Vec<Turn> {
        let Some(posterior) = posterior else { return Vec::new() };
        // Who is asked in a language answers in it.
        let spoken = language_of(text).filter(|spoken| self.bundle.playbook.languages.contains(spoken));
        if let Some(language) = spoken.filter(|spoken| *spoken != self.state.language) {
            self.speak_language(language, told);
        }
        let cause = |id: &str| self.bundle.playbook.stuck_point(id).map(|point| point.cause);
        let meaning = fuse(self.bundle.intents.labels(), &posterior, &self.state.belief, cause);
        told.meaning = Some(meaning.clone());
        self.talk(|talk, ctx| talk.say(ctx, text, &meaning))
    }

    fn speak_language(&mut self, language: crate::playbook::Language, told: &mut Told) {
        self.state.language = language;
        self.state.profile.speaks(language);
        told.profile = true;
    }

    fn talk<T>(&mut self, turn: impl FnOnce(&mut Conversation, &crate::dialogue::Context) -> T) -> T {
        self.state.talk(&self.config.session, &self.bundle.playbook, turn)
    }

    /// The conversation's turns become actions; the one that runs a tool tells the flow its key.
    fn speak(&mut self, turns: Vec<Turn>, told: &mut Told) {
        if turns.iter().any(|turn| !matches!(turn.kind, ActionKind::StaySilent {})) {
            self.state.policy.talked(self.state.clock.now());
        }
        for turn in turns {
            let runs = matches!(turn.kind, ActionKind::RunTool(_));
            let key = told.act(turn.kind, turn.reasons);
            if runs {
                self.state.conversation.running(&key);
            }
        }
    }
}

/// What a host gave that cannot be.
fn refuse(place: &str, detail: impl Into<String>) -> Error {
    Error::new(ErrorKind::Input, place, detail)
}
