//! A disk of ours, to be treated as no other one can be: the power is cut, flushes fail, it is full.
//!
//! A file system in this process, by FUSE. What was not flushed is kept in memory only, beside what was.

mod content;
mod drive;
mod platter;

use std::{
    env, io,
    os::unix::{fs::MetadataExt, process::CommandExt},
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use fuser::{BackgroundSession, Config, MountOption};

use self::{drive::Drive, platter::Platter};
use crate::{Result, faults::Dice};

/// Goes on in a mount namespace of its own, and says so by this flag: nobody else sees the disk there, and nothing is left of
/// it however this process ends. Returns only when that is not possible.
pub fn withdraw(flag: &str) -> Result<()> {
    let is_root = std::fs::metadata("/proc/self")?.uid() == 0;
    let mut alone = Command::new("unshare");
    alone.args(["--mount", "--propagation", "unchanged"]).args((!is_root).then_some("--map-root-user"));
    // a root that is a folder of another system's has nothing to make private
    alone.args(["sh", "-c", r#"mount --make-rprivate / 2>/dev/null; exec "$0" "$@""#]);
    let error = alone.arg(env::current_exe()?).args(env::args_os().skip(1)).arg(flag).exec();
    Err(format!("a disk of our own takes a mount namespace, and unshare cannot be started: {error}").into())
}

/// What the disk is going through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The power is off: nothing is written, flushed or named any more.
    Off,
    /// One flush in so many fails, and one write in so many if that is said.
    Failing { flushes: u64, writes: Option<u64> },
    /// There is room for so many bytes more.
    Full { room: u64 },
    /// Nothing is written at all, not even over what is there, as on disks that write elsewhere each time.
    FullForGood,
}

/// The disk and what it is going through, for the thread that serves it and for whoever makes trouble.
pub struct State {
    platter: Platter,
    trouble: Option<Trouble>,
    /// Bytes that may be used, while it is full.
    limit: u64,
    /// Whose files they are: whoever mounts the disk.
    owner: (u32, u32),
    dice: Dice,
}

/// A mounted disk; it ends with this value.
pub struct Disk {
    state: Arc<Mutex<State>>,
    place: PathBuf,
    session: Option<BackgroundSession>,
}

impl Disk {
    /// An empty one, mounted at this folder.
    pub fn mount(place: &Path, dice: Dice) -> Result<Disk> {
        std::fs::create_dir_all(place)?;
        let here = std::fs::metadata(place)?;
        let owner = (here.uid(), here.gid());
        let state = State { platter: Platter::new(), trouble: None, limit: 0, owner, dice };
        let mut disk = Disk { state: Arc::new(Mutex::new(state)), place: place.to_owned(), session: None };
        disk.connect()?;
        Ok(disk)
    }

    /// From now on, until `mend`.
    pub fn trouble(&self, trouble: Trouble) {
        let mut state = lock(&self.state);
        state.trouble = Some(trouble);
        if let Trouble::Full { room } = trouble {
            state.limit = state.platter.used() + room;
        }
    }

    /// Everything works again.
    pub fn mend(&self) {
        lock(&self.state).trouble = None;
    }

    /// After the power was off and whoever used the disk is gone: loses what was not flushed, and mounts what is left.
    pub fn power_on(&mut self) -> Result<()> {
        // what the system remembers of the disk must be gone as well
        self.disconnect()?;
        let mut state = lock(&self.state);
        let State { platter, dice, trouble, .. } = &mut *state;
        platter.lose_power(dice);
        *trouble = None;
        drop(state);
        self.connect()
    }

    /// Chance of its own from here on.
    pub fn roll(&self, dice: Dice) {
        lock(&self.state).dice = dice;
    }

    fn connect(&mut self) -> Result<()> {
        let mut config = Config::default();
        config.mount_options = vec![MountOption::FSName("ombud-faults".into())];
        let session = fuser::spawn_mount(Drive(self.state.clone()), &self.place, &config);
        self.session =
            Some(session.map_err(|error| format!("a disk of our own cannot be mounted, which takes FUSE (/dev/fuse): {error}"))?);
        Ok(())
    }

    fn disconnect(&mut self) -> io::Result<()> {
        self.session.take().map_or(Ok(()), BackgroundSession::umount_and_join)
    }
}

// a panic in the thread that serves the disk ends that thread; what it left is looked at all the same
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
