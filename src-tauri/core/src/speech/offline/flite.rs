//! flite, as a source filter inside ffmpeg (`-f lavfi -i flite=…`). English only. Not every build of ffmpeg has it.

use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::profile::media::MediaError;
use crate::speech::plain;
use crate::speech::provider::{Attempt, Line, Outcome, Provider, Raw, Speaking};
use tokio_util::sync::CancellationToken;

/// The voices flite has, with what to call them. The 8 kHz `kal` is left out: it sounds like a telephone.
pub const VOICES: [(&str, &str); 4] = [
    ("slt", "Susan, American"),
    ("rms", "Roger, American"),
    ("awb", "Alan, Scottish"),
    ("kal16", "Kevin, American, robotic"),
];

/// The provider's name.
pub const NAME: &str = "flite";

/// flite through this ffmpeg.
#[derive(Debug)]
pub struct Flite {
    toolbox: Toolbox,
}

impl Flite {
    /// With these tools.
    #[must_use]
    pub fn new(toolbox: Toolbox) -> Self {
        Self { toolbox }
    }

    /// The voices this ffmpeg has; none when it was built without flite.
    ///
    /// # Errors
    /// [`ToolError`] when ffmpeg is missing, cannot be started, or it was cancelled.
    pub async fn installed(&self, cancel: &CancellationToken) -> Result<Vec<String>, ToolError> {
        let question = format!("voices of flite|{}", self.fingerprint());
        let said = self.toolbox.ask_once(question, async || {
            // The filter prints its voices and then refuses to go on, so ffmpeg always "fails" here; without flite it
            // fails too, and names no voice.
            let args = args!["-f", "lavfi", "-i", "flite=list_voices=1", "-f", "null", "-"];
            match self.toolbox.ffmpeg(&args, cancel).await {
                Ok(output) => Ok(listed(&output.stderr).join("\n")),
                Err(ToolError::Failed { stderr, .. }) => Ok(listed(&stderr).join("\n")),
                Err(other) => Err(other),
            }
        });
        Ok(said.await?.lines().map(str::to_owned).collect())
    }
}

/// `[Parsed_flite_0 @ 0x55afd215aec0] slt` -> `slt`.
fn listed(stderr: &str) -> Vec<String> {
    stderr
        .lines()
        .filter_map(|line| line.strip_prefix("[Parsed_flite_")?.split_once("] "))
        .map(|(_, name)| name.trim().to_owned())
        .filter(|name| VOICES.iter().any(|(known, _)| known == name))
        .collect()
}

impl Provider for Flite {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fingerprint(&self) -> String {
        super::fingerprint_of(self.toolbox.ffmpeg_path())
    }

    fn speak<'a>(&'a self, line: Line<'a>, attempt: &'a Attempt) -> Speaking<'a> {
        Box::pin(async move {
            let text = plain::ascii(line.text);
            if !text.chars().any(char::is_alphanumeric) {
                return Err(Outcome::BadInput);
            }
            let input = attempt.folder().join("line.txt");
            let file = attempt.folder().join("said.wav");
            std::fs::write(&input, text).map_err(MediaError::io("written", &input))?;
            // The home may lie anywhere, and the filter's syntax gives meaning to quotes, colons, commas and brackets.
            let source = format!("flite=voice={}:textfile={}", line.voice, filter_value(&input.to_string_lossy()));
            let args = args!["-v", "error", "-f", "lavfi", "-i", source, "-c:a", "pcm_s16le", file.as_os_str()];
            self.toolbox.ffmpeg(&args, attempt.cancel()).await?;
            Ok(Raw { file, words: None })
        })
    }
}

/// Text as the value of a filter's option: escaped for the option list, then for the filter graph around it
/// (FFmpeg documentation, "Notes on filtergraph escaping").
fn filter_value(text: &str) -> String {
    let escape = |text: &str, special: &[char]| {
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            if c == '\\' || c == '\'' || special.contains(&c) {
                out.push('\\');
            }
            out.push(c);
        }
        out
    };
    escape(&escape(text, &[':']), &['[', ']', ',', ';'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ffmpeg::SharedTools;
    use crate::testkit;
    use std::time::Duration;

    #[test]
    fn the_voices_are_read_from_what_the_filter_prints() {
        let stderr = "[Parsed_flite_0 @ 0x55] awb\n[Parsed_flite_0 @ 0x55] kal\n[Parsed_flite_0 @ 0x55] slt\n\
                      [lavfi @ 0x55] Error initializing filter 'flite' with args 'list_voices=1'\n";
        assert_eq!(listed(stderr), ["awb", "slt"]);
        assert!(listed("[AVFilterGraph @ 0x1] No such filter: 'flite'").is_empty());
    }

    #[tokio::test]
    async fn the_program_is_asked_once_for_its_voices_and_another_program_again() {
        let tools = SharedTools::new(testkit::tools());
        let toolbox = Toolbox::of(tools.clone());
        let cancel = CancellationToken::new();
        let first = Flite::new(toolbox.clone()).installed(&cancel).await.unwrap();
        assert_eq!((first.len(), toolbox.last_commands().len()), (VOICES.len(), 1));
        assert_eq!(Flite::new(toolbox.clone()).installed(&cancel).await.unwrap(), first);
        assert_eq!(toolbox.last_commands().len(), 1, "known already");

        let dir = tempfile::tempdir().unwrap();
        let other = dir.path().join("ffmpeg");
        std::os::unix::fs::symlink("/bin/true", &other).unwrap();
        tools.replace(crate::host::Tools { ffmpeg: Some(other), ..testkit::tools() });
        assert!(Flite::new(toolbox.clone()).installed(&cancel).await.unwrap().is_empty(), "another program is asked");
    }

    #[tokio::test]
    async fn a_folder_with_every_special_character_is_no_obstacle() {
        let dir = tempfile::tempdir().unwrap();
        let odd = dir.path().join("a 'b' [c], d;e:f\\g %20 \"h\" ăș 🎬=x");
        std::fs::create_dir(&odd).unwrap();
        let cancel = CancellationToken::new();
        let attempt = Attempt::new(&odd, Duration::from_secs(60), &cancel).unwrap();
        let flite = Flite::new(Toolbox::new(testkit::tools()));
        let line = Line { text: "Bread and butter.", language: "en", voice: "slt" };
        let raw = attempt.run(&flite, line).await.unwrap();
        assert!(raw.file.metadata().unwrap().len() > 10_000);
    }
}
