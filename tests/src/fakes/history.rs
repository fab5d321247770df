//! What the copy of ElevenLabs shows of what was spoken: the newest first, in pages.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

#[derive(Debug, Clone)]
struct Entry {
    id: String,
    request: String,
    text: String,
    cost: u64,
    at: i64,
}

/// The history.
#[derive(Debug)]
pub struct History {
    /// No page has more entries than this.
    pub page: usize,
    /// After so many pages it answers no more.
    pub answers: usize,
    entries: Vec<Entry>,
}

impl Default for History {
    fn default() -> Self {
        Self { page: 1000, answers: usize::MAX, entries: Vec::new() }
    }
}

impl History {
    /// Something was spoken now.
    ///
    /// # Panics
    /// Never.
    pub fn remember(&mut self, request: &str, text: &str, cost: u64) {
        let at = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let (id, request, text) = (format!("h{}", self.entries.len()), request.to_owned(), text.to_owned());
        self.entries.push(Entry { id, request, text, cost, at: i64::try_from(at).unwrap() });
    }

    /// Others spoke so many other things now.
    pub fn others(&mut self, count: usize) {
        for n in 0..count {
            self.remember(&format!("other-{}-{n}", self.entries.len()), "Something else.", 15);
        }
    }

    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// True when nothing was spoken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn text(&self, id: &str) -> String {
        self.entries.iter().find(|entry| entry.id == id).unwrap().text.clone()
    }

    /// The page that a path with a query asks for; `None` when it answers no more.
    pub(super) fn page(&mut self, path: &str) -> Option<Value> {
        self.answers = self.answers.checked_sub(1)?;
        let asked = |name: &str| {
            let query = path.split_once('?').map_or("", |(_, query)| query);
            query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        };
        let size = asked("page_size").map_or(100, |n| n.parse().unwrap()).min(self.page);
        let since: i64 = asked("date_after_unix").map_or(0, |n| n.parse().unwrap());
        let start = match asked("start_after_history_item_id") {
            Some(id) => self.entries.iter().position(|entry| entry.id == id).unwrap(),
            None => self.entries.len(),
        };
        let mut left = self.entries[..start].iter().rev().filter(|entry| entry.at >= since);
        let page: Vec<&Entry> = left.by_ref().take(size).collect();
        let item = |entry: &&Entry| {
            json!({"history_item_id": entry.id, "request_id": entry.request, "text": entry.text, "date_unix": entry.at,
                   "character_count_change_from": 100, "character_count_change_to": 100 + entry.cost})
        };
        Some(json!({
            "history": page.iter().map(item).collect::<Vec<_>>(),
            "last_history_item_id": page.last().map(|entry| entry.id.clone()),
            "has_more": left.next().is_some(),
        }))
    }
}
