//! One moment of a session, laid out for people.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use unstuck::{
    EventKind, Input, Output,
    action::{Action, ActionKind, Guess},
    engine::Explain,
};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const DONE: Style = AnsiColor::Green.on_default().bold();
const SEEN: Style = AnsiColor::Yellow.on_default();
/// Guesses less likely than this are not worth a line.
const WORTH_SHOWING: f64 = 0.01;
/// The width of the bar for "stuck now".
const BAR: usize = 10;

/// A moment: what came in, what was seen and believed where `explain` is set, and what is done.
pub fn moment(input: &Input, output: &Output, explain: bool) -> String {
    let mut page = format!("{DIM}{}{DIM:#}  {BOLD}{}{BOLD:#}\n", clock(input), what(input));
    if let Some(seen) = output.explain.as_ref().filter(|_| explain) {
        write_seen(&mut page, seen);
    }
    for action in &output.actions {
        write_action(&mut page, action);
    }
    page
}

fn write_seen(page: &mut String, seen: &Explain) {
    if let Some(step) = &seen.step {
        row(page, "at", step);
    }
    for signal in &seen.signals {
        let times = if signal.count > 1 { format!(" ×{}", signal.count) } else { String::new() };
        let target = if signal.target.is_empty() { &signal.screen } else { &signal.target };
        row(page, "signal", &format!("{SEEN}{}{SEEN:#} {target}{times}", word(&signal.kind)));
    }
    let likely: Vec<String> =
        seen.believed.iter().filter(|g| g.probability >= WORTH_SHOWING).map(guess).collect();
    let filled = (seen.stuck * BAR as f64).round() as usize;
    let bar: String = (0..BAR).map(|at| if at < filled { '█' } else { '░' }).collect();
    row(page, "stuck", &format!("{bar} {:.2}  {}", seen.stuck, likely.join(" · ")));
    if !seen.decision.is_empty() {
        row(page, "decision", &format!("{}, worth {:+.1}", seen.decision, seen.worth));
    }
}

fn write_action(page: &mut String, action: &Action) {
    row(page, "do", &format!("{DONE}{}{DONE:#} {DIM}{}{DIM:#}", done(&action.kind), action.key));
    for reason in &action.reasons {
        row(page, "", &format!("{DIM}{}: {}{DIM:#}", reason.code, reason.text));
    }
}

fn row(page: &mut String, label: &str, text: &str) {
    // Writing to a String cannot fail.
    let _ = writeln!(page, "              {DIM}{label:<9}{DIM:#}{text}");
}

fn guess(guess: &Guess) -> String {
    format!("{} {:.2}", guess.id, guess.probability)
}

/// The time of day in UTC, to the millisecond.
pub fn clock(input: &Input) -> String {
    let ms = input.t().0.rem_euclid(86_400_000);
    format!("{:02}:{:02}:{:02}.{:03}", ms / 3_600_000, ms / 60_000 % 60, ms / 1_000 % 60, ms % 1_000)
}

pub fn what(input: &Input) -> String {
    match input {
        Input::Event(event) => format!("{} {}", kind(&event.kind), event.screen),
        Input::Say { text, .. } => format!("user: “{text}”"),
        Input::Choose { id, .. } => format!("user picks {id}"),
        Input::AskHuman { .. } => "user asks for a human".into(),
        Input::Tool { outcome, key, .. } => format!("tool of {key}: {outcome}"),
        Input::Guide { guide, outcome, .. } => format!("guide {guide}: {outcome}"),
        Input::Handoff { update, .. } => format!("desk: {} is {}", update.handoff, word(&update.state)),
        Input::Agent { text, .. } => format!("agent: “{text}”"),
        Input::Language { language, .. } => format!("language {}", word(language)),
        Input::Elder { on, .. } => format!("elder mode {}", if *on { "on" } else { "off" }),
        Input::Chat { open, .. } => format!("chat {}", if *open { "opened" } else { "closed" }),
        Input::Tick { .. } => "time passes".into(),
    }
}

fn kind(kind: &EventKind) -> String {
    let detail = match kind {
        EventKind::Tap(tap) => tap.target.clone(),
        EventKind::Input(input) => input.field.clone(),
        EventKind::Submit { form } => form.clone(),
        EventKind::ValidationError { field, code } => format!("{field} {code}"),
        EventKind::Api(api) => format!("{} {} {}", api.endpoint, word(&api.status), api.code),
        EventKind::JsError { class } => class.clone(),
        EventKind::Search { results } => format!("{results} results"),
        EventKind::Custom { name } | EventKind::Other { name } => name.clone(),
        EventKind::Outcome { offer, what } => format!("offer {offer} {}", word(what)),
        EventKind::Visibility { visible } => (if *visible { "shown" } else { "hidden" }).into(),
        _ => String::new(),
    };
    let name = serde_json::to_value(kind).ok();
    let name = name.as_ref().and_then(|v| v.get("kind")).and_then(|v| v.as_str()).unwrap_or_default();
    format!("{name} {}", detail.trim()).trim().to_owned()
}

pub fn done(kind: &ActionKind) -> String {
    match kind {
        ActionKind::Suggest(offer) => format!("suggest {} “{}”", offer.stuck_point, offer.text),
        ActionKind::Withdraw { offer } => format!("withdraw offer {offer}"),
        ActionKind::Say(say) => format!("say “{}”{}", say.text, card(say)),
        ActionKind::Ask(say) => format!("ask “{}”{}", say.text, buttons(say)),
        ActionKind::Guide(guide) => format!("guide {} ({} targets)", guide.guide, guide.steps.len()),
        ActionKind::RunTool(tool) => format!("run {}", tool.tool),
        ActionKind::HandOff(handoff) => format!("hand off: {} “{}”", word(&handoff.state), handoff.text),
        ActionKind::StaySilent {} => "stay silent".into(),
    }
}

fn card(say: &unstuck::action::Say) -> String {
    say.card.as_ref().map(|card| format!(" with card {}", card.id)).unwrap_or_default() + &buttons(say)
}

fn buttons(say: &unstuck::action::Say) -> String {
    say.choices.iter().map(|choice| format!(" [{}]", choice.label)).collect()
}

/// A name as it is on the wire.
pub fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
