//! Stage 3. Numbers for the behaviour model: one vector an event, one a candidate slot.

pub mod schema;
