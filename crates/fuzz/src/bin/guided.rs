//! What libFuzzer drives: the target named by `OMBUD_FUZZ_TARGET`. `cargo xtask fuzz` builds and runs it.
#![no_main]
#![expect(unsafe_code, reason = "libFuzzer finds the function by its C name")]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

static TARGET: OnceLock<&fuzz::Target> = OnceLock::new();

#[expect(clippy::disallowed_methods, reason = "libFuzzer owns the command line, so the target is named by the environment")]
fn target() -> &'static fuzz::Target {
    let name = std::env::var("OMBUD_FUZZ_TARGET").unwrap_or_default();
    fuzz::named(&name).unwrap_or_else(|| panic!("OMBUD_FUZZ_TARGET names no target: {name:?}"))
}

fuzz_target!(|data: &[u8]| (TARGET.get_or_init(target).run)(data));
