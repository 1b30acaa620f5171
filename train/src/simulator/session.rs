//! One visit of one person to one app, with or without trouble, and what is true of it.

use unstuck::{
    EventKind,
    event::{Control, How, LengthClass, StatusClass},
    playbook::Cause,
};

use super::{
    app::{App, DONE, HOME, Stop, Task},
    person::Person,
    trouble::likely,
    walk::Walk,
};
use crate::{
    random::Random,
    traces::{self, Labels, Trace},
};

/// What a visit is made of besides the app and the person.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Odds {
    /// The share of visits in which somebody gets stuck.
    pub stuck: f64,
    /// The share of the others' steps that go wrong at first and then well, in a middling app.
    pub hitch: f64,
}

impl Default for Odds {
    fn default() -> Self {
        Self { stuck: 0.4, hitch: 0.03 }
    }
}

/// What stops the person in this visit.
struct Obstacle {
    journey: usize,
    stop: usize,
    cause: Cause,
}

/// One visit. `seed` decides all of it but the app.
pub fn visit(app: &App, seed: u64, odds: &Odds) -> Trace {
    let mut rng = Random::new(seed);
    let person = Person::random(&mut rng);
    let plan: Vec<usize> = (0..1 + rng.below(2)).map(|_| rng.below(app.journeys.len())).collect();
    let obstacle = rng.chance(odds.stuck).then(|| obstacle(app, *rng.clone().pick(&plan), &mut rng));
    let start = 1_700_000_000_000 + (rng.below(1 << 30) as i64);
    let mut walk = Walk {
        app,
        person: &person,
        rng,
        now: start,
        screen: String::new(),
        events: Vec::new(),
        felt: None,
        loading: false,
    };
    walk.go(HOME, How::Forward);
    walk.think(4_000.0);
    let mut labels = Labels { person: Some(person.name.to_owned()), ..Labels::default() };
    for journey in plan {
        let here = obstacle.as_ref().filter(|o| o.journey == journey && !labels.stuck);
        if !walk.journey(journey, here, odds, &mut labels) {
            break;
        }
    }
    Trace {
        version: traces::VERSION,
        session: format!("{}-{seed:016x}", app.playbook.id),
        playbook: app.playbook.clone(),
        events: walk.events,
        labels,
    }
}

fn obstacle(app: &App, journey: usize, rng: &mut Random) -> Obstacle {
    let stop = rng.below(app.journeys[journey].len());
    let cause = Cause::ALL[rng.weighted(&likely(&app.journeys[journey][stop]))];
    Obstacle { journey, stop, cause }
}

impl Walk<'_> {
    /// Walks a journey. False where the visit ends in it.
    fn journey(
        &mut self,
        journey: usize,
        obstacle: Option<&Obstacle>,
        odds: &Odds,
        labels: &mut Labels,
    ) -> bool {
        let stops = &self.app.journeys[journey];
        self.tap("nav", Control::Link);
        // Some look into the help before anything has gone wrong.
        if self.rng.chance(0.02) {
            self.emit(EventKind::Help {});
            self.think(8_000.0);
        }
        for (k, stop) in stops.iter().enumerate() {
            self.arrive(stop);
            if self.rng.chance(self.person.explores * 0.5) {
                self.think(1_500.0);
                self.explore();
                self.arrive(stop);
            }
            match obstacle.filter(|o| o.stop == k) {
                Some(obstacle) => {
                    if !self.be_stuck(stop, obstacle.cause, labels) {
                        return false;
                    }
                }
                None if self.rng.chance(odds.hitch * self.app.hitches) => self.hitch(stop),
                None => self.pass_by(stop),
            }
        }
        self.go(DONE, How::Forward);
        self.think(3_000.0);
        true
    }

    /// A step without trouble.
    fn pass_by(&mut self, stop: &Stop) {
        self.prepare(stop);
        if !stop.fields.is_empty() && self.rng.chance(0.5 * self.person.slips) {
            // A slip that the app refuses, and that is put right.
            self.be_refused(stop, true);
            self.think(3_000.0);
            let field = self.rng.pick(&stop.fields).clone();
            self.fill(&field, &stop.form, LengthClass::Medium, true);
        }
        let latency = self.latency();
        self.commit(stop, StatusClass::Ok, latency);
    }

    /// A step at which one or two tries fail and the next does not: nobody is stuck.
    fn hitch(&mut self, stop: &Stop) {
        let cause = Cause::ALL[self.rng.weighted(&likely(stop))];
        self.set_out(stop, cause);
        match cause {
            Cause::Slow => self.wait_a_while(stop),
            Cause::WaitingForOutcome => self.pass_the_time(),
            _ => self.fail(stop, cause, true),
        }
        if self.rng.chance(0.1) {
            self.fail(stop, cause, false);
        }
        self.felt = None;
        if std::mem::take(&mut self.loading) {
            self.prepare(stop);
        }
        self.arrive(stop);
        self.think(2_000.0);
        let latency = self.latency();
        self.commit(stop, StatusClass::Ok, latency);
    }

    /// What of a step is done before its trouble shows: whoever cannot find or does not understand
    /// it has not filled it in.
    fn set_out(&mut self, stop: &Stop, cause: Cause) {
        match cause {
            Cause::NotUnderstood | Cause::CannotFind | Cause::CannotOperate => {
                self.think(stop.takes_ms * 0.5)
            }
            // The code that does not come cannot be typed, nor what does not load be filled in.
            Cause::WaitingForOutcome if stop.task == Task::Code => self.think(1_500.0),
            Cause::Slow if self.rng.chance(0.5) => self.loading = true,
            _ => self.prepare(stop),
        }
    }

    /// Tries until patience is over; then asks for help, leaves, or gets through after all. False
    /// where they leave. Stuck counts from the end of the first failed try.
    fn be_stuck(&mut self, stop: &Stop, cause: Cause, labels: &mut Labels) -> bool {
        self.set_out(stop, cause);
        self.fail(stop, cause, true);
        *labels = Labels {
            stuck: true,
            from: Some(self.felt.take().unwrap_or(self.now)),
            step: Some(stop.id.clone()),
            cause: Some(cause),
            ..labels.clone()
        };
        let tries = self.rng.about(self.person.patience, 0.25).round().clamp(2.0, 10.0) as usize;
        for _ in 1..tries {
            if self.rng.chance(self.person.pauses * 0.3) {
                self.pause();
            }
            if self.rng.chance(0.3) {
                self.drift(stop);
            }
            self.fail(stop, cause, false);
        }
        labels.until = Some(self.now);
        if self.rng.chance(self.person.asks) {
            self.think(1_500.0);
            labels.help_opened_at = Some(self.now);
            labels.until = Some(self.now);
            self.emit(EventKind::Help {});
            self.think(15_000.0);
            return false;
        }
        if self.rng.chance(0.7) {
            labels.gave_up = true;
            self.go(HOME, How::Back);
            self.think(2_000.0);
            return false;
        }
        self.arrive(stop);
        let latency = self.latency();
        self.commit(stop, StatusClass::Ok, latency);
        true
    }
}
