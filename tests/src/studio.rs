//! A profile whose voices are the fakes: everything the voice chain needs, in a folder of its own.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use edit_factory_core::home::Home;
use edit_factory_core::host::Host;
use edit_factory_core::profile::Profile;
use edit_factory_core::profile::secrets::InMemory;
use edit_factory_core::script::Sentence;
use edit_factory_core::speech::chain::{self, Chain, ChainLink, Engine};
use edit_factory_core::speech::words::VoiceId;
use edit_factory_core::speech::{Errand, Patience, SpeakRequest, SpeechError, Step, Voiceover, speak_with_steps};
use tokio_util::sync::CancellationToken;

use crate::fakes::sound::Sounds;
use crate::fakes::{edge, elevenlabs};

/// Two fakes and a profile that asks them.
#[derive(Debug)]
pub struct Studio {
    /// The paid one.
    pub elevenlabs: elevenlabs::ElevenLabs,
    /// The free one.
    pub edge: edge::Edge,
    /// The home.
    pub home: Home,
    /// The profile; its key is set.
    pub profile: Profile,
    /// How long it waits.
    pub patience: Patience,
    folder: tempfile::TempDir,
}

/// What is patient enough for a fake on a busy machine, and not for one that hangs.
#[must_use]
pub fn quick() -> Patience {
    Patience {
        deadline: Duration::from_secs(60),
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(2),
        waits: 2,
        in_all: Duration::from_millis(100),
    }
}

/// The same for a fake that never answers.
#[must_use]
pub fn hasty() -> Patience {
    Patience { deadline: Duration::from_millis(1500), ..quick() }
}

/// What a home in this folder is given when its services are asked at these addresses.
#[must_use]
pub fn host(home: &Path, endpoints: &[(&str, &str)]) -> Host {
    Host {
        home: home.to_owned(),
        tools: crate::tools(),
        secrets: Arc::new(InMemory::default()),
        concurrency: 2,
        endpoints: endpoints.iter().map(|(name, url)| ((*name).to_owned(), (*url).to_owned())).collect(),
        demo: None,
        process_name: "a test".into(),
    }
}

/// Asks these, in this order, and nobody else.
///
/// # Panics
/// When the chain is refused.
pub fn ask(profile: &Profile, links: &[Engine]) {
    let link = |provider: &Engine| ChainLink { provider: *provider, on: true, model: None, voices: BTreeMap::new() };
    chain::set(profile, Chain { links: links.iter().map(link).collect() }).unwrap();
}

/// Sets the key of the paid one.
///
/// # Panics
/// When the store refuses.
pub fn set_key(profile: &Profile, key: &str) {
    edit_factory_core::credentials::set(profile, "elevenlabs", &key.into(), None).unwrap();
}

/// Speaks sentences in English. Temporary files go into `desk`.
///
/// # Errors
/// As speaking.
pub async fn speak(
    profile: &Profile,
    desk: &Path,
    texts: &[&str],
    voice: Option<VoiceId>,
    patience: Patience,
) -> Result<(Voiceover, Vec<Step>), SpeechError> {
    let sentences: Vec<Sentence> =
        texts.iter().map(|text| Sentence { text: (*text).to_owned(), paragraph: 0 }).collect();
    let errand = Errand { patience, ..Errand::default() };
    let request = SpeakRequest { sentences: &sentences, language: "en", voice, fps: 30, errand };
    speak_with_steps(profile, desk, &CancellationToken::new(), &request, &|_| {}).await
}

impl Studio {
    /// A profile that asks these in this order.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn new(sounds: &Arc<Sounds>, links: &[Engine]) -> Self {
        let elevenlabs = elevenlabs::ElevenLabs::start(sounds).await;
        let edge = edge::Edge::start(sounds).await;
        let folder = tempfile::tempdir().unwrap();
        let endpoints = [("elevenlabs", elevenlabs.url.as_str()), ("edge", edge.url.as_str())];
        let home = Home::open(host(&folder.path().join("home"), &endpoints)).unwrap();
        let profile = home.profile(home.create("Test", None).unwrap().id).unwrap();
        let studio = Self { elevenlabs, edge, home, profile, patience: quick(), folder };
        studio.set_key(elevenlabs::KEY);
        studio.ask(links);
        studio
    }

    /// Sets the key of the paid one.
    ///
    /// # Panics
    /// When the store refuses.
    pub fn set_key(&self, key: &str) {
        set_key(&self.profile, key);
    }

    /// Asks these, in this order, and nobody else.
    ///
    /// # Panics
    /// When the chain is refused.
    pub fn ask(&self, links: &[Engine]) {
        ask(&self.profile, links);
    }

    /// Speaks sentences in English.
    ///
    /// # Errors
    /// As speaking.
    pub async fn speak(&self, texts: &[&str]) -> Result<(Voiceover, Vec<Step>), SpeechError> {
        self.speak_with(texts, None).await
    }

    /// The same with a voice.
    ///
    /// # Errors
    /// As speaking.
    pub async fn speak_with(
        &self,
        texts: &[&str],
        voice: Option<VoiceId>,
    ) -> Result<(Voiceover, Vec<Step>), SpeechError> {
        speak(&self.profile, self.folder.path(), texts, voice, self.patience.clone()).await
    }

    /// The samples of a voiceover.
    ///
    /// # Panics
    /// When its file is not what it should be.
    #[must_use]
    pub fn samples(&self, voiceover: &Voiceover) -> Vec<i16> {
        let file = self.profile.folder().existing(&voiceover.file.path).unwrap();
        edit_factory_core::speech::wav::read(&std::fs::read(file).unwrap()).unwrap()
    }

    /// The states of the ledger's rows that cost or may cost something, with how many of each and their characters.
    ///
    /// # Panics
    /// When it cannot be read.
    #[must_use]
    pub fn ledger(&self) -> BTreeMap<String, (usize, u64)> {
        use edit_factory_core::budget::{self, CostFilter};
        let page = budget::list(&self.profile, &CostFilter::default(), 1000, 0).unwrap();
        let mut all: BTreeMap<String, (usize, u64)> = BTreeMap::new();
        for row in page.costs {
            let state = serde_json::to_value(row.state).unwrap().as_str().unwrap().to_owned();
            let one = all.entry(state).or_default();
            *one = (one.0 + 1, one.1 + row.charged.unwrap_or(row.reserved).characters);
        }
        all
    }
}
