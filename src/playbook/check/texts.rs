//! Texts and questions: in every language, and enough of them to tell one thing from another.

use std::collections::BTreeMap;

use super::{Cap, Report, escape, wording::parts};
use crate::playbook::{Language, NodeKind, Playbook, Reply, Text};

/// Fewer example questions than this in a language leave the intent model guessing.
pub const MIN_QUESTIONS: usize = 8;

#[inline(never)]
pub(super) fn check(playbook: &Playbook, report: &mut Report) {
    if playbook.languages.is_empty() {
        report.error("/languages", "no language is named", "write `languages: [zh, en]`, or one of them");
    }
    visit(playbook, &mut |place, text| translated(playbook, &place, text, report));
    let mut seen = BTreeMap::new();
    for (s, stuck) in playbook.stuck_points.iter().enumerate() {
        questions(playbook, &format!("/stuck_points/{s}"), &stuck.id, &stuck.questions, &mut seen, report);
    }
    for (i, intent) in playbook.intents.iter().enumerate() {
        questions(playbook, &format!("/intents/{i}"), &intent.id, &intent.questions, &mut seen, report);
    }
    for (e, escalation) in playbook.escalations.iter().enumerate() {
        for (language, phrases) in &escalation.phrases {
            let place = format!("/escalations/{e}/phrases/{}", language.code());
            said(&place, "phrase", Cap::PHRASES, phrases, report);
        }
    }
}

fn translated(playbook: &Playbook, place: &str, text: &Text, report: &mut Report) {
    for language in &playbook.languages {
        if text.words.get(language).is_none_or(|words| words.trim().is_empty()) {
            let code = language.code();
            report.error(place, format!("the text is missing in {code}"), format!("add `{code}: …`"));
        }
    }
    for (language, words) in &text.words {
        one(playbook, &format!("{place}/{}", language.code()), *language, words, report);
    }
    for (language, words) in &text.plain {
        let place = format!("{place}/plain/{}", language.code());
        one(playbook, &place, *language, words, report);
        plainly(&place, text.words.get(language), words, report);
    }
}

/// A text in one language.
fn one(playbook: &Playbook, place: &str, language: Language, words: &str, report: &mut Report) {
    if !playbook.languages.contains(&language) {
        let mend = format!("add {} to `languages`, or drop the text", language.code());
        report.warn(place, "nobody will see a text in this language", mend);
    }
    let length = words.chars().count();
    if length > Cap::TEXT.max {
        let mend = format!("keep it to {}", Cap::TEXT.max);
        report.error(place, format!("{length} characters are too many"), mend);
    }
}

/// Plain words beside the usual ones: they say something, something else, and with the same values.
fn plainly(place: &str, usual: Option<&String>, plain: &str, report: &mut Report) {
    let mend = "drop it: where there are no plain words, the usual ones are shown";
    if plain.trim().is_empty() {
        return report.error(place, "the plain words are empty", mend);
    }
    let Some(usual) = usual else { return };
    if usual.trim() == plain.trim() {
        report.warn(place, "the plain words are the usual ones", mend);
    }
    for part in parts(usual).filter(|part| !plain.contains(part)) {
        report.error(
            place,
            format!("the plain words do not say `{part}`"),
            format!("put `{part}` where it belongs"),
        );
    }
}

type Seen<'a> = BTreeMap<(Language, String), &'a str>;

fn questions<'a>(
    playbook: &Playbook,
    place: &str,
    id: &'a str,
    questions: &'a BTreeMap<Language, Vec<String>>,
    seen: &mut Seen<'a>,
    report: &mut Report,
) {
    for language in &playbook.languages {
        let count = questions.get(language).map_or(0, Vec::len);
        if count < MIN_QUESTIONS {
            let what = format!("`{id}` has {count} example questions in {}", language.code());
            let place = if questions.is_empty() { place.to_owned() } else { format!("{place}/questions") };
            report.warn(place, what, format!("write at least {MIN_QUESTIONS}, in people's own words"));
        }
    }
    for (language, asked) in questions {
        let place = format!("{place}/questions/{}", language.code());
        said(&place, "question", Cap::QUESTIONS, asked, report);
        for (q, question) in asked.iter().enumerate() {
            match seen.insert((*language, plain(question)), id) {
                Some(other) if other != id => {
                    let what = format!("`{other}` is asked in the same words");
                    report.error(format!("{place}/{q}"), what, "keep the question where it belongs");
                }
                Some(_) => report.warn(format!("{place}/{q}"), "this question is here twice", "delete one"),
                None => {}
            }
        }
    }
}

