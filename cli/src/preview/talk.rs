//! The talk of a preview: the product's own conversation, played from its beginning with the taps so
//! far. It knows no session, so every answer comes from the playbook as it is now.

use std::{
    collections::BTreeMap,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use unstuck::{
    Millis, Playbook,
    action::{ActionKind, Basis, Guide, Say, Suggest, reason},
    belief::Meaning,
    dialogue::{
        Context, Turn,
        context::Facts,
        wording::{OFFER_NO, OFFER_YES},
    },
    handoff::Conversation,
    playbook::{Intent, Language, NodeKind, Reply},
    profile::Profile,
};

/// A talk is played from its beginning for every tap: longer ones are cut off.
const MAX_MOVES: usize = 64;
/// The intent that stands for a card looked at by itself.
const LOOKED_AT: &str = "preview.card";
/// The key of every tool's call: one waits at a time.
const CALL: &str = "preview";

/// Which talk, and how far it went.
#[derive(Debug, Deserialize)]
pub struct Asked {
    start: Start,
    /// As users in elder mode see it.
    #[serde(default)]
    elder: bool,
    #[serde(default)]
    moves: Vec<Move>,
}

/// What a talk begins with.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Start {
    /// The offer of this stuck point is taken up.
    StuckPoint(String),
    Intent(String),
    Card(String),
    Flow(String),
    Guide(String),
    /// Somebody types its first phrase.
    Escalation(String),
}

/// What the user or the app does.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Move {
    /// The button with this id.
    Choose(String),
    Say(String),
    /// The tool that runs ends with this outcome.
    Tool(String),
    /// The guide on screen ends with this outcome.
    Guide(String),
    /// The button to a person, below the field.
    Human {},
}

/// A bubble, as the widget's conversation has it.
#[derive(Debug, Serialize)]
pub struct Message {
    id: String,
    from: &'static str,
    #[serde(flatten)]
    say: Say,
    chosen: Option<String>,
    t: i64,
}

/// What users see after it.
#[derive(Debug, Default, Serialize)]
pub struct Heard {
    /// The stuck point's offer, before all else.
    offer: Option<Suggest>,
    messages: Vec<Message>,
    guide: Option<Guide>,
    /// The tool that runs now.
    tool: Option<String>,
    /// What it can end with.
    outcomes: Vec<String>,
    /// The node that the flow is at, or ended with.
    node: Option<String>,
}

/// Plays the talk in each language of the playbook.
pub fn play(playbook: &Playbook, asked: &Asked) -> BTreeMap<Language, Heard> {
    let mut playbook = playbook.clone();
    if let Start::Card(card) = &asked.start {
        let reply = Reply::Card(card.clone());
        playbook.intents.push(Intent { id: LOOKED_AT.to_owned(), reply, questions: BTreeMap::new() });
    }
    let languages = playbook.languages.clone();
    languages.into_iter().map(|language| (language, play_in(&playbook, language, asked))).collect()
}

fn play_in(playbook: &Playbook, language: Language, asked: &Asked) -> Heard {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    let facts = Facts::default();
    let profile = Profile { elder_mode: asked.elder, ..Profile::default() };
    let session = "preview";
    let ctx = Context { session, now, playbook, language, believed: &[], facts: &facts, profile: &profile };
    let mut stage = Stage { ctx, talk: Conversation::default(), heard: Heard::default() };
    stage.begin(&asked.start);
    asked.moves.iter().take(MAX_MOVES).for_each(|moved| stage.moved(moved));
    stage.heard
}

/// One talk while it is played.
struct Stage<'a> {
    ctx: Context<'a>,
    talk: Conversation,
    heard: Heard,
}

