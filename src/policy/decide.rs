//! One decision: the best offer, what it is worth, and what forbids it.

use super::{Asked, Moment, Policy, holdout::held_out, settings::DAY_MS};
use crate::{
    action::{Reason, reason},
    belief::{Believed, NOTHING},
    playbook::{Cause, StuckPoint},
    time::Millis,
};

/// What a decision came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The stuck point that an offer would be worth most for; none where nothing is believed.
    pub stuck_point: Option<String>,
    /// Why the user would be stuck there.
    pub cause: Option<Cause>,
    /// How sure that is, 0 to 1.
    pub probability: f64,
    /// The offer's expected worth at this moment, in units of one interruption's cost.
    pub worth: f64,
    /// Make the offer.
    pub offer: bool,
    /// An offer would have been worth making, and something stopped it.
    pub stopped: bool,
    /// Why, most important first. Never empty.
    pub reasons: Vec<Reason>,
}

/// What stops an offer: the reason, and when to look again without being told anything new.
struct Stop(Reason, Option<Millis>);

impl Policy {
    /// Decides whether to offer something now.
    pub fn decide(&mut self, asked: &Asked) -> Verdict {
        self.recheck = None;
        let Some((believed, point)) = self.best(asked) else {
            self.leading = None;
            let reasons = vec![reason::NOTHING_BELIEVED.because("No stuck point is likely.")];
            return Verdict {
                stuck_point: None,
                cause: None,
                probability: 0.0,
                worth: 0.0,
                offer: false,
                stopped: false,
                reasons,
            };
        };
        let moment = self.hands.now(asked.settings, asked.fired, asked.now);
        let mid_task = matches!(moment, Moment::MidTask(_));
        let worth = self.worth(asked, believed.probability, point, mid_task);
        let verdict = |offer, stopped, why: Reason| Verdict {
            stuck_point: Some(point.id.clone()),
            cause: Some(point.cause),
            probability: believed.probability,
            worth,
            offer,
            stopped,
            reasons: vec![why],
        };
        let figures = format!(
            "{} is believed at {:.2}; an offer is worth {worth:+.1} interruptions.",
            point.id, believed.probability
        );
        if self.worth(asked, believed.probability, point, false) <= asked.settings.least_worth {
            self.leading = None;
            return verdict(false, false, reason::BELOW_WORTH.because(figures));
        }
        self.lead(&point.id, asked.now);
        let stop = self
            .forbidden(asked, point)
            .or_else(|| self.bad_moment(asked, moment, worth))
            .or_else(|| self.unsettled(asked, believed))
            .or_else(|| self.held(asked, point));
        match stop {
            Some(Stop(why, recheck)) => {
                self.recheck = recheck;
                let believed = reason::BELIEVED.because(figures);
                let mut verdict = verdict(false, true, why);
                verdict.reasons.push(believed);
                verdict
            }
            None => verdict(true, false, reason::BELIEVED.because(figures)),
        }
    }

