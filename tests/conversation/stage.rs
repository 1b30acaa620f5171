//! A conversation under test: what is put in, and what comes out as one line a turn.

use std::collections::BTreeMap;

use unstuck::{
    Millis, Playbook,
    action::{
        ActionKind, Basis, Choice, Guess, Say,
        handoff::{ContextPackage, State, Update},
    },
    belief::Meaning,
    dialogue::{Context, Facts, Turn},
    handoff::Conversation,
    playbook::Language,
    profile::Profile,
};

/// Monday 5 January 2026, 10:00 in China: humans are on duty.
pub const ON_DUTY: Millis = Millis(1_767_578_400_000);
/// The Sunday before.
pub const OFF_DUTY: Millis = Millis(ON_DUTY.0 - 86_400_000);

/// Something that happens to the conversation.
#[derive(Clone, Copy, Debug)]
pub enum Do {
    /// An offer for the stuck point is taken up.
    TakeUp(&'static str),
    /// Typed, with its meaning.
    Say(&'static str, Means),
    /// A button.
    Choose(&'static str),
    /// The tool under the key ends, with values.
    Tool(&'static str, &'static str, &'static [(&'static str, &'static str)]),
    /// A guide ends.
    Guide(&'static str, &'static str, &'static str),
    /// The human button.
    AskHuman,
    /// News from the desk: key, state, number, agent, position.
    Desk(&'static str, State, u32, &'static str, Option<u32>),
    /// The human's words.
    Agent(&'static str),
    /// So many milliseconds pass.
    Wait(i64),
}

/// What a text means.
#[derive(Clone, Copy, Debug)]
pub enum Means {
    /// These, with their probabilities.
    These(&'static [(&'static str, f64)]),
    /// Nothing that the playbook knows.
    Foreign,
    /// Nothing is believed.
    Nothing,
}

/// A conversation with all that it needs.
pub struct Stage {
    pub conversation: Conversation,
    pub playbook: Playbook,
    pub language: Language,
    pub now: Millis,
    pub believed: Vec<Guess>,
    pub facts: Facts,
    pub profile: Profile,
    /// The last request to the desk.
    pub request: Option<ContextPackage>,
}

impl Stage {
    pub fn new(language: Language) -> Self {
        Self {
            conversation: Conversation::default(),
            playbook: serde_json::from_str(include_str!("../fixtures/playbook.json")).unwrap(),
            language,
            now: ON_DUTY,
            believed: Vec::new(),
            facts: Facts::default(),
            profile: Profile::default(),
            request: None,
        }
    }

    pub fn believing(mut self, believed: &[(&str, f64)]) -> Self {
        self.believed = guesses(believed);
        self
    }

    /// One thing happens; each turn as a line.
    pub fn play(&mut self, what: Do) -> Vec<String> {
        if let Do::Wait(ms) = what {
            self.now = self.now.plus(ms);
        }
        let mut conversation = std::mem::take(&mut self.conversation);
        let turns = self.turns(&mut conversation, what);
        for turn in &turns {
            assert!(!turn.reasons.is_empty(), "{turn:?} gives no reason");
            if let ActionKind::RunTool(_) = turn.kind {
                conversation.running("7-1");
            }
            if let ActionKind::HandOff(handoff) = &turn.kind
                && let Some(request) = &handoff.request
            {
                self.request = Some((**request).clone());
            }
        }
        // What was said must survive a reload at any point.
        let saved = serde_json::to_string(&conversation).unwrap();
        self.conversation = serde_json::from_str(&saved).unwrap();
        assert_eq!(self.conversation, conversation);
        turns.iter().map(line).collect()
    }

    /// One thing happens to a fresh copy; the turns themselves.
    pub fn turns_of(&mut self, what: Do) -> Vec<Turn> {
        let mut conversation = std::mem::take(&mut self.conversation);
        self.turns(&mut conversation, what)
    }

    fn turns(&self, conversation: &mut Conversation, what: Do) -> Vec<Turn> {
        let ctx = &Context {
            session: "s1",
            now: self.now,
            playbook: &self.playbook,
            language: self.language,
            believed: &self.believed,
            facts: &self.facts,
            profile: &self.profile,
        };
        match what {
            Do::TakeUp(id) => conversation.take_up(ctx, id),
            Do::Say(text, means) => conversation.say(ctx, text, &meaning(means)),
            Do::Choose(id) => conversation.choose(ctx, id),
            Do::Tool(key, outcome, values) => {
                let owned = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
                let values: BTreeMap<_, _> = values.iter().map(owned).collect();
                conversation.tool(ctx, key, outcome, &values)
            }
            Do::Guide(id, outcome, why) => conversation.guide(ctx, id, outcome, why),
            Do::AskHuman => conversation.ask_human(ctx),
            Do::Desk(key, state, revision, agent, position) => {
                let (handoff, agent) = (key.to_owned(), agent.to_owned());
                conversation.handoff(ctx, &Update { handoff, state, revision, agent, position })
            }
            Do::Agent(text) => conversation.agent(ctx, text),
            Do::Wait(_) => conversation.advance(ctx),
        }
    }

    /// When something is due.
    pub fn due(&self) -> Option<Millis> {
        let ctx = &Context {
            session: "s1",
            now: self.now,
            playbook: &self.playbook,
            language: self.language,
            believed: &self.believed,
            facts: &self.facts,
            profile: &self.profile,
        };
        self.conversation.due(ctx)
    }
}

/// A conversation as a table: what happens, and the lines that come of it.
pub struct Case {
    pub name: &'static str,
    pub stage: Stage,
    pub steps: Vec<(Do, Vec<&'static str>)>,
}

/// Plays all cases and reports every step that went another way.
pub fn check(cases: Vec<Case>) {
    let mut wrong = Vec::new();
    for mut case in cases {
        for (what, expected) in case.steps {
            let lines = case.stage.play(what);
            if lines != expected {
                wrong.push(format!("{}: {what:?}\n  is  {lines:#?}\n  not {expected:#?}", case.name));
                break;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

pub fn guesses(of: &[(&str, f64)]) -> Vec<Guess> {
    of.iter().map(|(id, probability)| Guess { id: (*id).to_owned(), probability: *probability }).collect()
}

pub fn meaning(means: Means) -> Meaning {
    let (of, out_of_scope): (&[(&str, f64)], f64) = match means {
        Means::These(of) => (of, 0.05),
        Means::Foreign => (&[("bind.number.rejected", 0.3)], 0.9),
        Means::Nothing => (&[], 0.0),
    };
    let ranked = guesses(of);
    let basis = Basis {
        together: ranked.iter().take(3).cloned().collect(),
        text_alone: ranked.first().cloned(),
        behaviour_alone: None,
    };
    Meaning { ranked, out_of_scope, basis }
}

/// A turn in one line: what it does, its words, its card, its buttons.
fn line(turn: &Turn) -> String {
    match &turn.kind {
        ActionKind::Say(say) => format!("say {}", words(say)),
        ActionKind::Ask(say) => format!("ask {}", words(say)),
        ActionKind::Guide(guide) => format!("guide {} of {}", guide.guide, guide.steps.len()),
        ActionKind::RunTool(run) => {
            let arguments: Vec<_> = run.arguments.iter().map(|(k, v)| format!("{k}={v}")).collect();
            format!("run {}({})", run.tool, arguments.join(","))
        }
        ActionKind::HandOff(handoff) => {
            let sent = if handoff.request.is_some() { " +request" } else { "" };
            format!("{} {:?}{sent}{}", handoff.handoff, handoff.state, buttons(&handoff.choices))
        }
        ActionKind::StaySilent {} => format!("silent: {}", turn.reasons[0].code),
        other => format!("{other:?}"),
    }
}

fn words(say: &Say) -> String {
    let card = say.card.as_ref().map(|card| format!(" [{}]", card.id)).unwrap_or_default();
    format!("{}{card}{}", say.text.replace('\n', " / "), buttons(&say.choices))
}

fn buttons(choices: &[Choice]) -> String {
    choices.iter().map(|choice| format!(" <{}>", choice.id)).collect()
}
