//! Walking the chain for one script: each link is looked for in the cache, then asked whether it can, then spoken with.
//! A link that fails gives the whole script to the next one, so that a script has one voice.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio_util::sync::CancellationToken;

use super::chain::breaker::Gate;
use super::chain::{self, Chain, Engine, StepDown};
use super::money::{self, For, Purse};
use super::pronunciation::{self, Pronunciation};
use super::provider::{Attempt, Provider};
use super::sentences::{Step, Work, millis};
use super::words::{Narration, VoiceId};
use super::{SpeakRequest, SpeechError, Voiceover, account, cache, edge, elevenlabs, join, voices};
use crate::budget;
use crate::profile::Profile;

/// A link in its turn: who, and the voice that was asked for by name.
#[derive(Debug, Clone)]
struct Turn {
    engine: Engine,
    named: Option<String>,
}

/// What became of a link.
enum Came {
    /// It spoke, or was found in the cache.
    Spoken(Box<(Voiceover, Vec<Step>)>),
    /// It did not, and that is worth telling.
    Down(StepDown),
    /// It has nothing to do with this script.
    Silent,
}

/// One script on its way down the chain.
pub(super) struct Walk<'a> {
    profile: &'a Profile,
    tmp: &'a Path,
    cancel: &'a CancellationToken,
    request: &'a SpeakRequest<'a>,
    chain: Chain,
    dictionary: Arc<Vec<Pronunciation>>,
    asked: Option<VoiceId>,
    downs: Vec<StepDown>,
    steps: Vec<Step>,
    last: Option<SpeechError>,
    espeak_there: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        profile: &'a Profile,
        tmp: &'a Path,
        cancel: &'a CancellationToken,
        request: &'a SpeakRequest<'a>,
    ) -> Result<Self, SpeechError> {
        let chain = chain::show(profile)?;
        let dictionary = Arc::new(pronunciation::show(profile)?);
        let asked = request.voice.clone();
        let (downs, steps) = (Vec::new(), Vec::new());
        Ok(Self {
            profile,
            tmp,
            cancel,
            request,
            chain,
            dictionary,
            asked,
            downs,
            steps,
            last: None,
            espeak_there: false,
        })
    }

    /// The voice that was asked for by name first, then the links that are on.
    fn turns(&self) -> Result<Vec<Turn>, SpeechError> {
        let mut turns = Vec::new();
        if let Some(voice) = &self.request.voice {
            let engine = Engine::named(&voice.provider).ok_or_else(|| SpeechError::UnknownVoice(voice.clone()))?;
            turns.push(Turn { engine, named: Some(voice.voice.clone()) });
        }
        for link in self.chain.links.iter().filter(|link| link.on) {
            // A service that did not speak with the voice that was asked for does not speak with another one either.
            if !(link.provider.is_remote() && turns.iter().any(|turn| turn.engine == link.provider)) {
                turns.push(Turn { engine: link.provider, named: None });
            }
        }
        Ok(turns)
    }

    pub(super) async fn run(
        mut self,
        on_progress: &(dyn Fn(f64) + Send + Sync),
    ) -> Result<(Voiceover, Vec<Step>), SpeechError> {
        for turn in self.turns()? {
            if self.cancel.is_cancelled() {
                return Err(SpeechError::Cancelled);
            }
            let came = if turn.engine.is_remote() {
                self.remote(&turn, on_progress).await?
            } else {
                self.local(&turn, on_progress).await?
            };
            match came {
                Came::Spoken(done) => return Ok(*done),
                Came::Down(down) => {
                    tracing::warn!(voice = %down.voice, code = down.code, says = down.says, "a step down the voice chain");
                    self.steps.push(Step {
                        voice: down.voice.clone(),
                        sentence: None,
                        says: format!("does not speak: {}", down.says),
                        took_ms: 0,
                    });
                    self.downs.push(down);
                }
                Came::Silent => {}
            }
        }
        Err(match self.last {
            Some(error) if self.downs.len() <= 1 => error,
            Some(last) => SpeechError::AllFailed { steps: self.downs, last: Box::new(last) },
            None => voices::nobody(self.request.language, self.espeak_there),
        })
    }

    /// A link that is asked over the network.
    async fn remote(&mut self, turn: &Turn, on_progress: &(dyn Fn(f64) + Send + Sync)) -> Result<Came, SpeechError> {
        let (engine, language) = (turn.engine, self.request.language);
        let link = self.chain.on(engine).cloned();
        let named = turn.named.clone().or_else(|| link.as_ref().and_then(|l| l.voice_for(language)).map(str::to_owned));
        let Some(name) = named.or_else(|| usual(engine, link.as_ref(), language)) else { return Ok(Came::Silent) };
        let voice = VoiceId { provider: engine.name().into(), voice: name };
        if self.asked.is_none() {
            self.asked = Some(voice.clone());
        }
        let down =
            |code: &str, says: String| Ok(Came::Down(StepDown { voice: voice.clone(), code: code.into(), says }));
        let Some(link) = link else {
            return down("turned_off", format!("{} is turned off in this profile's voice chain", engine.title()));
        };
        if engine == Engine::Edge && !edge::voices::speaks(&voice.voice, language) {
            return down(
                "wrong_language",
                wrong_language(&voice, voice.voice.split('-').next().unwrap_or("?"), language),
            );
        }
        let model = link.model.as_deref();
        // What is in the cache needs neither key nor network.
        let fingerprint = remote_for_cache(engine, self.profile, model)?;
        let mut work = self.work(fingerprint, &voice);
        if let Some(found) = self.find(&work).await? {
            return Ok(Came::Spoken(Box::new(found)));
        }
        if engine == Engine::Elevenlabs {
            let (profile, model) = (self.profile.clone(), model.map(str::to_owned));
            // A keyring may wait for its user.
            match tokio::task::spawn_blocking(move || elevenlabs::of(&profile, model.as_deref())).await? {
                Ok(Some(there)) => work.provider = Arc::new(there),
                Ok(None) => return down("no_key", "no key is set for it in this profile".into()),
                Err(error) => return down("keyring", error.to_string()),
            }
        }
        let breakers = self.profile.breakers();
        match breakers.gate(engine.name(), Instant::now()) {
            Gate::Closed => {}
            Gate::Open(left) => {
                let seconds = left.as_secs() + 1;
                return down("resting", format!("it failed several times lately, and is asked again in {seconds} s"));
            }
            Gate::HalfOpen => {
                let attempt = Attempt::new(self.tmp, self.request.errand.patience.deadline, self.cancel)?;
                let asked =
                    tokio::time::timeout(self.request.errand.patience.deadline, work.provider.probe(&attempt)).await;
                if let Some(why) = asked.map_or(Some("no answer".into()), |done| done.err().map(|e| e.to_string())) {
                    breakers.failed(engine.name(), Instant::now());
                    return down("resting", format!("it failed several times lately, and is not well yet ({why})"));
                }
            }
        }
        if let Some(model) = work.provider.paid_model().map(str::to_owned) {
            let lines = {
                let (work, sentences) = (work.clone(), self.request.sentences.to_vec());
                tokio::task::spawn_blocking(move || work.missing(&sentences)).await??
            };
            let whom = For { project: self.request.errand.project, job: self.request.errand.job };
            if !lines.is_empty() {
                // Refused with the numbers that are known before anybody is asked for better ones.
                budget::check(self.profile, &money::needs(self.profile, engine.name(), &model, whom, &lines)?)?;
                account::refresh_rates(self.profile, &*work.provider, self.cancel).await;
            }
            // Does not fit: the whole script is refused, and nobody was asked.
            let purse = Purse::reserve(self.profile, engine.name(), &model, whom, &lines)?;
            work.purse = Some(Arc::new(purse));
        }
        self.speak(&work, on_progress).await
    }

    /// A link on this machine.
    async fn local(&mut self, turn: &Turn, on_progress: &(dyn Fn(f64) + Send + Sync)) -> Result<Came, SpeechError> {
        let (engine, language) = (turn.engine, self.request.language);
        let of_link = || self.chain.on(engine).and_then(|link| link.voice_for(language)).map(str::to_owned);
        let chosen = turn.named.clone().or_else(of_link);
        let preferred = voices::preferred(language);
        let guess = match chosen.clone() {
            Some(voice) => Some(VoiceId { provider: engine.name().into(), voice }),
            None => Some(preferred).filter(|voice| voice.provider == engine.name()),
        };
        // The likely voice is tried in the cache before anything is started: looking for voices runs programs.
        if let Some(voice) = &guess {
            if self.asked.is_none() {
                self.asked = Some(voice.clone());
            }
            match voices::provider(self.profile, voice) {
                Ok(provider) => {
                    if let Some(found) = self.find(&self.work(provider, voice)).await? {
                        return Ok(Came::Spoken(Box::new(found)));
                    }
                }
                // It was taken off this machine since it was chosen, which is a step down and no mistake.
                Err(SpeechError::UnknownVoice(_)) if engine == Engine::Piper => {}
                Err(error) => return Err(error),
            }
        }
        let all = voices::of_engine(self.profile, engine, self.cancel).await?;
        self.espeak_there |= engine == Engine::EspeakNg && all.iter().any(|v| v.installed);
        let down = |voice: &VoiceId, code: &str, says: String| {
            Ok(Came::Down(StepDown { voice: voice.clone(), code: code.into(), says }))
        };
        let used = match (&chosen, &guess) {
            (Some(_), Some(voice)) => {
                let Some(found) = all.iter().find(|v| v.id == *voice) else {
                    return match turn.named {
                        Some(_) if engine != Engine::Piper => Err(SpeechError::UnknownVoice(voice.clone())),
                        _ => down(voice, "not_installed", voices::not_installed(self.profile, voice)),
                    };
                };
                match (found.installed, found.fit(language)) {
                    (true, Some(_)) => voice.clone(),
                    (_, None) => {
                        return down(voice, "wrong_language", wrong_language(voice, &found.language, language));
                    }
                    (false, Some(_)) => {
                        return down(voice, "not_installed", voices::not_installed(self.profile, voice));
                    }
                }
            }
            (_, guess) => match (voices::best(&all, language), guess) {
                (Some(voice), _) => voice,
                // Nobody chose it, so its absence is told only where it would have spoken.
                (None, Some(voice)) if all.iter().any(|v| v.fit(language).is_some()) && engine == Engine::Flite => {
                    return down(voice, "not_installed", voices::not_installed(self.profile, voice));
                }
                (None, _) => {
                    if self.asked == *guess && self.request.voice.is_none() && self.downs.is_empty() {
                        self.asked = None;
                    }
                    return Ok(Came::Silent);
                }
            },
        };
        // Asked for nothing, the engine's own choice is what was asked for.
        if self.request.voice.is_none() && (self.asked.is_none() || (self.asked == guess && self.downs.is_empty())) {
            self.asked = Some(used.clone());
        }
        let work = self.work(voices::provider(self.profile, &used)?, &used);
        if guess.as_ref() != Some(&used)
            && let Some(found) = self.find(&work).await?
        {
            return Ok(Came::Spoken(Box::new(found)));
        }
        self.speak(&work, on_progress).await
    }

    fn work(&self, provider: Arc<dyn Provider>, voice: &VoiceId) -> Work {
        Work {
            profile: self.profile.clone(),
            tmp: PathBuf::from(self.tmp),
            provider,
            voice: voice.clone(),
            language: self.request.language.to_owned(),
            dictionary: self.dictionary.clone(),
            purse: None,
            patience: self.request.errand.patience.clone(),
            waited: Arc::new(Mutex::new(Duration::ZERO)),
        }
    }

    /// The whole script with this voice, from the cache.
    async fn find(&mut self, work: &Work) -> Result<Option<(Voiceover, Vec<Step>)>, SpeechError> {
        let began = Instant::now();
        let (profile, key) = (self.profile.clone(), work.script_key(self.request));
        let found = tokio::task::spawn_blocking(move || cache::voiceover(&profile, &key)).await??;
        let Some(mut voiceover) = found else { return Ok(None) };
        let narration = &mut voiceover.narration;
        // It may have been kept when another voice was asked for and this one stepped in.
        narration.asked = self.asked.clone().unwrap_or_else(|| work.voice.clone());
        (narration.steps, narration.reasons) = self.downs();
        self.steps.push(Step {
            voice: work.voice.clone(),
            sentence: None,
            says: "kept from before, and its file is unchanged".into(),
            took_ms: millis(began),
        });
        Ok(Some((voiceover, std::mem::take(&mut self.steps))))
    }

    fn downs(&self) -> (Vec<StepDown>, Vec<String>) {
        (self.downs.clone(), self.downs.iter().map(|down| down.says.clone()).collect())
    }

    /// Has the script spoken by one link.
    async fn speak(&mut self, work: &Work, on_progress: &(dyn Fn(f64) + Send + Sync)) -> Result<Came, SpeechError> {
        let breakers = self.profile.breakers();
        let name = work.provider.name();
        let keys = match work.speak_all(self.request.sentences, self.cancel, on_progress, &mut self.steps).await {
            Ok(keys) => keys,
            Err(SpeechError::Sentence { voice, number, text, outcome }) if !outcome.is_final() => {
                if work.provider.is_remote() && outcome.counts_against_the_provider() {
                    breakers.failed(name, Instant::now());
                }
                let says = format!("sentence {number}: {outcome}");
                let down = StepDown { voice: voice.clone(), code: outcome.name().into(), says };
                self.last = Some(SpeechError::Sentence { voice, number, text, outcome });
                return Ok(Came::Down(down));
            }
            Err(error) => return Err(error),
        };
        if work.provider.is_remote() {
            breakers.succeeded(name);
        }
        let key = work.script_key(self.request);
        let (sentences, fps) = (self.request.sentences.to_vec(), self.request.fps);
        let joined = {
            let (profile, key, language) = (self.profile.clone(), key.clone(), work.language.clone());
            let missing = move |index: usize, text: &str| {
                let what =
                    format!("sentence {} (\"{text}\") vanished from the cache while it was used; try again", index + 1);
                SpeechError::BadInput(what)
            };
            tokio::task::spawn_blocking(move || {
                join::join(&profile, &key, &sentences, &language, fps, |index| {
                    cache::piece(&profile, &keys[index])?.ok_or_else(|| missing(index, &sentences[index].text))
                })
            })
            .await??
        };
        let (steps, reasons) = self.downs();
        let narration = Narration {
            language: work.language.clone(),
            asked: self.asked.clone().unwrap_or_else(|| work.voice.clone()),
            used: work.voice.clone(),
            reasons,
            steps,
            cost: work.purse.as_ref().map(|purse| purse.spent()),
            sentences: joined.sentences,
            words: joined.words,
            samples: joined.samples,
        };
        let voiceover = cache::keep(self.profile, &key, joined.file, narration)?;
        Ok(Came::Spoken(Box::new((voiceover, std::mem::take(&mut self.steps)))))
    }
}

