//! What the shipped Wasm burns over one golden trace, counted by an interpreter: a figure of speed that does
//! not move with the machine. `benches/crossings.mjs` writes down what JavaScript does in the trace; here
//! its part is played, so that no JavaScript is needed.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde::{Deserialize, Serialize};
use serde_json::Number;
use wasmi::{
    AsContextMut, Config, Engine, Extern, Instance, Linker, Module, Store, StoreContextMut, Val, ValType,
};

use crate::{
    build,
    run::{go, root, target},
};

/// The growth that needs no reason.
const TOLERANCE: f64 = 1.02;
const BASELINE: &str = "xtask/fuel-baseline.json";

#[derive(Args)]
pub struct Options {
    /// Fail where a part burns more than xtask/fuel-baseline.json says
    #[arg(long)]
    check: bool,
    /// Write the figures to xtask/fuel-baseline.json; the reasons stay, and one that is new must be given
    #[arg(long, conflicts_with = "check")]
    bless: bool,
}

/// What one part of the trace burned when somebody last gave a reason for it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    part: String,
    fuel: u64,
    why: String,
}

pub fn run(options: &Options) -> Result<()> {
    if options.check {
        return check();
    }
    let mut parts = baseline()?;
    for (part, fuel) in burned()? {
        println!("{part:<20} {fuel:>15}");
        match parts.iter_mut().find(|p| p.part == part) {
            Some(known) => known.fuel = fuel,
            None => parts.push(Part { part, fuel, why: String::new() }),
        }
    }
    if options.bless {
        fs::write(root().join(BASELINE), serde_json::to_string_pretty(&parts)? + "\n")?;
    }
    Ok(())
}

/// Fails where a part of the trace burns over 2 % more than its baseline.
pub fn check() -> Result<()> {
    let burned = burned()?;
    let mut wrong = Vec::new();
    for part in baseline()? {
        let name = &part.part;
        let fuel =
            *burned.get(name).with_context(|| format!("{BASELINE} has {name:?}, and the trace has not"))?;
        println!("{name}: {fuel} of fuel, baseline {}", part.fuel);
        if let Err(error) = fits(&part, fuel) {
            wrong.push(error.to_string());
        }
    }
    if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("\n")) }
}

fn fits(Part { part, fuel: allowed, why }: &Part, fuel: u64) -> Result<()> {
    if why.trim().is_empty() {
        bail!("{BASELINE} gives no reason for {part:?}: say in `why` what burns there");
    }
    let growth = fuel as f64 / *allowed as f64;
    if growth > TOLERANCE {
        bail!(
            "{part:?} burns {fuel}, {:.1} % over its baseline of {allowed} (2 % are free): make it faster, or run \
             `cargo xtask fuel --bless` and say in `why` what it pays for",
            (growth - 1.0) * 100.0
        );
    }
    Ok(())
}

fn baseline() -> Result<Vec<Part>> {
    let text =
        fs::read_to_string(root().join(BASELINE)).with_context(|| format!("cannot read {BASELINE}"))?;
    serde_json::from_str(&text).with_context(|| format!("in {BASELINE}"))
}

/// One thing that JavaScript did, in order.
#[derive(Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Crossing {
    Mark { mark: String },
    Write { write: usize, bytes: Vec<u8> },
    Call { call: String, with: Vec<Option<Number>> },
    Return { value: Option<Number> },
}

/// JavaScript's part: what is still to do, and what was burned so far.
struct Script {
    crossings: std::vec::IntoIter<Crossing>,
    instance: Option<Instance>,
    /// The part of the trace that is played, and the fuel that was left when it began.
    part: (String, u64),
    burned: BTreeMap<String, u64>,
}

/// The fuel by part of the trace; a part that comes several times is summed.
fn burned() -> Result<BTreeMap<String, u64>> {
    let wasm = build::dist().join("core.wasm");
    let engine = Engine::new(Config::default().consume_fuel(true));
    let module = Module::new(&engine, fs::read(&wasm)?)?;
    let script = Script {
        crossings: crossings(&wasm)?.into_iter(),
        instance: None,
        part: (String::new(), u64::MAX),
        burned: BTreeMap::new(),
    };
    let mut store = Store::new(&engine, script);
    store.set_fuel(u64::MAX)?;
    let mut linker = Linker::new(&engine);
    for import in module.imports() {
        let ty = import.ty().func().context("the Wasm imports more than functions")?.clone();
        linker.func_new(import.module(), import.name(), ty, |mut caller, _, results| {
            play(caller.as_context_mut(), results).map_err(|error| wasmi::Error::new(format!("{error:#}")))
        })?;
    }
    store.data_mut().instance = Some(linker.instantiate_and_start(&mut store, &module)?);
    play(store.as_context_mut(), &mut [])?;
    begin(&mut store.as_context_mut(), String::new())?;
    let mut burned = store.into_data().burned;
    burned.remove("");
    Ok(burned)
}

