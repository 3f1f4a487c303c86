//! What is on the disk and what is only on its way there: files, folders, and the names in them.
//!
//! A name is safe once its folder is flushed. As on ext4 and XFS, flushing what is new also keeps the name it was made
//! under; unlike there, nothing else comes along. Names that were not flushed reach the disk in their order, or do not.

use std::{
    collections::{BTreeMap, HashMap},
    ffi::{OsStr, OsString},
    time::SystemTime,
};

use super::content::Content;
use crate::faults::Dice;

/// The number of the folder everything is in.
pub const ROOT: u64 = 1;

#[derive(Debug)]
pub struct Platter {
    nodes: HashMap<u64, Node>,
    next: u64,
    /// Bytes of all files that have a name.
    used: u64,
}

#[derive(Debug)]
pub struct Node {
    pub body: Body,
    pub mode: u16,
    pub changed_at: SystemTime,
    /// The folder it was made in.
    made_in: u64,
    /// Nothing of it matters after a power cut, and every write to it succeeds: the index SQLite shares between processes.
    scratch: bool,
}

#[derive(Debug)]
pub enum Body {
    File(Content),
    Folder(Folder),
}

#[derive(Debug, Default)]
pub struct Folder {
    pub names: BTreeMap<OsString, u64>,
    flushed: BTreeMap<OsString, u64>,
    unflushed: Vec<Naming>,
}

#[derive(Debug)]
enum Naming {
    Given(OsString, u64),
    Taken(OsString),
    Changed { from: OsString, to: OsString, number: u64 },
}

impl Naming {
    fn reach(self, names: &mut BTreeMap<OsString, u64>) {
        match self {
            Naming::Given(name, number) => drop(names.insert(name, number)),
            Naming::Taken(name) => drop(names.remove(&name)),
            Naming::Changed { from, to, number } => {
                names.remove(&from);
                names.insert(to, number);
            }
        }
    }
}

impl Folder {
    fn flush(&mut self, up_to: usize) {
        for naming in self.unflushed.drain(..up_to) {
            naming.reach(&mut self.flushed);
        }
    }
}

impl Platter {
    pub fn new() -> Platter {
        let root = Node { body: Body::Folder(Folder::default()), mode: 0o755, changed_at: now(), made_in: ROOT, scratch: false };
        Platter { nodes: HashMap::from([(ROOT, root)]), next: ROOT + 1, used: 0 }
    }

    pub fn used(&self) -> u64 {
        self.used
    }

    pub fn node(&self, number: u64) -> Option<&Node> {
        self.nodes.get(&number)
    }

    pub fn chmod(&mut self, number: u64, mode: u16) {
        if let Some(node) = self.nodes.get_mut(&number) {
            node.mode = mode;
        }
    }

    pub fn is_scratch(&self, number: u64) -> bool {
        self.nodes.get(&number).is_some_and(|node| node.scratch)
    }

    pub fn folder(&self, number: u64) -> Option<&Folder> {
        match &self.nodes.get(&number)?.body {
            Body::Folder(folder) => Some(folder),
            Body::File(_) => None,
        }
    }

    pub fn file(&self, number: u64) -> Option<&Content> {
        match &self.nodes.get(&number)?.body {
            Body::File(content) => Some(content),
            Body::Folder(_) => None,
        }
    }

    pub fn find(&self, parent: u64, name: &OsStr) -> Option<u64> {
        self.folder(parent)?.names.get(name).copied()
    }

    /// Makes a file or a folder; its number.
    pub fn make(&mut self, parent: u64, name: &OsStr, mode: u16, body: Body) -> Option<u64> {
        let number = self.next;
        let folder = self.folder_mut(parent)?;
        folder.names.insert(name.to_owned(), number);
        folder.unflushed.push(Naming::Given(name.to_owned(), number));
        self.next += 1;
        let scratch = name.as_encoded_bytes().ends_with(b"-shm");
        self.nodes.insert(number, Node { body, mode, changed_at: now(), made_in: parent, scratch });
        Some(number)
    }

    /// Takes a name away; whoever has the file open still has it.
    pub fn take_name(&mut self, parent: u64, name: &OsStr) -> Option<()> {
        let folder = self.folder_mut(parent)?;
        let number = folder.names.remove(name)?;
        folder.unflushed.push(Naming::Taken(name.to_owned()));
        self.used -= self.length(number);
        Some(())
    }

