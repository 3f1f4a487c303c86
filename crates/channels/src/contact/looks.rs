//! What the pages of the contact form look like, and their scripts.

use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};
use platform::{
    App, Tx,
    http::{Answer, Network, Path},
};

use crate::webchat::{settings::Settings, visit::Door};

/// The looks of a form: those of every form, in the shop's colour.
pub async fn style(State(app): State<App>, Path(key): Path<String>, network: Network) -> Answer<Response> {
    let found = app.read(async move |tx: &mut Tx<'_>| Door::by_key(tx, &key, network).await).await;
    let color = found.map_or_else(|_| Settings::default().color, |(widget, _)| widget.settings.color);
    let ink = if is_bright(&color) { "#000" } else { "#fff" };
    let css = format!(":root{{--shop:{color};--on-shop:{ink}}}\n{}", include_str!("../../templates/contact.css"));
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")];
    Ok((headers, css).into_response())
}

/// Whether black reads better on it than white: by its relative luminance, as WCAG 2.2 defines it.
fn is_bright(color: &str) -> bool {
    let part =
        |at: usize| color.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok()).map_or(0.0, |value| f64::from(value) / 255.0);
    let linear = |value: f64| if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
    let luminance = 0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5));
    (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05)
}

/// A script for pages of the shop's, or of ours.
pub fn script(text: &'static str) -> Response {
    let headers: [(HeaderName, &str); 4] = [
        (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=3600"),
        (HeaderName::from_static("cross-origin-resource-policy"), "cross-origin"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (headers, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_shops_colour_can_be_read() {
        for (color, bright) in [("#0b6b5a", false), ("#ffcc00", true), ("#ffffff", true), ("#000000", false), ("#c2185b", false)] {
            assert_eq!(is_bright(color), bright, "{color}");
        }
    }
}
