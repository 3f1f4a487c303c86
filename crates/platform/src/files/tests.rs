use kernel::ShopId;

use super::*;
use crate::tests::servers::server_or_skip;

fn shop(n: u128) -> ShopId {
    ShopId::from(uuid::Uuid::from_u128(n))
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x06\0\0\0");
    bytes.resize(bytes.len() + 64, 7);
    bytes
}

fn gif(width: u16, height: u16) -> Vec<u8> {
    [b"GIF89a".as_slice(), &width.to_le_bytes(), &height.to_le_bytes(), &[0; 64]].concat()
}

fn jpeg() -> Vec<u8> {
    [
        b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08\x00\x20\x00\x10\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"
            .as_slice(),
        &[0; 64],
    ]
    .concat()
}

fn webp() -> Vec<u8> {
    [b"RIFF\x2a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x0f\0\0\x1f\0\0".as_slice(), &[0; 64]].concat()
}

fn mp4(brand: &[u8; 4]) -> Vec<u8> {
    [b"\0\0\0\x18ftyp".as_slice(), brand, &[0; 64]].concat()
}

/// An empty archive, put behind something else.
fn zip_behind(front: &[u8], comment: &[u8]) -> Vec<u8> {
    [front, b"PK\x05\x06", &[0; 16], &(comment.len() as u16).to_le_bytes(), comment].concat()
}

#[test]
fn files_are_known_by_what_they_hold() {
    use MediaType::*;
    for (bytes, name, media, pixels) in [
        (png(3, 4), "x.png", Png, Some((3, 4))),
        (png(3, 4), "x.exe", Png, Some((3, 4))),
        (jpeg(), "x", Jpeg, Some((16, 32))),
        (gif(5, 6), "x.gif", Gif, Some((5, 6))),
        (webp(), "x.webp", Webp, Some((16, 32))),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj".to_vec(), "x.pdf", Pdf, None),
        (mp4(b"isom"), "x.mp4", Mp4, None),
        (b"RIFF\x2a\0\0\0WAVEfmt \x10\0\0\0".to_vec(), "x.wav", Wav, None),
        (b"ID3\x03\0\0\0\0\0\0".to_vec(), "x.mp3", Mp3, None),
        (b"\xff\xfb\x90\x64\0\0".to_vec(), "x.mp3", Mp3, None),
        (b"OggS\0\x02\0\0".to_vec(), "x.opus", Ogg, None),
        (b"ID3 is a label in sounds".to_vec(), "x.txt", Text, None),
        ("ğüş 订单 🦊\r\n\tx\n".into(), "x.txt", Text, None),
        ("\u{feff}a;b\n1;2".into(), "X.CSV", Csv, None),
        (b"a < b and c > d, <3".to_vec(), "notes.md", Text, None),
        (vec![b'x'; 5_000], "", Text, None),
        // a photo with a description in XML
        ([png(1, 1), b"<?xpacket begin?><x:xmpmeta><rdf:RDF/></x:xmpmeta>".to_vec()].concat(), "x.png", Png, Some((1, 1))),
        // the signature of an archive within the data, but no end of one
        ([png(1, 1), b"PK\x05\x06".to_vec(), vec![9; 200]].concat(), "x.png", Png, Some((1, 1))),
    ] {
        assert_eq!(sniff(&bytes, name).unwrap(), Sniffed { media, pixels }, "{name} {media:?}");
        assert_eq!(MediaType::from_mime(media.mime()), Some(media));
    }
}

