//! What all sessions of one playbook share: loaded and checked once, however many sessions there are.

use super::check;
use crate::{
    belief::Listed,
    error::Result,
    model::{Behaviour, Intents},
    playbook::{Playbook, ensure_sound},
    snapshot::Sum,
};

/// A playbook with its models, found sound.
pub struct Bundle {
    pub(super) playbook: Playbook,
    pub(super) listed: Listed,
    pub(super) behaviour: Box<dyn Behaviour>,
    pub(super) intents: Box<dyn Intents>,
    /// Over every word of the playbook.
    pub(super) sum: Sum,
}

impl Bundle {
    /// An error says what in the playbook or the models cannot be.
    pub fn new(playbook: Playbook, behaviour: Box<dyn Behaviour>, intents: Box<dyn Intents>) -> Result<Self> {
        ensure_sound(&playbook)?;
        check::labels(&playbook, intents.labels())?;
        let sum = Sum::of(&playbook)?;
        let listed = Listed::of(&playbook);
        Ok(Self { playbook, listed, behaviour, intents, sum })
    }
}
