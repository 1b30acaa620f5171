//! Which of tract's kernels multiplies matrices in the Wasm with SIMD.

use tract_onnx::{
    prelude::DatumType,
    tract_core::tract_linalg::{isa::Arch, mmm_tiers::MmmTier},
};

// tract would take tiles of 8 x 8: sixteen sums at once, and what is summed. x86-64 has sixteen registers
// of that width, so V8 puts sums aside at each step; tiles of 4 x 4 run in four fifths of the time there
// (docs/performance.md). Both sum in one order: not a bit of a result differs.
inventory::submit! {
    MmmTier {
        arch: Some(Arch::Wasm32Simd128),
        precedence: 2,
        name: "unstuck-wasm-simd128",
        applies: |_| true,
        preferred: |_, of, query, _| {
            (of == DatumType::F32 && query.n != Some(1)).then_some("wasm_f32_4x4")
        },
    }
}
