//! What a paid voice costs: reserved for the whole script before the first request, settled sentence by sentence.
//!
//! All or nothing: a script that does not fit is not begun. What is left over is given back when the purse goes.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use super::SpeechError;
use super::provider::{Charged, Meter};
use crate::budget::{self, Charge, Need, Price, Reservation, Sent};
use crate::ids::{JobId, ProjectId};
use crate::profile::Profile;

/// One sentence that must be paid for.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The key of its piece.
    pub(super) key: String,
    /// Characters that are sent.
    pub(super) characters: u64,
    /// Hash of what is sent.
    pub(super) what: String,
}

/// For whom it is paid.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct For {
    pub(super) project: Option<ProjectId>,
    pub(super) job: Option<JobId>,
}

/// The money of one script with one provider.
#[derive(Debug)]
pub(super) struct Purse {
    profile: Profile,
    provider: &'static str,
    model: String,
    whom: For,
    held: Mutex<HashMap<String, Reservation>>,
    spent: Mutex<Price>,
}

/// What these lines need at most.
pub(super) fn needs(
    profile: &Profile,
    provider: &str,
    model: &str,
    whom: For,
    lines: &[Line],
) -> Result<Vec<Need>, SpeechError> {
    let need = |line: &Line| {
        Ok(Need {
            provider: provider.to_owned(),
            model: model.to_owned(),
            price: budget::price(profile, provider, model, line.characters)?,
            project: whom.project,
            job: whom.job,
            what: line.what.clone(),
        })
    };
    lines.iter().map(need).collect()
}

impl Purse {
    /// Reserves all of it, or nothing.
    ///
    /// # Errors
    /// [`SpeechError::Budget`] when the quota does not cover it.
    pub(super) fn reserve(
        profile: &Profile,
        provider: &'static str,
        model: &str,
        whom: For,
        lines: &[Line],
    ) -> Result<Self, SpeechError> {
        let reserved = budget::reserve_all(profile, needs(profile, provider, model, whom, lines)?)?;
        let held = lines.iter().map(|line| line.key.clone()).zip(reserved).collect();
        Ok(Self {
            profile: profile.clone(),
            provider,
            model: model.to_owned(),
            whom,
            held: Mutex::new(held),
            spent: Mutex::default(),
        })
    }

    /// What was charged so far.
    pub(super) fn spent(&self) -> Price {
        *self.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says that the request for this sentence is about to leave. Committed when this returns.
    pub(super) fn send(&self, line: &Line) -> Result<Paying, SpeechError> {
        let held = self.held.lock().unwrap_or_else(PoisonError::into_inner).remove(&line.key);
        let reserved = match held {
            Some(reserved) => Some(reserved),
            // It was in the cache when the script was counted, and is gone.
            None => {
                let line = std::slice::from_ref(line);
                let needs = needs(&self.profile, self.provider, &self.model, self.whom, line)?;
                budget::reserve_all(&self.profile, needs)?.pop()
            }
        };
        let reserved =
            reserved.ok_or_else(|| SpeechError::BadInput("No money was reserved; nothing was sent.".into()))?;
        Ok(Paying { sent: Some(reserved.send()?), most: line.characters })
    }

    /// What the provider charged.
    pub(super) fn settle(&self, mut paying: Paying, charged: &Charged) -> Result<(), SpeechError> {
        let Some(sent) = paying.sent.take() else { return Ok(()) };
        sent.settle(&self.charge(&paying, charged)?)?;
        Ok(())
    }

    /// What its history says it charged. When that entry stands for another request already, this one stays held.
    pub(super) fn settle_found(&self, mut paying: Paying, charged: &Charged) -> Result<bool, SpeechError> {
        let Some(sent) = paying.sent.take() else { return Ok(true) };
        Ok(sent.settle_found(&self.charge(&paying, charged)?)?)
    }

    fn charge(&self, paying: &Paying, charged: &Charged) -> Result<Charge, SpeechError> {
        let characters = charged.characters.unwrap_or(paying.most);
        // The provider's number already holds the model's multiplier; what it does not say is priced as reserved.
        let multiplier = charged.characters.map(|_| 1.0);
        let price = budget::price_with(&self.profile, self.provider, &self.model, characters, multiplier)?;
        {
            let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
            *spent = spent.plus(price);
        }
        Ok(Charge { price, request_id: charged.request_id.clone() })
    }

    /// The names of requests that are settled and were sent since then.
    pub(super) fn taken(&self, since_ms: i64) -> Result<HashSet<String>, SpeechError> {
        Ok(budget::taken(&self.profile, self.provider, since_ms)?)
    }
}

/// One request that is being paid for. Every way out settles, releases, or says that it is not known.
#[derive(Debug)]
pub(super) struct Paying {
    sent: Option<Sent>,
    most: u64,
}

impl Paying {
    /// Nothing came of it; `meter` says whether that is certain.
    pub(super) fn give_back(mut self, meter: &Meter, why: &str) -> Result<(), SpeechError> {
        let Some(sent) = self.sent.take() else { return Ok(()) };
        match meter {
            Meter::Nothing => sent.release(why)?,
            Meter::Sent | Meter::Charged(_) => sent.unknown(why)?,
        }
        Ok(())
    }
}
