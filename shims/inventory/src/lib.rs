//! Stands in for the crate `inventory`, by which tract registers things before `main` and finds them by
//! their type.
//!
//! The real one keeps everything that any crate registers, and with it all that it leads to: tract's
//! transforms of models bring the reader and writer of a second file format with all its operators, and
//! none of it is ever asked for here. This one drops what is registered under the names below, so that
//! the linker can drop the rest; tract's kernels are found as before.

use std::sync::{Mutex, PoisonError};

/// What can be registered; made by [`collect!`].
pub trait Collect: Sync + Sized + 'static {
    /// Whether it is registered, or dropped.
    const KEPT: bool;
    /// Where it is registered.
    fn list() -> &'static List<Self>;
}

/// All that was registered of one type.
pub type List<T> = Mutex<Vec<&'static T>>;

/// Something registered, whatever its type; made by [`submit!`].
pub trait Submitted: Sync {
    /// Joins its type's list.
    fn join(&'static self);
}

impl<T: Collect> Submitted for T {
    fn join(&'static self) {
        if T::KEPT {
            T::list().lock().unwrap_or_else(PoisonError::into_inner).push(self);
        }
    }
}

/// One thing to be registered.
pub struct Entry {
    /// The thing.
    pub value: &'static dyn Submitted,
}

/// `iter::<T>()` or `iter::<T>.into_iter()`: all that was registered of a type.
#[allow(non_camel_case_types)]
pub enum iter<T> {
    /// The value of the same name.
    iter,
    #[doc(hidden)]
    Never(std::convert::Infallible, std::marker::PhantomData<T>),
}

#[doc(hidden)]
mod value {
    pub use super::iter::iter;
}
#[doc(hidden)]
pub use value::*;

impl<T: Collect> std::ops::Deref for iter<T> {
    type Target = fn() -> std::vec::IntoIter<&'static T>;

    fn deref(&self) -> &Self::Target {
        &(registered::<T> as fn() -> std::vec::IntoIter<&'static T>)
    }
}

impl<T: Collect> IntoIterator for iter<T> {
    type Item = &'static T;
    type IntoIter = std::vec::IntoIter<&'static T>;

    fn into_iter(self) -> Self::IntoIter {
        registered()
    }
}

fn registered<T: Collect>() -> std::vec::IntoIter<&'static T> {
    constructed();
    T::list().lock().unwrap_or_else(PoisonError::into_inner).clone().into_iter()
}

/// Runs the Wasm's constructors, once. Were they not called from here, the linker would have every export
/// call all of them, each time.
#[cfg(target_family = "wasm")]
fn constructed() {
    unsafe extern "C" {
        fn __wasm_call_ctors();
    }
    static ONCE: std::sync::Once = std::sync::Once::new();
    // SAFETY: the linker makes this function, and it runs once.
    ONCE.call_once(|| unsafe { __wasm_call_ctors() });
}

/// Elsewhere constructors run before `main`.
#[cfg(not(target_family = "wasm"))]
fn constructed() {}

/// Lets a type be registered.
#[macro_export]
macro_rules! collect {
    // Transforms and runtimes by name, settings' names, and notes on kernels: asked for by tract's own
    // tools alone. A runtime leads to all passes of its optimiser.
    (InventorizedRuntime) => { $crate::collect!(@ InventorizedRuntime, false); };
    (ModelTransformFactory) => { $crate::collect!(@ ModelTransformFactory, false); };
    (KnobInfo) => { $crate::collect!(@ KnobInfo, false); };
    (Settled) => { $crate::collect!(@ Settled, false); };
    ($of:ty) => { $crate::collect!(@ $of, true); };
    (@ $of:ty, $kept:literal) => {
        impl $crate::Collect for $of {
            const KEPT: bool = $kept;
            fn list() -> &'static $crate::List<Self> {
                static LIST: $crate::List<$of> = $crate::List::new(Vec::new());
                &LIST
            }
        }
    };
}

/// Registers a value of a type that [`collect!`] was given.
#[macro_export]
macro_rules! submit {
    ($($value:tt)*) => {
        const _: () = {
            static ENTRY: $crate::Entry = $crate::Entry { value: &{ $($value)* } };
            extern "C" fn join() {
                ENTRY.value.join()
            }
            #[used]
            #[cfg_attr(
                any(target_family = "wasm", target_os = "linux", target_os = "android"),
                unsafe(link_section = ".init_array")
            )]
            #[cfg_attr(
                target_vendor = "apple",
                unsafe(link_section = "__DATA,__mod_init_func,mod_init_funcs")
            )]
            #[cfg_attr(windows, unsafe(link_section = ".CRT$XCU"))]
            static JOIN: extern "C" fn() = join;
        };
    };
}

#[cfg(test)]
mod tests {
    struct Named(&'static str);
    struct Settled;

    crate::collect!(Named);
    crate::collect!(Settled);
    crate::submit! { Named("one") }
    crate::submit! { Named("two") }
    crate::submit! { Settled }

    #[test]
    fn what_is_kept_is_found_and_what_is_not_is_dropped() {
        let mut names: Vec<_> = crate::iter::<Named>().map(|n| n.0).collect();
        names.sort_unstable();
        assert_eq!(names, ["one", "two"]);
        assert_eq!(crate::iter::<Settled>.into_iter().count(), 0);
    }
}
