//! Offers: when one is made, and what becomes of it.

use super::{Engine, output::Told};
use crate::{
    action::{ActionKind, Suggest, reason},
    dialogue::wording,
    event::OfferOutcome,
    playbook::Place,
    policy::{Asked, Offer},
};

impl Engine {
    /// Decides whether to offer something now, and tells it.
    pub(super) fn decide(&mut self, fired: bool, told: &mut Told) {
        let state = &mut self.state;
        let user = if self.config.user.is_empty() { &self.config.session } else { &self.config.user };
        let now = state.clock.now();
        let asked = Asked {
            now,
            wall: state.clock.host(now),
            playbook: &self.bundle.playbook,
            settings: &self.bundle.playbook.settings.policy,
            belief: &state.belief,
            fired,
            human_owns: state.conversation.human_speaks(),
            user,
            profile: &state.profile,
        };
        let verdict = state.policy.decide(&asked);
        if verdict.offer {
            self.suggest(&verdict, told);
        } else if self.state.policy.tells(&verdict) {
            told.act(ActionKind::StaySilent {}, verdict.reasons.clone());
        }
        told.verdict = Some(verdict);
    }

    fn suggest(&mut self, verdict: &crate::policy::Verdict, told: &mut Told) {
        let point = verdict.stuck_point.as_deref().and_then(|id| self.bundle.playbook.stuck_point(id));
        let Some(point) = point else { return };
        let (language, now) = (self.state.language, self.state.clock.now());
        let plainly = self.state.profile.elder_mode;
        let text = if plainly { point.offer.plain(language) } else { point.offer.get(language) };
        let suggest = Suggest {
            offer: self.state.policy.make(&point.id, &point.step, now),
            stuck_point: point.id.clone(),
            cause: point.cause,
            text: text.to_owned(),
            accept: wording::OFFER_YES.say(&self.bundle.playbook, language, plainly),
            decline: wording::OFFER_NO.say(&self.bundle.playbook, language, plainly),
            probability: verdict.probability,
        };
        told.act(ActionKind::Suggest(suggest), verdict.reasons.clone());
    }

    /// The user answered an offer's card: `offer:<n>:accept` or `offer:<n>:decline`.
    pub(super) fn answer(&mut self, choice: &str, told: &mut Told) {
        let parts: Vec<&str> = choice.split(':').collect();
        let answer = match parts.as_slice() {
            [_, number, "accept"] => number.parse().ok().map(|n| (n, OfferOutcome::Accepted)),
            [_, number, "decline"] => number.parse().ok().map(|n| (n, OfferOutcome::Dismissed)),
            _ => None,
        };
        let news = answer.is_some_and(|(number, what)| self.outcome(number, what, told));
        if !news {
            let why = reason::STALE.because(format!("no offer waits for `{choice}`"));
            told.act(ActionKind::StaySilent {}, vec![why]);
        }
    }

    /// Something became of an offer. False where that is not news.
    pub(super) fn outcome(&mut self, number: u32, what: OfferOutcome, told: &mut Told) -> bool {
        let now = self.state.clock.now();
        let wall = self.state.clock.host(now);
        let unseen = self.state.policy.offers.get(number).is_some_and(|offer| offer.shown.is_none());
        if !self.state.policy.offers.settle(number, what, now) {
            return false;
        }
        let Some(offer) = self.state.policy.offers.get(number).cloned() else { return false };
        if unseen && offer.shown.is_some() {
            self.state.profile.shown(wall);
            told.profile = true;
        }
        match what {
            OfferOutcome::Accepted => self.take_up(&offer, told),
            OfferOutcome::Dismissed => {
                self.state.profile.declined(&offer.stuck_point, wall);
                told.profile = true;
            }
            _ => {}
        }
        true
    }

    fn take_up(&mut self, offer: &Offer, told: &mut Told) {
        self.state.profile.took_self_service();
        told.profile = true;
        let turns = self.talk(|talk, ctx| talk.take_up(ctx, &offer.stuck_point));
        self.speak(turns, told);
    }

    /// Takes the open offer back where it no longer holds.
    pub(super) fn lapse(&mut self, place: &Place, told: &mut Told) {
        let (settings, now) = (&self.bundle.playbook.settings.policy, self.state.clock.now());
        if let Some((number, why)) = self.state.policy.offers.lapsed(settings, place, now) {
            self.state.policy.offers.settle(number, OfferOutcome::Expired, now);
            told.act(ActionKind::Withdraw { offer: number }, vec![why]);
        }
    }

    /// A talk has begun: an offer beside it would only be in the way.
    pub(super) fn withdraw_for_talk(&mut self, told: &mut Told) {
        let Some(number) = self.state.policy.offers.open().map(|offer| offer.number) else { return };
        self.state.policy.offers.settle(number, OfferOutcome::Expired, self.state.clock.now());
        let why = reason::TALKING.because("The user is in the chat.");
        told.act(ActionKind::Withdraw { offer: number }, vec![why]);
    }

    /// The app shows that an offer which was taken up helped: its step is done.
    pub(super) fn resolve(&mut self, place: &Place, told: &mut Told) {
        let done = |offer: &&Offer| {
            matches!(offer.outcome, Some((OfferOutcome::Accepted, _)))
                && place.succeeded.contains(&offer.step)
        };
        let number = self.state.policy.offers.all().iter().rev().find(done).map(|offer| offer.number);
        if let Some(number) = number {
            self.outcome(number, OfferOutcome::Resolved, told);
        }
    }

    /// What the user said about the help of an offer.
    pub(super) fn settle_talk(&mut self, told: &mut Told) {
        let Some(settled) = self.state.conversation.settled() else { return };
        let about = |offer: &&Offer| offer.stuck_point == settled.id;
        let number = self.state.policy.offers.all().iter().rev().find(about).map(|offer| offer.number);
        let what = if settled.helped { OfferOutcome::Resolved } else { OfferOutcome::Unresolved };
        if let Some(number) = number {
            self.outcome(number, what, told);
        }
    }
}
