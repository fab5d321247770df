//! Clips: the finished files of a profile, with their receipts.
