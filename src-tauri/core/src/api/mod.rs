//! The one list of calls that the window and the command line use.
