//! Speech: how fast the natural voice of this machine is, and what the chain, its cache and its checks cost.

use std::sync::Arc;
use std::time::{Duration, Instant};

use acceptance::fakes::elevenlabs::KEY;
use acceptance::fakes::sound::Sounds;
use acceptance::studio::Studio;
use edit_factory_core::speech::chain::Engine;
use edit_factory_core::speech::elevenlabs::{ElevenLabs, VOICE};
use edit_factory_core::speech::listen::listen;
use edit_factory_core::speech::provider::{Attempt, Line};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::product::Product;
use crate::table::{Aim, Row};
use crate::{BenchError, Place};

/// Spoken in about a minute.
const SCRIPT: &str = "Good bread begins long before the oven is warm. At five in the morning the first dough is already \
    resting under a cloth. It has been alive since yesterday, and nobody may hurry it. We weigh the flour, we add the \
    water, and then we wait. Waiting is the part that nobody sees. A slow dough becomes a light loaf with a dark, thin \
    crust. You can hear it sing when it comes out into the cold air. Some of our guests come early to listen to that \
    sound. They buy one loaf for breakfast and one for a neighbour. In the afternoon we bake again, this time with \
    seeds and a little honey. Children like that one best, because it is sweet and still warm. What is left in the \
    evening goes to the kitchen on the corner. Nothing that was made by hand is ever thrown away. Come by tomorrow, \
    and bring somebody who has never tasted real bread. If you come late, ask for the loaf behind the counter. We always \
    keep one for people who work at night. They walk past our window when the street is still dark, and they know us by \
    the smell of the oven. On Sundays we open an hour later, because even bakers like to sleep. And once a month the \
    whole street sits at one long table, with butter, salt and everything that we baked.";

/// Sentences for the chain; each is measured once, for a second time would find it in the cache.
const SENTENCES: [&str; 9] = [
    "We bake bread every morning at five.",
    "Come and taste it while it is warm.",
    "The oven is never cold in this street.",
    "A good crust sings when it meets the air.",
    "Two loaves are better than one for dinner.",
    "Honey and seeds make the children happy.",
    "Nothing that we made is ever thrown away.",
    "Bring a friend who has never been here before.",
    "Tomorrow there will be apple cake again.",
];

/// Measures all of it.
pub fn measure(place: &Place) -> Result<Vec<Row>, BenchError> {
    let mut rows = piper(place)?;
    let runtime = tokio::runtime::Runtime::new().map_err(BenchError::io("the runtime"))?;
    rows.extend(runtime.block_on(chain())?);
    Ok(rows)
}

/// A minute of speech by a real voice of Piper, the start of the program and the loading of the voice included.
fn piper(place: &Place) -> Result<Vec<Row>, BenchError> {
    let product = Product::fresh(place, "piper")?;
    product.run(&["voice", "install", "--from"], &[&place.voices])?;
    let words = ["--json", "voice", "say", SCRIPT, "--language", "en", "--voice", "piper:en_US-joe-medium"];
    let cost = product.run(&words, &[])?;
    let said = product.said()?;
    let seconds = said["seconds"].as_f64().unwrap_or_default();
    if said["narration"]["used"]["provider"] != "piper" || !(40.0..90.0).contains(&seconds) {
        return Err(BenchError::Unexpected(format!("Piper did not speak a minute: {said}")));
    }
    let again = product.run(&words, &[])?;
    Ok(vec![
        Row {
            what: "a script of 60 s spoken by Piper (medium voice)".into(),
            aim: Aim::AtMost(20.0),
            seen: cost.wall * 60.0 / seconds,
            unit: "s",
            behind: format!(
                "{seconds:.1} s of speech in {:.1} s, {:.1} s of all cores, the start and the loading of the voice \
                 included; said again {:.2} s",
                cost.wall, cost.cpu, again.wall
            ),
        },
        Row {
            what: "largest memory of our process while Piper speaks".into(),
            aim: Aim::Recorded,
            seen: cost.memory,
            unit: "MB",
            behind: format!("two sentences at once; {:.0} MB when all of it is found in the cache", again.memory),
        },
    ])
}

