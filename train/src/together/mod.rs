//! Typed text and behaviour together, measured: people of the judge get stuck in a playbook's app, type
//! something vague or something clear, and the real engine says what it makes of that.

mod app;
pub mod handoff;
mod report;
mod score;
pub mod talk;
mod texts;
mod trouble;
mod visit;

use std::rc::Rc;

use serde::Serialize;
use unstuck::{
    Config, Engine, Input, Millis, Output, Playbook, Result,
    action::ActionKind,
    model::{Behaviour, BehaviourModel, Intents, Posterior, StepInput, StepOutput},
    playbook::Language,
};

use self::{
    app::App,
    score::Right,
    texts::{Question, Texts},
    visit::Visit,
};
pub use self::{
    report::{Report, report},
    score::{Estimate, Shares},
    texts::{Half, Unseen},
    visit::Story,
};
use crate::{intents::Questions, judge::dice::Dice};

/// The seed of published figures; what was chosen was chosen on others.
pub const SEED: u64 = 20_261_123;

/// What is measured, and how.
#[derive(Clone)]
pub struct Test<'a> {
    /// The app.
    pub playbook: &'a Playbook,
    /// The behaviour model.
    pub behaviour: Rc<BehaviourModel>,
    /// The intent models.
    pub intents: Rc<Unseen>,
    /// Questions that the playbook never had.
    pub unseen: &'a Questions,
    /// How many visits.
    pub visits: usize,
    /// Decides them.
    pub seed: u64,
    /// Which questions.
    pub half: Half,
}

/// One question, and who was right about it.
#[derive(Clone, Debug, Serialize)]
pub struct Asked {
    /// How somebody came to type.
    pub story: Story,
    /// What sort of question: one of the four below.
    pub sort: &'static str,
    /// What a vague one hints at.
    pub hint: String,
    /// The group of people.
    pub group: &'static str,
    /// The language.
    pub language: Language,
    /// What is meant.
    pub truth: String,
    /// What was typed.
    pub text: String,
    /// The likeliest by both, by the text alone, by behaviour alone.
    pub guesses: [String; 3],
    /// How sure both together are.
    pub sure: f64,
    /// What the bot did, by the first reason's code.
    pub did: String,
}

/// Vague questions.
pub const VAGUE: &str = "vague";
/// Clear questions about the trouble: those that the text alone is sure enough of to be answered.
pub const CLEAR: &str = "clear";
/// Clear questions about something else than the trouble, or after none.
pub const ELSEWHERE: &str = "clear, about something else";
/// Questions that name something, and that the text alone would ask back about.
pub const UNCLEAR: &str = "named, not clearly";

impl Asked {
    /// Who was right.
    pub fn right(&self) -> Right {
        [0, 1, 2].map(|at| self.guesses[at] == self.truth)
    }
}

/// Plays the visits. Of each, one question of every sort that fits is asked, each in the same moment.
pub fn ask(test: &Test) -> Result<Vec<Asked>> {
    let app = App::of(test.playbook);
    let questions = Questions::from_playbook(test.playbook)?;
    let texts = Texts::of(&questions, test.unseen, test.half);
    let mut engine = engine(test)?;
    let fresh = engine.save()?;
    let mut seeds = Dice::new(test.seed);
    let mut all = Vec::new();
    for _ in 0..test.visits {
        engine.restore(&fresh)?;
        let mut visit = Visit::play(&app, seeds.seed());
        for event in &visit.events {
            engine.push(Input::Event(event.clone()))?;
        }
        let before = engine.push(Input::Tick { t: Millis(visit.asked) })?;
        let here = engine.save()?;
        for (sort, question) in questions_of(&app, &texts, &mut visit) {
            engine.restore(&here)?;
            let said = engine.push(Input::Say { t: Millis(visit.asked), text: question.text.clone() })?;
            let alone = test.intents.posterior(&question.text)?;
            let named = |(label, _): &(&String, &f32)| texts::names(label);
            let mut best: Vec<_> =
                test.intents.labels().iter().zip(&alone.probabilities).filter(named).collect();
            best.sort_by(|a, b| b.1.total_cmp(a.1));
            let text = best.first().map_or(String::new(), |(label, _)| (*label).clone());
            let p = |at: usize| best.get(at).map_or(0.0, |(_, p)| f64::from(**p));
            let settings = &test.playbook.settings.dialogue;
            let sure = p(0) >= settings.answer_at
                && p(0) - p(1) >= settings.clarify_margin
                && f64::from(alone.out_of_scope) < settings.out_of_scope_at;
            let sort = if sure || sort == VAGUE { sort } else { UNCLEAR };
            all.push(asked(&app, &visit, sort, question, [&said, &before], text));
        }
    }
    Ok(all)
}

