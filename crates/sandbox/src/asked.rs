//! What is asked of a partner, and the parts of a form with files.

use std::collections::HashMap;

use axum::{
    body::Bytes,
    http::{HeaderMap, Method, Uri},
};
use serde_json::Value;

use super::SentFile;

/// What is asked of a partner.
pub struct Asked {
    pub method: Method,
    pub path: String,
    pub query: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Asked {
    pub fn of(method: Method, uri: &Uri, headers: HeaderMap, body: Bytes) -> Asked {
        Asked { method, path: uri.path().to_owned(), query: uri.query().unwrap_or_default().to_owned(), headers, body }
    }
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
    /// The parts of a form with files, by name.
    pub fn parts(&self) -> HashMap<String, Part> {
        let boundary = self.header("content-type").split_once("boundary=").map(|(_, boundary)| format!("--{boundary}"));
        let Some(boundary) = boundary else { return HashMap::new() };
        let starts: Vec<usize> = (0..self.body.len()).filter(|at| self.body[*at..].starts_with(boundary.as_bytes())).collect();
        let between = starts.windows(2).filter_map(|pair| self.body.get(pair[0] + boundary.len() + 2..pair[1] - 2));
        between.filter_map(Part::read).collect()
    }
}

/// A part of a form with files.
#[derive(Debug, Clone, Default)]
pub struct Part {
    head: String,
    content: Vec<u8>,
}

impl Part {
    fn read(bytes: &[u8]) -> Option<(String, Part)> {
        let gap = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let part = Part { head: String::from_utf8_lossy(&bytes[..gap]).into_owned(), content: bytes[gap + 4..].to_vec() };
        Some((part.named(" name=\"")?, part))
    }
    fn named(&self, before: &str) -> Option<String> {
        self.head.split_once(before).and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned)
    }
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.content).into_owned()
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.content).unwrap_or_default()
    }
    pub fn file(&self) -> Option<SentFile> {
        Some(SentFile { name: self.named("filename=\"")?, content: self.content.clone() })
    }
}
