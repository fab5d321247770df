//! Variants: N different timelines from shots and words, planned purely.

pub mod timeline;
