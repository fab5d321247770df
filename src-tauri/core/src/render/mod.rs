//! Rendering: a timeline to a finished, checked file; no picture encoded more than once.
