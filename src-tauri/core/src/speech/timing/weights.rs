//! How long a word takes to say, compared with others.

/// Weight of a word.
pub(crate) fn weight(word: &str, _language: &str) -> f32 {
    1.0 + word.chars().filter(|c| c.is_alphanumeric()).count() as f32
}
