//! Speaks each line of stdin with a voice and writes, a JSON document a line, the WAV's path and the time of every word.
//! What `tests/aligner/measure.py` compares with an independent aligner.
//!
//! `word_times FOLDER VOICE LANGUAGE`, with FOLDER a new folder for a throw-away home and VOICE as in "flite:slt".

use std::io::{BufRead, Write};
use std::sync::Arc;

use edit_factory_core::home::Home;
use edit_factory_core::host::{Host, Tools};
use edit_factory_core::profile::secrets::InMemory;
use edit_factory_core::script::{Script, Sentence};
use edit_factory_core::speech::say::say;
use edit_factory_core::speech::words::VoiceId;
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(folder), Some(voice), Some(language)) = (args.next(), args.next(), args.next()) else {
        return Err("word_times FOLDER VOICE LANGUAGE".into());
    };
    let (provider, name) = voice.split_once(':').ok_or("a voice is provider:name")?;
    let voice = VoiceId { provider: provider.into(), voice: name.into() };
    let path: Vec<_> = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let home = Home::open(Host {
        home: folder.into(),
        tools: Tools::find_in(&path),
        secrets: Arc::new(InMemory::default()),
        concurrency: 1,
        endpoints: std::collections::BTreeMap::new(),
        demo: None,
        process_name: "word_times".into(),
    })?;
    let profile = home.current()?;
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let sentences = vec![Sentence { text: line?, paragraph: 0 }];
        let script = Script { language: language.clone(), sentences };
        let said = say(&profile, &script, Some(voice.clone()), &CancellationToken::new()).await?;
        let document = serde_json::json!({ "file": said.file, "words": said.voiceover.narration.words });
        writeln!(out, "{document}")?;
    }
    Ok(())
}
