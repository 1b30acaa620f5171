//! People of the judge: goals to reach, and a patience that runs by the clock and not by tries.

use super::dice::Dice;

/// What a group is like. Spans in seconds, rates a minute, the others are probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct Folk {
    /// The group's name.
    pub group: &'static str,
    /// Their share of visits.
    pub share: f64,
    /// How long things take them, as a factor.
    pub tempo: f64,
    /// To get a field wrong.
    pub slips: f64,
    /// How long they bear being hindered: the scale of a Weibull draw.
    pub bears_s: f64,
    /// What they do a minute while they wait.
    pub fidgets: f64,
    /// Interruptions a minute that have nothing to do with the app.
    pub breaks: f64,
    /// To stroll through the app before an errand.
    pub strolls: f64,
    /// To ask for help at the end of their patience.
    pub asks: f64,
    /// To look into the help without any trouble.
    pub browses_help: f64,
    /// To tap in a burst on what does not react.
    pub hammers: f64,
    /// How far they go astray in menus: the chance of a wrong turn.
    pub astray: f64,
}

/// The groups. Ours, after what the field reports: older people take about half as long again and
/// more, hesitate longer and rage less; experts slip less and leave sooner.
pub(super) const GROUPS: [Folk; 9] = [
    folk("regular", 0.30, [1.0, 0.05, 110.0, 3.0, 0.04, 0.06, 0.45, 0.01, 0.30, 0.08]),
    folk("newcomer", 0.10, [1.4, 0.10, 130.0, 2.5, 0.04, 0.12, 0.50, 0.03, 0.25, 0.25]),
    folk("expert", 0.13, [0.65, 0.02, 80.0, 4.0, 0.03, 0.02, 0.30, 0.00, 0.30, 0.02]),
    folk("elder", 0.12, [1.9, 0.10, 170.0, 1.2, 0.05, 0.03, 0.55, 0.02, 0.12, 0.15]),
    folk("hurried", 0.10, [0.75, 0.09, 55.0, 6.0, 0.01, 0.01, 0.20, 0.00, 0.60, 0.06]),
    folk("pauser", 0.08, [1.1, 0.05, 130.0, 2.0, 0.30, 0.05, 0.40, 0.01, 0.20, 0.08]),
    folk("explorer", 0.08, [1.0, 0.04, 130.0, 3.0, 0.04, 0.60, 0.35, 0.04, 0.20, 0.30]),
    folk("help seeker", 0.05, [1.1, 0.06, 50.0, 2.5, 0.04, 0.08, 0.95, 0.10, 0.20, 0.10]),
    folk("background", 0.04, [1.0, 0.05, 120.0, 2.0, 0.45, 0.05, 0.35, 0.01, 0.25, 0.08]),
];

const fn folk(group: &'static str, share: f64, x: [f64; 10]) -> Folk {
    let [tempo, slips, bears_s, fidgets, breaks, strolls, asks, browses_help, hammers, astray] = x;
    Folk {
        group,
        share,
        tempo,
        slips,
        bears_s,
        fidgets,
        breaks,
        strolls,
        asks,
        browses_help,
        hammers,
        astray,
    }
}

/// The shape of patience: above 1, because the hazard of giving up grows with the wait.
pub(super) const PATIENCE_SHAPE: f64 = 1.4;
/// Nobody gives up sooner than this, in seconds: whoever does met a hitch and went.
pub(super) const PATIENCE_LEAST_S: f64 = 15.0;

impl Folk {
    /// Somebody of a group drawn by share; people of a group differ.
    pub fn draw(dice: &mut Dice) -> Self {
        let kind = &GROUPS[dice.among(&GROUPS.map(|g| g.share))];
        let tempo = dice.lognormal(kind.tempo, 0.22);
        let bears_s = dice.lognormal(kind.bears_s, 0.25);
        let fidgets = dice.lognormal(kind.fidgets, 0.4);
        let slips = dice.even(0.5, 1.5) * kind.slips;
        Self { tempo, bears_s, fidgets, slips, ..kind.clone() }
    }

    /// How long this person bears it this time, in milliseconds.
    pub fn patience_ms(&self, dice: &mut Dice) -> i64 {
        let s = PATIENCE_LEAST_S + dice.weibull(self.bears_s, PATIENCE_SHAPE);
        (s.min(900.0) * 1_000.0) as i64
    }
}
