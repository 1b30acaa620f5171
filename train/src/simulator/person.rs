//! People: what they are like, drawn from types that the support desk knows.

use crate::random::Random;

/// What a person is like. Probabilities, unless said otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// The type.
    pub name: &'static str,
    /// How long they take, as a factor.
    pub slowness: f64,
    /// To mistype a field.
    pub slips: f64,
    /// How many failed tries they make before they give up or ask, about.
    pub patience: f64,
    /// To ask for help once their patience is over, and not to leave.
    pub asks: f64,
    /// To look around on other screens between steps.
    pub explores: f64,
    /// To pause at a step for a reason that has nothing to do with the app.
    pub pauses: f64,
    /// To tap again and again when nothing happens.
    pub rages: f64,
    /// To use the search when they look for something.
    pub searches: f64,
}

/// How common the types are, and what they are like.
pub(super) const TYPES: [(&str, f64, Person); 9] = [
    ("middling", 0.25, person(1.0, 0.06, 4.0, 0.5, 0.08, 0.02, 0.35, 0.4)),
    ("expert", 0.15, person(0.6, 0.03, 3.0, 0.3, 0.02, 0.02, 0.3, 0.5)),
    ("novice", 0.12, person(1.5, 0.14, 4.0, 0.6, 0.2, 0.03, 0.25, 0.4)),
    ("elder", 0.11, person(2.4, 0.16, 5.0, 0.6, 0.04, 0.04, 0.1, 0.15)),
    ("hurried", 0.10, person(0.7, 0.12, 2.5, 0.25, 0.02, 0.01, 0.7, 0.4)),
    ("distracted", 0.09, person(1.1, 0.08, 4.0, 0.4, 0.08, 0.25, 0.2, 0.3)),
    ("explorer", 0.07, person(0.9, 0.05, 5.0, 0.3, 0.7, 0.03, 0.2, 0.7)),
    // Someone who has done it a hundred times, or a test: seconds where others take a minute.
    ("swift", 0.08, person(0.12, 0.02, 3.0, 0.4, 0.03, 0.01, 0.4, 0.5)),
    ("help seeker", 0.07, person(1.1, 0.08, 2.0, 0.95, 0.08, 0.03, 0.2, 0.5)),
];

#[allow(clippy::too_many_arguments)]
const fn person(
    slowness: f64,
    slips: f64,
    patience: f64,
    asks: f64,
    explores: f64,
    pauses: f64,
    rages: f64,
    searches: f64,
) -> Person {
    Person { name: "", slowness, slips, patience, asks, explores, pauses, rages, searches }
}

impl Person {
    /// Somebody.
    pub fn random(rng: &mut Random) -> Self {
        let (name, _, kind) = &TYPES[rng.weighted(&TYPES.map(|(_, share, _)| share))];
        let mut vary = |p: f64| (p * rng.about(1.0, 0.3)).min(0.98);
        let mut person = Self {
            name,
            slips: vary(kind.slips),
            asks: vary(kind.asks),
            explores: vary(kind.explores),
            pauses: vary(kind.pauses),
            rages: vary(kind.rages),
            searches: vary(kind.searches),
            ..kind.clone()
        };
        person.slowness = rng.about(kind.slowness, 0.3);
        person.patience = rng.about(kind.patience, 0.35).clamp(2.0, 9.0);
        person
    }
}
