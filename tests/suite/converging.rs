//! Two machines, each a home of its own, keep one profile on a project through the command line.

use acceptance::converge::converge;
use acceptance::hosted::Hosted;

#[tokio::test(flavor = "multi_thread")]
async fn two_machines_that_both_change_a_profile_have_the_same_in_the_end_and_either_may_leave() {
    let Some(hosted) = Hosted::start() else { return };
    let folder = tempfile::tempdir().unwrap();
    let ended = converge(&hosted, folder.path(), &mut |step| eprintln!("{step}")).await;
    let [studio, laptop] = &ended.machines;
    assert_eq!(ended.seen[0], ended.seen[1]);
    for wanted in ["project Cake", "clip bread-1 accepted"] {
        assert!(ended.seen[0].iter().any(|line| line == wanted), "{wanted}: {:?}", ended.seen[0]);
    }
    for machine in [studio, laptop] {
        let shown = machine.ask(&["sync", "status"]);
        assert_eq!((&shown["status"]["state"], &shown["missing"]), (&"in_sync".into(), &0.into()), "{shown}");
    }
    // Erased there by one: nobody loses anything here.
    studio.ask(&["sync", "erase", "--name", "Bakery"]);
    laptop.ask(&["sync", "unlink"]);
    assert_eq!([studio.sees(), laptop.sees()], ended.seen);
    assert_eq!(laptop.ask(&["sync", "status"])["status"]["state"], "off");
}
