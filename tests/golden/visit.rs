//! A visit being made up: each input is recorded and pushed natively, so that what the engine does can be
//! answered with the right keys.

use std::rc::Rc;

use serde_json::{Value, json};
use unstuck::{
    Bundle, Config, Engine,
    action::{Action, ActionKind, handoff::State},
};

use crate::{dice::Dice, replay, trace::Trace};

/// A visit, and what the engine waits for in it.
pub struct Visit {
    pub dice: Dice,
    pub t: i64,
    pub zh: bool,
    /// The offer on screen.
    pub offer: Option<u32>,
    /// The buttons shown last.
    pub choices: Vec<String>,
    /// The key of the tool that runs.
    pub tool: Option<(String, String)>,
    pub guide: Option<String>,
    /// The last handoff, and how it stands.
    pub handoff: Option<(String, State)>,
    pub revision: u32,
    bundle: Rc<Bundle>,
    session: Engine,
    config: Config,
    screen: String,
    inputs: Vec<Value>,
    save_restore_at: Vec<usize>,
}

impl Visit {
    pub fn begin(bundle: Rc<Bundle>, config: Config, zh: bool, t: i64, dice: Dice) -> Self {
        Self {
            dice,
            t,
            zh,
            offer: None,
            choices: Vec::new(),
            tool: None,
            guide: None,
            handoff: None,
            revision: 0,
            session: replay::start(&config, &bundle),
            bundle,
            config,
            screen: String::new(),
            inputs: Vec::new(),
            save_restore_at: Vec::new(),
        }
    }

    pub fn end(self, about: String) -> Trace {
        let Self { config, save_restore_at, inputs, .. } = self;
        Trace { about, config, save_restore_at, inputs, outputs: Vec::new() }
    }

    /// One input as it is.
    pub fn put(&mut self, input: Value) {
        if self.dice.percent(2) {
            self.save_restore_at.push(self.inputs.len());
            self.session = replay::reload(&self.session, &self.config, &self.bundle);
        }
        if let Ok(output) = replay::push(&mut self.session, &input) {
            output.actions.iter().for_each(|action| self.learn(action));
        }
        self.inputs.push(input);
    }

    /// One input, so many milliseconds after the last.
    pub fn after(&mut self, ms: i64, mut input: Value) {
        self.t += ms;
        input["t"] = self.t.into();
        self.put(input);
    }

    pub fn event(&mut self, ms: i64, mut event: Value) {
        event["input"] = "event".into();
        event["screen"] = self.screen.as_str().into();
        self.after(ms, event);
    }

    /// What the engine did, as far as it can be answered.
    fn learn(&mut self, action: &Action) {
        match &action.kind {
            ActionKind::Suggest(suggest) => self.offer = Some(suggest.offer),
            ActionKind::Withdraw { .. } => self.offer = None,
            ActionKind::Say(say) | ActionKind::Ask(say) if !say.choices.is_empty() => {
                self.choices = say.choices.iter().map(|choice| choice.id.clone()).collect();
            }
            ActionKind::RunTool(run) => self.tool = Some((action.key.clone(), run.tool.clone())),
            ActionKind::Guide(guide) => self.guide = Some(guide.guide.clone()),
            ActionKind::HandOff(news) => {
                if self.handoff.as_ref().is_none_or(|(key, _)| *key != news.handoff) {
                    self.revision = 0;
                }
                self.handoff = Some((news.handoff.clone(), news.state));
                self.choices = news.choices.iter().map(|choice| choice.id.clone()).collect();
            }
            _ => {}
        }
    }

    // What people do in the app.

    pub fn goes(&mut self, ms: i64, screen: &str) {
        self.arrives(ms, screen, "forward");
    }

    pub fn arrives(&mut self, ms: i64, screen: &str, how: &str) {
        screen.clone_into(&mut self.screen);
        self.event(ms, json!({ "kind": "screen", "how": how }));
        self.event(15, json!({ "kind": "activity", "what": "dom" }));
    }

    pub fn taps(&mut self, ms: i64, target: &str, control: &str) {
        let (x, y) = (self.dice.between(20, 340), self.dice.between(80, 600));
        self.event(ms, json!({ "kind": "tap", "target": target, "control": control, "x": x, "y": y }));
    }

    pub fn types(&mut self, ms: i64, field: &str, length: &str, valid: Option<bool>) {
        let form = field.split('.').next().unwrap_or_default();
        self.event(
            ms,
            json!({ "kind": "input", "field": field, "form": form, "length": length, "valid": valid }),
        );
    }

    /// A call of the app, begun now and ended after its latency.
    pub fn calls(&mut self, endpoint: &str, status: &str, latency_ms: i64, code: &str) {
        self.event(20, json!({ "kind": "api", "endpoint": endpoint, "status": "pending" }));
        let ended = json!({
            "kind": "api", "endpoint": endpoint, "status": status, "latency_ms": latency_ms, "code": code,
        });
        self.event(latency_ms, ended);
    }

    pub fn submits(&mut self, form: &str) {
        self.taps(self.pause(), &format!("{form}.submit"), "button");
        self.event(10, json!({ "kind": "submit", "form": form }));
    }

    pub fn waits(&mut self, ms: i64) {
        self.after(ms, json!({ "input": "tick" }));
    }

    /// The time that a person takes between two things.
    pub fn pause(&self) -> i64 {
        // A figure of the visit's own time, so that no die is thrown for it.
        800 + self.t.rem_euclid(3_701)
    }

    // What people do with the bot.

    pub fn says(&mut self, ms: i64, text: &str) {
        self.after(ms, json!({ "input": "say", "text": text }));
    }

    pub fn chooses(&mut self, ms: i64, id: &str) {
        self.after(ms, json!({ "input": "choose", "id": id }));
    }

    pub fn outcome(&mut self, ms: i64, offer: u32, what: &str) {
        self.event(ms, json!({ "kind": "outcome", "offer": offer, "what": what }));
    }
}
