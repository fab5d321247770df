//! What ffprobe says about a file, checked and read into a value.

use serde::{Deserialize, Serialize};

/// Facts about a footage file that rendering and analysis need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Probe {
    /// Container ("mov,mp4,m4a,3gp,3g2,mj2").
    pub container: String,
    /// Video codec ("h264").
    pub codec: String,
    /// Pixel format ("yuv420p10le").
    pub pixel_format: String,
    /// Coded width.
    pub coded_width: u32,
    /// Coded height.
    pub coded_height: u32,
    /// Sample (pixel) aspect ratio.
    pub pixel_aspect: (u32, u32),
    /// Clockwise rotation to apply when showing: 0, 90, 180, 270.
    pub rotation: u32,
    /// Average frames a second, as a fraction.
    pub frame_rate: (u32, u32),
    /// Frame times are irregular.
    pub variable_rate: bool,
    /// Interlaced fields.
    pub interlaced: bool,
    /// HDR transfer ("smpte2084", "arib-std-b67") that needs tone mapping.
    pub hdr: Option<String>,
    /// Sound codec, rate and channels.
    pub sound: Option<(String, u32, u32)>,
}
