//! A session as a page: how sure the engine was that the user is stuck, over time, and each moment
//! with what was seen, believed and done.

use std::collections::BTreeMap;

use unstuck::{
    Input, Output,
    action::{Action, ActionKind, Guess},
    engine::Explain,
};

use super::explain::{clock, done, what, word};
use crate::plot::{COLOURS, Line, Plot, escaped};

const SIZE: (u32, u32) = (1_040, 320);
/// As many stuck points get a line of their own.
const MAX_LINES: usize = COLOURS.len() - 1;
/// The shortest time that is drawn, in seconds.
const SHORTEST: f64 = 10.0;

const STYLE: &str = "\
:root{color-scheme:light dark;--line:#cbd5e1;--soft:#f1f5f9;--dim:#64748b;--seen:#b45309;--done:#047857}\
@media(prefers-color-scheme:dark){:root{--line:#334155;--soft:#1e293b;--dim:#94a3b8;--seen:#fbbf24;\
--done:#34d399}}\
body{font:16px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;max-width:66em;margin:2em auto;padding:0 1em}\
figure{margin:0 0 1em}svg{background:#fff;border-radius:8px;max-width:100%;height:auto}\
ul.key{list-style:none;display:flex;flex-wrap:wrap;gap:.3em 1.2em;padding:0;font-size:.9em}\
ul.key i{display:inline-block;width:1.2em;height:.3em;border-radius:2px;margin-right:.4em;vertical-align:middle}\
ol{list-style:none;margin:0;padding:0;border-left:2px solid var(--line)}\
li.moment{position:relative;padding:.3em 0 .5em 1.2em}\
li.moment::before{content:'';position:absolute;left:-5px;top:.85em;width:8px;height:8px;border-radius:50%;\
background:var(--line)}li.seen::before{background:var(--seen)}li.done::before{background:var(--done)}\
time{color:var(--dim);font-variant-numeric:tabular-nums;margin-right:.6em}\
.chip{color:var(--seen);border:1px solid;border-radius:1em;padding:0 .6em;font-size:.85em;margin-right:.4em}\
.belief{color:var(--dim);font-size:.9em;overflow-wrap:anywhere}\
meter{width:7em;vertical-align:middle;margin-right:.5em}\
.act{background:var(--soft);border-left:3px solid var(--done);border-radius:4px;padding:.4em .8em;margin:.4em 0}\
.act small{color:var(--dim);display:block}";

/// The page of these moments.
pub fn page(name: &str, moments: &[(Input, Output)]) -> Result<String, String> {
    let rows: String = moments.iter().map(|(input, output)| row(input, output)).collect();
    let name = escaped(name);
    let empty = "<p>The trace holds no moment that could be replayed.</p>";
    let chart = if moments.is_empty() { empty.to_owned() } else { chart(moments)? };
    Ok(format!(
        "<!doctype html>\n<html lang=en><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width\"><title>{name}</title>\n<style>{STYLE}</style>\n\
         <h1>{name}</h1>\n{chart}\n<ol>\n{rows}</ol>\n"
    ))
}

/// How likely "stuck" and the likeliest stuck points were, over the seconds of the session. A grey line
/// marks each offer.
fn chart(moments: &[(Input, Output)]) -> Result<String, String> {
    let begin = moments.first().map_or(0, |(input, _)| input.t().0);
    let seconds = |input: &Input| (input.t().0 - begin) as f64 / 1e3;
    let seen: Vec<(f64, &Explain)> =
        moments.iter().filter_map(|(i, o)| Some((seconds(i), o.explain.as_ref()?))).collect();
    let points = likeliest(&seen);
    let line = |points: Vec<(f64, f64)>| Line { points, dots: false };
    let mut lines = vec![line(steps(seen.iter().map(|(t, e)| (*t, e.stuck))))];
    lines.extend(points.iter().map(|id| line(steps(seen.iter().map(|(t, e)| (*t, probability(e, id)))))));
    let offered = |output: &Output| output.actions.iter().any(|a| matches!(a.kind, ActionKind::Suggest(_)));
    let offers = moments.iter().filter(|(_, output)| offered(output));
    let end = moments.iter().map(|(input, _)| seconds(input)).fold(SHORTEST, f64::max);
    let svg = Plot {
        size: SIZE,
        axes: ["seconds", "probability"],
        across: [0.0, end],
        floor: 0.0,
        lines,
        behind: offers.map(|(input, _)| [(seconds(input), 0.0), (seconds(input), 1.0)]).collect(),
    };
    let names = std::iter::once("stuck").chain(points.iter().map(String::as_str));
    let key: String = names
        .zip(COLOURS)
        .map(|(name, c)| {
            format!("<li><i style=\"background:rgb({},{},{})\"></i>{}", c.0, c.1, c.2, escaped(name))
        })
        .collect();
    Ok(format!(
        "<figure>{}<ul class=key>{key}<li><i style=\"background:rgb(148,163,184)\"></i>an offer</ul></figure>",
        svg.svg()?
    ))
}

