//! Stage 8. Bringing in a human: the state machine and what the human gets to see.

pub use crate::action::handoff::{
    ContextPackage, EvidenceLine, Line, Speaker, State, StuckAt, Tried, Update,
};
