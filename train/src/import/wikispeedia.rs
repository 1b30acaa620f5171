//! Wikispeedia (SNAP): people who look for a page by links alone, and arrive or give up.
//!
//! A page is a change of screen, one event a page. How near a page is to the goal becomes the step of the
//! journey that it belongs to; how hard the goal is to find becomes the usual time of the steps. Back
//! clicks and times are left out: the set has them for those who gave up only, so they would give the
//! answer away. Who gave up is stuck, from the first page to the end.

use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;
use unstuck::{Event, EventKind, Millis, Playbook, Result, event::How, playbook::Match};

use super::{playbook, refusal, step};
use crate::traces::{self, Labels, Trace};

/// Distances that are told apart: from 1 click to this many and more.
const FAR: usize = 5;
/// The share of a page's links that lead nearer or touch the goal's own, in levels.
const LEVELS: [f64; 5] = [0.02, 0.05, 0.1, 0.2, 0.35];
/// Between two pages, in milliseconds; the true times are known of one side only.
const PAGE_MS: i64 = 20_000;

/// One line of the set.
#[derive(Deserialize)]
struct Path {
    finished: bool,
    target: usize,
    pages: Vec<usize>,
}

/// The links between the pages.
pub struct Links {
    out: Vec<Vec<usize>>,
    into: Vec<Vec<usize>>,
}

impl Links {
    /// Reads `links.tsv`: lines of `from TAB to`. An error names the line.
    pub fn read(text: &str) -> Result<Self> {
        let mut links = Self { out: Vec::new(), into: Vec::new() };
        for (i, line) in text.lines().enumerate() {
            let pair =
                line.split_once('\t').and_then(|(a, b)| Some((a.parse().ok()?, b.trim().parse().ok()?)));
            let (from, to): (usize, usize) =
                pair.ok_or_else(|| refusal(i + 1, "a link is two numbers with a tab between"))?;
            let pages = links.out.len().max(from + 1).max(to + 1);
            links.out.resize(pages, Vec::new());
            links.into.resize(pages, Vec::new());
            links.out[from].push(to);
            links.into[to].push(from);
        }
        Ok(links)
    }

    /// Clicks from every page to a goal; `u8::MAX` where no way leads there.
    fn distances(&self, goal: usize) -> Vec<u8> {
        let mut distances = vec![u8::MAX; self.out.len()];
        let Some(own) = distances.get_mut(goal) else { return distances };
        *own = 0;
        let mut next = VecDeque::from([goal]);
        while let Some(page) = next.pop_front() {
            for &before in &self.into[page] {
                if distances[before] == u8::MAX {
                    distances[before] = distances[page].saturating_add(1);
                    next.push_back(before);
                }
            }
        }
        distances
    }

    /// The step that a page is, from 0 (far) up, for a goal.
    fn nearness(&self, page: usize, goal: &Goal) -> usize {
        let distance = goal.distances[page];
        let links = &self.out[page];
        let good = |next: &&usize| goal.distances[**next] < distance || goal.near[**next];
        let share = links.iter().filter(good).count() as f64 / links.len().max(1) as f64;
        let level = LEVELS.iter().filter(|least| share > **least).count();
        let distance = usize::from(distance).clamp(1, FAR);
        (FAR - distance) * (LEVELS.len() + 1) + level
    }
}

/// What is known of a goal.
struct Goal {
    distances: Vec<u8>,
    /// Pages that link to it or that it links to.
    near: Vec<bool>,
    playbook: Playbook,
}

fn goal(links: &Links, target: usize) -> Goal {
    let mut near = vec![false; links.out.len()];
    for &page in links.out[target].iter().chain(&links.into[target]) {
        near[page] = true;
    }
    // A goal to which few pages link takes long to find; fifteen minutes for one that none links to.
    let typical_ms = (900_000.0 / (1.0 + links.into[target].len() as f64)).max(2_000.0) as u32;
    let count = FAR * (LEVELS.len() + 1);
    let steps = (0..count).map(|i| step(format!("near.{i}"), format!("/near/{i}"), typical_ms));
    let end = Match { screen: Some("/found".into()), ..Match::default() };
    let playbook = playbook(format!("wikispeedia-{target}"), steps.collect(), end);
    Goal { distances: links.distances(target), near, playbook }
}

/// Reads paths (JSON lines) as visits. An error names the line.
pub fn visits<'a>(links: &'a Links, text: &'a str) -> impl Iterator<Item = Result<Trace>> + 'a {
    let mut goals: BTreeMap<usize, Goal> = BTreeMap::new();
    text.lines().enumerate().map(move |(i, line)| {
        let path: Path = serde_json::from_str(line).map_err(|e| refusal(i + 1, e))?;
        let known = |page: &usize| *page < links.out.len();
        if !path.pages.iter().chain([&path.target]).all(known) || path.pages.is_empty() {
            return Err(refusal(i + 1, "a page of the path has no links in links.tsv"));
        }
        let goal = goals.entry(path.target).or_insert_with(|| goal(links, path.target));
        Ok(visit(i, &path, links, goal))
    })
}

fn visit(number: usize, path: &Path, links: &Links, goal: &Goal) -> Trace {
    let screen = |page: usize| match page == path.target {
        true => "/found".to_owned(),
        false => format!("/near/{}", links.nearness(page, goal)),
    };
    let at = |i: usize| Millis(PAGE_MS * (i as i64 + 1));
    let show = |(i, page): (usize, &usize)| Event {
        t: at(i),
        screen: screen(*page),
        kind: EventKind::Screen { how: How::Forward },
    };
    let mut events: Vec<Event> = path.pages.iter().enumerate().map(show).collect();
    let end = at(path.pages.len());
    if !path.finished {
        // The end of a search that was given up, so that its last page counts as seen.
        let kind = EventKind::Visibility { visible: false };
        events.push(Event { t: end, screen: String::new(), kind });
    }
    let stuck = !path.finished;
    let labels = Labels {
        stuck,
        from: stuck.then_some(0),
        until: stuck.then_some(end.0),
        gave_up: stuck,
        ..Labels::default()
    };
    let session = format!("wikispeedia-{number}");
    Trace { version: traces::VERSION, session, playbook: goal.playbook.clone(), events, labels }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_screens_by_how_near_they_are() {
        let links = Links::read("0\t1\n1\t2\n2\t3\n0\t4\n").unwrap();
        let text = "{\"finished\":true,\"target\":3,\"pages\":[0,1,2,3]}\n{\"finished\":false,\"target\":3,\"pages\":[0,4]}";
        let visits: Vec<Trace> = visits(&links, text).collect::<Result<_>>().unwrap();
        let screens: Vec<_> = visits[0].events.iter().map(|e| e.screen.as_str()).collect();
        assert_eq!(screens, ["/near/17", "/near/23", "/near/29", "/found"]);
        assert!(visits[1].labels.gave_up && visits[1].events.len() == 3);
    }

    #[test]
    fn a_bad_line_is_named() {
        assert_eq!(Links::read("0\t1\n1 2").err().unwrap().place(), "line 2");
        let links = Links::read("0\t1").unwrap();
        let error =
            visits(&links, "{\"finished\":true,\"target\":9,\"pages\":[0]}").next().unwrap().unwrap_err();
        assert_eq!(error.place(), "line 1");
    }
}
