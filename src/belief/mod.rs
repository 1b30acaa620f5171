//! Stage 5. Behaviour and text in one posterior.

mod meaning;

pub use meaning::Meaning;
