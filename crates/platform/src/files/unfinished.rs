//! Unfinished files: in a folder each file is written beside its place, under its name and `#1`, and gets its name once all
//! of it is there. What a crash left under such a name nobody asks for again, and it may be of somebody who has been erased.

use std::{fs, io, path::Path, time::UNIX_EPOCH};

use kernel::{Error, Timestamp, days};

use crate::{
    App,
    sweep::{Sweep, Swept},
};

/// Whoever has been writing a file for so long has crashed.
const WRITTEN_WITHIN: i64 = days(1);

/// Removes what has not been finished.
pub(crate) fn sweep() -> Sweep {
    Sweep::new("unfinished_files", async |app: App| {
        let (store, before) = (app.files().clone(), app.now() - WRITTEN_WITHIN);
        let swept = tokio::task::spawn_blocking(move || store.folder.as_deref().map_or(Ok(()), |folder| remove_from(folder, before)));
        swept.await.map_err(Error::broken)?.map_err(Error::broken)?;
        Ok(Swept::Clean)
    })
}

fn remove_from(folder: &Path, before: Timestamp) -> io::Result<()> {
    for shop in fs::read_dir(folder)? {
        let shop = shop?;
        if !shop.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(shop.path())? {
            let file = file?;
            if file.file_name().to_string_lossy().contains('#') {
                match remove_if_older(&file, before) {
                    // it got its name just now
                    Err(error) if error.kind() == io::ErrorKind::NotFound => (),
                    removed => removed?,
                }
            }
        }
    }
    Ok(())
}

fn remove_if_older(file: &fs::DirEntry, before: Timestamp) -> io::Result<()> {
    let written = file.metadata()?.modified()?.duration_since(UNIX_EPOCH).map_err(io::Error::other)?;
    if written.as_micros() < u128::try_from(before.micros()).unwrap_or(0) { fs::remove_file(file.path()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use std::{fs::File, time::Duration};

    use super::*;

    #[test]
    fn what_was_left_half_written_goes_after_a_day_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let shop = folder.path().join("shp_1");
        fs::create_dir(&shop).unwrap();
        let now = Duration::from_hours(100);
        for (name, hours_ago) in [("ab", 90), ("ab#1", 25), ("cd#1", 23), ("cd#12", 50)] {
            File::create(shop.join(name)).unwrap().set_modified(UNIX_EPOCH + now - Duration::from_hours(hours_ago)).unwrap();
        }
        fs::write(folder.path().join(".lock"), "").unwrap();
        remove_from(folder.path(), Timestamp::from_micros(now.as_micros() as i64) - WRITTEN_WITHIN).unwrap();
        let mut left: Vec<String> = fs::read_dir(&shop).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        left.sort();
        assert_eq!(left, ["ab", "cd#1"]);
    }
}
