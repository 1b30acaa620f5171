//! The judge: a second simulator that the models are judged by and never trained on.
//!
//! Written apart from [`crate::simulator`], with other people, apps and dice, and frozen before the
//! model was tuned. What it assumes is in `docs/judge.md`.

pub(crate) mod dice;
mod errand;
pub mod folk;
pub mod page;
mod plight;
pub(crate) mod site;
pub(crate) mod tape;
mod waiting;

use unstuck::{EventKind, event::How, playbook::Cause};

use self::{
    dice::Dice,
    folk::Folk,
    site::{Errand, Site},
    tape::Tape,
};
use crate::traces::{self, Labels, Trace};

/// The version: figures of different versions are not to be compared.
pub const VERSION: u32 = 1;
/// The share of visits with a lasting hindrance, unless said otherwise.
pub const HINDERED: f64 = 0.25;
/// The seed of published figures.
pub const SEED: u64 = 20_261_122;
/// Visits to an app.
const VISITS: usize = 12;
/// The mean time after which a hindrance goes away by itself, in milliseconds.
const LIFTS_MS: f64 = 240_000.0;
/// Hindered for less than this, in milliseconds, nobody was stuck.
const HITCH_MS: i64 = 15_000;

/// Visits, `hindered` of them with something lasting in the way. The seed decides everything.
pub fn visits(seed: u64, count: usize, hindered: f64) -> impl Iterator<Item = Trace> {
    let mut dice = Dice::new(seed);
    let mut site = Site::grow(dice.seed());
    (0..count).map(move |i| {
        if i > 0 && i % VISITS == 0 {
            site = Site::grow(dice.seed());
        }
        visit(&site, dice.seed(), hindered)
    })
}

fn visit(site: &Site, seed: u64, hindered: f64) -> Trace {
    let mut dice = Dice::new(seed);
    let folk = Folk::draw(&mut dice);
    let plan: Vec<&Errand> = (0..dice.whole(1, 4)).map(|_| dice.one(&site.errands)).collect();
    let trouble = dice.odds(hindered).then(|| {
        let at = dice.whole(0, plan.len() - 1);
        let desk = dice.whole(0, plan[at].desks.len() - 1);
        let cause = Cause::ALL[dice.among(&plight::weights(&plan[at].desks[desk]))];
        // What cannot be found is an errand's beginning.
        (at, if cause == Cause::CannotFind { 0 } else { desk }, cause)
    });
    let now = 1_650_000_000_000 + i64::from(dice.roll());
    let mut tape = Tape { site, folk: &folk, dice, now, route: String::new(), events: Vec::new() };
    let mut labels = Labels { person: Some(folk.group.to_owned()), ..Labels::default() };
    tape.come("/start", How::Forward);
    tape.take(3_000.0);
    for (i, errand) in plan.iter().enumerate() {
        let here = trouble.filter(|(at, ..)| *at == i).map(|(_, desk, cause)| (desk, cause));
        if !tape.run_errand(errand, here, &mut labels) {
            break;
        }
    }
    tape.events.sort_by_key(|event| event.t);
    Trace {
        version: traces::VERSION,
        session: format!("{}-{seed:016x}", site.playbook.id),
        playbook: site.playbook.clone(),
        events: tape.events,
        labels,
    }
}

impl Tape<'_> {
    /// One errand. False where the visit ends in it.
    fn run_errand(&mut self, errand: &Errand, trouble: Option<(usize, Cause)>, labels: &mut Labels) -> bool {
        if self.dice.odds(self.folk.strolls) {
            self.stroll();
        }
        if self.dice.odds(self.folk.browses_help) {
            self.report(EventKind::Help {});
            self.take(8_000.0);
        }
        self.walk_to(errand.menu);
        for (d, desk) in errand.desks.iter().enumerate() {
            match trouble.filter(|(at, _)| *at == d) {
                Some((_, cause)) => {
                    if !self.be_hindered(errand, d, cause, labels) {
                        return false;
                    }
                }
                None => {
                    self.step_up(desk);
                    self.do_desk(desk);
                }
            }
        }
        let first = &errand.desks[0].id;
        let end = format!("/e/{}/end", first[1..].split('/').next().unwrap_or_default());
        self.come(&end, How::Forward);
        self.take(4_000.0);
        true
    }

    /// Until patience is over, or the hindrance goes away. False where the visit ends.
    fn be_hindered(&mut self, errand: &Errand, d: usize, cause: Cause, labels: &mut Labels) -> bool {
        let desk = &errand.desks[d];
        self.run_into(desk, cause);
        let from = self.now;
        let patience = self.folk.patience_ms(&mut self.dice);
        let lifts = self.dice.exponential(LIFTS_MS) as i64;
        while self.now - from < patience.min(lifts) {
            self.struggle(desk, cause);
        }
        let lifted = lifts <= patience;
        if lifted && self.now - from < HITCH_MS {
            self.step_up(desk);
            self.finish(desk);
            return true;
        }
        let until = Some(self.now);
        *labels = Labels {
            stuck: true,
            from: Some(from),
            until,
            step: Some(desk.id.clone()),
            cause: Some(cause),
            ..labels.clone()
        };
        if lifted {
            self.step_up(desk);
            self.finish(desk);
            return true;
        }
        if self.dice.odds(self.folk.asks) {
            labels.help_opened_at = Some(self.now);
            self.report(EventKind::Help {});
            self.take(10_000.0);
            return false;
        }
        labels.gave_up = true;
        if self.dice.odds(0.25) {
            self.come("/start", How::Back);
        }
        false
    }
}

#[cfg(test)]
mod tests;