/// What JavaScript does, as Node does it.
fn crossings(wasm: &Path) -> Result<Vec<Crossing>> {
    let written = target()?.join("crossings.jsonl");
    go(Command::new("node").arg("benches/crossings.mjs").arg("--wasm").arg(wasm).arg("--out").arg(&written))?;
    let lines = fs::read_to_string(&written)?;
    lines.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// Plays until there is an answer to the Wasm, or to the end.
fn play(mut context: StoreContextMut<Script>, results: &mut [Val]) -> Result<()> {
    while let Some(crossing) = context.data_mut().crossings.next() {
        match crossing {
            Crossing::Mark { mark } => begin(&mut context, mark)?,
            Crossing::Write { write, bytes } => {
                let memory = export(&context, "memory")?.into_memory().context("`memory` is none")?;
                memory.write(&mut context, write, &bytes)?;
            }
            Crossing::Call { call, with } => {
                let function = export(&context, &call)?.into_func().context("it is no function")?;
                let ty = function.ty(&context);
                let values = ty.params().iter().zip(&with).map(|(ty, number)| value(*ty, number.as_ref()));
                let mut results: Vec<Val> = ty.results().iter().map(|ty| Val::default_for_ty(*ty)).collect();
                function.call(&mut context, &values.collect::<Result<Vec<_>>>()?, &mut results)?;
            }
            Crossing::Return { value: answer } => {
                if let Some(result) = results.first_mut() {
                    *result = value(result.ty(), answer.as_ref())?;
                }
                return Ok(());
            }
        }
    }
    Ok(())
}

/// Sums up the part that was played, and begins another.
fn begin(context: &mut StoreContextMut<Script>, part: String) -> Result<()> {
    let left = context.get_fuel()?;
    let script = context.data_mut();
    let (ended, before) = std::mem::replace(&mut script.part, (part, left));
    *script.burned.entry(ended).or_default() += before - left;
    Ok(())
}

fn export(context: &StoreContextMut<Script>, name: &str) -> Result<Extern> {
    let instance = context.data().instance.context("the Wasm called out before it was ready")?;
    instance.get_export(context, name).with_context(|| format!("the Wasm has no export {name:?}"))
}

/// A number as the Wasm has it.
fn value(ty: ValType, number: Option<&Number>) -> Result<Val> {
    let whole = || number.map_or(Some(0), Number::as_i64).context("a whole number is needed");
    let float = || number.map_or(Some(0.0), Number::as_f64).context("a number is needed");
    Ok(match ty {
        ValType::I32 => Val::I32(whole()? as i32),
        ValType::I64 => Val::I64(whole()?),
        ValType::F32 => Val::F32((float()? as f32).into()),
        ValType::F64 => Val::F64(float()?.into()),
        other => bail!("{other:?} does not cross"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_the_tolerance_is_refused_with_what_to_do() {
        let part = |why: &str| Part { part: "events".into(), fuel: 1000, why: why.into() };
        assert!(fits(&part("as it was"), 1020).is_ok());
        assert!(fits(&part("as it was"), 10).is_ok());
        let error = fits(&part("as it was"), 1021).unwrap_err().to_string();
        assert!(error.contains("2.1 % over") && error.contains("--bless"), "{error}");
        assert!(fits(&part(" "), 1000).unwrap_err().to_string().contains("no reason"));
    }

    #[test]
    fn each_crossing_is_told_by_its_words() {
        let read = |line: &str| serde_json::from_str::<Crossing>(line);
        assert!(matches!(read(r#"{"mark":"load"}"#), Ok(Crossing::Mark { .. })));
        assert!(matches!(read(r#"{"write":8,"bytes":[1]}"#), Ok(Crossing::Write { write: 8, .. })));
        assert!(matches!(read(r#"{"call":"f","with":[1,null]}"#), Ok(Crossing::Call { .. })));
        assert!(matches!(read(r#"{"value":null}"#), Ok(Crossing::Return { value: None })));
        assert!(read(r#"{"unknown":1}"#).is_err());
    }
}
