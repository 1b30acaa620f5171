//! Finding things in a playbook by id.

use super::{
    Card, Escalation, Flow, Guide, Intent, Journey, Language, Node, Playbook, Step, StuckPoint, Text, Tool,
};

impl Text {
    /// The words in `language`, else in any language that there is; empty only where there is none.
    pub fn get(&self, language: Language) -> &str {
        self.words.get(&language).or_else(|| self.words.values().next()).map_or("", String::as_str)
    }

    /// The words for elder mode: the plain ones where there are any, else the usual ones.
    pub fn plain(&self, language: Language) -> &str {
        self.plain.get(&language).map_or_else(|| self.get(language), String::as_str)
    }
}

impl Language {
    /// Its code on the wire and in tags: `zh`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

impl Playbook {
    /// The journey with this id.
    pub fn journey(&self, id: &str) -> Option<&Journey> {
        self.journeys.iter().find(|j| j.id == id)
    }

    /// The step with this id, in whichever journey.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.journeys.iter().find_map(|j| j.step(id))
    }

    /// The journey that a step belongs to.
    pub fn journey_of(&self, step: &str) -> Option<&Journey> {
        self.journeys.iter().find(|j| j.step(step).is_some())
    }

    /// The steps that can follow a step; empty at the end of a journey and for an unknown step.
    pub fn next_of(&self, step: &str) -> Vec<&str> {
        self.journey_of(step).map(|j| j.next_of(step)).unwrap_or_default()
    }

    /// The stuck point with this id.
    pub fn stuck_point(&self, id: &str) -> Option<&StuckPoint> {
        self.stuck_points.iter().find(|s| s.id == id)
    }

    /// The card with this id.
    pub fn card(&self, id: &str) -> Option<&Card> {
        self.cards.iter().find(|c| c.id == id)
    }

    /// The guide with this id.
    pub fn guide(&self, id: &str) -> Option<&Guide> {
        self.guides.iter().find(|g| g.id == id)
    }

    /// The tool with this id.
    pub fn tool(&self, id: &str) -> Option<&Tool> {
        self.tools.iter().find(|t| t.id == id)
    }

    /// The flow with this id.
    pub fn flow(&self, id: &str) -> Option<&Flow> {
        self.flows.iter().find(|f| f.id == id)
    }

    /// The intent with this id.
    pub fn intent(&self, id: &str) -> Option<&Intent> {
        self.intents.iter().find(|i| i.id == id)
    }

    /// The escalation with this id.
    pub fn escalation(&self, id: &str) -> Option<&Escalation> {
        self.escalations.iter().find(|e| e.id == id)
    }
}

impl Journey {
    /// The step with this id.
    pub fn step(&self, id: &str) -> Option<&Step> {
        self.steps.iter().find(|s| s.id == id)
    }

    /// The steps that can follow a step: those it names, else the next in the list.
    pub fn next_of(&self, step: &str) -> Vec<&str> {
        let mut rest = self.steps.iter().skip_while(|s| s.id != step);
        match (rest.next(), rest.next()) {
            (Some(here), _) if !here.next.is_empty() => here.next.iter().map(String::as_str).collect(),
            (Some(_), Some(following)) => vec![&following.id],
            _ => Vec::new(),
        }
    }
}

impl Flow {
    /// The node with this id.
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.iter().find(|n| n.id == id)
    }
}
