//! What the questions come to.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Asked, CLEAR, ELSEWHERE, Story, UNCLEAR, VAGUE, score::Shares};

/// The figures.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The seed of visits.
    pub seed: u64,
    /// Visits.
    pub visits: usize,
    /// Vague questions of people who are stuck.
    pub vague: Shares,
    /// Clear questions, about the trouble and about something else.
    pub clear: Shares,
    /// Those about something else than the trouble, or after none.
    pub elsewhere: Shares,
    /// Questions that name something, and that the text alone would ask back about.
    pub unclear: Shares,
    /// The same by what they share: story and sort, language, group of people, hint.
    pub parts: Vec<(String, Shares)>,
    /// What the bot did about each sort, and how often its likeliest meaning was right then.
    pub did: Vec<Deed>,
    /// How often both together are right, by how sure they say they are: (said, right, questions).
    pub reliability: Vec<(f64, f64, usize)>,
}

/// What the bot did.
#[derive(Clone, Debug, Serialize)]
pub struct Deed {
    /// The sort of question.
    pub sort: &'static str,
    /// The first reason's code.
    pub did: String,
    /// How often.
    pub n: usize,
    /// How often the likeliest meaning was the right one.
    pub right: usize,
}

/// Bins of the reliability.
const BINS: usize = 10;

/// Sums up.
pub fn report(asked: &[Asked], visits: usize, seed: u64) -> Report {
    let shares = |fits: &dyn Fn(&Asked) -> bool| {
        let rights: Vec<_> = asked.iter().filter(|a| fits(a)).map(Asked::right).collect();
        Shares::of(&rights, seed)
    };
    let mut parts = Vec::new();
    let mut part = |name: String, fits: &dyn Fn(&Asked) -> bool| {
        let shares = shares(fits);
        if shares.n > 0 {
            parts.push((name, shares));
        }
    };
    for sort in [VAGUE, CLEAR, ELSEWHERE, UNCLEAR] {
        for (story, words) in STORIES {
            part(format!("{sort}; {words}"), &|a| a.sort == sort && a.story == story);
        }
    }
    for sort in [VAGUE, CLEAR] {
        let mine = move |a: &Asked| a.sort != UNCLEAR && (a.sort == VAGUE) == (sort == VAGUE);
        for key in keys(asked, &|a| a.language.code().to_owned()) {
            part(format!("{sort}; {key}"), &|a| mine(a) && a.language.code() == key);
        }
        for key in keys(asked, &|a| a.group.to_owned()) {
            part(format!("{sort}; {key}"), &|a| mine(a) && a.group == key);
        }
    }
    for key in keys(asked, &|a| a.hint.clone()).into_iter().filter(|key| !key.is_empty()) {
        part(format!("{VAGUE}; hint: {key}"), &|a| a.hint == key);
    }
    Report {
        seed,
        visits,
        vague: shares(&|a| a.sort == VAGUE),
        clear: shares(&|a| a.sort == CLEAR || a.sort == ELSEWHERE),
        elsewhere: shares(&|a| a.sort == ELSEWHERE),
        unclear: shares(&|a| a.sort == UNCLEAR),
        parts,
        did: deeds(asked),
        reliability: reliability(asked),
    }
}

const STORIES: [(Story, &str); 3] = [
    (Story::Stuck, "stuck at one point"),
    (Story::StuckTwice, "stuck at another before"),
    (Story::Smooth, "nothing was wrong"),
];

fn keys(asked: &[Asked], of: &dyn Fn(&Asked) -> String) -> Vec<String> {
    let mut keys: Vec<String> = asked.iter().map(of).collect();
    keys.sort();
    keys.dedup();
    keys
}

fn deeds(asked: &[Asked]) -> Vec<Deed> {
    let mut counts: BTreeMap<(&'static str, &str), (usize, usize)> = BTreeMap::new();
    for a in asked {
        let count = counts.entry((a.sort, &a.did)).or_default();
        *count = (count.0 + 1, count.1 + usize::from(a.right()[0]));
    }
    let deed =
        |((sort, did), (n, right)): ((&'static str, &str), _)| Deed { sort, did: did.to_owned(), n, right };
    counts.into_iter().map(deed).collect()
}

fn reliability(asked: &[Asked]) -> Vec<(f64, f64, usize)> {
    let mut bins = [(0.0, 0.0, 0); BINS];
    for a in asked {
        let bin = &mut bins[((a.sure * BINS as f64) as usize).min(BINS - 1)];
        *bin = (bin.0 + a.sure, bin.1 + f64::from(u8::from(a.right()[0])), bin.2 + 1);
    }
    let mean = |(sure, right, n): (f64, f64, usize)| (sure / n as f64, right / n as f64, n);
    bins.into_iter().filter(|bin| bin.2 > 0).map(mean).collect()
}
