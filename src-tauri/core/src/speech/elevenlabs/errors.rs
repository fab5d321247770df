//! What ElevenLabs says when it refuses, as an outcome. The status alone is not enough: 401 is also how it says that a
//! quota is used up.

use std::time::Duration;

use serde_json::Value;

use crate::speech::provider::Outcome;

/// A refusal, and whether it is certain that nothing was charged for it.
pub(super) struct Refusal {
    pub(super) outcome: Outcome,
    pub(super) certain: bool,
}

/// Reads a refusal. `sent` is how many characters the request had.
pub(super) fn read(status: u16, retry_after: Option<Duration>, body: &str, sent: usize) -> Refusal {
    let parsed: Option<Value> = serde_json::from_str(body).ok();
    let detail = parsed.as_ref().and_then(|v| v.get("detail"));
    let field = |name: &str| detail.and_then(|d| d.get(name)).and_then(Value::as_str);
    // `status` is the older name of `code`.
    let code = field("code").or_else(|| field("status")).unwrap_or_default();
    let says = message(detail).unwrap_or_else(|| format!("HTTP {status}"));
    let outcome = match code {
        "quota_exceeded" | "insufficient_credits" | "payment_required" => Outcome::QuotaRefused(says),
        "invalid_api_key"
        | "missing_api_key"
        | "missing_permissions"
        | "needs_authorization"
        | "detected_unusual_activity" => Outcome::Auth(says),
        "text_too_long" | "max_character_limit_exceeded" => {
            Outcome::TextTooLong { found: sent, limit: sent.saturating_sub(1) }
        }
        "rate_limit_exceeded" | "system_busy" => Outcome::RateLimited { after: retry_after },
        "concurrent_limit_exceeded" | "too_many_concurrent_requests" => Outcome::ConcurrencyFull,
        _ => match status {
            401 | 403 => Outcome::Auth(says),
            402 => Outcome::QuotaRefused(says),
            413 => Outcome::TextTooLong { found: sent, limit: sent.saturating_sub(1) },
            429 => Outcome::RateLimited { after: retry_after },
            408 | 425 | 500..=599 => Outcome::Unavailable(says),
            _ => Outcome::Refused(says),
        },
    };
    // A page of something in between (502, 504) says nothing about what became of the request behind it.
    Refusal { certain: (400..500).contains(&status) || detail.is_some(), outcome }
}

/// The sentence for a person: `detail` is an object, a plain string, or a list of what is wrong with each field.
fn message(detail: Option<&Value>) -> Option<String> {
    let text = |v: &Value| v.as_str().map(str::to_owned);
    let said = match detail? {
        Value::String(said) => said.clone(),
        Value::Array(all) => {
            let each: Vec<String> = all.iter().filter_map(|one| one.get("msg").or(Some(one)).and_then(text)).collect();
            each.join("; ")
        }
        object => object.get("message").and_then(text)?,
    };
    let short: String = said.chars().filter(|c| !c.is_control()).take(300).collect();
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_error_has_its_outcome() {
        let of = |status, body: &str| read(status, None, body, 12).outcome.name();
        let detail = |key: &str, code: &str| format!(r#"{{"detail":{{"{key}":"{code}","message":"no"}}}}"#);
        for (status, body, name) in [
            (401, detail("status", "quota_exceeded"), "provider_quota"),
            (401, detail("code", "quota_exceeded"), "provider_quota"),
            (401, detail("status", "invalid_api_key"), "auth"),
            (401, String::new(), "auth"),
            (429, detail("code", "rate_limit_exceeded"), "rate_limited"),
            (429, detail("status", "system_busy"), "rate_limited"),
            (429, detail("code", "concurrent_limit_exceeded"), "concurrency_full"),
            (429, detail("status", "too_many_concurrent_requests"), "concurrency_full"),
            (400, detail("status", "max_character_limit_exceeded"), "text_too_long"),
            (404, detail("status", "voice_not_found"), "refused"),
            (422, r#"{"detail":[{"loc":["body","text"],"msg":"field required"}]}"#.into(), "refused"),
            (422, r#"{"detail":"Unprocessable"}"#.into(), "refused"),
            (402, r#"{"detail":"Pay"}"#.into(), "provider_quota"),
            (500, "<html>".into(), "unavailable"),
        ] {
            assert_eq!(of(status, &body), name, "{status} {body}");
        }
    }

    #[test]
    fn only_what_the_provider_itself_refused_is_certainly_free() {
        assert!(read(401, None, "", 1).certain && read(503, None, r#"{"detail":"busy"}"#, 1).certain);
        assert!(!read(502, None, "<html>Bad gateway</html>", 1).certain);
    }
}
