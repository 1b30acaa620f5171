//! What the owner of the business may learn, without learning it of anybody: one randomised answer
//! a device and day. And the list of all that may leave the device.

pub mod egress;
pub mod response;

use serde::{Deserialize, Serialize};

use crate::{playbook::Cause, time::Millis};

/// How much a day's answer may tell: it is the true one at most `e^ε` times as likely as another.
pub const EPSILON: f64 = 2.0;

const DAY_MS: i64 = 86_400_000;

/// How far the help came on a day. The order is the wire order: append only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Help {
    /// None was offered.
    #[default]
    None,
    /// It was offered, and sent away or left.
    Declined,
    /// It was taken up, and did not help or nobody said.
    TakenUp,
    /// It helped.
    Helped,
    /// A human was brought in.
    Human,
}

impl Help {
    /// All of them, in wire order.
    pub const ALL: [Self; 5] = [Self::None, Self::Declined, Self::TakenUp, Self::Helped, Self::Human];
}

/// The question that a day's answer is to: one a day, so that a day tells [`EPSILON`] and no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// Why the user was stuck: a place in [`Cause::ALL`], or the number after the last for "was not".
    Cause,
    /// How far the help came: a place in [`Help::ALL`].
    Help,
}

impl Question {
    /// How many answers there are.
    pub fn answers(self) -> u32 {
        let answers = match self {
            Self::Cause => Cause::ALL.len() + 1,
            Self::Help => Help::ALL.len(),
        };
        u32::try_from(answers).unwrap_or(u32::MAX)
    }
}

/// What a device says about one day.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The contract version: 1.
    pub version: u32,
    /// The app's id.
    pub app: String,
    /// The day, in days since the Unix epoch, by UTC.
    pub day: i64,
    /// The question.
    pub question: Question,
    /// The answer's number, randomised.
    pub answer: u32,
    /// The ε it was randomised with.
    pub epsilon: f64,
}

/// A day's truth, kept on the device until its one randomised answer was made.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Diary {
    day: Option<i64>,
    cause: Option<Cause>,
    help: Help,
}

impl Diary {
    /// The user was stuck for this cause; the day's last one counts.
    pub fn stuck(&mut self, cause: Cause) {
        self.cause = Some(cause);
    }

    /// Help came this far; the furthest of the day counts.
    pub fn help(&mut self, help: Help) {
        self.help = self.help.max(help);
    }

    /// Opens the day of `now`. A day before it is answered for, once, with three random words of the
    /// host's; its truth is forgotten then.
    pub fn turn_page(&mut self, now: Millis, app: &str, random: [u32; 3]) -> Option<Report> {
        let today = now.0.div_euclid(DAY_MS);
        let before = self.day.filter(|day| *day < today);
        let report = before.map(|day| self.report(day, app, random));
        if report.is_some() || self.day.is_none() {
            *self = Self { day: Some(today), ..Self::default() };
        }
        report
    }

    fn report(&self, day: i64, app: &str, [which, first, second]: [u32; 3]) -> Report {
        let question = if which % 2 == 0 { Question::Cause } else { Question::Help };
        let truth = match question {
            Question::Cause => self.cause.map_or(Cause::ALL.len(), Cause::index),
            Question::Help => self.help as usize,
        };
        let truth = u32::try_from(truth).unwrap_or(0);
        let answer = response::respond(truth, question.answers(), EPSILON, [first, second]);
        Report { version: 1, app: app.to_owned(), day, question, answer, epsilon: EPSILON }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY: Millis = Millis(1_767_578_400_000);
    /// Random words that keep the truth.
    const TRUE: [u32; 2] = [0, 0];

    fn random(question: Question) -> [u32; 3] {
        let [first, second] = TRUE;
        [u32::from(question == Question::Help), first, second]
    }

    #[test]
    fn a_day_is_answered_for_once_and_forgotten() {
        let cases =
            [(Question::Cause, Cause::DeclinedByRule.index()), (Question::Help, Help::Helped as usize)];
        for (question, truth) in cases {
            let mut diary = Diary::default();
            let random = random(question);
            assert_eq!(diary.turn_page(MONDAY, "wallet", random), None, "the first day has begun");
            diary.stuck(Cause::Slow);
            diary.stuck(Cause::DeclinedByRule);
            diary.help(Help::Helped);
            diary.help(Help::Declined);
            assert_eq!(diary.turn_page(MONDAY.plus(60_000), "wallet", random), None);
            let report = diary.turn_page(MONDAY.plus(DAY_MS), "wallet", random);
            let report = report.expect("the day before is answered for");
            assert_eq!((report.question, report.answer as usize), (question, truth));
            assert_eq!(report.day, MONDAY.0 / DAY_MS);
            assert_eq!(diary, Diary { day: Some(report.day + 1), ..Diary::default() });
            assert_eq!(diary.turn_page(MONDAY.plus(DAY_MS), "wallet", random), None);
        }
    }

    #[test]
    fn a_clock_that_runs_backwards_makes_no_second_answer() {
        let mut diary = Diary::default();
        diary.turn_page(MONDAY, "wallet", random(Question::Cause));
        let earlier = MONDAY.plus(-3 * DAY_MS);
        assert_eq!(diary.turn_page(earlier, "wallet", random(Question::Cause)), None);
        assert_eq!(diary.turn_page(MONDAY, "wallet", random(Question::Cause)), None);
    }

    #[test]
    fn who_was_not_stuck_answers_too() {
        let mut diary = Diary::default();
        diary.turn_page(MONDAY, "wallet", random(Question::Cause));
        let report = diary.turn_page(MONDAY.plus(DAY_MS), "wallet", random(Question::Cause));
        assert_eq!(report.map(|report| report.answer), Some(10));
    }
}
