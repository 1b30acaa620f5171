//! Simulated talks: somebody stuck types, reads, picks, and is helped, leaves, or gets a human. The real
//! engine speaks; what the person does is assumed below.

use std::collections::BTreeMap;

use unstuck::{
    Engine, Input, Millis, Output, Playbook, Result,
    action::{Action, ActionKind, Choice, RunTool},
    playbook::NodeKind,
};

use super::{app::App, texts::Texts, visit::Visit};
use crate::judge::dice::Dice;

/// The share of troubles that a playbook's help can end; the others need a human.
pub const SOLVABLE: f64 = 0.7;
/// How often one right piece of help ends a trouble that it can end.
pub const HELPS: f64 = 0.6;
/// How often somebody types a clear question first, and when asked again.
pub const CLEAR: [f64; 2] = [0.5, 0.7];
/// At the end of their patience so many ask for a human; the others leave.
pub const ASKS: f64 = 0.4;
/// Turns that everybody stays for, and the mean of those beyond.
pub const PATIENCE: (usize, f64) = (3, 4.0);
/// No talk is longer.
const MAX_TURNS: usize = 15;
/// Between two turns, in milliseconds.
const TURN_MS: i64 = 9_000;

/// When a human is brought in.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// As the engine decides, with this many turns that did not help.
    Ours(u8),
    /// After this many turns, whatever was said.
    Turns(usize),
    /// As soon as the likeliest meaning of a typed text is less likely than this.
    Confidence(f64),
}

/// How a talk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// The bot's help ended the trouble.
    Helped,
    /// A human took over.
    Human,
    /// They left with the trouble.
    Left,
}

/// A talk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Talk {
    /// How it ended.
    pub end: End,
    /// The person's turns.
    pub turns: usize,
}

/// What the person wants and bears.
struct Person<'a> {
    goal: &'a str,
    solvable: bool,
    patience: usize,
    dice: Dice,
}

/// Something the person does.
enum Deed {
    Type(bool),
    Pick(String),
}

/// Talks from the moment at which a visit's person types.
pub fn talk(
    engine: &mut Engine,
    app: &App,
    texts: &Texts,
    visit: &Visit,
    policy: Policy,
) -> Result<Option<Talk>> {
    let Some(spot) = visit.stuck_point.map(|at| &app.spots[at]) else { return Ok(None) };
    let mut dice = visit.dice.clone();
    let patience = PATIENCE.0 + dice.exponential(PATIENCE.1 - 1.0).round() as usize;
    let solvable = dice.odds(SOLVABLE);
    let mut person = Person { goal: &spot.id, solvable, patience, dice };
    let mut deed = Deed::Type(person.dice.odds(CLEAR[0]));
    // What the bot's help is about.
    let mut topic = String::new();
    let mut t = visit.asked;
    for turn in 1..=MAX_TURNS {
        t += TURN_MS;
        let over = |end| Ok(Some(Talk { end, turns: turn }));
        let typed = matches!(deed, Deed::Type(_));
        let input = match &deed {
            Deed::Type(clear) => {
                let vague = texts.vague(&mut person.dice, visit.language, spot.cause).clone();
                let named = texts.clear(&mut person.dice, visit.language, &spot.id, false).filter(|_| *clear);
                Input::Say { t: Millis(t), text: named.unwrap_or(&vague).text.clone() }
            }
            Deed::Pick(id) => {
                if let Some(point) = id.strip_prefix("stuck:") {
                    point.clone_into(&mut topic);
                }
                Input::Choose { t: Millis(t), id: id.clone() }
            }
        };
        let said = says(engine, input)?;
        let (actions, meaning) = settle(engine, &app.playbook, &mut person, &mut t, said)?;
        if typed && let Some(believed) = meaning {
            if matches!(policy, Policy::Confidence(least) if believed.1 < least) {
                return over(End::Human);
            }
            topic = believed.0;
        }
        if actions.iter().any(|a| matches!(a.kind, ActionKind::HandOff(_))) {
            return over(End::Human);
        }
        let choices = buttons(&actions);
        let right = topic == person.goal;
        if right && person.solvable && has(&choices, "helped:yes") && person.dice.odds(HELPS) {
            return over(End::Helped);
        }
        if turn >= person.patience {
            return over(if person.dice.odds(ASKS) { End::Human } else { End::Left });
        }
        if matches!(policy, Policy::Turns(most) if turn >= most) {
            return over(End::Human);
        }
        deed = person.next(&choices, right);
    }
    Ok(Some(Talk { end: End::Left, turns: MAX_TURNS }))
}

