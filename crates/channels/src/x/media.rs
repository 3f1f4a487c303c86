//! Pictures on their way to X: announced, handed in piece by piece, and closed.

use bytes::Bytes;
use platform::{App, egress::Request};
use serde_json::{Value, json};

use super::api::{Api, refused, understood};
use crate::{
    multipart::Multipart,
    partner::{Refusal, Why},
};

/// A picture in a message is no larger, in bytes.
const LARGEST: usize = 5 << 20;
/// So much is handed in at once.
const SEGMENT: usize = 4 << 20;

/// Whether X shows it in a message as it is.
pub fn is_picture(media_type: &str, size: usize) -> bool {
    matches!(media_type, "image/jpeg" | "image/png" | "image/webp") && size <= LARGEST
}

/// Hands a picture in; says what X calls it.
pub async fn upload(app: &App, api: &Api<'_>, name: &str, media_type: &str, content: &Bytes) -> Result<String, Refusal> {
    let announced = json!({ "media_type": media_type, "media_category": "dm_image", "total_bytes": content.len() });
    let said = handed_in(app, api.to("media/upload/initialize")?.json(&announced)?).await?;
    let id = said["data"]["id"].as_str().filter(|id| super::is_id(id)).ok_or_else(|| unclear("It does not say what it calls the file."))?;
    for (nth, segment) in content.chunks(SEGMENT).enumerate() {
        let form = Multipart::new(app.rng()).text("segment_index", &nth.to_string()).file("media", name, media_type, segment);
        handed_in(app, form.on(api.to(&format!("media/upload/{id}/append"))?)?).await?;
    }
    handed_in(app, api.to(&format!("media/upload/{id}/finalize"))?).await?;
    Ok(id.to_owned())
}

/// A file that was handed in and never sent harms nobody: what is in doubt is handed in again.
async fn handed_in(app: &App, request: Request) -> Result<Value, Refusal> {
    let answer = app.egress().send(request).await?;
    match understood(&answer) {
        Some(said) => Ok(said),
        None => Err(refused(&answer, app.now()).err().unwrap_or_else(|| unclear("It does not say whether it took the file."))),
    }
}

fn unclear(said: &str) -> Refusal {
    Refusal::new(Why::Later, said)
}
