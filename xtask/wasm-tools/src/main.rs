//! wasm-bindgen's two programs out of this workspace's lock file, so that nothing has to be
//! installed beside it, and one repair that the baseline build needs.

use std::{env, ffi::OsString, path::Path};

use anyhow::{Context, bail};

fn main() -> anyhow::Result<()> {
    let mut args = env::args_os();
    let program = args.next().unwrap_or_default();
    let command = args.next().unwrap_or_default();
    let rest = || std::iter::once(program).chain(args).collect::<Vec<OsString>>();
    match command.to_str() {
        Some("bindgen") => wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(rest()),
        Some("test-runner") => {
            let args = rest();
            if let Some(file) = args.get(1) {
                forget_features(file.as_ref())?;
            }
            wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args)
        }
        Some("forget-features") => match rest().as_slice() {
            [_, file] => forget_features(file.as_ref()),
            _ => bail!("forget-features takes one .wasm file"),
        },
        _ => bail!("the first argument must be bindgen, test-runner or forget-features"),
    }
}

/// Drops the custom section `target_features`: with it wasm-bindgen takes reference types for
/// granted and emits an externref table, which old JavaScriptCore refuses.
fn forget_features(file: &Path) -> anyhow::Result<()> {
    let mut module = walrus::ModuleConfig::new()
        .generate_name_section(true)
        .parse_file(file)
        .with_context(|| format!("{} is no WebAssembly module", file.display()))?;
    module.customs.remove_raw("target_features");
    module.emit_wasm_file(file)
}
