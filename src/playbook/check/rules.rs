//! Rules and numbers: ones that can hold, and hours that a clock can show.

use super::{Cap, Report};
use crate::{
    event::StatusClass,
    playbook::{Hours, Match, Playbook, hours::DAY_MINUTES},
};

/// UTC−12:00 to UTC+14:00, the offsets that are in use.
const OFFSETS: std::ops::RangeInclusive<i32> = -12 * 60..=14 * 60;
/// A wait, a time-out or a step's usual time is at most an hour, in milliseconds.
const MAX_SPAN_MS: u32 = 3_600_000;
/// The last place in the queue.
const MAX_PRIORITY: u8 = 9;

#[inline(never)]
pub(super) fn check(playbook: &Playbook, report: &mut Report) {
    for (j, journey) in playbook.journeys.iter().enumerate() {
        let place = format!("/journeys/{j}");
        rules(&format!("{place}/goal"), "nothing shows that the goal is reached", &journey.goal, report);
        if journey.steps.is_empty() {
            report.error(
                format!("{place}/steps"),
                "a journey without steps leads nowhere",
                "add its first step",
            );
        }
        for (s, step) in journey.steps.iter().enumerate() {
            let place = format!("{place}/steps/{s}");
            rules(&format!("{place}/at"), "nothing shows that someone is at the step", &step.at, report);
            rules(&format!("{place}/success"), "nothing shows that the step is done", &step.success, report);
            span(&format!("{place}/typical_ms"), step.typical_ms, report);
        }
    }
    for (s, stuck) in playbook.stuck_points.iter().enumerate() {
        if !(stuck.worth.is_finite() && stuck.worth > 0.0) {
            let what = format!("a worth of {} means never to help", stuck.worth);
            report.error(format!("/stuck_points/{s}/worth"), what, "write a number above 0; 8 is usual");
        }
        for (e, _) in stuck.evidence.iter().enumerate().filter(|(_, e)| **e == Default::default()) {
            let mend = "name a signal, a target or a code";
            report.error(format!("/stuck_points/{s}/evidence/{e}"), "this evidence asks for nothing", mend);
        }
    }
    for (g, guide) in playbook.guides.iter().enumerate() {
        for (s, step) in guide.steps.iter().enumerate() {
            span(&format!("/guides/{g}/steps/{s}/wait_ms"), step.wait_ms, report);
        }
        if guide.steps.is_empty() {
            report.error(
                format!("/guides/{g}/steps"),
                "a guide without steps shows nothing",
                "add its first step",
            );
        }
    }
    for (t, tool) in playbook.tools.iter().enumerate() {
        span(&format!("/tools/{t}/timeout_ms"), tool.timeout_ms, report);
    }
    escalations(playbook, report);
    hours(&playbook.hours, report);
}

fn rules(place: &str, none: &str, rules: &[Match], report: &mut Report) {
    if rules.is_empty() {
        report.error(place, none, "add a rule: a screen, a target, an endpoint or a custom name");
    }
    for (n, rule) in rules.iter().enumerate() {
        if let Some((what, mend)) = impossible(rule) {
            report.error(format!("{place}/{n}"), what, mend);
        }
    }
}

/// Why a rule can never hold.
fn impossible(rule: &Match) -> Option<(&'static str, &'static str)> {
    let subjects = [rule.target.is_some(), rule.endpoint.is_some(), rule.custom.is_some()];
    let patterns = [&rule.screen, &rule.target, &rule.endpoint, &rule.custom];
    if rule.is_empty() {
        Some(("a rule without parts never holds", "name a screen, a target, an endpoint or a custom name"))
    } else if patterns.into_iter().flatten().any(|p| p.is_empty() || p.len() > Cap::ID.max) {
        Some(("an empty or overlong pattern never holds", "write 1 to 96 characters, or leave the part out"))
    } else if subjects.into_iter().filter(|set| *set).count() > 1 {
        Some(("no event has more than one of target, endpoint and custom", "make a rule of each"))
    } else if rule.status == Some(StatusClass::Pending) {
        Some(("a call that is pending has not ended", "write `ok`, or how it fails"))
    } else if rule.status.is_some() && rule.endpoint.is_none() {
        Some(("a status belongs to an endpoint", "name the endpoint, or leave the status out"))
    } else {
        None
    }
}

fn span(place: &str, ms: u32, report: &mut Report) {
    if !(1..=MAX_SPAN_MS).contains(&ms) {
        report.error(place, format!("{ms} ms cannot be"), format!("write 1 to {MAX_SPAN_MS} ms"));
    }
}

fn escalations(playbook: &Playbook, report: &mut Report) {
    for (e, escalation) in playbook.escalations.iter().enumerate() {
        if !(1..=MAX_PRIORITY).contains(&escalation.priority) {
            let what = format!("a priority of {} cannot be", escalation.priority);
            report.error(
                format!("/escalations/{e}/priority"),
                what,
                format!("write 1 (first) to {MAX_PRIORITY}"),
            );
        }
        if escalation.intents.is_empty() && escalation.phrases.values().all(Vec::is_empty) {
            let what = format!("nothing triggers escalation `{}`", escalation.id);
            report.error(format!("/escalations/{e}"), what, "add phrases or intents");
        }
    }
}

fn hours(hours: &Hours, report: &mut Report) {
    if !OFFSETS.contains(&hours.utc_offset_minutes) {
        let what = format!("no clock is {} minutes from UTC", hours.utc_offset_minutes);
        report.error("/hours/utc_offset_minutes", what, "write minutes: 480 is China, 0 is UTC");
    }
    for (d, day) in hours.week.iter().enumerate() {
        for (n, [from, to]) in day.iter().enumerate() {
            let place = format!("/hours/week/{d}/{n}");
            if from >= to || *to > DAY_MINUTES {
                let what = format!("[{from}, {to}] is no span of a day");
                let mend =
                    format!("write minutes from 0 to {DAY_MINUTES}, the earlier first; split a night in two");
                report.error(place, what, mend);
            } else if day.iter().take(n).any(|[start, end]| from < end && start < to) {
                report.error(
                    place,
                    format!("[{from}, {to}] overlaps another span of the day"),
                    "join the two",
                );
            }
        }
    }
    if hours.week.iter().all(Vec::is_empty) {
        let mend = "fine if every request is a message left; else add spans";
        report.warn("/hours/week", "nobody is ever on duty", mend);
    }
}