    /// The belief whose offer is worth most.
    fn best<'a>(&self, asked: &Asked<'a>) -> Option<(&'a Believed, &'a StuckPoint)> {
        let worth = |&(believed, point): &(&Believed, &StuckPoint)| {
            self.worth(asked, believed.probability, point, false)
        };
        asked
            .belief
            .points
            .iter()
            .filter(|believed| believed.probability >= NOTHING)
            .filter_map(|believed| Some((believed, asked.playbook.stuck_point(&believed.stuck_point)?)))
            .max_by(|a, b| worth(a).total_cmp(&worth(b)))
    }

    /// What an offer gains on average, less what it costs.
    fn worth(&self, asked: &Asked, probability: f64, point: &StuckPoint, mid_task: bool) -> f64 {
        let interruption = if mid_task { asked.settings.mid_task_cost } else { 1.0 };
        probability * point.worth - (1.0 - probability) * asked.settings.mistake_cost - interruption
    }

    /// Notes since when this stuck point has been the best.
    fn lead(&mut self, stuck_point: &str, now: Millis) {
        if self.leading.as_ref().is_none_or(|(leading, _)| leading != stuck_point) {
            self.leading = Some((stuck_point.to_owned(), now));
        }
    }

    /// Rules that no belief overrides.
    fn forbidden(&self, asked: &Asked, point: &StuckPoint) -> Option<Stop> {
        let stop = |why| Some(Stop(why, None));
        if asked.human_owns {
            return stop(reason::HUMAN_SPEAKS.because("A human has the conversation."));
        }
        if let Some(open) = self.offers.open() {
            return stop(reason::OFFER_OPEN.because(format!("Offer {} is on screen.", open.number)));
        }
        if let Some(until) = self.talks_until(asked) {
            return Some(Stop(reason::TALKING.because("The chat is open."), until));
        }
        let memory = i64::from(asked.settings.declined_days).saturating_mul(DAY_MS);
        if let Some(days) = asked.profile.declined_for(&point.id, asked.wall, memory) {
            let text = format!("Sent away {days} days ago; remembered for {}.", asked.settings.declined_days);
            return stop(reason::DECLINED_BEFORE.because(text));
        }
        if self.offers.was_offered(&point.id) {
            return self
                .held(asked, point)
                .or_else(|| stop(reason::ALREADY_OFFERED.because(format!("{} was offered.", point.id))));
        }
        self.capped(asked).or_else(|| self.cooling(asked))
    }

    fn capped(&self, asked: &Asked) -> Option<Stop> {
        let settings = asked.settings;
        if self.offers.this_visit() >= settings.per_visit {
            let text = format!("{} offers in this visit.", self.offers.this_visit());
            return Some(Stop(reason::CAP.because(text), None));
        }
        let full = settings.caps.iter().find(|cap| {
            let shown = asked.profile.shown_since(asked.wall.plus(-cap.period_ms));
            u32::try_from(shown).is_ok_and(|shown| shown >= cap.cap)
        })?;
        let text = format!("{} offers in {} hours.", full.cap, full.period_ms / 3_600_000);
        Some(Stop(reason::CAP.because(text), None))
    }

    fn cooling(&self, asked: &Asked) -> Option<Stop> {
        let ends = [
            (self.offers.last_change(), asked.settings.cool_down_ms),
            (self.offers.last_declined(), asked.settings.declined_cool_down_ms),
        ];
        let end = ends.into_iter().filter_map(|(at, span)| Some(at?.plus(i64::from(span)))).max()?;
        let left = end.since(asked.now);
        (left > 0).then(|| {
            let text = format!("{} s of the cool-down are left.", (left + 999) / 1_000);
            Stop(reason::COOL_DOWN.because(text), None)
        })
    }

    fn bad_moment(&self, asked: &Asked, moment: Moment, worth: f64) -> Option<Stop> {
        match moment {
            Moment::Hidden => Some(Stop(reason::HIDDEN.because("The page is in the background."), None)),
            Moment::Paying(end) => {
                Some(Stop(reason::MID_PAYMENT.because("A payment awaits its outcome."), Some(end)))
            }
            Moment::Typing(end) => Some(Stop(reason::TYPING.because("The user is typing."), Some(end))),
            Moment::MidTask(end) if worth <= asked.settings.least_worth => {
                Some(Stop(reason::MID_TASK.because("It is worth less in the middle of a task."), Some(end)))
            }
            Moment::MidTask(_) | Moment::Boundary => None,
        }
    }

    /// One noisy step is not acted on: the belief holds for a while, or the playbook's own evidence is
    /// fresh.
    fn unsettled(&self, asked: &Asked, believed: &Believed) -> Option<Stop> {
        let since = self.leading.as_ref().map_or(asked.now, |(_, since)| *since);
        let end = since.plus(i64::from(asked.settings.settle_ms));
        (!believed.evident && asked.now < end).then(|| {
            let text = format!("Believed for {} ms.", asked.now.since(since));
            Stop(reason::SETTLING.because(text), Some(end))
        })
    }

    fn held(&self, asked: &Asked, point: &StuckPoint) -> Option<Stop> {
        let settings = asked.settings;
        held_out(asked.user, &point.id, &settings.holdout_salt, settings.holdout).then(|| {
            let text = format!("{:.0} % of users are held out for {}.", settings.holdout * 100.0, point.id);
            Stop(reason::HOLDOUT.because(text), None)
        })
    }
}
