//! The public API of Postiz.

/// Where the hosted one is.
pub const HOSTED: &str = "https://api.postiz.com/public/v1";
