use std::{
    fs,
    io::Read,
    os::unix::fs::{PermissionsExt, symlink},
    path::PathBuf,
};

use futures::executor::block_on;
use kernel::{ShopId, Timestamp};
use rusqlite::Connection;
use tar::{Builder, EntryType, Header};
use tempfile::TempDir;
use uuid::Uuid;

use super::{
    manifest::{Holds, Member},
    *,
};
use crate::{
    config::Config,
    db::{Migrations, Schema, migrate_copy},
    files::FileKey,
};

const NOW: Timestamp = Timestamp::from_micros(1_795_428_000_000_000);
const SHOP: Uuid = Uuid::from_u128(7);
const PICTURE: &[u8] = b"a picture";

fn migrations() -> Vec<Migrations> {
    crate::module().migrations.into_iter().collect()
}

/// A folder with an installation that has one event and one file, and room beside it.
struct House(TempDir);

impl House {
    fn new() -> House {
        let house = House(tempfile::tempdir().unwrap());
        let data = PathBuf::from(house.config("data").data);
        fs::create_dir(&data).unwrap();
        let mut conn = Connection::open(data.join(DATABASE)).unwrap();
        conn.execute_batch("PRAGMA journal_mode = WAL").unwrap();
        migrate_copy(&mut conn, &migrations()).unwrap();
        let sql = "INSERT INTO platform_events (shop_id, id, seq, kind, at, origin, actor_kind, data, audited) VALUES (?1, ?1, 5, 'k', 0, 'live', 'system', '{}', FALSE)";
        conn.execute(sql, [SHOP.as_bytes()]).unwrap();
        house.register(&conn, PICTURE, 1, false);
        fs::write(data.join(KEY), [7; 32]).unwrap();
        fs::create_dir_all(house.picture().parent().unwrap()).unwrap();
        fs::write(house.picture(), PICTURE).unwrap();
        house
    }
    /// Writes down what the store holds.
    fn register(&self, conn: &Connection, content: &[u8], names: i64, leaving: bool) {
        let (shop, key) = (*SHOP.as_bytes(), FileKey::of(ShopId::from(SHOP), content).to_string());
        let sql = "INSERT INTO platform_files (shop_id, storage_key, id, names, leaving, at) VALUES (?1, ?2, ?1, ?3, ?4, 0)";
        conn.execute(sql, (shop, key, names, leaving)).unwrap();
    }
    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
    fn config(&self, data: &str) -> Config {
        Config { data: self.at(data).display().to_string(), ..Config::default() }
    }
    fn picture(&self) -> PathBuf {
        self.stored(PICTURE)
    }
    fn stored(&self, content: &[u8]) -> PathBuf {
        self.at("data").join(FILES).join(FileKey::of(ShopId::from(SHOP), content).to_string())
    }
    fn database(&self) -> Connection {
        Connection::open(self.at("data").join(DATABASE)).unwrap()
    }
    fn back_up(&self, name: &str) -> Result<Manifest> {
        block_on(take(&self.config("data"), &self.at(name), NOW))
    }
    /// Restores `name`; what it said, after looking that a refusal has left nothing.
    fn restore(&self, name: &str) -> Result<Manifest, String> {
        let restored = block_on(restore(&self.config("restored"), &self.at(name), &migrations(), NOW)).map_err(|error| error.to_string());
        if restored.is_err() {
            assert_eq!(self.at("restored").read_dir().unwrap().count(), 0, "a refusal leaves nothing");
        }
        restored
    }
    /// What a restore of an archive made by hand says.
    fn refusal(&self, manifest: &Manifest, fill: impl FnOnce(&mut Builder<zstd::Encoder<'static, File>>)) -> String {
        let packed = zstd::Encoder::new(File::create(self.at("by-hand")).unwrap(), 1).unwrap();
        let mut archive = Builder::new(packed);
        put(&mut archive, "manifest.json", &serde_json::to_vec(manifest).unwrap());
        fill(&mut archive);
        archive.into_inner().unwrap().finish().unwrap();
        self.restore("by-hand").unwrap_err()
    }
}

fn put(archive: &mut Builder<impl io::Write>, path: &str, bytes: &[u8]) {
    let mut header = Header::new_ustar();
    header.set_size(bytes.len() as u64);
    // by hand: the library refuses to write some of these names
    header.as_old_mut().name[..path.len()].copy_from_slice(path.as_bytes());
    header.set_cksum();
    archive.append(&header, bytes).unwrap();
}

fn member(path: &str, bytes: &[u8]) -> Member {
    use sha2::{Digest, Sha256};
    Member { path: path.into(), size: bytes.len() as u64, sha256: data_encoding::HEXLOWER.encode(&Sha256::digest(bytes)) }
}

/// A manifest of a database and a key of one byte each, and of `more`.
fn manifest(more: Vec<Member>) -> Manifest {
    let holds = Holds { rows: [].into(), newest_event: 0 };
    let members = [member(DATABASE, b"d"), member(KEY, b"k")].into_iter().chain(more).collect();
    Manifest::new(NOW, Schema::known(&migrations()), holds, members)
}

#[test]
fn what_is_restored_is_what_was_backed_up_and_nothing_leaves_it() {
    let house = House::new();
    // nobody names one that is being uploaded or removed, and what somebody put there is not ours
    for (content, leaving) in [(b"uploaded", false), (b"removed!", true)] {
        house.register(&house.database(), content, 0, leaving);
        fs::write(house.stored(content), content).unwrap();
    }
    fs::write(house.picture().with_extension("1"), b"half").unwrap();
    fs::write(house.at("data").join(FILES).join("readme"), b"hello").unwrap();
    let made = house.back_up("backup").unwrap();
    assert_eq!((made.files(), made.holds.newest_event, made.holds.rows["platform_events"]), (1, 5, 1));
    assert_eq!(fs::metadata(house.at("backup")).unwrap().permissions().mode() & 0o777, 0o600, "the key is in it");
    assert_eq!(house.0.path().read_dir().unwrap().count(), 2, "nothing else is left beside it");

    assert_eq!(house.restore("backup").unwrap(), made);

    let restored = house.at("restored");
    assert_eq!(fs::read(restored.join(KEY)).unwrap(), [7; 32]);
    assert_eq!(fs::metadata(restored.join(KEY)).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read(restored.join(house.picture().strip_prefix(house.at("data")).unwrap())).unwrap(), PICTURE);
    assert!(!is_half_restored(&restored));
    let conn = Connection::open(restored.join(DATABASE)).unwrap();
    let paused: (Vec<u8>, i64) =
        conn.query_row("SELECT shop_id, since FROM platform_pauses", [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(paused, (SHOP.as_bytes().to_vec(), NOW.micros()));
}

#[test]
fn an_archive_that_is_cut_short_or_altered_is_refused() {
    let house = House::new();
    let made = house.back_up("backup").unwrap();
    let whole = fs::read(house.at("backup")).unwrap();
    for length in (0..whole.len()).step_by(whole.len() / 40).chain([whole.len() - 1]) {
        fs::write(house.at("bad"), &whole[..length]).unwrap();
        let said = house.restore("bad").unwrap_err();
        assert!(said.contains("backup") && said.ends_with("Use another one."), "{length}: {said}");
    }
    let mut refused = 0;
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut altered = whole.clone();
        altered[at] ^= 0x10;
        fs::write(house.at("bad"), altered).unwrap();
        match house.restore("bad") {
            Err(_) => refused += 1,
            // zstd can say the same in several ways: nothing but that may pass
            Ok(restored) => {
                assert_eq!(restored, made, "byte {at}");
                fs::remove_dir_all(house.at("restored")).unwrap();
            }
        }
    }
    assert!(refused > 30, "{refused}");
    fs::write(house.at("bad"), [whole.as_slice(), b"more"].concat()).unwrap();
    house.restore("bad").unwrap_err();
    // another frame of the packing, which its reader would go on to: a gigabyte of nothing
    let nothing = zstd::encode_all(io::repeat(0).take(1 << 30), 1).unwrap();
    fs::write(house.at("bad"), [whole.as_slice(), &nothing].concat()).unwrap();
    assert!(house.restore("bad").unwrap_err().contains("goes on after its end"));
    house.restore("backup").unwrap();
}

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    let house = House::new();
    let hash = member("", b"x").sha256;
    for path in [
        "../evil",
        "/etc/evil",
        "files/../../evil",
        "files/evil",
        "ombud.sqlite-wal",
        &format!("files/shp_0/{hash}"),
        &format!("files//{hash}"),
        "files",
    ] {
        let said = house.refusal(&manifest(vec![member(path, b"x")]), |_| ());
        assert!(said.contains("does not belong in a backup"), "{path}: {said}");
    }
    for path in ["tables/../evil", "tables/", "tables/Evil", "tables/unknown"] {
        let said = house.refusal(&manifest(vec![member(path, b"x")]), |_| ());
        assert!(said.contains("does not belong in a backup"), "{path}: {said}");
    }
    let twice = house.refusal(&manifest(vec![member(KEY, b"k")]), |_| ());
    assert!(twice.contains("twice"), "{twice}");
    let mut without_key = manifest(vec![]);
    without_key.members.pop();
    assert!(house.refusal(&without_key, |_| ()).contains("secret.key is missing"));
}

#[test]
fn what_is_not_what_the_manifest_names_is_refused() {
    let house = House::new();
    let honest = manifest(vec![]);
    let said = house.refusal(&honest, |archive| put(archive, "../ombud.sqlite", b"d"));
    assert!(said.contains("something else is where ombud.sqlite belongs"), "{said}");
    let said = house.refusal(&honest, |archive| {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Symlink);
        header.set_size(0);
        archive.append_link(&mut header, DATABASE, "/etc/passwd").unwrap();
    });
    assert!(said.contains("something else"), "{said}");
    // what other readers take for the name of the next one, as long as it likes
    let said = house.refusal(&honest, |archive| {
        let mut header = Header::new_gnu();
        header.set_entry_type(EntryType::GNULongName);
        header.set_size(1 << 40);
        header.set_cksum();
        archive.append(&header, io::empty()).unwrap();
    });
    assert!(said.contains("something else"), "{said}");
    let said = house.refusal(&honest, |archive| put(archive, DATABASE, b"x"));
    assert!(said.contains("ombud.sqlite has been altered"), "{said}");
    let said = house.refusal(&honest, |archive| put(archive, DATABASE, b"d"));
    assert!(said.contains("secret.key is missing"), "{said}");
    let said = house.refusal(&honest, |archive| {
        [(DATABASE, "d"), (KEY, "k"), ("more", "m")].iter().for_each(|(path, text)| put(archive, path, text.as_bytes()))
    });
    assert!(said.contains("more in it"), "{said}");
    let said =
        house.refusal(&honest, |archive| [(DATABASE, "d"), (KEY, "k")].iter().for_each(|(path, text)| put(archive, path, text.as_bytes())));
    assert!(said.contains("database"), "{said}");
}