/// The chain, against a loopback copy of the paid service.
async fn chain() -> Result<Vec<Row>, BenchError> {
    let studio = Studio::new(&Arc::new(Sounds::default()), &[Engine::Elevenlabs]).await;
    let cancel = CancellationToken::new();
    let folder = studio.profile.root().join("tmp");
    let toolbox = studio.profile.toolbox();
    let unwell = |says: String| BenchError::Unexpected(format!("the copy of the service: {says}"));
    let provider =
        ElevenLabs::new(Some(&studio.elevenlabs.url), KEY.into(), None).map_err(|e| unwell(e.to_string()))?;
    let (mut overheads, mut hits, mut checks, mut decodes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for text in SENTENCES {
        let line = Line { text, language: "en", voice: VOICE };
        let attempt = || Attempt::new(&folder, Duration::from_secs(60), &cancel).map_err(|e| unwell(e.to_string()));
        // The copy makes its sound when it is first asked for it.
        attempt()?.run(&provider, line).await.map_err(|e| unwell(e.to_string()))?;
        let kept = attempt()?;
        let (raw, asked) = timed(kept.run(&provider, line)).await;
        let raw = raw.map_err(|e| unwell(e.to_string()))?;
        let mut listening = f64::MAX;
        let mut decoding = f64::MAX;
        for _ in 0..3 {
            let (heard, took) = timed(listen(toolbox, &raw.file, text, "en", raw.words.as_deref(), &cancel)).await;
            heard.map_err(|e| unwell(e.to_string()))?;
            listening = listening.min(took);
            let (decoded, took) = timed(decode(&studio, &raw.file, &cancel)).await;
            decoded?;
            decoding = decoding.min(took);
        }
        let (spoken, all) = timed(studio.speak(&[text])).await;
        spoken.map_err(|e| unwell(e.to_string()))?;
        let (again, hit) = timed(studio.speak(&[text])).await;
        again.map_err(|e| unwell(e.to_string()))?;
        overheads.push(all - asked - listening);
        hits.push(hit);
        checks.push(listening);
        decodes.push(decoding);
    }
    let middle = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let (checking, decoding) = (middle(&mut checks), middle(&mut decodes));
    Ok(vec![
        Row {
            what: "the voice chain, over the provider's own time and the check".into(),
            aim: Aim::AtMost(30.0),
            seen: middle(&mut overheads),
            unit: "ms",
            behind: format!(
                "a sentence of a loopback service, reserved, spoken, kept and settled; median of {}",
                SENTENCES.len()
            ),
        },
        Row {
            what: "a script found in the cache".into(),
            aim: Aim::AtMost(10.0),
            seen: middle(&mut hits),
            unit: "ms",
            behind: format!("its file hashed again; median of {}", SENTENCES.len()),
        },
        Row {
            what: "hearing whether it is speech, beside decoding alone".into(),
            aim: Aim::AtMost(1.5),
            seen: checking / decoding,
            unit: "x",
            behind: format!("{checking:.0} ms against {decoding:.0} ms, medians of {}", SENTENCES.len()),
        },
    ])
}

/// The file to samples, and nothing more.
async fn decode(studio: &Studio, file: &std::path::Path, cancel: &CancellationToken) -> Result<(), BenchError> {
    let mut arguments: Vec<std::ffi::OsString> = ["-v", "error", "-i"].map(Into::into).to_vec();
    arguments.push(file.into());
    arguments.extend(["-vn", "-ac", "1", "-ar", "48000", "-c:a", "pcm_s16le", "-f", "s16le", "-"].map(Into::into));
    let read = |_: &[u8]| {};
    studio.profile.toolbox().ffmpeg_stream(&arguments, cancel, read).await.map_err(BenchError::product)?;
    Ok(())
}

/// What came, and in how many milliseconds.
async fn timed<T>(work: impl Future<Output = T>) -> (T, f64) {
    let began = Instant::now();
    let came = work.await;
    (came, began.elapsed().as_secs_f64() * 1000.0)
}

impl Product {
    /// The document of the last run with `--json`.
    fn said(&self) -> Result<Value, BenchError> {
        let text = std::fs::read_to_string(self.log()).map_err(BenchError::io(self.log().display().to_string()))?;
        let start = text.find('{').unwrap_or(0);
        serde_json::from_str(text[start..].trim_end()).map_err(|e| BenchError::Unexpected(format!("no answer: {e}")))
    }
}
