//! Speaking a script: who in the chain speaks it, then its sentences joined.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::sentences::{Patience, Step};
use super::walk::Walk;
use super::words::{VOICE_RATE, VoiceId};
use super::{SpeechError, Voiceover};
use crate::ids::{JobId, ProjectId};
use crate::profile::Profile;
use crate::script::Sentence;

/// What is to be spoken.
#[derive(Debug, Clone)]
pub struct SpeakRequest<'a> {
    /// In order; at least one.
    pub sentences: &'a [Sentence],
    /// ISO 639-1 code of their language.
    pub language: &'a str,
    /// The voice to use; `None` takes the first one of the chain that can.
    pub voice: Option<VoiceId>,
    /// Frames a second of the video; must divide [`VOICE_RATE`].
    pub fps: u32,
    /// For whom, and how patiently.
    pub errand: Errand,
}

/// For whom a script is spoken (the ledger keeps it), and how long to wait for a provider.
#[derive(Debug, Clone, Default)]
pub struct Errand {
    /// The project.
    pub project: Option<ProjectId>,
    /// The job.
    pub job: Option<JobId>,
    /// How long to wait.
    pub patience: Patience,
}

/// Speaks a script, or finds it spoken. `on_progress` hears shares from 0 to 1.
///
/// # Errors
/// [`SpeechError`]. Sentences that were spoken well are kept, so trying again goes on where it stopped.
pub async fn speak(
    profile: &Profile,
    tmp: &Path,
    cancel: &CancellationToken,
    request: &SpeakRequest<'_>,
    on_progress: &(dyn Fn(f64) + Send + Sync),
) -> Result<Voiceover, SpeechError> {
    speak_with_steps(profile, tmp, cancel, request, on_progress).await.map(|(voiceover, _)| voiceover)
}

/// As [`speak`], and says what it did.
///
/// # Errors
/// As [`speak`].
pub async fn speak_with_steps(
    profile: &Profile,
    tmp: &Path,
    cancel: &CancellationToken,
    request: &SpeakRequest<'_>,
    on_progress: &(dyn Fn(f64) + Send + Sync),
) -> Result<(Voiceover, Vec<Step>), SpeechError> {
    check_request(request)?;
    let done = Walk::new(profile, tmp, cancel, request)?.run(on_progress).await?;
    on_progress(1.0);
    Ok(done)
}

pub(crate) fn check_fps(fps: u32) -> Result<(), SpeechError> {
    if fps == 0 || !VOICE_RATE.is_multiple_of(fps) {
        let says = format!("A voice cannot be laid under {fps} frames a second; use 24, 25, 30, 50 or 60.");
        return Err(SpeechError::BadInput(says));
    }
    Ok(())
}

