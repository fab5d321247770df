//! Speech: a script spoken sentence by sentence, joined as samples, with the time of every word, checked.

pub mod words;
