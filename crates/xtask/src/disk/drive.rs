//! The disk, as the kernel asks for it.

use std::{
    ffi::OsStr,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use fuser::{
    BsdFileFlags, Errno, FileAttr, FileHandle, FileType, Filesystem, FopenFlags, Generation, INodeNo, LockOwner, OpenFlags, RenameFlags,
    ReplyAttr, ReplyCreate, ReplyData, ReplyDirectory, ReplyEmpty, ReplyEntry, ReplyOpen, ReplyStatfs, ReplyWrite, Request, TimeOrNow,
    WriteFlags,
};

use super::{
    State, Trouble,
    content::Content,
    lock,
    platter::{Body, Folder},
};

/// Nobody changes the disk but through the kernel, so that it may remember what it has asked.
const REMEMBERED: Duration = Duration::from_secs(60);
const BLOCK: u64 = 4096;
/// What the disk holds while it is not full.
const ROOMY: u64 = 1 << 40;

pub(super) struct Drive(pub Arc<Mutex<State>>);

type Outcome<T> = Result<T, Errno>;

impl State {
    /// Whether this file may be changed, `grows` being how many bytes more it takes; how many of those.
    fn room_for(&mut self, number: Option<u64>, grows: u64) -> Outcome<u64> {
        if number.is_some_and(|number| self.platter.is_scratch(number)) {
            return Ok(grows);
        }
        match self.trouble {
            None => Ok(grows),
            Some(Trouble::Off) => Err(Errno::EIO),
            Some(Trouble::Failing { writes: Some(times), .. }) if self.dice.one_in(times) => Err(Errno::EIO),
            Some(Trouble::Failing { .. }) => Ok(grows),
            Some(Trouble::FullForGood) => Err(Errno::ENOSPC),
            Some(Trouble::Full { .. }) => match self.limit.saturating_sub(self.platter.used()).min(grows) {
                0 if grows > 0 => Err(Errno::ENOSPC),
                room => Ok(room),
            },
        }
    }

    fn flush(&mut self, number: u64) -> Outcome<()> {
        let fails = match self.trouble {
            Some(Trouble::Off) => true,
            Some(Trouble::Failing { flushes, .. }) => self.dice.one_in(flushes),
            _ => false,
        };
        if !fails {
            return self.platter.flush(number).ok_or(Errno::ENOENT);
        }
        if self.trouble != Some(Trouble::Off) {
            self.platter.fail_to_flush(number, &mut self.dice);
        }
        Err(Errno::EIO)
    }

    fn is_off(&self) -> Outcome<()> {
        if self.trouble == Some(Trouble::Off) { Err(Errno::EIO) } else { Ok(()) }
    }

    fn look_at(&self, number: u64) -> Outcome<FileAttr> {
        let node = self.platter.node(number).ok_or(Errno::ENOENT)?;
        let (kind, size) = match &node.body {
            Body::File(content) => (FileType::RegularFile, content.length() as u64),
            Body::Folder(_) => (FileType::Directory, BLOCK),
        };
        let at = node.changed_at;
        Ok(FileAttr {
            ino: INodeNo(number),
            size,
            blocks: size.div_ceil(512),
            atime: at,
            mtime: at,
            ctime: at,
            crtime: at,
            kind,
            perm: node.mode,
            nlink: 1,
            uid: self.owner.0,
            gid: self.owner.1,
            rdev: 0,
            blksize: BLOCK as u32,
            flags: 0,
        })
    }

    fn make(&mut self, parent: u64, name: &OsStr, mode: u32, body: Body) -> Outcome<FileAttr> {
        self.room_for(None, 1)?;
        let number = self.platter.make(parent, name, (mode & 0o777) as u16, body).ok_or(Errno::ENOENT)?;
        self.look_at(number)
    }

    fn write(&mut self, number: u64, at: u64, bytes: &[u8]) -> Outcome<usize> {
        let length = self.platter.file(number).ok_or(Errno::ENOENT)?.length() as u64;
        let grows = (at + bytes.len() as u64).saturating_sub(length);
        let fits = self.room_for(Some(number), grows)?;
        // what does not fit is left for the next write, which is refused then
        let written = bytes.len() - (grows - fits) as usize;
        self.platter.write(number, at as usize, &bytes[..written]).ok_or(Errno::ENOENT)?;
        Ok(written)
    }

    fn set_length(&mut self, number: u64, length: u64) -> Outcome<()> {
        let now = self.platter.file(number).ok_or(Errno::ENOENT)?.length() as u64;
        let grows = length.saturating_sub(now);
        if self.room_for(Some(number), grows)? < grows {
            return Err(Errno::ENOSPC);
        }
        self.platter.set_length(number, length as usize).ok_or(Errno::ENOENT)
    }

    fn remove(&mut self, parent: u64, name: &OsStr) -> Outcome<()> {
        self.is_off()?;
        let number = self.platter.find(parent, name).ok_or(Errno::ENOENT)?;
        if self.platter.folder(number).is_some_and(|folder| !folder.names.is_empty()) {
            return Err(Errno::ENOTEMPTY);
        }
        self.platter.take_name(parent, name).ok_or(Errno::ENOENT)
    }
}

macro_rules! answer {
    ($reply:ident, $outcome:expr, $given:pat => $answer:expr) => {
        match $outcome {
            Ok($given) => $answer,
            Err(errno) => $reply.error(errno),
        }
    };
}

impl Filesystem for Drive {
    fn lookup(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEntry) {
        let state = lock(&self.0);
        let found = state.platter.find(parent.0, name).ok_or(Errno::ENOENT).and_then(|number| state.look_at(number));
        answer!(reply, found, found => reply.entry(&REMEMBERED, &found, Generation(0)));
    }

    fn getattr(&self, _: &Request, number: INodeNo, _: Option<FileHandle>, reply: ReplyAttr) {
        answer!(reply, lock(&self.0).look_at(number.0), found => reply.attr(&REMEMBERED, &found));
    }

    fn setattr(
        &self,
        _: &Request,
        number: INodeNo,
        mode: Option<u32>,
        _: Option<u32>,
        _: Option<u32>,
        length: Option<u64>,
        _: Option<TimeOrNow>,
        _: Option<TimeOrNow>,
        _: Option<SystemTime>,
        _: Option<FileHandle>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<SystemTime>,
        _: Option<BsdFileFlags>,
        reply: ReplyAttr,
    ) {
        let mut state = lock(&self.0);
        if let Some(mode) = mode {
            state.platter.chmod(number.0, (mode & 0o777) as u16);
        }
        let changed = length.map_or(Ok(()), |length| state.set_length(number.0, length));
        answer!(reply, changed.and_then(|()| state.look_at(number.0)), found => reply.attr(&REMEMBERED, &found));
    }

    fn mkdir(&self, _: &Request, parent: INodeNo, name: &OsStr, mode: u32, umask: u32, reply: ReplyEntry) {
        let made = lock(&self.0).make(parent.0, name, mode & !umask, Body::Folder(Folder::default()));
        answer!(reply, made, made => reply.entry(&REMEMBERED, &made, Generation(0)));
    }

    fn create(&self, _: &Request, parent: INodeNo, name: &OsStr, mode: u32, umask: u32, _: i32, reply: ReplyCreate) {
        let made = lock(&self.0).make(parent.0, name, mode & !umask, Body::File(Content::default()));
        answer!(reply, made, made => reply.created(&REMEMBERED, &made, Generation(0), FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE));
    }

    fn unlink(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        answer!(reply, lock(&self.0).remove(parent.0, name), () => reply.ok());
    }

    fn rmdir(&self, _: &Request, parent: INodeNo, name: &OsStr, reply: ReplyEmpty) {
        answer!(reply, lock(&self.0).remove(parent.0, name), () => reply.ok());
    }

    fn rename(&self, _: &Request, parent: INodeNo, name: &OsStr, to: INodeNo, new_name: &OsStr, flags: RenameFlags, reply: ReplyEmpty) {
        if !flags.is_empty() {
            return reply.error(Errno::EINVAL);
        }
        let mut state = lock(&self.0);
        let renamed = state.is_off().and_then(|()| state.platter.rename(parent.0, name, to.0, new_name).ok_or(Errno::ENOENT));
        answer!(reply, renamed, () => reply.ok());
    }

    fn open(&self, _: &Request, _: INodeNo, _: OpenFlags, reply: ReplyOpen) {
        // SQLite maps its index into memory; what the kernel holds of it must outlive the next one who opens it
        reply.opened(FileHandle(0), FopenFlags::FOPEN_KEEP_CACHE);
    }

    fn read(&self, _: &Request, number: INodeNo, _: FileHandle, at: u64, size: u32, _: OpenFlags, _: Option<LockOwner>, reply: ReplyData) {
        match lock(&self.0).platter.file(number.0) {
            Some(content) => reply.data(content.read(at as usize, size as usize)),
            None => reply.error(Errno::ENOENT),
        }
    }

    fn write(
        &self,
        _: &Request,
        number: INodeNo,
        _: FileHandle,
        at: u64,
        bytes: &[u8],
        _: WriteFlags,
        _: OpenFlags,
        _: Option<LockOwner>,
        reply: ReplyWrite,
    ) {
        answer!(reply, lock(&self.0).write(number.0, at, bytes), written => reply.written(written as u32));
    }

    fn flush(&self, _: &Request, _: INodeNo, _: FileHandle, _: LockOwner, reply: ReplyEmpty) {
        // closing a file flushes nothing
        reply.ok();
    }

    fn fsync(&self, _: &Request, number: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        answer!(reply, lock(&self.0).flush(number.0), () => reply.ok());
    }

    fn fsyncdir(&self, _: &Request, number: INodeNo, _: FileHandle, _: bool, reply: ReplyEmpty) {
        answer!(reply, lock(&self.0).flush(number.0), () => reply.ok());
    }

    fn readdir(&self, _: &Request, number: INodeNo, _: FileHandle, after: u64, mut reply: ReplyDirectory) {
        let state = lock(&self.0);
        let Some(folder) = state.platter.folder(number.0) else { return reply.error(Errno::ENOTDIR) };
        for (at, (name, number)) in folder.names.iter().enumerate().skip(after as usize) {
            let kind = if state.platter.folder(*number).is_some() { FileType::Directory } else { FileType::RegularFile };
            if reply.add(INodeNo(*number), at as u64 + 1, kind, name) {
                break;
            }
        }
        reply.ok();
    }

    fn statfs(&self, _: &Request, _: INodeNo, reply: ReplyStatfs) {
        let state = lock(&self.0);
        let free = match state.trouble {
            Some(Trouble::Full { .. }) => state.limit.saturating_sub(state.platter.used()),
            Some(Trouble::FullForGood) => 0,
            _ => ROOMY,
        };
        let all = state.platter.used() + free;
        reply.statfs(all / BLOCK, free / BLOCK, free / BLOCK, 1 << 20, 1 << 20, BLOCK as u32, 255, BLOCK as u32);
    }
}
