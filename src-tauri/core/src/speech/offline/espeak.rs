//! espeak-ng, as a program of its own (it is under the GPL, so it is never linked). A hundred languages.

use tokio_util::sync::CancellationToken;

use crate::args;
use crate::ffmpeg::{ToolError, Toolbox};
use crate::speech::provider::{Attempt, Line, Outcome, Provider, Raw, Speaking};

/// The provider's name.
pub const NAME: &str = "espeak-ng";

/// Words a minute: a little under its default of 175, for clarity.
const SPEED: &str = "165";

/// espeak-ng on this machine.
#[derive(Debug)]
pub struct Espeak {
    toolbox: Toolbox,
}

/// A voice it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EspeakVoice {
    /// What `-v` takes and the language it speaks: "ro", "en-us", "cmn".
    pub code: String,
    /// "Romanian", "English (America)".
    pub name: String,
    /// Other language codes it answers to ("zh" for "cmn").
    pub also: Vec<String>,
}

impl Espeak {
    /// With these tools.
    #[must_use]
    pub fn new(toolbox: Toolbox) -> Self {
        Self { toolbox }
    }

    /// The voices it has, in its own order; none when it is not installed.
    ///
    /// # Errors
    /// [`ToolError`] when it is there but does not run, or it was cancelled.
    pub async fn installed(&self, cancel: &CancellationToken) -> Result<Vec<EspeakVoice>, ToolError> {
        let question = format!("voices of espeak-ng|{}", self.fingerprint());
        let table =
            self.toolbox.ask_once(question, async || match self.toolbox.espeak(&args!["--voices"], "", cancel).await {
                Ok(output) => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
                Err(ToolError::Missing { .. }) => Ok(String::new()),
                Err(other) => Err(other),
            });
        Ok(parse(&table.await?))
    }
}

/// Reads `espeak-ng --voices`. Voices of MBROLA are left out: they are listed even when their data is not there.
///
/// ```text
/// Pty Language       Age/Gender VoiceName          File                 Other Languages
///  5  ro              --/M      Romanian           roa/ro
///  5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn  (zh-cmn 5)(zh 5)
/// ```
fn parse(table: &str) -> Vec<EspeakVoice> {
    let voice = |line: &str| {
        let mut columns = line.split_whitespace();
        let (_priority, code) = (columns.next()?.parse::<u32>().ok()?, columns.next()?);
        let (_age, name, file) = (columns.next()?, columns.next()?, columns.next()?);
        if file.starts_with("mb/") {
            return None;
        }
        let rest: Vec<&str> = columns.collect();
        let also =
            rest.join(" ").split('(').filter_map(|other| other.split_whitespace().next()).map(str::to_owned).collect();
        Some(EspeakVoice { code: code.to_owned(), name: name.replace('_', " "), also })
    };
    table.lines().filter_map(voice).collect()
}

/// The text without `[[`, which would start its phoneme notation.
pub(crate) fn no_notation(text: &str) -> String {
    text.replace("[[", "[ [").replace("[[", "[ [")
}

impl Provider for Espeak {
    fn name(&self) -> &'static str {
        NAME
    }

    fn fingerprint(&self) -> String {
        format!("{}|speed {SPEED}", super::fingerprint_of(self.toolbox.espeak_path()))
    }

    fn speak<'a>(&'a self, line: Line<'a>, attempt: &'a Attempt) -> Speaking<'a> {
        Box::pin(async move {
            if !line.text.chars().any(char::is_alphanumeric) {
                return Err(Outcome::BadInput);
            }
            // On stdin, so that text with a leading dash is no option; without -m, so that markup is not read as such.
            let text = no_notation(line.text);
            // Into a file rather than to stdout: a stream's header cannot say how long it is, so a cut would go unseen.
            let file = attempt.folder().join("said.wav");
            let args = args!["-b", "1", "-s", SPEED, "-v", line.voice, "--stdin", "-w", file.as_os_str()];
            self.toolbox.espeak(&args, &text, attempt.cancel()).await?;
            Ok(Raw { file, words: None })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_voices_is_read_without_those_of_mbrola() {
        let table = "Pty Language       Age/Gender VoiceName          File                 Other Languages\n \
            5  ro              --/M      Romanian           roa/ro               \n \
            7  ro              --/M      romanian-mb-ro1    mb/mb-ro1            \n \
            2  en-us           --/M      English_(America)  gmw/en-US            (en 3)\n \
            5  cmn             --/M      Chinese_(Mandarin,_latin_as_English) sit/cmn              (zh-cmn 5)(zh 5)\n";
        let voices = parse(table);
        assert_eq!(voices.iter().map(|v| v.code.as_str()).collect::<Vec<_>>(), ["ro", "en-us", "cmn"]);
        assert_eq!(voices[1].name, "English (America)");
        assert_eq!(voices[2].also, ["zh-cmn", "zh"]);
    }
}