#[test]
fn what_is_too_large_or_too_new_is_refused_before_it_is_unpacked() {
    let house = House::new();
    let mut large = manifest(vec![]);
    large.members[0].size = u64::MAX - 5;
    assert!(house.refusal(&large, |_| ()).contains("MB free"));

    let mut newer = manifest(vec![]);
    newer.schema = serde_json::from_value(serde_json::json!({ "platform": 99 })).unwrap();
    newer.ombud = "7.0.0".into();
    assert!(house.refusal(&newer, |_| ()).contains("made by a newer Ombud, 7.0.0"));

    let mut written_otherwise = serde_json::to_value(manifest(vec![])).unwrap();
    written_otherwise["format"] = 2.into();
    written_otherwise.as_object_mut().unwrap().remove("holds");
    let said = Manifest::read(written_otherwise.to_string().as_bytes()).unwrap_err().to_string();
    assert!(said.contains("newer Ombud"), "{said}");
}

#[test]
fn a_manifest_of_any_length_is_not_read() {
    let house = House::new();
    let said = |size: u64| {
        let mut header = Header::new_ustar();
        header.set_path("manifest.json").unwrap();
        header.set_size(size);
        header.set_cksum();
        let packed = zstd::encode_all(header.as_bytes().as_slice(), 1).unwrap();
        fs::write(house.at("by-hand"), packed).unwrap();
        house.restore("by-hand").unwrap_err()
    };
    assert!(said(archive::LARGEST_MANIFEST).contains("its manifest cannot be read"));
    assert!(said(archive::LARGEST_MANIFEST + 1).contains("does not begin with a manifest"));
}

