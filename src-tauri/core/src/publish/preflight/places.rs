//! Would the platform's own buttons and texts cover what is written over the picture?

use serde_json::json;

use super::clip::Examined;
use super::figures::Figures;
use super::{FileState, Finding};
use crate::captions::SafeZone;
use crate::captions::places::Written;

/// How far over the line counts as on it, a share of the frame.
const NEAR: f32 = 0.005;

/// Captions and title of a clip that was made for another of our platforms, against the safe zone of the one that suits this
/// platform. A video made for that one stands in its zone already; one of another shape is shown otherwise altogether.
pub(super) fn covered(clip: &Examined, figures: &Figures) -> Option<Finding> {
    let FileState::Good(_) = clip.file else { return None };
    let (w, h) = clip.frame;
    let ours = figures.render_for(w, h)?;
    let ratio = |w: u32, h: u32| f64::from(w) / f64::from(h.max(1));
    if ours.name == clip.made_for || (ratio(ours.width, ours.height) - ratio(w, h)).abs() >= 0.01 {
        return None;
    }
    let outside: Vec<&Written> = clip.written.iter().filter(|written| !inside(written, ours.safe)).collect();
    let first = outside.iter().map(|written| written.start_ms).min()?;
    let says = format!(
        "{} covers {} of {} captions with its own buttons and text, first at {:.1} s.",
        figures.name,
        outside.len(),
        clip.written.len(),
        f64::from(first) / 1000.0
    );
    let details =
        json!({ "platform": figures.name, "count": outside.len(), "of": clip.written.len(), "first_ms": first });
    Some(Finding::warning("captions_covered", says, details).mended_by(Some(&ours.name)))
}

fn inside(written: &Written, safe: SafeZone) -> bool {
    written.left >= safe.left - NEAR
        && written.right <= 1.0 - safe.right + NEAR
        && written.top >= safe.top - NEAR
        && written.bottom <= 1.0 - safe.bottom + NEAR
}
