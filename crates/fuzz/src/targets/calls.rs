//! What telephone systems tell: whatever it is, it is understood or it is not, and what is understood is in bounds.

use platform::http::read_json;
use telephony::Told;

use super::is_trick;

pub const WORDS: &[&str] = &[
    "{\"event\":\"ringing\",\"call_id\":\"1\",\"caller\":\"+4722334455\",\"called\":null,\"answered_by\":null,\"seconds\":null,\"recording\":null}",
    "\"event\":\"voicemail\"",
    "\"event\":\"answered\"",
    "\"call_id\":\"\\u0000\\u202e\"",
    "\"caller\":\"sip:a@b\"",
    "\"caller\":\"anonymous\"",
    "\"answered_by\":\"a@b.c\"",
    "\"seconds\":9223372036854775807",
    "\"seconds\":-1",
    "\"recording\":\"javascript:\"",
    "\"recording\":\"https://pbx.example/1.wav\"",
    "null",
    "[]",
    "{}",
];

pub fn calls(data: &[u8]) {
    let Ok(told) = read_json::<Told>(data) else { return };
    let is_line = |text: &str, most: usize| (1..=most).contains(&text.chars().count()) && !text.contains('\n') && !text.contains(is_trick);
    assert!(is_line(&told.call_id, 200), "{told:?}");
    assert!([&told.caller, &told.called].into_iter().flatten().all(|number| is_line(number, 120)), "{told:?}");
    assert!(told.seconds.is_none_or(|seconds| (0..=604_800).contains(&seconds)), "{told:?}");
    assert!(told.recording.is_none_or(|address| address.starts_with("http") && is_line(&address, 2_000)), "its address is one");
}