fn questions_of<'t>(app: &App, texts: &'t Texts, visit: &mut Visit) -> Vec<(&'static str, &'t Question)> {
    let (dice, language) = (&mut visit.dice, visit.language);
    let Some(spot) = visit.stuck_point.map(|at| &app.spots[at]) else {
        let any = texts.clear(dice, language, "", true);
        return any.map(|question| (ELSEWHERE, question)).into_iter().collect();
    };
    let vague = (VAGUE, texts.vague(dice, language, spot.cause));
    let clear = texts.clear(dice, language, &spot.id, false).map(|question| (CLEAR, question));
    let elsewhere = texts.clear(dice, language, &spot.id, true).map(|question| (ELSEWHERE, question));
    [Some(vague), clear, elsewhere].into_iter().flatten().collect()
}

fn asked(
    app: &App,
    visit: &Visit,
    sort: &'static str,
    question: &Question,
    [said, before]: [&Output; 2],
    text: String,
) -> Asked {
    let first = |output: &Output| output.explain.as_ref().and_then(|e| e.believed.first().cloned());
    let (together, behaviour) = (first(said), first(before));
    let spot = visit.stuck_point.map(|at| app.spots[at].id.clone());
    let vague = sort == VAGUE;
    let speaks = |action: &&unstuck::action::Action| {
        !matches!(
            action.kind,
            ActionKind::Withdraw { .. } | ActionKind::Suggest(_) | ActionKind::StaySilent {}
        )
    };
    let did = said.actions.iter().filter(speaks).flat_map(|a| &a.reasons).map(|reason| reason.code.clone());
    Asked {
        story: visit.story,
        sort,
        hint: if vague { question.about.clone() } else { String::new() },
        group: visit.group,
        language: visit.language,
        truth: if vague { spot.unwrap_or_default() } else { question.about.clone() },
        text: question.text.clone(),
        sure: together.as_ref().map_or(0.0, |guess| guess.probability),
        guesses: [
            together.map(|guess| guess.id).unwrap_or_default(),
            text,
            behaviour.map(|guess| guess.id).unwrap_or_default(),
        ],
        did: did.into_iter().next().unwrap_or_default(),
    }
}

fn engine(test: &Test) -> Result<Engine> {
    let config = Config { session: "judged".to_owned(), explain: true, ..Config::default() };
    let (behaviour, intents) = (Shared(test.behaviour.clone()), Shared(test.intents.clone()));
    Engine::new(config, test.playbook.clone(), Box::new(behaviour), Box::new(intents))
}

/// A model that several engines use.
struct Shared<T>(Rc<T>);

impl<T: Behaviour> Behaviour for Shared<T> {
    fn step(&self, state: &mut Vec<f32>, input: &StepInput) -> Result<StepOutput> {
        self.0.step(state, input)
    }
}

impl<T: Intents> Intents for Shared<T> {
    fn labels(&self) -> &[String] {
        self.0.labels()
    }

    fn posterior(&self, text: &str) -> Result<Posterior> {
        self.0.posterior(text)
    }
}

#[cfg(test)]
mod tests;
