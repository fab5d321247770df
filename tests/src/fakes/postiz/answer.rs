//! Answers in the shapes the public API gives them.

use serde_json::{Value, json};

/// An answer: its status, headers and body.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn json(status: u16, body: &Value) -> Self {
        let headers = vec![("content-type", "application/json; charset=utf-8".to_owned())];
        Self { status, headers, body: body.to_string().into_bytes() }
    }

    pub(super) fn good(body: &Value) -> Self {
        Self::json(200, body)
    }

    /// A refusal by a guard: the key.
    pub(super) fn key(says: &str) -> Self {
        Self::json(401, &json!({ "msg": says }))
    }

    pub(super) fn bad(says: &[String]) -> Self {
        Self::json(400, &json!({ "statusCode": 400, "message": says, "error": "Bad Request" }))
    }

    pub(super) fn forbidden() -> Self {
        let says = "Forbidden resource";
        Self::json(403, &json!({ "statusCode": 403, "message": says, "error": "Forbidden" }))
    }

    pub(super) fn nowhere(says: &str) -> Self {
        Self::json(404, &json!({ "statusCode": 404, "message": says, "error": "Not Found" }))
    }

    pub(super) fn too_large() -> Self {
        Self::json(413, &json!({ "statusCode": 413, "message": "request entity too large" }))
    }

    pub(super) fn too_many(wait_s: Option<u64>) -> Self {
        let says = "ThrottlerException: Too Many Requests";
        let mut answer = Self::json(429, &json!({ "statusCode": 429, "message": says }));
        answer.headers.extend(wait_s.map(|seconds| ("retry-after", seconds.to_string())));
        answer
    }

    pub(super) fn trouble() -> Self {
        Self::json(500, &json!({ "statusCode": 500, "message": "Internal server error" }))
    }

    pub(super) fn page() -> Self {
        let body = b"<html><h1>Just a moment</h1></html>".to_vec();
        Self { status: 200, headers: vec![("content-type", "text/html".to_owned())], body }
    }

    pub(super) fn redirect() -> Self {
        Self { status: 302, headers: vec![("location", "http://127.0.0.1:9/".to_owned())], body: Vec::new() }
    }
}
