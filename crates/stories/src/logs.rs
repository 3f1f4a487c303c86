//! What Ombud says to its log, down to the smallest: heard by one listener, because a process has only one.

use std::{
    collections::BTreeSet,
    fmt,
    io::{self, Write},
    sync::{Mutex, OnceLock},
};

use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{Layer, fmt::MakeWriter, layer::Context, prelude::*, registry::LookupSpan};

/// All that was heard.
#[derive(Default)]
pub struct Heard {
    /// Every statement that reached a database, and whether on SQLite.
    pub statements: Mutex<BTreeSet<(bool, String)>>,
    text: Mutex<Vec<u8>>,
}

impl Heard {
    /// The log as an operator would read it.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.text.lock().unwrap()).into_owned()
    }
}

/// From the first time this is called.
pub fn listen() -> &'static Heard {
    static HEARD: OnceLock<&'static Heard> = OnceLock::new();
    HEARD.get_or_init(|| {
        let heard: &'static Heard = Box::leak(Box::default());
        let text =
            tracing_subscriber::fmt::layer().with_ansi(false).with_writer(Pen(heard)).with_filter(app::commands::log_filter("trace"));
        tracing_subscriber::registry().with(Ear(heard)).with(text).init();
        heard
    })
}

#[derive(Clone, Copy)]
struct Pen(&'static Heard);

impl Write for Pen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.text.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Pen {
    type Writer = Pen;
    fn make_writer(&self) -> Pen {
        *self
    }
}

struct Ear(&'static Heard);

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Ear {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == ::platform::db::STATEMENTS {
            let mut said = Said::default();
            event.record(&mut said);
            self.0.statements.lock().unwrap().insert((said.engine == "sqlite", said.sql));
        }
    }
}

#[derive(Default)]
struct Said {
    engine: String,
    sql: String,
}

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "engine" => self.engine = value.to_owned(),
            "sql" => self.sql = value.to_owned(),
            _ => (),
        }
    }
    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}