/// What the bot does, and the likeliest meaning of what was typed.
type Said = (Vec<Action>, Option<(String, f64)>);

fn says(engine: &mut Engine, input: Input) -> Result<Said> {
    let Output { actions, explain, .. } = engine.push(input)?;
    let first = explain.and_then(|e| e.believed.into_iter().next());
    Ok((actions, first.map(|guess| (guess.id, guess.probability))))
}

/// Runs tools and guides as they are asked for, until words or buttons are left.
fn settle(
    engine: &mut Engine,
    playbook: &Playbook,
    person: &mut Person,
    t: &mut i64,
    mut said: Said,
) -> Result<Said> {
    for _ in 0..MAX_TURNS {
        let next = said.0.iter().find_map(|action| match &action.kind {
            ActionKind::RunTool(tool) => Some((action.key.clone(), Ok(tool.clone()))),
            ActionKind::Guide(guide) => Some((action.key.clone(), Err(guide.guide.clone()))),
            _ => None,
        });
        let Some((key, what)) = next else { break };
        *t += 2_000;
        let t = Millis(*t);
        let input = match what {
            Ok(tool) => {
                Input::Tool { t, key, outcome: outcome(playbook, person, &tool), values: BTreeMap::new() }
            }
            Err(guide) => Input::Guide { t, guide, outcome: "done".to_owned(), why: String::new() },
        };
        said.0 = says(engine, input)?.0;
    }
    Ok(said)
}

/// A tool fails where nothing but a human helps.
fn outcome(playbook: &Playbook, person: &mut Person, tool: &RunTool) -> String {
    let nodes = playbook.flows.iter().flat_map(|flow| &flow.nodes);
    let words: Vec<&String> = nodes
        .filter_map(|node| match &node.kind {
            NodeKind::Tool { tool: id, next } if *id == tool.tool => Some(next.keys()),
            _ => None,
        })
        .flatten()
        .filter(|word| *word != "failed")
        .collect();
    match person.solvable && !words.is_empty() {
        true => (*person.dice.one(words.as_slice())).clone(),
        false => "failed".to_owned(),
    }
}

fn buttons(actions: &[Action]) -> Vec<Choice> {
    let last = actions.iter().rev().find_map(|action| match &action.kind {
        ActionKind::Say(say) | ActionKind::Ask(say) if !say.choices.is_empty() => Some(say.choices.clone()),
        _ => None,
    });
    last.unwrap_or_default()
}

fn has(choices: &[Choice], id: &str) -> bool {
    choices.iter().any(|choice| choice.id == id)
}

impl Person<'_> {
    /// What is picked or typed next.
    fn next(&mut self, choices: &[Choice], right: bool) -> Deed {
        let pick = |id: &str| Deed::Pick(id.to_owned());
        let goal = format!("stuck:{}", self.goal);
        let begins = |prefix: &str| choices.iter().filter(|c| c.id.starts_with(prefix)).collect::<Vec<_>>();
        if has(choices, &goal) {
            return pick(&goal);
        }
        if right && let Some(more) = begins("guide:").into_iter().chain(begins("start:")).next() {
            return pick(&more.id);
        }
        if right && has(choices, "tool:yes") {
            return pick("tool:yes");
        }
        let options = begins("flow:");
        if right && !options.is_empty() {
            return pick(&self.dice.one(options.as_slice()).id);
        }
        if has(choices, "helped:no") {
            return pick("helped:no");
        }
        Deed::Type(self.dice.odds(CLEAR[1]))
    }
}
