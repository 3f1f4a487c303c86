//! What is done to the server.

use clap::ValueEnum;

use super::Engine;
use crate::Result;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The process is killed
    Kill,
    /// The process is killed while answers leave through partners and by e-mail
    Sending,
    /// The power is cut: what was not flushed is lost or torn
    Power,
    /// The disk fails to flush and to write for a while
    Flush,
    /// The disk is full for a while
    FullDisk,
    /// PostgreSQL is stopped, and connections to it are cut or fall silent
    Database,
    /// One of three nodes is killed, stands still or is cut off from PostgreSQL, or NATS is lost
    Nodes,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Kill => "kill",
            Kind::Sending => "sending",
            Kind::Power => "power",
            Kind::Flush => "flush",
            Kind::FullDisk => "full-disk",
            Kind::Database => "database",
            Kind::Nodes => "nodes",
        }
    }

    /// Whether the data folder is on a disk of ours.
    pub fn needs_disk(self) -> bool {
        matches!(self, Kind::Power | Kind::Flush | Kind::FullDisk)
    }

    /// The engine it is done to.
    ///
    /// Errors: when another one is wanted.
    pub fn engine(self, wanted: Option<Engine>) -> Result<Engine> {
        let only = match self {
            Kind::Kill | Kind::Sending => None,
            Kind::Database | Kind::Nodes => Some(Engine::Postgres),
            _ => Some(Engine::Sqlite),
        };
        match (only, wanted) {
            (Some(only), Some(wanted)) if only != wanted => Err(format!("{} is about the engine {}", self.name(), only.name()).into()),
            (only, wanted) => Ok(only.or(wanted).unwrap_or(Engine::Sqlite)),
        }
    }
}
