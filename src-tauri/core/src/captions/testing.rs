//! Values for the tests of this room.

use super::{Frame, SafeZone};
use crate::speech::words::Word;

/// A small vertical frame with the margins of a phone.
pub(crate) fn frame() -> Frame {
    Frame { width: 270, height: 480, safe: SafeZone { left: 0.06, right: 0.12, top: 0.1, bottom: 0.2 } }
}

/// The words of these sentences, 300 ms each without a gap.
pub(crate) fn spoken(sentences: &[&str]) -> Vec<Word> {
    let words = sentences.iter().enumerate().flat_map(|(i, s)| s.split(' ').map(move |w| (i, w)));
    words
        .zip((0u32..).step_by(300))
        .map(|((sentence, text), at)| Word { text: text.into(), start_ms: at, end_ms: at + 300, sentence })
        .collect()
}
