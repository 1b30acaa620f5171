//! Plots as SVG.

use std::fmt::Display;

use plotters::prelude::*;

/// The colours of lines, in the order in which they are taken; told apart by people who see no red and
/// green (Okabe and Ito, 2008).
pub const COLOURS: [RGBColor; 6] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(213, 94, 0),
    RGBColor(86, 180, 233),
];
/// For what is only there to be compared with.
const GREY: RGBColor = RGBColor(148, 163, 184);

/// A line through points.
#[derive(Clone, Debug)]
pub struct Line {
    /// From left to right.
    pub points: Vec<(f64, f64)>,
    /// Draw each point as well.
    pub dots: bool,
}

/// What a plot shows; the upright axis ends at 1.
#[derive(Clone, Debug)]
pub struct Plot<'a> {
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// What the axes say.
    pub axes: [&'a str; 2],
    /// Where the lying axis begins and ends.
    pub across: [f64; 2],
    /// Where the upright axis begins.
    pub floor: f64,
    /// The lines, each in the next of [`COLOURS`].
    pub lines: Vec<Line>,
    /// Thin grey lines behind them.
    pub behind: Vec<[(f64, f64); 2]>,
}

impl Plot<'_> {
    /// The plot as SVG.
    pub fn svg(&self) -> Result<String, String> {
        let mut svg = String::new();
        self.draw(&mut svg)?;
        Ok(svg)
    }

    fn draw(&self, svg: &mut String) -> Result<(), String> {
        let area = SVGBackend::with_string(svg, self.size).into_drawing_area();
        let [left, right] = self.across;
        let mut chart = ChartBuilder::on(&area)
            .margin(16)
            .x_label_area_size(42)
            .y_label_area_size(56)
            .build_cartesian_2d(left..right, self.floor..1.0)
            .map_err(said)?;
        let [x, y] = self.axes;
        let mut mesh = chart.configure_mesh();
        mesh.x_desc(x).y_desc(y).light_line_style(TRANSPARENT).label_style(("sans-serif", 13));
        mesh.draw().map_err(said)?;
        for line in &self.behind {
            chart.draw_series(LineSeries::new(*line, GREY.stroke_width(2))).map_err(said)?;
        }
        for (line, colour) in self.lines.iter().zip(COLOURS.iter().cycle()) {
            let points = line.points.iter().copied();
            chart.draw_series(LineSeries::new(points.clone(), colour.stroke_width(2))).map_err(said)?;
            let dots = points.filter(|_| line.dots).map(|at| Circle::new(at, 4, colour.filled()));
            chart.draw_series(dots).map_err(said)?;
        }
        area.present().map_err(said)
    }
}

fn said(error: impl Display) -> String {
    format!("the plot could not be drawn: {error}")
}

/// Text for HTML.
pub fn escaped(text: impl AsRef<str>) -> String {
    text.as_ref().replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
