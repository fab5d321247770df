//! The chain: which providers of a profile are asked, in which order, with which voice for each language.
//!
//! It is a setting of the profile. What is not here: walking it (`speak`), and what a provider does.

pub(crate) mod breaker;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::words::VoiceId;
use super::{SpeechError, edge, elevenlabs, offline, piper};
use crate::profile::Profile;
use crate::profile::events::Event;
use crate::profile::settings::{self, Key};

const CHAIN: Key<Chain> = Key::new("voice_chain");

/// A provider that can stand in a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "VoiceProvider")]
pub enum Engine {
    /// ElevenLabs: paid, needs a key.
    Elevenlabs,
    /// Microsoft's read-aloud service: free, best effort, promised by nobody.
    Edge,
    /// Piper on this machine.
    Piper,
    /// flite inside ffmpeg, English.
    Flite,
    /// espeak-ng on this machine.
    EspeakNg,
}

impl Engine {
    /// All of them, best voice first.
    pub const ALL: [Self; 5] = [Self::Elevenlabs, Self::Edge, Self::Piper, Self::Flite, Self::EspeakNg];

    /// The name in a [`VoiceId`].
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Elevenlabs => elevenlabs::NAME,
            Self::Edge => edge::NAME,
            Self::Piper => piper::NAME,
            Self::Flite => offline::FLITE,
            Self::EspeakNg => offline::ESPEAK,
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }

    /// It is asked over the network.
    #[must_use]
    pub fn is_remote(self) -> bool {
        matches!(self, Self::Elevenlabs | Self::Edge)
    }

    /// What a person calls it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Elevenlabs => "ElevenLabs",
            Self::Edge => "Edge read-aloud",
            Self::Piper => "Piper",
            Self::Flite => "flite",
            Self::EspeakNg => "espeak-ng",
        }
    }
}

/// One link of a chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(optional_fields = nullable)]
pub struct ChainLink {
    /// Who.
    pub provider: Engine,
    /// It may be asked.
    pub on: bool,
    /// The provider's name for the model; `None` takes its usual one.
    #[serde(default)]
    pub model: Option<String>,
    /// The voice for each language code; a language that is not named gets the provider's usual voice.
    #[serde(default)]
    #[ts(as = "Option<_>", optional)]
    pub voices: BTreeMap<String, String>,
}

/// The providers in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(rename = "VoiceChain")]
pub struct Chain {
    /// In order; each provider once.
    pub links: Vec<ChainLink>,
}

impl Default for Chain {
    /// Nothing leaves this machine before somebody turns it on.
    fn default() -> Self {
        let link =
            |provider: Engine| ChainLink { provider, on: !provider.is_remote(), model: None, voices: BTreeMap::new() };
        Self { links: Engine::ALL.into_iter().map(link).collect() }
    }
}

impl Chain {
    /// The link of a provider, when it is turned on.
    #[must_use]
    pub fn on(&self, provider: Engine) -> Option<&ChainLink> {
        self.links.iter().find(|link| link.provider == provider && link.on)
    }
}

impl ChainLink {
    /// The voice chosen for a language, by its whole code, then by the language alone.
    pub(crate) fn voice_for(&self, language: &str) -> Option<&str> {
        let base = language.split(['-', '_']).next().unwrap_or(language);
        self.voices.get(language).or_else(|| self.voices.get(base)).map(String::as_str)
    }
}

/// One step down the chain: who did not speak, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepDown {
    /// The voice that did not speak.
    pub voice: VoiceId,
    /// Why, as a stable name: "auth", "provider_quota", "timeout", "not_installed", "turned_off", "resting", …
    pub code: String,
    /// Why, for a person.
    pub says: String,
}

/// The profile's chain.
///
/// # Errors
/// [`SpeechError::Db`].
pub fn show(profile: &Profile) -> Result<Chain, SpeechError> {
    let mut chain = profile.read(|tx| settings::get(tx, &CHAIN))?.unwrap_or_default();
    // A provider that came with a newer version of the program stands at its usual place, last of those it follows.
    for link in Chain::default().links {
        if !chain.links.iter().any(|have| have.provider == link.provider) {
            chain.links.push(link);
        }
    }
    Ok(chain)
}

/// Replaces the chain. Providers that are left out stand behind the others, turned off.
///
/// # Errors
/// [`SpeechError::BadInput`] for a provider named twice or a voice without a name; [`SpeechError::Db`].
pub fn set(profile: &Profile, mut chain: Chain) -> Result<Chain, SpeechError> {
    let mut seen = std::collections::HashSet::new();
    for link in &chain.links {
        if !seen.insert(link.provider) {
            let what = format!("The voice chain was not changed: {} stands in it twice.", link.provider.title());
            return Err(SpeechError::BadInput(what));
        }
        let named = |text: &String| !text.trim().is_empty() && !text.contains(['/', '?', '#', '\'', '<', '&', ' ']);
        if !link.voices.values().all(named) || !link.model.iter().all(named) {
            let what = format!(
                "The voice chain was not changed: {} has a voice or model with no name or an impossible one.",
                link.provider.title()
            );
            return Err(SpeechError::BadInput(what));
        }
    }
    for link in Chain::default().links {
        if !seen.contains(&link.provider) {
            chain.links.push(ChainLink { on: false, ..link });
        }
    }
    profile.write::<_, SpeechError>(|tx| Ok(settings::set(tx, &CHAIN, &chain)?))?;
    profile.announce(Event::Settings {});
    Ok(chain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_profile_asks_only_what_is_on_this_machine() {
        let bench = crate::testkit::bench();
        let chain = show(&bench.profile).unwrap();
        let on: Vec<&str> = chain.links.iter().filter(|l| l.on).map(|l| l.provider.name()).collect();
        assert_eq!(on, ["piper", "flite", "espeak-ng"]);
    }

    #[test]
    fn the_order_is_kept_and_a_provider_stands_in_it_once() {
        let bench = crate::testkit::bench();
        let link = |provider, on| ChainLink { provider, on, model: None, voices: BTreeMap::new() };
        let links = vec![link(Engine::EspeakNg, true), link(Engine::Edge, true)];
        let kept = set(&bench.profile, Chain { links: links.clone() }).unwrap();
        assert_eq!(kept.links[..2], links);
        assert!(kept.links.len() == 5 && kept.links[2..].iter().all(|l| !l.on));
        assert_eq!(show(&bench.profile).unwrap(), kept);
        let twice = Chain { links: vec![link(Engine::Edge, true), link(Engine::Edge, false)] };
        assert!(set(&bench.profile, twice).is_err());
        assert_eq!(show(&bench.profile).unwrap(), kept);
    }
}