/// The voice a service speaks a language with when none was chosen.
pub(super) fn usual(engine: Engine, link: Option<&chain::ChainLink>, language: &str) -> Option<String> {
    match engine {
        Engine::Edge => edge::voices::usual(language),
        // Its voices speak every language, so one that was chosen for another is better than a stranger.
        Engine::Elevenlabs => {
            let chosen = link.and_then(|l| l.voices.values().next()).cloned();
            Some(chosen.unwrap_or_else(|| elevenlabs::VOICE.to_owned()))
        }
        Engine::Piper | Engine::Flite | Engine::EspeakNg => None,
    }
}

/// The provider as far as the cache needs it: its name and settings; for Edge, which needs no key, itself.
pub(super) fn remote_for_cache(
    engine: Engine,
    profile: &Profile,
    model: Option<&str>,
) -> Result<Arc<dyn Provider>, SpeechError> {
    let base = profile.endpoint(engine.name());
    if engine == Engine::Edge {
        return Ok(Arc::new(edge::Edge::new(base)));
    }
    let keyless = elevenlabs::ElevenLabs::new(base, secrecy::SecretString::from(""), model);
    Ok(Arc::new(keyless.map_err(|outcome| SpeechError::BadInput(outcome.to_string()))?))
}

fn wrong_language(voice: &VoiceId, speaks: &str, wanted: &str) -> String {
    let name = voices::language_name;
    format!("{voice} speaks {}, and the script is in {}", name(speaks), name(wanted))
}

#[cfg(test)]
#[path = "walk_tests.rs"]
mod tests;