/// Phrases or questions: not too many, none empty, none overlong.
fn said(place: &str, one: &str, cap: Cap, said: &[String], report: &mut Report) {
    if said.len() > cap.max {
        report.error(
            place,
            format!("{} {} are too many", said.len(), cap.of),
            format!("keep it to {}", cap.max),
        );
    }
    for (n, words) in said.iter().enumerate() {
        if plain(words).is_empty() || words.chars().count() > Cap::TEXT.max {
            let mend = format!("write 1 to {} characters", Cap::TEXT.max);
            report.error(format!("{place}/{n}"), format!("the {one} is empty or too long"), mend);
        }
    }
}

/// A question without what does not tell two apart: case, spaces, punctuation.
fn plain(question: &str) -> String {
    question.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Every text of the playbook with its place.
fn visit(playbook: &Playbook, see: &mut impl FnMut(String, &Text)) {
    for (j, journey) in playbook.journeys.iter().enumerate() {
        see(format!("/journeys/{j}/product"), &journey.product);
        see(format!("/journeys/{j}/scenario"), &journey.scenario);
        for (s, step) in journey.steps.iter().enumerate() {
            see(format!("/journeys/{j}/steps/{s}/title"), &step.title);
        }
    }
    for (s, stuck) in playbook.stuck_points.iter().enumerate() {
        see(format!("/stuck_points/{s}/title"), &stuck.title);
        see(format!("/stuck_points/{s}/offer"), &stuck.offer);
    }
    visit_help(playbook, see);
    for (f, flow) in playbook.flows.iter().enumerate() {
        for (n, node) in flow.nodes.iter().enumerate() {
            visit_node(&format!("/flows/{f}/nodes/{n}"), &node.kind, see);
        }
    }
    for (i, intent) in playbook.intents.iter().enumerate() {
        if let Reply::Say(text) = &intent.reply {
            see(format!("/intents/{i}/reply/say"), text);
        }
    }
    for (e, escalation) in playbook.escalations.iter().enumerate() {
        see(format!("/escalations/{e}/title"), &escalation.title);
        see(format!("/escalations/{e}/text"), &escalation.text);
    }
    see("/hours/text".into(), &playbook.hours.text);
    for (key, text) in &playbook.wording {
        see(format!("/wording/{}", escape(key)), text);
    }
}

fn visit_help(playbook: &Playbook, see: &mut impl FnMut(String, &Text)) {
    for (c, card) in playbook.cards.iter().enumerate() {
        see(format!("/cards/{c}/title"), &card.title);
        see(format!("/cards/{c}/body"), &card.body);
    }
    for (g, guide) in playbook.guides.iter().enumerate() {
        for (s, step) in guide.steps.iter().enumerate() {
            see(format!("/guides/{g}/steps/{s}/text"), &step.text);
        }
    }
    for (t, tool) in playbook.tools.iter().enumerate() {
        see(format!("/tools/{t}/title"), &tool.title);
        if let Some(confirm) = &tool.confirm {
            see(format!("/tools/{t}/confirm"), confirm);
        }
    }
}

fn visit_node(place: &str, kind: &NodeKind, see: &mut impl FnMut(String, &Text)) {
    match kind {
        NodeKind::Say { text, .. } => see(format!("{place}/text"), text),
        NodeKind::Choose { text, options } => {
            see(format!("{place}/text"), text);
            for (o, option) in options.iter().enumerate() {
                see(format!("{place}/options/{o}/label"), &option.label);
            }
        }
        NodeKind::Slot { text, retry, .. } => {
            see(format!("{place}/text"), text);
            see(format!("{place}/retry"), retry);
        }
        NodeKind::Tool { .. } | NodeKind::Guide { .. } | NodeKind::Human {} => {}
    }
}
