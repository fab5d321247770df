//! The brand kit of a profile: logo, intro, outro, hook title, caption colours and font.
