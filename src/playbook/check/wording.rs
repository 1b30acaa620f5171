//! Sentences of the bot that the app words differently: known ones, with all that they tell.

use super::{Report, escape};
use crate::{dialogue::wording::ALL, playbook::Playbook};

#[inline(never)]
pub(super) fn check(playbook: &Playbook, report: &mut Report) {
    for (key, text) in &playbook.wording {
        let place = format!("/wording/{}", escape(key));
        let Some(sentence) = ALL.iter().find(|sentence| sentence.key == key) else {
            let keys: Vec<_> = ALL.iter().map(|sentence| sentence.key).collect();
            let mend = format!("write one of `{}`", keys.join("`, `"));
            report.error(place, format!("the bot has no sentence `{key}`"), mend);
            continue;
        };
        for (language, words) in &text.words {
            for part in parts(sentence.en).filter(|part| !words.contains(part)) {
                let place = format!("{place}/{}", language.code());
                let mend = format!("put `{part}` where it belongs");
                report.error(place, format!("the sentence does not say `{part}`"), mend);
            }
        }
    }
}

/// Each `{name}` of a sentence.
pub(super) fn parts(sentence: &str) -> impl Iterator<Item = &str> {
    let from = |(start, _)| sentence.get(start..)?.split_inclusive('}').next();
    sentence.match_indices('{').filter_map(from)
}
