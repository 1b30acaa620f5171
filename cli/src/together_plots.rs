//! The plots of `models/together.md`, on white so that light and dark pages show them alike.

use std::fmt::Display;

use plotters::prelude::*;
use unstuck_train::together::{Report, Shares, handoff::Costs};

use crate::plot::COLOURS;

const SIZE: (u32, u32) = (640, 400);
/// Beyond the last bar or price, room for names.
const FONT: (&str, u32) = ("sans-serif", 13);

/// Bars: how often each was right, with intervals.
pub fn bars(report: &Report) -> Result<String, String> {
    let groups: [(&str, &Shares); 4] = [
        ("vague", &report.vague),
        ("clear", &report.clear),
        ("clear, elsewhere", &report.elsewhere),
        ("named, not clearly", &report.unclear),
    ];
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        area.fill(&WHITE).map_err(said)?;
        let mut chart = ChartBuilder::on(&area)
            .margin(14)
            .x_label_area_size(36)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..4.0, 0.0..1.15)
            .map_err(said)?;
        let name = |x: &f64| match groups.get(x.floor() as usize) {
            Some((name, _)) if (x.fract() - 0.5).abs() < 0.01 => (*name).to_owned(),
            _ => String::new(),
        };
        let mut mesh = chart.configure_mesh();
        mesh.y_desc("share that is right").x_labels(9).x_label_formatter(&name).label_style(FONT);
        mesh.light_line_style(TRANSPARENT).disable_x_mesh().draw().map_err(said)?;
        for (who, label) in ["together", "text alone", "behaviour alone"].into_iter().enumerate() {
            let colour = COLOURS[who];
            let bar = |(g, (_, shares)): (usize, &(&str, &Shares))| {
                let estimate = [shares.together, shares.text, shares.behaviour][who];
                let left = g as f64 + 0.14 + 0.24 * who as f64;
                (left, estimate)
            };
            let all: Vec<_> = groups.iter().enumerate().map(bar).collect();
            let rectangles =
                all.iter().map(|(x, e)| Rectangle::new([(*x, 0.0), (x + 0.22, e.value)], colour.filled()));
            let series = chart.draw_series(rectangles).map_err(said)?;
            series
                .label(label)
                .legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 12, y + 5)], colour.filled()));
            let whiskers = all.iter().map(|(x, e)| {
                PathElement::new(vec![(x + 0.11, e.low), (x + 0.11, e.high)], BLACK.stroke_width(1))
            });
            chart.draw_series(whiskers).map_err(said)?;
        }
        legend(&mut chart)?;
        area.present().map_err(said)?;
    }
    Ok(svg)
}

/// Whether what both together say of themselves can be believed.
pub fn reliability(report: &Report) -> Result<String, String> {
    let points: Vec<(f64, f64)> = report.reliability.iter().map(|(sure, right, _)| (*sure, *right)).collect();
    let ideal = vec![(0.0, 0.0), (1.0, 1.0)];
    lines(
        ["probability of the likeliest meaning", "share that is right"],
        [1.0, 1.0],
        &[("as it says", ideal), ("as it is", points)],
    )
}

/// What a talk costs over what a human costs.
pub fn costs(costs: &Costs) -> Result<String, String> {
    let of = |value: &dyn Fn(&unstuck_train::together::handoff::Point) -> f64| {
        costs.curve.iter().map(|point| (point.human, value(point))).collect::<Vec<_>>()
    };
    let series = [
        ("as shipped", of(&|p| p.shipped)),
        ("ours, best setting", of(&|p| p.best[0])),
        ("fixed number of turns, best", of(&|p| p.best[1])),
        ("confidence threshold, best", of(&|p| p.best[2])),
    ];
    let highest = series.iter().flat_map(|(_, points)| points).map(|(_, y)| *y).fold(1.0, f64::max);
    let dearest = costs.curve.last().map_or(1.0, |point| point.human);
    lines(["price of a human contact, $", "mean cost of a talk, $"], [dearest, highest * 1.1], &series)
}

fn lines(axes: [&str; 2], ends: [f64; 2], series: &[(&str, Vec<(f64, f64)>)]) -> Result<String, String> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        area.fill(&WHITE).map_err(said)?;
        let mut chart = ChartBuilder::on(&area)
            .margin(14)
            .x_label_area_size(42)
            .y_label_area_size(52)
            .build_cartesian_2d(0.0..ends[0], 0.0..ends[1])
            .map_err(said)?;
        let mut mesh = chart.configure_mesh();
        mesh.x_desc(axes[0]).y_desc(axes[1]).light_line_style(TRANSPARENT).label_style(FONT);
        mesh.draw().map_err(said)?;
        for ((name, points), colour) in series.iter().zip(COLOURS) {
            let drawn = chart.draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(2)));
            let line = move |(x, y)| PathElement::new(vec![(x, y), (x + 14, y)], colour.stroke_width(2));
            drawn.map_err(said)?.label(*name).legend(line);
        }
        legend(&mut chart)?;
        area.present().map_err(said)?;
    }
    Ok(svg)
}

type Chart<'a, 'b> = ChartContext<
    'a,
    SVGBackend<'b>,
    Cartesian2d<plotters::coord::types::RangedCoordf64, plotters::coord::types::RangedCoordf64>,
>;

fn legend<'a, 'b: 'a>(chart: &mut Chart<'a, 'b>) -> Result<(), String> {
    let mut labels = chart.configure_series_labels();
    labels.position(SeriesLabelPosition::UpperLeft).background_style(WHITE.mix(0.8)).label_font(FONT);
    labels.draw().map_err(said)
}

fn said(error: impl Display) -> String {
    format!("the plot could not be drawn: {error}")
}
