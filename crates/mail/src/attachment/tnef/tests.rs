use super::*;

fn attribute(id: u32, data: &[u8]) -> Vec<u8> {
    [&[2], &id.to_le_bytes()[..], &(data.len() as u32).to_le_bytes(), data, &[0, 0]].concat()
}

fn text_property(id: u16, text: &str) -> Vec<u8> {
    let wide: Vec<u8> = text.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    let padding = vec![0; wide.len().next_multiple_of(4) - wide.len()];
    [&[0x1f, 0], &id.to_le_bytes()[..], &1_u32.to_le_bytes(), &(wide.len() as u32).to_le_bytes(), &wide, &padding].concat()
}

/// A letter's text and two files, between properties nobody asks for.
pub(crate) fn winmail() -> Vec<u8> {
    let number = [&[3, 0, 0x17, 0][..], &1_u32.to_le_bytes()].concat();
    let own = [
        &[0x1e, 0, 0, 0x85][..],
        &[0; 16],
        &1_u32.to_le_bytes(),
        &4_u32.to_le_bytes(),
        b"a\0b\0",
        &1_u32.to_le_bytes(),
        &1_u32.to_le_bytes(),
        b"x\0\0\0",
    ]
    .concat();
    let body =
        [&4_u32.to_le_bytes()[..], &number, &own, &text_property(0x1000, "Hei, se vedlegg. Løvfald"), &text_property(0x1013, "<p>Hei</p>")]
            .concat();
    let long =
        [&2_u32.to_le_bytes()[..], &text_property(0x3707, "tilbud på telt.docx"), &text_property(0x370e, "application/msword")].concat();
    let file = |name: &[u8], content: &[u8]| {
        [attribute(0x0006_9002, &[0; 14]), attribute(0x0001_8010, name), attribute(0x0006_800f, content)].concat()
    };
    [
        &SIGNATURE[..],
        &[1, 0],
        &attribute(0x0008_9006, &0x0001_0000_u32.to_le_bytes()),
        &attribute(0x0006_9003, &body),
        &file(b"TILBUD~1.DOC\0", b"PK\x03\x04 docx"),
        &attribute(0x0006_9005, &long),
        &file(b"../../m\xe5l.txt\0", b"120 cm"),
        &file(b"empty.txt\0", b""),
    ]
    .concat()
}

#[test]
fn files_and_text_come_out_of_it() {
    let opened = open(&winmail()).unwrap();
    assert_eq!((opened.text.as_deref(), opened.html.as_deref()), (Some("Hei, se vedlegg. Løvfald"), Some("<p>Hei</p>")));
    let files: Vec<(&str, &str, &[u8])> =
        opened.attachments.iter().map(|file| (file.name.as_str(), file.said_to_be.as_str(), file.content.as_slice())).collect();
    let expected: [(&str, &str, &[u8]); 2] =
        [("tilbud på telt.docx", "application/msword", b"PK\x03\x04 docx"), ("mål.txt", "application/octet-stream", b"120 cm")];
    assert_eq!(files, expected);
}

#[test]
fn one_that_breaks_off_is_read_as_far_as_it_goes() {
    let whole = winmail();
    for end in 0..whole.len() {
        let opened = open(&whole[..end]);
        assert_eq!(opened.is_some(), end >= 6, "{end}");
        assert!(opened.is_none_or(|opened| opened.attachments.len() <= 2));
    }
    for at in 0..whole.len() {
        let mut odd = whole.clone();
        odd[at] = 0xff;
        open(&odd);
    }
    let files = |n| [&SIGNATURE[..], &[1, 0], &[attribute(0x0006_9002, &[]), attribute(0x0006_800f, b"x")].concat().repeat(n)].concat();
    assert_eq!(open(&files(MOST_FILES)).unwrap().attachments.len(), MOST_FILES);
    assert_eq!(open(&files(MOST_FILES + 1)).unwrap().attachments.len(), MOST_FILES);
}
