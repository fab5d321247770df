//! What speaking some scripts would cost, before anything is asked or sent.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::chain::{self, Engine};
use super::money::{self, For};
use super::sentences::{Patience, Work};
use super::words::VoiceId;
use super::{SpeechError, pronunciation, voices, walk};
use crate::budget::{self, Need, Price};
use crate::credentials;
use crate::error::Failure;
use crate::ids::ScriptId;
use crate::profile::Profile;
use crate::script::Script;

/// What one script needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ScriptPlan {
    /// Which.
    pub script: ScriptId,
    /// Characters that would be paid for; 0 with a free voice.
    pub characters: u64,
    /// Every sentence of it is kept from before.
    pub cached: bool,
}

/// What the scripts of an order need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SpeechPlan {
    /// The voice that is asked first.
    pub asked: VoiceId,
    /// In the order they were asked about.
    pub scripts: Vec<ScriptPlan>,
    /// Of all of them. A sentence that two scripts share is paid for once.
    pub characters: u64,
    /// The most it can cost.
    pub price: Price,
    /// How many of the scripts, from the first, the quota covers.
    pub fits: u32,
    /// Why not all of them.
    pub refusal: Option<Failure>,
}

/// A script to be planned.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Which.
    pub id: ScriptId,
    /// What it says.
    pub script: Script,
    /// The voice that the project asks for.
    pub voice: Option<VoiceId>,
}

/// The first link that would be asked for a script: its voice, and its provider when it costs money.
struct First {
    voice: VoiceId,
    paid: Option<Arc<dyn super::provider::Provider>>,
}

fn first(profile: &Profile, language: &str, named: Option<&VoiceId>) -> Result<First, SpeechError> {
    let chain = chain::show(profile)?;
    let named_engine = named.and_then(|voice| Engine::named(&voice.provider));
    let named_link = named_engine.and_then(|engine| chain.on(engine));
    for link in named_link.into_iter().chain(chain.links.iter().filter(|link| link.on)) {
        let engine = link.provider;
        let chosen = named.filter(|v| v.provider == engine.name()).map(|v| v.voice.clone());
        let chosen = chosen.or_else(|| link.voice_for(language).map(str::to_owned));
        let chosen = chosen.or_else(|| walk::usual(engine, Some(link), language));
        let id = |voice| VoiceId { provider: engine.name().into(), voice };
        match engine {
            Engine::Elevenlabs => {
                // Without a key it is passed over, as it will be when the script is spoken. It is asked whether there is one,
                // not for the key: this is shown while somebody types, and a keyring may be slow.
                let set = credentials::show(profile, engine.name())?.set;
                if let (Some(voice), true) = (chosen, set) {
                    let paid = walk::remote_for_cache(engine, profile, link.model.as_deref())?;
                    return Ok(First { voice: id(voice), paid: Some(paid) });
                }
            }
            Engine::Piper => {
                let all = voices::of_piper(profile);
                let there = |voice: &String| all.iter().any(|v| v.installed && v.id.voice == *voice);
                match chosen.filter(there).map(id).or_else(|| voices::best(&all, language)) {
                    Some(voice) => return Ok(First { voice, paid: None }),
                    None => continue,
                }
            }
            Engine::Edge => {
                if let Some(voice) = chosen {
                    return Ok(First { voice: id(voice), paid: None });
                }
            }
            Engine::Flite | Engine::EspeakNg => {
                let preferred = Some(voices::preferred(language)).filter(|v| v.provider == engine.name());
                if let Some(voice) = chosen.map(id).or(preferred) {
                    return Ok(First { voice, paid: None });
                }
            }
        }
    }
    Ok(First { voice: voices::preferred(language), paid: None })
}

/// What is to be spoken of a script, and what has to be reserved for it.
type Needed = (ScriptPlan, Vec<Need>);

/// What each script needs; nothing is asked of anybody.
fn needs(profile: &Profile, scripts: &[Planned]) -> Result<(VoiceId, Vec<Needed>), SpeechError> {
    let dictionary = Arc::new(pronunciation::show(profile)?);
    let mut counted = std::collections::HashSet::new();
    let mut asked = None;
    let mut all = Vec::new();
    for Planned { id, script, voice } in scripts {
        let first = first(profile, &script.language, voice.as_ref())?;
        asked.get_or_insert_with(|| first.voice.clone());
        let Some(provider) = first.paid else {
            all.push((ScriptPlan { script: *id, characters: 0, cached: false }, Vec::new()));
            continue;
        };
        let model = provider.paid_model().unwrap_or_default().to_owned();
        let name = provider.name();
        let work = Work {
            profile: profile.clone(),
            tmp: PathBuf::new(),
            provider,
            voice: first.voice,
            language: script.language.clone(),
            dictionary: dictionary.clone(),
            purse: None,
            patience: Patience::default(),
            waited: Arc::new(Mutex::new(Duration::ZERO)),
        };
        let missing = work.missing(&script.sentences)?;
        let cached = missing.is_empty();
        let lines: Vec<money::Line> = missing.into_iter().filter(|line| counted.insert(line.key.clone())).collect();
        let needs = money::needs(profile, name, &model, For::default(), &lines)?;
        let characters = lines.iter().map(|line| line.characters).sum();
        all.push((ScriptPlan { script: *id, characters, cached }, needs));
    }
    Ok((asked.unwrap_or_else(|| voices::preferred("en")), all))
}

/// The plan of these scripts.
///
/// # Errors
/// [`SpeechError`] when the cache, the prices or the ledger cannot be read.
pub fn plan(profile: &Profile, scripts: &[Planned]) -> Result<SpeechPlan, SpeechError> {
    let (asked, each) = needs(profile, scripts)?;
    let (mut so_far, mut fits, mut refusal) = (Vec::new(), 0, None);
    let mut price = Price::default();
    for (_, needs) in &each {
        for need in needs {
            price = price.plus(need.price);
        }
        so_far.extend(needs.iter().cloned());
        if refusal.is_none() {
            match budget::check(profile, &so_far) {
                Ok(()) => fits += 1,
                Err(error) => refusal = Some(error),
            }
        }
    }
    // What is told is what all of them need, not what the first that did not fit needs.
    if refusal.is_some() {
        refusal = budget::check(profile, &so_far).err();
    }
    let scripts: Vec<ScriptPlan> = each.into_iter().map(|(script, _)| script).collect();
    let characters = scripts.iter().map(|s| s.characters).sum();
    Ok(SpeechPlan { asked, scripts, characters, price, fits, refusal: refusal.map(Failure::from) })
}

/// Refuses scripts that the quota does not cover, before anything is asked of anybody.
///
/// # Errors
/// [`SpeechError::Budget`].
pub fn afford(profile: &Profile, scripts: &[Planned]) -> Result<(), SpeechError> {
    let needs: Vec<Need> = needs(profile, scripts)?.1.into_iter().flat_map(|(_, needs)| needs).collect();
    Ok(budget::check(profile, &needs)?)
}
