//! A line as people write it, and what it comes to.

use serde::Deserialize;
use unstuck::{Event, Playbook, playbook::Cause};

use super::{Labels, Trace, VERSION, derive::derive};

/// A line as it was given.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    #[serde(default)]
    #[allow(dead_code)]
    version: Option<u32>,
    session: String,
    playbook: Playbook,
    events: Vec<Event>,
    #[serde(default)]
    labels: GivenLabels,
}

/// What is known of a visit: any of it may be missing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct GivenLabels {
    pub stuck: Option<bool>,
    pub from: Option<i64>,
    pub until: Option<i64>,
    pub step: Option<String>,
    pub cause: Option<Cause>,
    pub help_opened_at: Option<i64>,
    pub contact_at: Option<i64>,
    pub left_at: Option<i64>,
    pub gave_up: bool,
    pub person: Option<String>,
}

impl Given {
    /// The visit with its labels, given or derived; or what is wrong, as a sentence.
    pub fn settle(mut self) -> Result<Trace, String> {
        let Some(last) = self.events.last().map(|e| e.t.0) else {
            return Err("the visit has no events; leave the line out".into());
        };
        self.check()?;
        self.events.sort_by_key(|event| event.t);
        let given = &self.labels;
        let labels = match given.stuck {
            Some(false) => Labels { stuck: false, person: given.person.clone(), ..Labels::default() },
            Some(true) if given.from.is_some() => self.explicit(),
            _ => derive(&self.playbook, &self.events, given, last),
        };
        let Self { session, playbook, events, .. } = self;
        Ok(Trace { version: VERSION, session, playbook, events, labels })
    }

    fn explicit(&self) -> Labels {
        let given = self.labels.clone();
        Labels {
            stuck: true,
            from: given.from,
            until: given.until.or(given.help_opened_at).or(given.contact_at).or(given.left_at),
            step: given.step,
            cause: given.cause,
            help_opened_at: given.help_opened_at.or(given.contact_at),
            gave_up: given.gave_up || given.left_at.is_some(),
            person: given.person,
        }
    }

    fn check(&self) -> Result<(), String> {
        let given = &self.labels;
        if let Some(step) = given.step.as_deref().filter(|step| self.playbook.step(step).is_none()) {
            return Err(format!(
                "the labels name the step `{step}`, which the visit's playbook does not have"
            ));
        }
        if let (Some(from), Some(until)) = (given.from, given.until)
            && from > until
        {
            return Err(format!("the labels say stuck from {from} until {until}, which is earlier"));
        }
        Ok(())
    }
}
