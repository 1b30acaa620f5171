//! `docs/judge.md`, written from what the judge is made of.

use std::fmt::Write;

use super::{
    HINDERED, HITCH_MS, LIFTS_MS, VERSION, VISITS,
    folk::{GROUPS, PATIENCE_LEAST_S, PATIENCE_SHAPE},
};

/// The page.
pub fn page() -> String {
    let mut s = format!(
        "# The judge\n\n<!-- Made from train/src/judge/ by its tests. Do not edit. -->\n\n\
         Version {VERSION}. A second simulator that behaviour models are judged by and never trained on: \
         `unstuck simulate --judge`. It was written apart from the one that they learn from \
         (`docs/simulator.md`), with other apps, people, hindrances and dice, and **frozen before the model was \
         tuned**: a test holds a checksum of its visits, and any change is a new version whose figures begin \
         anew. **Everything below is an assumption unless a source is named**; sources are named from memory of \
         the literature and give the shape, not the numbers. A figure by the judge says how far a model carries \
         over to another author's idea of people. It is no claim about people.\n\n\
         ## What differs from the training simulator\n\n\
         | | training simulator | judge |\n|---|---|---|\n\
         | being stuck ends | after so many tries | when patience is over by the clock, or the hindrance goes away |\n\
         | apps | a list of journeys and loose side screens | a grown graph of menus; errands hang on it, some on one screen |\n\
         | times | log-normal around a step's time | keystroke-level model, gamma; interruptions are Pareto |\n\
         | answers | log-normal | log-normal with a Pareto tail, overlapping with what people do |\n\
         | trouble of the others | one hitch at a step | glitches at every call, slips, missed taps, late codes, wrong turns |\n\
         | usual times in the playbook | near the truth | half to twice the truth, in five seconds |\n\
         | while hindered | tries of the cause | tries, waiting, fidgeting, loading again, other tabs, other screens, for every cause |\n\n\
         ## People\n\n\
         | group | share | tempo | slips | bears, s | fidgets a min | breaks a min | strolls | asks | help unasked | hammers | astray |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|\n"
    );
    for g in &GROUPS {
        let _ = writeln!(
            s,
            "| {} | {:.0} % | ×{} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            g.group,
            g.share * 100.0,
            g.tempo,
            g.slips,
            g.bears_s,
            g.fidgets,
            g.breaks,
            g.strolls,
            g.asks,
            g.browses_help,
            g.hammers,
            g.astray
        );
    }
    let _ = write!(
        s,
        "\nPatience is {PATIENCE_LEAST_S} s and a Weibull draw of that scale and shape {PATIENCE_SHAPE}: the hazard \
         of giving up grows with the wait (dwell times on pages are Weibull too, with a falling hazard: Liu, White \
         and Dumais, SIGIR 2010). Typing is 0.28 s a key, 1.35 s to think and 1.1 s to point (Card, Moran and \
         Newell, 1980). A wait is felt after about 8 s (Nielsen's ten seconds are the limit of attention). Answers \
         have a heavy tail (Dean and Barroso, The tail at scale, 2013). Menus grow by preferential attachment \
         (Barabási and Albert, 1999).\n\n\
         ## Visits\n\n\
         One to four errands of one to six desks; {VISITS} visits to an app. {:.0} % of the visits meet something \
         lasting, unless `--stuck` says otherwise; precision is reported at 5 %. It goes away by itself after {:.0} \
         s on average; who was hindered for less than {} s is not counted as stuck.\n\n\
         Stuck begins when the hindrance is first felt: the first refusal or failure of those that last, the first \
         dead tap, the first wrong turn, a reading time and a third; for waits when they are longer than what is \
         borne without notice, for codes and results about 20 s after they should have come. It ends when the \
         person gets through, leaves, or opens the help.\n\n\
         Anybody, stuck or not, meets calls that fail once (0.2 to 2.5 % of all, by app), answers of many seconds, \
         fields refused after a slip, taps that miss, codes that take up to 75 s, errors that nobody notices, and \
         interruptions of up to twenty minutes, in view or in the background.\n\n\
         ## Freeze\n\n\
         The judge's seed for published figures is 20261122, 6000 visits: `unstuck simulate --judge --seed 20261122 \
         --sessions 6000 --out judge.jsonl`. No model is chosen by it. So far it was asked six \
         times: the model before this one on 1500 visits and on 300 (seed 7); on the seed above the present one, the \
         boosted trees of 3,000 visits and of 8,000, and the plain LSTM. **It is not blind**: the same author later \
         gave the training simulator late codes, missed taps, fidgeting and drifting, which the judge has too.\n",
        HINDERED * 100.0,
        LIFTS_MS / 1_000.0,
        HITCH_MS / 1_000,
    );
    s
}
