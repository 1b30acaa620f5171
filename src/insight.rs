//! To be filled in by its stage.
