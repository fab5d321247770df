//! Which footage suits which sentence: the words of the sentence against tags (folder names among them) and file names.

use std::collections::BTreeMap;

use super::PlanInput;
use super::pool::{Label, Pool};
use super::stems::Stemmer;

/// A match that names the sentence's own words scores at least this; the script's tags alone score less.
pub(super) const WORDS_MATCH: f32 = 4.0;
/// And at most so much more, for rare words and many.
const BEST_MATCH: f32 = 2.0;
const SCRIPT_TAG: f32 = 0.8;

/// What one word of a label found, strongest kind first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Tag,
    FileName,
}

/// Scores by sentence and label.
pub(super) struct Matches {
    stemmer: Stemmer,
    /// Stem -> sentences it is in.
    sentences: BTreeMap<String, Vec<usize>>,
    script_tags: Vec<String>,
    /// By sentence; `None` when no label matches.
    scores: Vec<Option<Vec<f32>>>,
    /// By label: the best score over all sentences that match by their words.
    best: Vec<f32>,
    /// By sentence: how many shots match by words.
    supply: Vec<usize>,
}

fn words_of<'l>(label: &Label<'l>, stemmer: &Stemmer) -> Vec<(String, Kind, &'l str)> {
    let mut words = Vec::new();
    for tag in label.tags {
        words.extend(stemmer.stems(tag).into_iter().map(|stem| (stem, Kind::Tag, tag.as_str())));
    }
    let name = label.name.rsplit_once('.').map_or(label.name, |(stem, _)| stem);
    words.extend(stemmer.stems(name).into_iter().map(|stem| (stem, Kind::FileName, name)));
    words.sort();
    words.dedup_by(|a, b| a.0 == b.0);
    words
}

impl Matches {
    pub(super) fn new(input: &PlanInput<'_>, pool: &Pool<'_>) -> Self {
        let stemmer = Stemmer::new(&input.narration.language);
        let count = input.narration.sentences.len();
        let mut sentences: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, sentence) in input.narration.sentences.iter().enumerate() {
            let mut words = stemmer.stems(&sentence.text);
            words.sort();
            words.dedup();
            for word in words {
                sentences.entry(word).or_default().push(index);
            }
        }
        let script_tags: Vec<String> = input.tags.iter().flat_map(|tag| stemmer.stems(tag)).collect();
        let words: Vec<Vec<(String, Kind, &str)>> = pool.labels.iter().map(|l| words_of(l, &stemmer)).collect();
        let mut spread: BTreeMap<&str, usize> = BTreeMap::new();
        for (stem, _, _) in words.iter().flatten() {
            *spread.entry(stem).or_default() += 1;
        }
        let mut scores: Vec<Option<Vec<f32>>> = vec![None; count];
        let mut best = vec![0.0_f32; pool.labels.len()];
        let mut supply = vec![0; count];
        for (label, words) in words.iter().enumerate() {
            for (stem, kind, _) in words {
                // A word that names nearly everything says little about this.
                let rare = 1.0 / (1.0 + (spread.get(stem.as_str()).copied().unwrap_or(1) as f32).ln());
                let field = if *kind == Kind::Tag { 1.0 } else { 0.8 };
                for &sentence in sentences.get(stem).into_iter().flatten() {
                    let row = scores[sentence].get_or_insert_with(|| vec![0.0; pool.labels.len()]);
                    if row[label] == 0.0 {
                        row[label] = WORDS_MATCH;
                        supply[sentence] += pool.labels[label].shots;
                    }
                    row[label] = (row[label] + field * rare).min(WORDS_MATCH + BEST_MATCH);
                    best[label] = best[label].max(row[label]);
                }
            }
            if words.iter().any(|(stem, _, _)| script_tags.contains(stem)) {
                for row in &mut scores {
                    row.get_or_insert_with(|| vec![0.0; pool.labels.len()])[label] += SCRIPT_TAG;
                }
            }
        }
        Self { stemmer, sentences, script_tags, scores, best, supply }
    }

    /// How well a label suits a sentence; 0 for not at all.
    pub(super) fn score(&self, sentence: usize, label: usize) -> f32 {
        self.row(sentence).map_or(0.0, |row| row[label])
    }

    /// The scores of all labels for a sentence, or `None` when none suits it.
    pub(super) fn row(&self, sentence: usize) -> Option<&[f32]> {
        self.scores.get(sentence)?.as_deref()
    }

    /// How many shots the sentence's own words find.
    pub(super) fn supply(&self, sentence: usize) -> usize {
        self.supply.get(sentence).copied().unwrap_or(0)
    }

    /// True when the words of another sentence find this label and those of this one do not.
    pub(super) fn suits_another(&self, sentence: usize, label: usize) -> bool {
        self.best[label] >= WORDS_MATCH && self.score(sentence, label) < WORDS_MATCH
    }

    /// Why a label suits a sentence, in words: "tag: oven".
    pub(super) fn why(&self, sentence: usize, label: &Label<'_>) -> Option<String> {
        let words = words_of(label, &self.stemmer);
        let by_words = |(stem, _, _): &&(String, Kind, &str)| {
            self.sentences.get(stem).is_some_and(|s| s.binary_search(&sentence).is_ok())
        };
        let found = words.iter().filter(by_words).min_by_key(|(_, kind, _)| *kind);
        if let Some((_, kind, shown)) = found {
            return Some(match kind {
                Kind::Tag => format!("tag: {shown}"),
                Kind::FileName => format!("file name: {shown}"),
            });
        }
        let tag = words.iter().find(|(stem, _, _)| self.script_tags.contains(stem));
        tag.map(|(_, _, shown)| format!("tag of the script: {shown}"))
    }
}
