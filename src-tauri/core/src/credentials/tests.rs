//! Tests of the keys: what is said of them, and that nothing else is.

use secrecy::ExposeSecret;

use super::*;
use crate::error::Explain;
use crate::testkit::bench;

const KEY: &str = "sk-planted-0123456789-x9Kd";

fn read(profile: &Profile) -> Option<String> {
    get(profile, "elevenlabs").unwrap().map(|secret| secret.expose_secret().to_owned())
}

#[test]
fn a_key_is_shown_by_its_end_alone_and_goes_when_removed() {
    let bench = bench();
    assert_eq!(list(&bench.profile).unwrap()[0], info("elevenlabs", None));
    let kept = set(&bench.profile, "elevenlabs", &format!("  {KEY}\n").into(), None).unwrap();
    assert_eq!((kept.set, kept.ends_in.as_deref(), kept.kept_in), (true, Some("x9Kd"), Some(KeptIn::Keyring)));
    assert_eq!(read(&bench.profile).as_deref(), Some(KEY));
    let short = set(&bench.profile, "elevenlabs", &"elevenchars".into(), None).unwrap();
    assert_eq!(short.ends_in, None);
    assert!(!remove(&bench.profile, "elevenlabs").unwrap().set);
    assert_eq!(read(&bench.profile), None);
}

#[test]
fn what_is_no_key_is_refused_without_being_repeated() {
    let bench = bench();
    for wrong in ["", "  ", "two words", "schlüssel-0123456789", "line\nbreak"] {
        let error = set(&bench.profile, "elevenlabs", &wrong.into(), None).unwrap_err();
        assert_eq!(error.code(), crate::error::Code::InvalidInput);
        assert!(wrong.trim().is_empty() || !error.to_string().contains(wrong.trim()));
    }
    assert!(set(&bench.profile, "somebody", &KEY.into(), None).is_err());
    assert!(!list(&bench.profile).unwrap()[0].set);
}

#[test]
fn a_key_of_one_profile_is_not_there_for_another() {
    let bench = bench();
    let other = bench.home.create("Other", None).unwrap().id;
    let other = bench.home.profile(other).unwrap();
    set(&bench.profile, "elevenlabs", &KEY.into(), None).unwrap();
    assert_eq!(read(&other), None);
}

#[test]
fn a_key_moves_between_keyring_and_file_and_is_in_one_of_them() {
    let bench = bench();
    set(&bench.profile, "elevenlabs", &KEY.into(), None).unwrap();
    let refused = set(&bench.profile, "elevenlabs", &KEY.into(), Some(KeptIn::File));
    assert!(matches!(refused, Err(SecretError::FileLocked)));
    assert_eq!(read(&bench.profile).as_deref(), Some(KEY), "the key before stays");
    bench.home.secret_file().unlock("correct horse".into()).unwrap();
    let kept = set(&bench.profile, "elevenlabs", &KEY.into(), Some(KeptIn::File)).unwrap();
    assert_eq!(kept.kept_in, Some(KeptIn::File));
    assert_eq!(read(&bench.profile).as_deref(), Some(KEY));
    assert!(profile_secret(&bench.profile, KeptIn::Keyring).is_none());
    remove_all(&bench.profile).unwrap();
    assert!(profile_secret(&bench.profile, KeptIn::File).is_none());
}

fn profile_secret(profile: &Profile, kept_in: KeptIn) -> Option<SecretString> {
    profile.secrets().get(kept_in, "elevenlabs").unwrap()
}

#[test]
fn a_secret_on_its_way_in_is_written_nowhere() {
    let secret: Secret = serde_json::from_str(&format!("\"{KEY}\"")).unwrap();
    let call = crate::api::CredentialSet { provider: "elevenlabs".into(), secret, keep_in: None };
    let call = crate::api::Call::from(call);
    assert!(!format!("{call:?}").contains("planted") && !serde_json::to_string(&call).unwrap().contains("planted"));
    let wrong = serde_json::from_str::<Secret>("[\"sk-planted\"]").unwrap_err().to_string();
    assert!(!wrong.contains("planted"), "{wrong}");
}
