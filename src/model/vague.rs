//! Labels of texts that do not name their trouble. "It doesn't work" is about whatever the user is stuck
//! at, and that is for behaviour to say; "still nothing?" hints at what kind of trouble it is.

use crate::playbook::Cause;

/// The labels, and the causes that each hints at; none hints at nothing. No id of a playbook can have
/// parentheses. A model without these labels takes every text at its word.
pub const LABELS: [(&str, &[Cause]); 7] = [
    ("(vague)", &[]),
    ("(puzzled)", &[Cause::NotUnderstood]),
    ("(lost)", &[Cause::CannotFind]),
    ("(refused)", &[Cause::InputRejected, Cause::DeclinedByRule]),
    ("(failed)", &[Cause::SystemError, Cause::UnstableDependency]),
    ("(waiting)", &[Cause::Slow, Cause::WaitingForOutcome]),
    ("(broken)", &[Cause::CannotOperate, Cause::InterfaceDefect]),
];

/// The causes that a label of a vague text hints at; none where the label names something.
pub fn hints(label: &str) -> Option<&'static [Cause]> {
    LABELS.iter().find(|(name, _)| *name == label).map(|(_, causes)| *causes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_has_one_hint() {
        for cause in Cause::ALL {
            let hinting = LABELS.iter().filter(|(_, causes)| causes.contains(&cause));
            assert_eq!(hinting.count(), 1, "{cause:?}");
        }
    }
}
