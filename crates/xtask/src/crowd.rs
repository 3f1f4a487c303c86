//! Many at once: chats that are open and say nothing, and callers who ask for more than can be done.

use std::time::Duration;

use crate::{
    Result,
    bench::{load, work},
    figure::Figure,
    generator::Generator,
    limit,
    load::{Kind, Work},
    server::Server,
};

/// What a visitor costs who has the chat open and says nothing.
pub async fn idle(server: &Server, key: &str, held: usize) -> Result<Vec<Figure>> {
    let mut generator = Generator::start(server, Work { visitors: held, ..work(server, key, Kind::Hold, 1, 0) }).await?;
    let before = server.memory()?;
    generator.go().await?;
    server.settle().await;
    let each = (server.memory()? - before) / held as f64;
    generator.end().await?;
    Ok(vec![Figure::new(format!("idle: memory of each of {held} chats"), each / 1e3, "kB").at_most(8.0)])
}

/// Several times as much as it can do is asked of it, with so many chats open beside that.
pub async fn overload(server: &Server, key: &str, held: usize, callers: usize, seconds: u64) -> Result<Vec<Figure>> {
    let mut chats = Generator::start(server, Work { visitors: held, ..work(server, key, Kind::Hold, 1, 0) }).await?;
    chats.go().await?;
    let outcome = load(server, Work { visitors: 2 * callers, ..work(server, key, Kind::Accept, callers, seconds) }).await?.0;
    let (memory, over) = (server.memory()?, limit::now());
    let recovered = loop {
        let asked = limit::now();
        server.list().await?;
        if asked.elapsed() < Duration::from_millis(100) {
            break over.elapsed();
        }
    };
    chats.end().await?;
    Ok(vec![
        Figure::new(format!("overload, {callers} callers: accepted"), outcome.rate(), "/s"),
        Figure::new("overload: refused", outcome.refused as f64 / outcome.seconds, "/s"),
        Figure::new("overload: p99 of what was accepted", outcome.p99_ms, "ms").at_most(1_000.0),
        Figure::new(format!("overload: memory with {held} chats"), memory / 1e6, "MB").at_most(256.0),
        Figure::new("overload: as before after", recovered.as_secs_f64(), "s").at_most(10.0),
    ])
}