    pub fn rename(&mut self, parent: u64, name: &OsStr, to: u64, new_name: &OsStr) -> Option<()> {
        let number = self.find(parent, name)?;
        let replaced = self.find(to, new_name).filter(|replaced| *replaced != number);
        self.folder(to)?;
        let folder = self.folder_mut(parent)?;
        folder.names.remove(name);
        if parent == to {
            folder.unflushed.push(Naming::Changed { from: name.to_owned(), to: new_name.to_owned(), number });
        } else {
            folder.unflushed.push(Naming::Taken(name.to_owned()));
            self.folder_mut(to)?.unflushed.push(Naming::Given(new_name.to_owned(), number));
        }
        self.folder_mut(to)?.names.insert(new_name.to_owned(), number);
        self.used -= replaced.map_or(0, |replaced| self.length(replaced));
        Some(())
    }

    pub fn write(&mut self, number: u64, at: usize, bytes: &[u8]) -> Option<()> {
        self.change(number, |content| content.write(at, bytes))
    }

    pub fn set_length(&mut self, number: u64, length: usize) -> Option<()> {
        self.change(number, |content| content.set_length(length))
    }

    fn change(&mut self, number: u64, change: impl FnOnce(&mut Content)) -> Option<()> {
        let node = self.nodes.get_mut(&number)?;
        let Body::File(content) = &mut node.body else { return None };
        let before = content.length() as u64;
        change(content);
        node.changed_at = now();
        self.used = (self.used + content.length() as u64).saturating_sub(before);
        Some(())
    }

    /// All of it is on the disk when this returns: the file's content or the folder's names, and the name it was made under.
    pub fn flush(&mut self, number: u64) -> Option<()> {
        match &mut self.nodes.get_mut(&number)?.body {
            Body::File(content) => content.flush(),
            Body::Folder(folder) => folder.flush(folder.unflushed.len()),
        }
        let mut new = number;
        while new != ROOT {
            let parent = self.nodes.get(&new)?.made_in;
            if let Some(folder) = self.folder_mut(parent)
                && let Some(at) = folder.unflushed.iter().position(|naming| matches!(naming, Naming::Given(_, made) if *made == new))
            {
                folder.flush(at + 1);
            }
            new = parent;
        }
        Some(())
    }

    /// A flush that fails. Names wait for the next one: they are in the file system's own log.
    pub fn fail_to_flush(&mut self, number: u64, dice: &mut Dice) {
        if let Some(Node { body: Body::File(content), .. }) = self.nodes.get_mut(&number) {
            content.fail_to_flush(dice);
        }
    }

    /// The power is cut: what was not flushed is lost, kept or torn, and what has no name any more is gone.
    pub fn lose_power(&mut self, dice: &mut Dice) {
        let mut numbers: Vec<u64> = self.nodes.keys().copied().collect();
        // chance is spent in the same order whenever it is done again
        numbers.sort_unstable();
        for number in numbers {
            match self.nodes.get_mut(&number).map(|node| &mut node.body) {
                Some(Body::File(content)) => content.lose_power(dice),
                Some(Body::Folder(folder)) => {
                    folder.flush(dice.below(folder.unflushed.len() as u64 + 1) as usize);
                    folder.unflushed.clear();
                    folder.names.clone_from(&folder.flushed);
                }
                None => (),
            }
        }
        let (mut named, mut used) = (Vec::from([ROOT]), 0);
        let mut kept = HashMap::new();
        while let Some(number) = named.pop() {
            let Some(node) = self.nodes.remove(&number) else { continue };
            match &node.body {
                Body::Folder(folder) => named.extend(folder.names.values()),
                Body::File(content) => used += content.length() as u64,
            }
            kept.insert(number, node);
        }
        (self.nodes, self.used) = (kept, used);
    }

    fn length(&self, number: u64) -> u64 {
        self.file(number).map_or(0, |content| content.length() as u64)
    }

    fn folder_mut(&mut self, number: u64) -> Option<&mut Folder> {
        match &mut self.nodes.get_mut(&number)?.body {
            Body::Folder(folder) => Some(folder),
            Body::File(_) => None,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "files say when they were changed")]
fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
#[path = "platter_tests.rs"]
mod tests;