fn check_request(request: &SpeakRequest<'_>) -> Result<(), SpeechError> {
    check_fps(request.fps)?;
    if request.sentences.is_empty() {
        return Err(SpeechError::BadInput("The script has no sentence to speak.".into()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Code, Explain};
    use crate::host::Tools;
    use crate::testkit::{self, Bench};
    use std::path::PathBuf;

    fn sentences(texts: &[&str]) -> Vec<Sentence> {
        texts.iter().enumerate().map(|(i, t)| Sentence { text: (*t).to_owned(), paragraph: i / 2 }).collect()
    }

    async fn speak_in(bench: &Bench, texts: &[&str], language: &str) -> Result<Voiceover, SpeechError> {
        let sentences = sentences(texts);
        let request = SpeakRequest { sentences: &sentences, language, voice: None, fps: 30, errand: Errand::default() };
        speak(&bench.profile, &bench.desk, &CancellationToken::new(), &request, &|_| {}).await
    }

    fn spoken(bench: &Bench) -> usize {
        let commands = bench.profile.toolbox().last_commands();
        commands.iter().filter(|c| c.contains("flite=voice") || c.contains("--stdin")).count()
    }

    /// A program of a few lines in front of a real one.
    #[cfg(unix)]
    fn shim(bench: &Bench, name: &str, body: &str) -> PathBuf {
        let path = bench.desk.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        let mut mode = path.metadata().unwrap().permissions();
        std::os::unix::fs::PermissionsExt::set_mode(&mut mode, 0o755);
        std::fs::set_permissions(&path, mode).unwrap();
        path
    }

    const THREE: [&str; 3] = ["We bake every morning, at five.", "It costs $3.50 a loaf!", "Come and taste it."];

    #[tokio::test]
    async fn every_sentence_fills_whole_frames_and_every_word_has_its_time() {
        let bench = testkit::bench();
        for (language, texts) in [("en", &THREE), ("ro", &["Bună ziua, tuturor.", "Avem pâine caldă.", "Vă așteptăm!"])]
        {
            let voiceover = speak_in(&bench, texts, language).await.unwrap();
            let narration = &voiceover.narration;
            let frame = u64::from(VOICE_RATE / 30);
            let mut at = 0;
            for sentence in &narration.sentences {
                assert_eq!((sentence.start_sample, sentence.end_sample % frame), (at, 0));
                at = sentence.end_sample;
            }
            assert_eq!(at, narration.samples);
            let file = bench.profile.folder().existing(&voiceover.file.path).unwrap();
            let samples = super::super::wav::read(&std::fs::read(file).unwrap()).unwrap();
            assert_eq!(samples.len() as u64, narration.samples);
            let wanted: Vec<(usize, &str)> =
                texts.iter().enumerate().flat_map(|(i, t)| t.split_whitespace().map(move |w| (i, w))).collect();
            let got: Vec<(usize, &str)> = narration.words.iter().map(|w| (w.sentence, w.text.as_str())).collect();
            assert_eq!(got, wanted);
            for pair in narration.words.windows(2) {
                assert!(pair[0].start_ms < pair[0].end_ms && pair[0].end_ms <= pair[1].start_ms);
            }
        }
    }

    #[tokio::test]
    async fn a_script_is_spoken_once_and_a_changed_word_speaks_one_sentence() {
        let bench = testkit::bench();
        let first = speak_in(&bench, &THREE, "en").await.unwrap();
        assert_eq!(spoken(&bench), 3);
        let commands = bench.profile.toolbox().last_commands().len();
        let again = speak_in(&bench, &THREE, "en").await.unwrap();
        assert_eq!((again, bench.profile.toolbox().last_commands().len()), (first.clone(), commands));
        let changed = speak_in(&bench, &[THREE[0], "It costs $4 a loaf!", THREE[2]], "en").await.unwrap();
        assert_eq!(spoken(&bench), 4);
        assert_ne!(changed.id, first.id);
        assert_eq!(changed.narration.sentences[0], first.narration.sentences[0]);
    }

    #[tokio::test]
    async fn a_broken_cache_file_is_never_used() {
        let bench = testkit::bench();
        let first = speak_in(&bench, &THREE, "en").await.unwrap();
        let whole = bench.profile.folder().existing(&first.file.path).unwrap();
        let folder = whole.parent().unwrap().to_owned();
        for file in std::fs::read_dir(&folder).unwrap().flatten().filter(|f| f.path().extension().unwrap() == "wav") {
            let mut bytes = std::fs::read(file.path()).unwrap();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 0x40;
            std::fs::write(file.path(), bytes).unwrap();
        }
        let again = speak_in(&bench, &THREE, "en").await.unwrap();
        assert_eq!(spoken(&bench), 6);
        assert_eq!(again, first);
        std::fs::remove_file(&whole).unwrap();
        assert_eq!(speak_in(&bench, &THREE, "en").await.unwrap(), first);
        // The pieces were sound, so only the joining was done again.
        assert_eq!(spoken(&bench), 6);
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn english_without_flite_is_spoken_by_espeak_and_the_reason_is_kept() {
        // An ffmpeg that has no flite, as a program of its own in front of the real one.
        let bench = testkit::bench();
        let real = testkit::tools();
        let path = real.ffmpeg.clone().unwrap();
        let body = format!(
            "case \"$*\" in *flite*) echo \"No such filter: 'flite'\" >&2; exit 1;; esac\nexec '{}' \"$@\"",
            path.display()
        );
        let shim = shim(&bench, "ffmpeg", &body);
        let without = testkit::bench_with(Tools { ffmpeg: Some(shim), ..real });
        let narration = speak_in(&without, &THREE, "en").await.unwrap().narration;
        assert_eq!(narration.asked.to_string(), "flite:slt");
        assert_eq!(narration.used.to_string(), "espeak-ng:en-us");
        assert!(narration.reasons[0].contains("built without flite"), "{:?}", narration.reasons);
        // Asked for by name it is the same sound, found in the cache, and nobody stepped in.
        let sentences = sentences(&THREE);
        let request = SpeakRequest {
            sentences: &sentences,
            language: "en",
            voice: Some(narration.used),
            fps: 30,
            errand: Errand::default(),
        };
        let again = speak(&without.profile, &without.desk, &CancellationToken::new(), &request, &|_| {}).await.unwrap();
        assert_eq!((again.narration.asked.to_string(), again.narration.reasons.len()), ("espeak-ng:en-us".into(), 0));
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn an_engine_that_ends_well_but_says_nothing_is_not_believed() {
        let bench = testkit::bench();
        let (real, quiet) = (testkit::tools(), bench.desk.join("quiet.wav"));
        let mut silence = super::super::wav::create(&quiet).unwrap();
        super::super::wav::push_silence(&mut silence, 48_000).unwrap();
        super::super::wav::finish(silence).unwrap();
        let body = format!(
            "case \"$*\" in *--voices*) exec '{}' --voices;; esac\nfor last; do :; done\ncp '{}' \"$last\"",
            real.espeak.clone().unwrap().display(),
            quiet.display()
        );
        let deaf = testkit::bench_with(Tools { espeak: Some(shim(&bench, "espeak-ng", &body)), ..real });
        let error = speak_in(&deaf, &["Bună ziua, tuturor."], "ro").await.unwrap_err();
        assert_eq!((error.code(), &error.details()["rule"]), (Code::BadSpeech, &"not_silent".into()));
        assert!(error.to_string().contains("Bună ziua"), "{error}");
        // Tried afresh once, and nothing of it kept.
        assert_eq!(spoken(&deaf), 2);
        assert!(!deaf.profile.folder().path(&crate::profile::media::MediaPath::new("cache/voice").unwrap()).exists());
        assert_eq!(std::fs::read_dir(&deaf.desk).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn a_language_without_a_voice_is_named_with_what_to_install() {
        let bench = testkit::bench_with(Tools { espeak: None, ..testkit::tools() });
        let error = speak_in(&bench, &["Bună ziua."], "ro").await.unwrap_err();
        assert_eq!(error.code(), Code::NoVoice);
        assert!(error.to_string().contains("Romanian (ro)") && error.to_string().contains("apt install espeak-ng"));
        let error = speak_in(&testkit::bench(), &["Saluton."], "xx").await.unwrap_err();
        assert!(error.code() == Code::NoVoice && error.to_string().contains("\"xx\""), "{error}");
    }

    #[tokio::test]
    async fn a_cancelled_script_leaves_no_file_behind() {
        let bench = testkit::bench();
        let cancel = CancellationToken::new();
        cancel.cancel();
        let sentences = sentences(&THREE);
        let request =
            SpeakRequest { sentences: &sentences, language: "en", voice: None, fps: 30, errand: Errand::default() };
        let error = speak(&bench.profile, &bench.desk, &cancel, &request, &|_| {}).await.unwrap_err();
        assert_eq!(error.code(), Code::Cancelled);
        assert_eq!(std::fs::read_dir(&bench.desk).unwrap().count(), 0);
    }

    #[tokio::test]
    async fn text_that_looks_like_an_option_or_markup_is_only_text() {
        let bench = testkit::bench();
        let texts = ["-v de --stdout is read aloud.", "Un <voice name=\"de\">cuvânt</voice> [[h@lo]] spus."];
        speak_in(&bench, &texts[..1], "en").await.unwrap();
        let narration = speak_in(&bench, &texts[1..], "ro").await.unwrap().narration;
        assert_eq!(narration.words.len(), 5);
    }
}
