//! Notes the variables a text shows that nobody has given a value.
//!
//! Only what is *shown* counts: `{% if customer.phone %}` and `| default: 'there'` ask on purpose. Of `{{ customer }}` nothing is
//! shown, as it names none of what is known, and the order of all of it would be another each time.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeSet,
    fmt,
    rc::Rc,
};

use liquid_core::{
    Object, Result, Runtime, Value, ValueCow, ValueView,
    model::{DisplayCow, KString, KStringCow, KStringRef, ScalarCow, State},
    runtime::{PartialStore, Registers},
};

use super::fuel::Fuel;

/// A runtime that answers with [`Missing`] where another would fail.
pub struct Noting<'r> {
    inner: &'r dyn Runtime,
    /// What the text was given, to tell its empty values from those the text itself made empty.
    given: Option<&'r Object>,
    handed_out: HandedOut,
    noted: Noted,
}

/// The names noted so far, in order; all frames of one text write into the same list.
#[derive(Debug, Clone, Default)]
struct Noted(Rc<RefCell<Vec<String>>>);

impl<'r> Noting<'r> {
    pub fn new(inner: &'r dyn Runtime, given: &'r Object) -> Self {
        Noting { given: Some(given), ..Noting::over(inner) }
    }

    /// For a frame with variables of its own, inside a loop.
    pub fn over(inner: &'r dyn Runtime) -> Self {
        let noted = inner.registers().get_mut::<Noted>().clone();
        Noting { inner, given: None, handed_out: HandedOut::default(), noted }
    }

    pub fn fill_up(&self, fuel: Fuel) {
        *self.inner.registers().get_mut::<Fuel>() = fuel;
    }

    /// Every name once.
    pub fn missing(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        self.noted.0.borrow().iter().filter(|name| seen.insert(name.as_str())).cloned().collect()
    }

    fn counts_as_missing(&self, path: &[ScalarCow<'_>], value: &dyn ValueView) -> bool {
        if value.is_object() {
            return true;
        }
        let blank = value.is_nil() || value.as_scalar().is_some_and(|scalar| scalar.to_kstr().trim().is_empty());
        let given = || path.first().is_some_and(|root| self.given.is_some_and(|given| given.contains_key(root.to_kstr().as_str())));
        blank && (path.len() > 1 || given())
    }
}

impl Runtime for Noting<'_> {
    fn get(&self, path: &[ScalarCow<'_>]) -> Result<ValueCow<'_>> {
        Ok(match self.inner.try_get(path) {
            Some(value) if !self.counts_as_missing(path, value.as_view()) => value,
            _ => {
                let name = path.iter().map(|part| part.to_kstr().into_string()).collect::<Vec<_>>().join(".");
                ValueCow::Borrowed(self.handed_out.give(name, &self.noted))
            }
        })
    }

    fn try_get(&self, path: &[ScalarCow<'_>]) -> Option<ValueCow<'_>> {
        self.inner.try_get(path)
    }
    fn partials(&self) -> &dyn PartialStore {
        self.inner.partials()
    }
    fn name(&self) -> Option<KStringRef<'_>> {
        self.inner.name()
    }
    fn roots(&self) -> BTreeSet<KStringCow<'_>> {
        self.inner.roots()
    }
    fn set_global(&self, name: KString, value: Value) -> Option<Value> {
        self.inner.set_global(name, value)
    }
    fn set_index(&self, name: KString, value: Value) -> Option<Value> {
        self.inner.set_index(name, value)
    }
    fn get_index<'a>(&'a self, name: &str) -> Option<ValueCow<'a>> {
        self.inner.get_index(name)
    }
    fn registers(&self) -> &Registers {
        self.inner.registers()
    }
}

/// A list that only grows, so that what it lends stays where it is.
#[derive(Debug, Default)]
struct HandedOut(OnceCell<Box<(Missing, HandedOut)>>);

impl HandedOut {
    fn give(&self, name: String, noted: &Noted) -> &Missing {
        let mut place = self;
        while let Some(entry) = place.0.get() {
            if entry.0.name == name {
                return &entry.0;
            }
            place = &entry.1;
        }
        let missing = Missing { name, noted: noted.clone() };
        &place.0.get_or_init(|| Box::new((missing, HandedOut::default()))).0
    }
}

/// Nothing, which notes its name when somebody looks at it.
#[derive(Debug)]
struct Missing {
    name: String,
    noted: Noted,
}

impl Missing {
    fn note(&self) {
        let mut noted = self.noted.0.borrow_mut();
        if !noted.contains(&self.name) {
            noted.push(self.name.clone());
        }
    }
}

impl ValueView for Missing {
    fn as_debug(&self) -> &dyn fmt::Debug {
        self
    }
    fn render(&self) -> DisplayCow<'_> {
        self.note();
        DisplayCow::Borrowed(&"")
    }
    fn source(&self) -> DisplayCow<'_> {
        DisplayCow::Borrowed(&self.name)
    }
    fn type_name(&self) -> &'static str {
        "nil"
    }
    fn query_state(&self, state: State) -> bool {
        !matches!(state, State::Truthy)
    }
    fn to_kstr(&self) -> KStringCow<'_> {
        self.note();
        KStringCow::from_static("")
    }
    fn to_value(&self) -> Value {
        self.note();
        Value::Nil
    }
    fn is_nil(&self) -> bool {
        true
    }
}
