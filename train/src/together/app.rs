//! An app as its playbook describes it: screens, controls, calls and codes, for the judge's people to use.

use unstuck::{
    Playbook,
    playbook::{Cause, Evidence, Match, Step, StuckPoint},
    signal::SignalKind,
};

use crate::judge::site::{Menu, Site};

/// An app, and what each of its stuck points looks like in it.
pub struct App {
    /// Its playbook.
    pub playbook: Playbook,
    /// What the judge's people need to know of it.
    pub site: Site,
    /// What each stuck point looks like.
    pub spots: Vec<Spot>,
}

/// A stuck point as the page shows it. Only names are taken from the playbook (which control, which call,
/// which code); what people do there is for [`super::trouble`].
#[derive(Clone, Debug)]
pub struct Spot {
    /// The stuck point.
    pub id: String,
    /// Its step.
    pub step: String,
    /// Why people are stuck.
    pub cause: Cause,
    /// The step's screen.
    pub screen: String,
    /// What is pressed to get on, or what does not react.
    pub press: String,
    /// The field that it is about, where there is one.
    pub field: Option<String>,
    /// The call behind it.
    pub call: Option<String>,
    /// What the app calls it.
    pub codes: Vec<String>,
    /// What the step usually takes, in milliseconds.
    pub usual_ms: f64,
}

impl App {
    /// The app of a playbook.
    pub fn of(playbook: &Playbook) -> Self {
        let spots = playbook
            .stuck_points
            .iter()
            .filter_map(|point| Some(Spot::of(point, playbook.step(&point.step)?)))
            .collect();
        Self { playbook: playbook.clone(), site: site(playbook), spots }
    }

    /// The steps before one in its journey.
    pub fn before(&self, step: &str) -> Vec<&Step> {
        let journey = self.playbook.journeys.iter().find(|j| j.steps.iter().any(|s| s.id == step));
        journey.map_or_else(Vec::new, |j| j.steps.iter().take_while(|s| s.id != step).collect())
    }
}

impl Spot {
    fn of(point: &StuckPoint, step: &Step) -> Self {
        let target = |wanted: &dyn Fn(SignalKind) -> bool| {
            let about = |e: &&Evidence| e.signal.is_some_and(wanted);
            let found = point.evidence.iter().filter(about).find_map(|e| e.target.as_deref());
            found.map(|pattern| pattern.trim_end_matches('*').to_owned())
        };
        use SignalKind as S;
        let pressed = target(&|s| matches!(s, S::RageClick | S::DeadClick | S::ErrorClick));
        let called = target(&|s| matches!(s, S::RepeatedFailure | S::SlowResponse));
        let code = |e: &Evidence| e.code.clone();
        Self {
            id: point.id.clone(),
            step: step.id.clone(),
            cause: point.cause,
            screen: screen(step),
            press: pressed.or_else(|| step.commit.clone()).unwrap_or_else(|| format!("{}.next", step.id)),
            field: target(&|s| s == S::FieldReedit),
            call: called.or_else(|| step.success.iter().find_map(|m| m.endpoint.clone())),
            codes: point.evidence.iter().filter_map(code).collect(),
            usual_ms: f64::from(step.typical_ms),
        }
    }
}

/// The screen of a step.
pub fn screen(step: &Step) -> String {
    let of = |m: &Match| m.screen.clone();
    step.at.iter().find_map(of).unwrap_or_default().trim_end_matches('*').to_owned()
}

/// Its servers are those of an ordinary app of the judge.
fn site(playbook: &Playbook) -> Site {
    let home = Menu { route: "/".to_owned(), parent: 0 };
    let first = |steps: &[Step]| steps.first().map(|step| Menu { route: screen(step), parent: 0 });
    let menus = playbook.journeys.iter().filter_map(|journey| first(&journey.steps));
    Site {
        playbook: playbook.clone(),
        menus: std::iter::once(home).chain(menus).collect(),
        errands: Vec::new(),
        answer_ms: 280.0,
        answer_sigma: 0.5,
        glitches: 0.01,
        tail: 0.02,
        polls: 0.5,
        mutters: 0.1,
        refusals: [0.6, 0.3, 0.1],
        coded: true,
        checks: true,
        forms: true,
        fetches: 0.6,
    }
}
