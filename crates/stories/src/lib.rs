//! The story tests, one module per room, and the tests of the house itself. One binary, so that they link once.
//!
//! `story.rs` tells a story on an engine, `world.rs` is what most are set in, `actor.rs` is who acts in it.
#![cfg(test)]

mod actor;
mod architecture;
mod attacks;
mod bot;
mod chat;
mod commerce;
mod companions;
mod connections;
mod credits;
mod crossing;
mod customers;
mod demo;
mod description;
mod desk;
mod email;
mod erasure;
mod figures;
mod files;
mod gift_cards;
mod goods;
mod ground;
mod hostile;
mod imports;
mod inbox;
mod ledger;
mod lines;
mod logs;
mod merging;
mod nodes;
mod once;
mod plans;
mod platform;
mod postgres;
mod products;
mod reports;
mod sales;
mod snapshots;
mod sockets;
mod storefront;
mod story;
mod sweeps;
mod team;
mod telephone;
mod trouble;
mod upkeep;
mod words;
mod world;
