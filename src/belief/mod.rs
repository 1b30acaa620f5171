//! Stage 5. Behaviour and text in one posterior.

pub mod evidence;
mod fusion;
mod listed;
mod meaning;
mod stuck;

pub use fusion::{MAX_LIFT, VAGUE_LIFT, fuse};
pub use listed::Listed;
pub use meaning::Meaning;
pub use stuck::{Belief, Believed, MAX_BELIEVED, NOTHING};
