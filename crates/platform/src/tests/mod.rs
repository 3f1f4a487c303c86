//! Tests of several files of this crate together.

pub mod servers;
pub mod simulation;