#[test]
fn everything_else_is_refused() {
    let html_late = format!("{}<script>alert(1)</script>", " \n".repeat(600));
    for (what, bytes) in [
        ("html", b"<html><body>hi".to_vec()),
        ("html with spaces", html_late.into_bytes()),
        ("doctype", b"\xef\xbb\xbf <!DOCTYPE html>".to_vec()),
        ("html after words", b"hello <SCRIPT>alert(1)</SCRIPT>".to_vec()),
        ("svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec()),
        ("svg as xml", b"<?xml version='1.0'?><svg/>".to_vec()),
        ("php", b"<?php system($_GET[0]);".to_vec()),
        ("short php", b"<?=`id`?>".to_vec()),
        ("shell", b"#!/bin/sh\nrm -rf /".to_vec()),
        ("postscript", b"%!PS-Adobe-3.0".to_vec()),
        ("rtf", b"{\\rtf1}".to_vec()),
        ("exe", b"MZ\x90\0\x03\0\0\0".to_vec()),
        ("elf", b"\x7fELF\x02\x01".to_vec()),
        ("zip", b"PK\x03\x04\x14\0\0\0".to_vec()),
        ("empty zip", zip_behind(b"", b"")),
        ("gzip", b"\x1f\x8b\x08\0".to_vec()),
        ("rar", b"Rar!\x1a\x07\0".to_vec()),
        ("7z", b"7z\xbc\xaf\x27\x1c".to_vec()),
        ("ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec()),
        ("bmp", b"BM\x46\0\0\0\0\0".to_vec()),
        ("tiff", b"II*\0\x08\0\0\0".to_vec()),
        ("ico", b"\0\0\x01\0\x01\0".to_vec()),
        ("heic", mp4(b"heic")),
        ("avif", mp4(b"avif")),
        ("sound", mp4(b"M4A ")),
        ("quicktime", mp4(b"qt  ")),
        ("wasm", b"\0asm\x01\0\0\0".to_vec()),
        ("java class", b"\xca\xfe\xba\xbe\0\0".to_vec()),
        ("late pdf", b"junk\n%PDF-1.7\n\0".to_vec()),
        ("windows-1252", b"caf\xe9 cr\xe8me".to_vec()),
        ("utf-16", b"\xff\xfea\0b\0".to_vec()),
        ("null", b"text\0text".to_vec()),
        ("escape codes", b"\x1b[31mred".to_vec()),
        ("gifar", zip_behind(&gif(5, 6), b"")),
        ("gifar with a comment", zip_behind(&gif(5, 6), b"hidden")),
        ("gifar with rubbish", [zip_behind(&gif(5, 6), b""), vec![0; 10]].concat()),
        ("png and zip", zip_behind(&png(1, 1), &[b'c'; 60_000])),
        ("pdf and zip", zip_behind(b"%PDF-1.4\n", b"")),
        ("jpeg and php", [jpeg(), vec![0; 5_000], b"<?PHP system('id');".to_vec()].concat()),
        ("gif and script", [gif(5, 6), vec![0; 5_000], b"<ScRiPt>alert(1)".to_vec()].concat()),
        ("pdf and html", b"%PDF-1.4\n<html><body onload=alert(1)>".to_vec()),
        ("gif and html", [gif(5, 6), b"<!DOCTYPE html>".to_vec()].concat()),
        ("mp4 and svg", [mp4(b"isom"), b"<svg onload=alert(1)>".to_vec()].concat()),
        ("half a png", b"\x89PNG\r\n\x1a\n\0\0".to_vec()),
        ("a bomb", png(50_000, 50_000)),
        ("a long bomb", png(20_001, 1)),
        ("no pixels", png(0, 10)),
        ("nothing", vec![]),
    ] {
        let error = sniff(&bytes, "x.png").expect_err(what).to_string();
        assert!(["Send a PNG", "damaged", "million", "empty"].iter().any(|reason| error.contains(reason)), "{what}: {error}");
    }
}

#[test]
fn names_are_safe_and_end_as_they_should() {
    use MediaType::*;
    for (name, media, expected) in [
        ("photo.jpg", Jpeg, "photo.jpg"),
        ("photo.JPEG", Jpeg, "photo.jpeg"),
        ("photo.jpg", Png, "photo.png"),
        ("../../etc/passwd", Text, "passwd.txt"),
        ("..\\..\\windows\\win.ini", Text, "win.ini.txt"),
        ("/etc/cron.d/x", Text, "x.txt"),
        ("C:\\x\\y.pdf", Pdf, "y.pdf"),
        ("shell.php", Png, "shell.png"),
        ("shell.php.jpg", Jpeg, "shell.jpg"),
        ("shell.php.png.exe", Jpeg, "shell.jpg"),
        ("shell.PhP5 ", Gif, "shell.gif"),
        (".htaccess", Text, "file.txt"),
        ("...", Pdf, "file.pdf"),
        ("", Pdf, "file.pdf"),
        (".png", Png, "file.png"),
        ("photo\u{202e}gnp.exe", Png, "photognp.png"),
        ("a\0b\r\nc\u{200b}.txt", Text, "ab c.txt"),
        ("a<b>:\"|?*.txt", Text, "a_b______.txt"),
        ("CON.txt", Text, "_CON.txt"),
        ("lpt1", Pdf, "_lpt1.pdf"),
        ("aux.h.txt", Text, "_aux.h.txt"),
        ("console.txt", Text, "console.txt"),
        ("v1.2 notes", Text, "v1.2 notes.txt"),
        ("report.final", Csv, "report.final.csv"),
        ("  x .pdf. ", Pdf, "x.pdf"),
        ("订单 确认.pdf", Pdf, "订单 确认.pdf"),
        ("%2e%2e%2fx.pdf", Pdf, "%2e%2e%2fx.pdf"),
    ] {
        assert_eq!(safe_name(name, media), expected, "{name}");
        assert_eq!(safe_name(expected, media), expected, "{name}");
    }
    for long in ["x".repeat(5_000) + ".pdf", "订".repeat(500), "x.".repeat(400)] {
        let safe = safe_name(&long, Pdf);
        assert!(safe.len() <= LONGEST_NAME && safe.ends_with(".pdf"), "{safe}");
    }
}
const LONGEST_NAME: usize = 200;

#[test]
fn a_download_keeps_its_ending_and_loses_its_tricks() {
    for (name, expected) in [
        ("offer.docx", "offer.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\mail\\list.xlsx", "list.xlsx"),
        ("inv\u{202e}fdp.exe", "invfdp.exe"),
        ("a\r\nb.zip", "a b.zip"),
        ("CON.zip", "_CON.zip"),
        ("..", "file"),
        ("", "file"),
        (".zip", "zip"),
        ("what?.zip", "what_.zip"),
    ] {
        assert_eq!(plain_name(name), expected, "{name:?}");
        assert_eq!(plain_name(expected), expected, "{name:?}");
    }
    assert!(plain_name(&format!("{}.docx", "订单".repeat(200))).len() <= 200);
}

#[test]
fn nothing_served_can_run() {
    for media in MediaType::ALL {
        let headers = serving_headers(media, "订单 \"1\"; filename=x.html\r\n.pdf");
        let header = |name: &str| headers[name].to_str().unwrap();
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert!(
            header("content-security-policy").starts_with("default-src 'none'") && header("content-security-policy").ends_with("sandbox")
        );
        assert!(header("content-type").starts_with(media.mime()));
        let disposition = header("content-disposition");
        assert_eq!(disposition.starts_with("inline"), media.is_picture());
        assert!(disposition.contains("filename=\"__ _1__ filename_x.html__.pdf\""), "{disposition}");
        assert!(disposition.ends_with("filename*=UTF-8''%E8%AE%A2%E5%8D%95%20%221%22%3B%20filename%3Dx.html%0D%0A.pdf"), "{disposition}");
    }
}

#[test]
fn a_key_is_written_and_read() {
    let key = FileKey::of(shop(1), b"abc");
    assert!(key.to_string().ends_with("/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assert_eq!(key.to_string().parse::<FileKey>().unwrap(), key);
    for wrong in ["", "/", "x/y", &key.to_string().to_uppercase(), &format!("{key}/.."), &format!("../{key}"), &key.to_string()[..90]] {
        assert!(wrong.parse::<FileKey>().is_err(), "{wrong}");
    }
}

/// What every kind of store has to do.
async fn keeps_files(store: FileStore) {
    store.check().await.unwrap();
    store.answers().await.unwrap();
    let (one, two) = (FileKey::of(shop(1), b"abc"), FileKey::of(shop(2), b"abc"));
    for key in [one, two, one] {
        store.put(key, Bytes::from_static(b"abc")).await.unwrap();
    }
    assert_eq!(store.get(one).await.unwrap().as_ref(), b"abc");

    store.delete(one).await.unwrap();
    store.delete(one).await.unwrap();
    assert!(matches!(store.get(one).await, Err(Error::NotFound(_))));
    assert_eq!(store.get(two).await.unwrap().as_ref(), b"abc");
    store.delete(two).await.unwrap();
}

#[tokio::test]
async fn a_folder_keeps_files() {
    let folder = tempfile::tempdir().unwrap();
    keeps_files(FileStore::folder(&folder.path().join("a/b")).unwrap()).await;
}

#[tokio::test]
async fn a_damaged_file_is_noticed_and_healed_by_storing_it_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = FileStore::folder(folder.path()).unwrap();
    let key = FileKey::of(shop(1), b"abc");
    store.put(key, Bytes::from_static(b"abc")).await.unwrap();
    std::fs::write(folder.path().join(key.to_string()), b"abd").unwrap();
    assert!(store.get(key).await.unwrap_err().to_string().contains("damaged"));
    store.put(key, Bytes::from_static(b"abc")).await.unwrap();
    assert_eq!(store.get(key).await.unwrap().as_ref(), b"abc");
}

#[tokio::test]
async fn a_bucket_keeps_files() {
    let Some(endpoint) = server_or_skip("OMBUD_TEST_S3", "a_bucket_keeps_files") else { return };
    let mut name = [0; 8];
    name.copy_from_slice(&crate::rng::Rng::system().bytes::<8>());
    let bucket = Bucket {
        url: format!("s3://ombud-{}", HEXLOWER.encode(&name)),
        region: "us-east-1".into(),
        endpoint: Some(endpoint.clone()),
        access_key: "test".into(),
        secret_key: "test".into(),
    };
    let address = endpoint.trim_start_matches("http://").parse().unwrap();
    let make = crate::egress::Request::new("S3", reqwest::Method::PUT, format!("{endpoint}/{}", &bucket.url[5..]));
    crate::egress::Egress::allowing([address]).unwrap().send(make).await.unwrap().success().unwrap();
    keeps_files(FileStore::bucket(&bucket).unwrap()).await;
}

#[test]
fn a_bucket_needs_an_address() {
    for url in ["", "s3://", "https://x", "s3://a/b", "bucket"] {
        let bucket = Bucket { url: url.into(), region: "x".into(), endpoint: None, access_key: "a".into(), secret_key: "canary".into() };
        assert!(FileStore::bucket(&bucket).unwrap_err().to_string().contains("s3://name"), "{url}");
        assert!(!format!("{bucket:?}").contains("canary"));
    }
}
