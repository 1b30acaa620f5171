//! An intent model's figures as one page: what it confuses, how honest its confidence is, and what
//! answering less would gain.

use unstuck_train::intents::Scores;

use crate::plot::{Line, Plot, escaped};

/// Width and height of a plot in pixels.
const SIZE: (u32, u32) = (520, 380);

/// The page; `figures` are names and values.
pub fn page(figures: &[(String, String)], scores: &Scores) -> Result<String, String> {
    let rows: String = figures
        .iter()
        .map(|(key, value)| format!("<tr><th>{}<td>{}\n", escaped(key), escaped(value)))
        .collect();
    let confused: String = scores
        .confusions
        .iter()
        .map(|c| {
            let [truth, guess, example] = [&c.truth, &c.guess, &c.example].map(escaped);
            format!("<tr><td>{}<td>{truth}<td>{guess}<td>{example}\n", c.times)
        })
        .collect();
    let (reliability, coverage) = (reliability(scores)?, coverage(scores)?);
    Ok(format!(
        "<!doctype html>\n<html lang=en><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width\"><title>Intent model</title>\n\
         <style>:root{{color-scheme:light dark}}body{{font:16px/1.5 system-ui;max-width:70em;margin:2em auto;\
         padding:0 1em}}th,td{{text-align:left;padding:.2em 1em .2em 0;vertical-align:top;\
         overflow-wrap:anywhere}}figure{{display:inline-block;margin:0 1em 1em 0;max-width:100%}}\
         svg{{background:#fff;border-radius:8px;max-width:100%;height:auto}}</style>\n\
         <h1>Intent model</h1>\n<table>\n{rows}</table>\n\
         <h2>Can its confidence be believed, and what does answering less gain?</h2>\n\
         <figure>{reliability}<figcaption>Reliability: on the grey line, it is right as often as it says.\
         </figcaption></figure>\n\
         <figure>{coverage}<figcaption>Risk and coverage: how accurate the surest answers are.</figcaption>\
         </figure>\n\
         <h2>What it confuses most</h2>\n<table>\n<tr><th>Times<th>Meant<th>Taken for<th>An example\n\
         {confused}</table>\n"
    ))
}

fn reliability(scores: &Scores) -> Result<String, String> {
    let points = scores.reliability.iter().map(|bin| (bin.confidence, bin.accuracy)).collect();
    let ideal = vec![[(0.0, 0.0), (1.0, 1.0)]];
    plot(["confidence", "share that is right"], 0.0, points, ideal)
}

fn coverage(scores: &Scores) -> Result<String, String> {
    let points: Vec<(f64, f64)> = scores.coverage.iter().map(|at| (at.coverage, at.accuracy)).collect();
    let worst = points.iter().map(|(_, accuracy)| *accuracy).fold(1.0, f64::min);
    let floor = (worst * 10.0 - 0.5).floor().clamp(0.0, 9.0) / 10.0;
    plot(["share of questions answered", "accuracy"], floor, points, Vec::new())
}

fn plot(
    axes: [&str; 2],
    floor: f64,
    points: Vec<(f64, f64)>,
    behind: Vec<[(f64, f64); 2]>,
) -> Result<String, String> {
    let lines = vec![Line { points, dots: true }];
    Plot { size: SIZE, axes, across: [0.0, 1.0], floor, lines, behind }.svg()
}