impl Stage<'_> {
    fn begin(&mut self, start: &Start) {
        let ctx = &self.ctx;
        let turns = match start {
            Start::StuckPoint(id) => {
                self.heard.offer = offer(ctx, id);
                self.talk.take_up(ctx, id)
            }
            Start::Intent(id) => self.talk.choose(ctx, &format!("stuck:{id}")),
            Start::Card(_) => self.talk.choose(ctx, &format!("stuck:{LOOKED_AT}")),
            Start::Flow(id) => self.talk.choose(ctx, &format!("start:{id}")),
            Start::Guide(id) => self.talk.choose(ctx, &format!("guide:{id}")),
            Start::Escalation(id) => {
                let rule = ctx.playbook.escalations.iter().find(|rule| rule.id == *id);
                let phrase = rule.and_then(|rule| rule.phrases.get(&ctx.language)?.first().cloned());
                return self.say(&phrase.unwrap_or_default());
            }
        };
        self.hear(turns);
    }

    fn moved(&mut self, moved: &Move) {
        match moved {
            Move::Choose(id) => self.choose(id),
            Move::Say(text) => self.say(text),
            Move::Human {} => {
                let turns = self.talk.ask_human(&self.ctx);
                self.hear(turns);
            }
            Move::Tool(outcome) => {
                let Some(tool) = self.heard.tool.take() else { return };
                self.heard.outcomes.clear();
                let values = self.values(&tool);
                let turns = self.talk.tool(&self.ctx, CALL, outcome, &values);
                self.hear(turns);
            }
            Move::Guide(outcome) => {
                let Some(guide) = self.heard.guide.take() else { return };
                let turns = self.talk.guide(&self.ctx, &guide.guide, outcome, "");
                self.hear(turns);
            }
        }
    }

    fn choose(&mut self, id: &str) {
        let open = self.heard.messages.iter_mut().rev().find_map(|message| {
            let choice = message.say.choices.iter().find(|choice| choice.id == id)?.label.clone();
            message.chosen = Some(id.to_owned());
            Some(choice)
        });
        self.push("user", Say { text: open.unwrap_or_default(), ..Say::default() });
        let turns = self.talk.choose(&self.ctx, id);
        self.hear(turns);
    }

    /// No model listens here: flows take the value, escalations their phrase, and the rest is not
    /// understood.
    fn say(&mut self, text: &str) {
        self.push("user", Say { text: text.to_owned(), ..Say::default() });
        let meaning = Meaning {
            ranked: Vec::new(),
            out_of_scope: 0.0,
            basis: Basis { together: Vec::new(), text_alone: None, behaviour_alone: None },
        };
        let turns = self.talk.say(&self.ctx, text, &meaning);
        self.hear(turns);
    }

    fn hear(&mut self, turns: Vec<Turn>) {
        for turn in turns {
            let step = turn.reasons.iter().find(|why| why.code == reason::FLOW_STEP.code);
            if let Some(node) = step.and_then(|step| step.text.split('`').nth(1)) {
                self.heard.node = Some(node.to_owned());
            }
            match turn.kind {
                ActionKind::Say(say) | ActionKind::Ask(say) => self.push("bot", say),
                ActionKind::HandOff(notice) => {
                    self.push("bot", Say { text: notice.text, choices: notice.choices, ..Say::default() });
                }
                ActionKind::Guide(guide) => self.heard.guide = Some(guide),
                ActionKind::RunTool(run) => {
                    self.talk.running(CALL);
                    self.heard.outcomes = self.outcomes(&run.tool);
                    self.heard.tool = Some(run.tool);
                }
                _ => {}
            }
        }
    }

    fn push(&mut self, from: &'static str, say: Say) {
        let id = format!("m{}", self.heard.messages.len());
        self.heard.messages.push(Message { id, from, say, chosen: None, t: self.ctx.now.0 });
    }

    /// What the node that runs the tool has an edge for.
    fn outcomes(&self, tool: &str) -> Vec<String> {
        let nodes = self.ctx.playbook.flows.iter().flat_map(|flow| &flow.nodes);
        let mut here = nodes.filter(|node| self.heard.node.as_ref() == Some(&node.id));
        let next = here.find_map(|node| match &node.kind {
            NodeKind::Tool { tool: runs, next } if runs == tool => Some(next),
            _ => None,
        });
        next.map(|next| next.keys().cloned().collect()).unwrap_or_default()
    }

    /// The app would give these: here each `{slot}` of the flows with the tool shows its own name.
    fn values(&self, tool: &str) -> BTreeMap<String, String> {
        let runs = |kind: &NodeKind| matches!(kind, NodeKind::Tool { tool: runs, .. } if runs == tool);
        let flows = self.ctx.playbook.flows.iter();
        let nodes =
            flows.filter(|flow| flow.nodes.iter().any(|n| runs(&n.kind))).flat_map(|flow| &flow.nodes);
        let slots = nodes.clone().filter_map(|node| match &node.kind {
            NodeKind::Slot { slot, .. } => Some(slot.as_str()),
            _ => None,
        });
        let slots: Vec<_> = slots.collect();
        let texts = nodes.filter_map(|node| match &node.kind {
            NodeKind::Say { text, .. } | NodeKind::Choose { text, .. } => Some(self.ctx.text(text)),
            _ => None,
        });
        let names = texts.flat_map(|text| text.split('{').skip(1).filter_map(|rest| rest.split_once('}')));
        let missing = names.map(|(name, _)| name).filter(|name| !slots.contains(name));
        missing.map(|name| (name.to_owned(), format!("‹{name}›"))).collect()
    }
}

fn offer(ctx: &Context, id: &str) -> Option<Suggest> {
    let point = ctx.playbook.stuck_point(id)?;
    Some(Suggest {
        offer: 1,
        stuck_point: point.id.clone(),
        cause: point.cause,
        text: ctx.text(&point.offer).to_owned(),
        accept: ctx.words(OFFER_YES),
        decline: ctx.words(OFFER_NO),
        probability: 1.0,
    })
}
