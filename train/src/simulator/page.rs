//! `docs/simulator.md`, written from what the simulator is made of.

use std::fmt::Write;

use super::{Odds, VISITS_AN_APP, person::TYPES};

/// The page.
pub fn page() -> String {
    let odds = Odds::default();
    let mut s = format!(
        "# The simulator\n\n<!-- Made from train/src/simulator/ by its tests. Do not edit. -->\n\n\
         `unstuck simulate` makes visits of simulated people to random apps, with what is true of them: who got \
         stuck, from when, at which step and why. There is no public set that carries in-app errors together with \
         where and why people were stuck, so the behaviour model begins with this one. **Everything below is an \
         assumption unless a source is named.** A figure measured on these visits is about the simulator, and not \
         about people.\n\n\
         ## Apps\n\n\
         Each app is drawn anew, {VISITS_AN_APP} visits long: two to five journeys of one to six steps that ask to \
         fill in a form, choose, read, type a code or decide; some steps share a screen. Apps differ in how fast \
         they answer, how much they load, whether they report refused fields, know validity, send forms as forms, \
         give codes with refusals, call in the background, and throw errors that nobody notices. The playbook's \
         usual times are an estimate of the true ones. Ids carry no meaning, so that nothing can be learned by name.\n\n\
         ## People\n\n\
         | type | share | slowness | slips | patience | asks | explores | pauses | rages | searches |\n\
         |---|---|---|---|---|---|---|---|---|---|\n"
    );
    for (name, share, p) in &TYPES {
        let _ = writeln!(
            s,
            "| {name} | {:.0} % | ×{} | {} | {} tries | {} | {} | {} | {} | {} |",
            share * 100.0,
            p.slowness,
            p.slips,
            p.patience,
            p.asks,
            p.explores,
            p.pauses,
            p.rages,
            p.searches
        );
    }
    let _ = write!(
        s,
        "\nAll but slowness and patience are probabilities; each person varies around the type. Taps and inputs are \
         far more frequent than changes of screen, as in DIPN (KDD 2019); people who hammer on what does not react \
         do so within the limits that the field's rage-click rules use (Datadog, PostHog, Sentry).\n\n\
         ## Visits\n\n\
         {:.0} % of the visits have an obstacle; precision is reported at the share of stuck visits that is said with \
         it, and never at this one. At {:.0} % of the other steps, more in some apps and fewer in others, something goes wrong once, seldom \
         twice, and then well; besides, slips are refused and put right, taps miss, answers and codes come late. Nobody is stuck who explores, pauses at the page or away from it, is slow, sets a value by many quick \
         taps, or looks into the help out of interest.\n\n\
         | cause | what a failed try looks like |\n|---|---|\n\
         | not understood | reads for long, taps on words, picks one thing and another, goes a step back; may fill in what was misread and be refused; may do nothing at all |\n\
         | cannot find | scrolls to and fro, goes over other screens, searches, comes back |\n\
         | cannot operate | taps beside the control, sets a value by very many taps, fills in and empties |\n\
         | input rejected | the same field is refused, typed anew, refused |\n\
         | declined by a rule | all is well typed and a call is declined, again and again |\n\
         | system error | the same call fails on the server; some load the page again |\n\
         | slow | answers take many seconds; some tap again and again meanwhile |\n\
         | unstable dependency | another's interface works now and then and fails in several ways |\n\
         | interface defect | the deciding tap does nothing, or throws |\n\
         | waiting for an outcome | all went well and what should come does not; some go away, load again, ask again |\n\n\
         Stuck begins with the end of the first failed try of somebody whose next tries fail as well; a wait counts \
         as soon as it is felt: about 2.6 s into an answer that takes 5 s and more, 15 s after what should have \
         come. Between tries people also scroll, load again, look elsewhere, or go away. After as many \
         tries as their patience allows they ask for help, leave, or get through after all.\n",
        odds.stuck * 100.0,
        odds.hitch * 100.0,
    );
    s
}