#[test]
fn a_backup_and_a_restore_take_the_place_of_nothing() {
    let house = House::new();
    house.back_up("backup").unwrap();
    assert!(house.back_up("backup").unwrap_err().to_string().contains("is there already"));
    fs::create_dir(house.at("restored")).unwrap();
    fs::write(house.at("restored").join("mine"), b"x").unwrap();
    let refused = block_on(restore(&house.config("restored"), &house.at("backup"), &migrations(), NOW)).unwrap_err();
    assert!(refused.to_string().contains("is not empty"));
    assert_eq!(fs::read(house.at("restored").join("mine")).unwrap(), b"x");

    let nothing = block_on(take(&house.config("nowhere"), &house.at("other"), NOW)).unwrap_err();
    assert!(nothing.to_string().contains("There is no database"));
    assert!(!house.at("nowhere").exists() && !house.at("other").exists());
}

#[test]
fn a_file_that_is_not_what_its_name_says_is_not_backed_up_unnoticed() {
    let house = House::new();
    fs::write(house.picture(), b"a pictura").unwrap();
    let said = house.back_up("backup").unwrap_err().to_string();
    assert!(said.contains("is not what was stored") && !house.at("backup").exists(), "{said}");
}

#[test]
fn a_file_that_was_lost_is_named_and_one_that_leads_elsewhere_not_followed() {
    let house = House::new();
    fs::remove_file(house.picture()).unwrap();
    let missing = house.back_up("backup").unwrap().missing;
    assert_eq!(missing, [house.picture().strip_prefix(house.at("data")).unwrap().to_str().unwrap()]);
    symlink("/etc/hostname", house.picture()).unwrap();
    assert_eq!(house.back_up("another").unwrap().missing, missing);
    assert_eq!(house.restore("another").unwrap().files(), 0);
}

#[test]
fn a_full_disk_is_said() {
    let house = House::new();
    let made = house.back_up("backup").unwrap();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full");
    let in_data = |member: &Member| File::open(house.at("data").join(&member.path));
    let said = archive::write(&full().unwrap(), &made, in_data).unwrap_err().to_string();
    assert!(said.contains("No space left"), "{said}");
    let said = archive::read(&house.at("backup"), |_| Ok(()), |_| full()).unwrap_err().to_string();
    assert!(said.contains(&made.members[0].path) && said.contains("No space left"), "{said}");
}

#[test]
fn each_engine_has_its_own_backups() {
    let house = House::new();
    let mut of_tables = manifest(vec![member("tables/platform_events", b"")]);
    of_tables.members.remove(0);
    of_tables.holds.rows.insert("platform_events".into(), 0);
    assert!(house.refusal(&of_tables, |_| ()).contains("name it in database_url"));
    of_tables.holds.rows.insert("platform_jobs".into(), 0);
    assert!(house.refusal(&of_tables, |_| ()).contains("tables/platform_jobs is missing"));
}
