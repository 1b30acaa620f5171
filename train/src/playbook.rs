//! Playbooks of journeys alone, as the models learn from: no texts, no help, one language.

use std::collections::BTreeMap;

use unstuck::playbook::{Hours, Journey, Language, Playbook, Settings, Text, VERSION};

/// A playbook of these journeys.
pub fn of_journeys(id: String, journeys: Vec<Journey>) -> Playbook {
    Playbook {
        version: VERSION,
        id,
        languages: vec![Language::En],
        journeys,
        stuck_points: vec![],
        cards: vec![],
        guides: vec![],
        tools: vec![],
        flows: vec![],
        intents: vec![],
        escalations: vec![],
        hours: Hours { utc_offset_minutes: 0, week: Default::default(), text: Text::default() },
        settings: Settings::default(),
        wording: BTreeMap::new(),
    }
}
