//! How much work one text may cause. Counted, not timed: the same text gives the same answer on every machine.

use std::{cell::Cell, io, rc::Rc};

use kernel::say;
use liquid_core::{Runtime, model::ValueView};

use super::stopped;

/// Bytes a text may move about while it is rendered.
const FUEL: usize = 16 << 20;
/// The longest value a filter or a `capture` may make.
const LARGEST_VALUE: usize = 64 * 1024;
/// The most turns of one loop.
pub const MOST_TURNS: usize = 1_000;

/// What is left to spend. Kept in the registers of the runtime, so blocks and filters find it.
#[derive(Debug, Clone, Default)]
pub struct Fuel {
    left: Rc<Cell<usize>>,
    turn: usize,
}

impl Fuel {
    pub fn for_text(text: &str) -> Fuel {
        // a turn may evaluate everything the text holds; short texts get ten thousand turns, the longest two hundred
        Fuel { left: Rc::new(Cell::new(FUEL)), turn: (text.len() * 4).max(FUEL / 10_000) }
    }

    fn spend(&self, bytes: usize) -> liquid_core::Result<()> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => self.left.set(left),
            None => return Err(stopped(say!("template-repeats-too-often"))),
        }
        Ok(())
    }
}

/// Pays for one turn of a loop.
pub fn pay_for_turn(runtime: &dyn Runtime) -> liquid_core::Result<()> {
    let fuel = runtime.registers().get_mut::<Fuel>().clone();
    fuel.spend(fuel.turn)
}

/// Pays for having made `value`.
pub fn pay_for(value: &dyn ValueView, runtime: &dyn Runtime) -> liquid_core::Result<()> {
    pay_for_size(size(value), runtime)
}

/// Pays for a value of so many bytes; before it is made, when it may be huge.
pub fn pay_for_size(bytes: usize, runtime: &dyn Runtime) -> liquid_core::Result<()> {
    if bytes > LARGEST_VALUE {
        return Err(stopped(say!("template-value-too-long", kilobytes = LARGEST_VALUE / 1024)));
    }
    let fuel = runtime.registers().get_mut::<Fuel>().clone();
    fuel.spend(64 + bytes)
}

fn size(value: &dyn ValueView) -> usize {
    if let Some(array) = value.as_array() {
        array.values().map(|item| 24 + size(item)).sum()
    } else if let Some(object) = value.as_object() {
        object.iter().map(|(key, item)| 24 + key.len() + size(item)).sum()
    } else if value.is_scalar() {
        value.to_kstr().len()
    } else {
        0
    }
}

/// Takes so many bytes and no more.
pub struct Paper {
    written: Vec<u8>,
    most: usize,
    full: bool,
}

impl Paper {
    pub fn of(most: usize) -> Paper {
        Paper { written: Vec::new(), most, full: false }
    }
    /// Paper for a value that is not shown yet.
    pub fn for_value() -> Paper {
        Paper::of(LARGEST_VALUE)
    }

    /// What `write` wrote.
    pub fn filled(mut self, write: impl FnOnce(&mut Paper) -> liquid_core::Result<()>) -> liquid_core::Result<String> {
        match write(&mut self) {
            // liquid does not pass on why writing failed
            _ if self.full => Err(stopped(say!("template-comes-out-too-long", kilobytes = self.most / 1024))),
            Err(error) => Err(error),
            Ok(()) => String::from_utf8(self.written).map_err(|_| stopped(say!("template-cuts-a-character"))),
        }
    }
}

impl io::Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.full |= self.written.len() + bytes.len() > self.most;
        if self.full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.written.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