/// The stuck points that were believed most at some moment, most first.
fn likeliest(seen: &[(f64, &Explain)]) -> Vec<String> {
    let mut most: BTreeMap<&str, f64> = BTreeMap::new();
    for guess in seen.iter().flat_map(|(_, explain)| &explain.believed) {
        let best = most.entry(&guess.id).or_insert(0.0);
        *best = best.max(guess.probability);
    }
    let mut ranked: Vec<(&str, f64)> = most.into_iter().collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    ranked.into_iter().take(MAX_LINES).map(|(id, _)| id.to_owned()).collect()
}

fn probability(explain: &Explain, id: &str) -> f64 {
    explain.believed.iter().find(|guess| guess.id == id).map_or(0.0, |guess| guess.probability)
}

/// A belief stands until the next moment.
fn steps(values: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (t, value) in values {
        if let Some(&(_, before)) = points.last() {
            points.push((t, before));
        }
        points.push((t, value));
    }
    points
}

fn row(input: &Input, output: &Output) -> String {
    let explain = output.explain.clone().unwrap_or_default();
    let class = match (explain.signals.is_empty(), output.actions.is_empty()) {
        (_, false) => " done",
        (false, true) => " seen",
        _ => "",
    };
    let chips: String = explain
        .signals
        .iter()
        .map(|s| format!("<span class=chip>{} {}</span>", escaped(word(&s.kind)), escaped(&s.target)))
        .collect();
    let acts: String = output.actions.iter().map(act).collect();
    format!(
        "<li class=\"moment{class}\"><time>{}</time>{} {chips}{}{acts}\n",
        clock(input),
        escaped(what(input)),
        belief(&explain)
    )
}

fn belief(explain: &Explain) -> String {
    let guess = |g: &Guess| format!("{} {:.2}", escaped(&g.id), g.probability);
    let likely: Vec<String> = explain.believed.iter().map(guess).collect();
    if likely.is_empty() && explain.stuck < 0.05 {
        return String::new();
    }
    format!(
        "<div class=belief><meter value={:.3} aria-label=stuck></meter>stuck {:.2} · {}</div>",
        explain.stuck,
        explain.stuck,
        likely.join(" · ")
    )
}

fn act(action: &Action) -> String {
    let reasons: String = action
        .reasons
        .iter()
        .map(|reason| format!("<small>{}: {}</small>", escaped(&reason.code), escaped(&reason.text)))
        .collect();
    format!("<div class=act>{}{reasons}</div>", escaped(done(&action.kind)))
}

#[cfg(test)]
mod tests {
    use unstuck::{Millis, action::Reason};

    use super::*;

    fn say(text: &str) -> (Input, Output) {
        let stuck = Guess { id: "pay.failing".into(), probability: 0.4 };
        let explain = Explain { stuck: 0.5, believed: vec![stuck], ..Explain::default() };
        let silent = Action {
            key: "1-1".into(),
            t: Millis(0),
            kind: ActionKind::StaySilent {},
            reasons: vec![Reason { code: "cap".into(), text: "a & b".into() }],
        };
        let output = Output { actions: vec![silent], explain: Some(explain), ..Output::default() };
        (Input::Say { t: Millis(1_000), text: text.into() }, output)
    }

    #[test]
    fn a_moment_shows_what_was_said_believed_and_done() {
        let page = page("a<b", &[say("<script>")]).unwrap();
        for part in ["a&lt;b", "&lt;script>", "stuck 0.50", "pay.failing 0.40", "cap: a &amp; b", "<svg"] {
            assert!(page.contains(part), "{part}");
        }
        assert!(!page.contains("<script>"));
    }

    #[test]
    fn a_trace_without_a_moment_says_so() {
        assert!(page("empty", &[]).unwrap().contains("no moment"));
    }
}
