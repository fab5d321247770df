//! What `ffmpeg -progress` reports, read purely.
//!
//! The report is lines of `key=value`, each block closed by `progress=continue` or `progress=end`
//! (FFmpeg documentation, "Main options", `-progress`).

/// One report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Frames written so far.
    pub frame: u64,
    /// Output time so far, microseconds; 0 while ffmpeg says N/A.
    pub out_us: u64,
    /// The last report.
    pub end: bool,
}

/// Gathers lines into reports.
#[derive(Debug, Default)]
pub struct ProgressReader {
    now: Progress,
}

impl ProgressReader {
    /// Takes a line; gives the report it closes.
    pub fn line(&mut self, line: &str) -> Option<Progress> {
        let (key, value) = line.split_once('=')?;
        let value = value.trim();
        match key.trim() {
            "frame" => self.now.frame = value.parse().unwrap_or(self.now.frame),
            // Negative before the first packet, "N/A" when there is none.
            "out_time_us" => self.now.out_us = value.parse().unwrap_or(self.now.out_us),
            "progress" => {
                self.now.end = value == "end";
                return Some(self.now);
            }
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_gives_one_report() {
        let mut reader = ProgressReader::default();
        let text =
            "frame=12\nfps=0.0\nout_time_us=-23219\nprogress=continue\nframe= 40\nout_time_us=1333333\nprogress=end";
        let reports: Vec<_> = text.lines().filter_map(|l| reader.line(l)).collect();
        assert_eq!(
            reports,
            [Progress { frame: 12, out_us: 0, end: false }, Progress { frame: 40, out_us: 1_333_333, end: true }]
        );
    }
}
