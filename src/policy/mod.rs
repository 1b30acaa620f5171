//! Stage 6. Whether to speak: expected utility, and what forbids it.

pub mod settings;
