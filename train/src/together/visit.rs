//! Visits with labelled trouble, up to the moment at which somebody types.

use unstuck::{Event, EventKind, event::How, playbook::Language};

use super::app::{App, Spot};
use crate::judge::{dice::Dice, folk::Folk, tape::Tape};

/// How somebody came to type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Story {
    /// Stuck at one point.
    Stuck,
    /// Stuck at one point, gave that up, and then stuck at another.
    StuckTwice,
    /// Nothing was wrong before they typed.
    Smooth,
}

/// A visit up to the moment at which somebody types.
pub struct Visit {
    /// How it went.
    pub story: Story,
    /// The stuck point that it is about in the end; none in a smooth visit.
    pub stuck_point: Option<usize>,
    /// The group of people.
    pub group: &'static str,
    /// The language they type in.
    pub language: Language,
    /// What the page reported.
    pub events: Vec<Event>,
    /// When they typed.
    pub asked: i64,
    /// The dice for what is typed.
    pub dice: Dice,
}

/// How the stories are shared out, in the order of [`Story`].
const STORIES: [f64; 3] = [0.6, 0.25, 0.15];

impl Visit {
    /// The visit of a seed.
    pub fn play(app: &App, seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let story = [Story::Stuck, Story::StuckTwice, Story::Smooth][dice.among(&STORIES)];
        let language = if dice.odds(0.5) { Language::Zh } else { Language::En };
        let folk = Folk::draw(&mut dice);
        let at = dice.whole(0, app.spots.len() - 1);
        let now = 1_700_000_000_000 + i64::from(dice.roll());
        let mut tape =
            Tape { site: &app.site, folk: &folk, dice, now, route: String::new(), events: Vec::new() };
        tape.come("/", How::Forward);
        tape.take(3_000.0);
        if tape.dice.odds(tape.folk.strolls) {
            tape.look_around();
        }
        match story {
            Story::Smooth => tape.look_around(),
            Story::Stuck => tape.be_stuck(app, &app.spots[at], 1.0),
            Story::StuckTwice => {
                let other = (at + tape.dice.whole(1, app.spots.len() - 1)) % app.spots.len();
                tape.be_stuck(app, &app.spots[other], 0.6);
                tape.come("/", How::Back);
                tape.take(3_000.0);
                tape.be_stuck(app, &app.spots[at], 1.0);
            }
        }
        tape.report(EventKind::Help {});
        tape.take(6_000.0);
        tape.events.sort_by_key(|event| event.t);
        // What would have come after that was never seen.
        let asked = tape.now;
        tape.events.retain(|event| event.t.0 <= asked);
        let stuck_point = (story != Story::Smooth).then_some(at);
        Self { story, stuck_point, group: folk.group, language, events: tape.events, asked, dice: tape.dice }
    }
}

impl Tape<'_> {
    fn look_around(&mut self) {
        for _ in 0..self.dice.whole(1, 2) {
            let menu = self.dice.one(&self.site.menus).route.clone();
            self.come(&menu, How::Forward);
            self.take(4_000.0);
        }
    }

    /// On the way to a stuck point, and there until a share of the patience is over.
    fn be_stuck(&mut self, app: &App, spot: &Spot, share: f64) {
        for step in app.before(&spot.step) {
            self.pass_step(step);
        }
        self.meet(spot);
        let from = self.now;
        let patience = share * self.folk.patience_ms(&mut self.dice) as f64;
        while ((self.now - from) as f64) < patience {
            self.try_on(spot);
        }
    }
}
