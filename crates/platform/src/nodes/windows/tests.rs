//! Two nodes that tell each other of their windows, and what gets lost on the way.

use tokio::sync::mpsc::{Receiver, channel};
use uuid::Uuid;

use super::*;
use crate::{clock::SystemClock, rng::Rng, scope::Scope};

const ONE: NodeId = NodeId::numbered(1);

/// A node's windows, and what it rings.
fn node() -> (Windows, Receiver<Ring>) {
    let nodes = Nodes::default();
    let (line, rings) = channel(10_000);
    nodes.0.line.set(line).unwrap();
    let live = Live::new(nodes.clone(), Vec::new());
    (Windows::new(Arc::new(SystemClock::new()), live, nodes), rings)
}

fn now() -> Instant {
    let clock = Arc::new(SystemClock::new());
    Scope::new(clock, Arc::new(Rng::seeded(1)), crate::reaction::Reactions::new(Vec::new()), Vec::new()).stopwatch()
}

fn shop() -> ShopId {
    Uuid::from_u128(1).into()
}

fn customer(n: u64) -> CustomerId {
    Uuid::from_u128(n.into()).into()
}

fn chat(windows: &Windows, n: u64) -> Window {
    Window::open(windows, Topic::Customer(shop(), customer(n)), None)
}

fn online(windows: &Windows) -> Vec<u64> {
    (0..50).filter(|n| windows.is_online(shop(), customer(*n))).collect()
}

#[test]
fn whatever_is_lost_on_the_way_both_know_the_same_after_the_next_sign_of_life() {
    let (chance, at) = (Rng::seeded(7), now());
    let ((ours, mut rings), (theirs, _)) = (node(), node());
    let mut open: Vec<Window> = Vec::new();
    for round in 0..200 {
        for _ in 0..chance.below(12) {
            match open.len() as u64 {
                0 => open.push(chat(&ours, chance.below(50))),
                many if chance.below(3) == 0 => drop(open.swap_remove(chance.below(many) as usize)),
                _ => open.push(chat(&ours, chance.below(50))),
            }
            while let Ok(ring) = rings.try_recv() {
                if chance.below(3) > 0 {
                    theirs.hear(ONE, at, ring);
                }
            }
        }
        // it is asked again until all of it arrives
        let mut asked = theirs.hear(ONE, at, ours.here());
        while !asked.is_empty() {
            assert_eq!(asked[0], Ring::Ask { of: ONE });
            for part in ours.all() {
                if chance.below(20) > 0 {
                    theirs.hear(ONE, at, part);
                }
            }
            asked = theirs.hear(ONE, at, ours.here());
        }
        assert_eq!(online(&theirs), online(&ours), "round {round}");
    }
    drop(open);
    assert!(online(&ours).is_empty());
}

#[test]
fn who_is_heard_no_more_had_nothing_open() {
    let ((ours, _), (theirs, _), at) = (node(), node(), now());
    let _open: Vec<Window> = (0..25).map(|n| chat(&ours, n)).collect();
    ours.all().into_iter().for_each(|part| drop(theirs.hear(ONE, at, part)));
    assert_eq!(online(&theirs).len(), 25);
    theirs.forget_silent(at + SILENCE);
    assert_eq!(online(&theirs).len(), 25, "not yet too long");
    theirs.hear(ONE, at + SILENCE, ours.here());
    theirs.forget_silent(at + SILENCE * 2);
    assert_eq!(online(&theirs).len(), 25, "it was heard again");
    theirs.forget_silent(at + SILENCE * 3);
    assert!(online(&theirs).is_empty());
    assert_eq!(theirs.hear(ONE, at, ours.here())[0], Ring::Ask { of: ONE }, "and is asked anew when it is back");
}
