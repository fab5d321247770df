//! Tests of changes to single scripts.

use super::*;
use crate::ids::{ProjectId, ShotId, SourceId};
use crate::profile::media::MediaPath;
use crate::project::{Look, pins, store};
use crate::testkit::{Bench, bench};
use crate::variants::plan::Pin;

fn project(bench: &Bench) -> (ProjectId, [ScriptId; 2]) {
    let made = bench.profile.write::<_, ProjectError>(|tx| {
        let project = store::create(tx, "Bakery", &Look::default(), &[])?.id;
        let add = |name: &str| {
            let new = store::NewScript { name: name.into(), text: "Hello.".into(), ..Default::default() };
            store::add_script(tx, project, &new).map(|s| s.id)
        };
        Ok((project, [add("one")?, add("two")?]))
    });
    made.unwrap()
}

fn names(bench: &Bench, project: ProjectId) -> Vec<String> {
    bench.profile.read(|tx| store::scripts(tx, project)).unwrap().into_iter().map(|s| s.name).collect()
}

#[test]
fn a_removed_script_comes_back_whole_and_in_its_place() {
    let bench = bench();
    let (project, [one, _]) = project(&bench);
    let pin =
        Pin { variant: 0, sentence: "Hello.".into(), occurrence: 0, part: 0, shot: ShotId::new(), in_ms: Some(70) };
    bench
        .profile
        .write::<_, ProjectError>(|tx| {
            let source = SourceId::new();
            tx.execute(
                "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
                 VALUES (?1, 'a', ?1, 1, 'media/a', 1, 2, 2, 0, '{}', 0)",
                [source],
            )?;
            tx.execute(
                "INSERT INTO shots (id, source_id, start_ms, end_ms, scene, motion, sharpness, contrast, brightness, phash,
                                    anchor_x, anchor_y)
                 VALUES (?1, ?2, 0, 900, 0, 0, 0, 0, 0, 0, 0, 0)",
                (pin.shot, source),
            )?;
            pins::set(tx, one, &pin)
        })
        .unwrap();
    let before = bench.profile.read(|tx| store::script_of(tx, one)).unwrap();
    bench.profile.write(|tx| remove(tx, one)).unwrap();
    assert_eq!(names(&bench, project), ["two"]);
    assert!(matches!(bench.profile.write(|tx| rename(tx, one, "x")), Err(ProjectError::NoScript(_))));
    assert!(matches!(bench.profile.write(|tx| store::set_text(tx, one, "x", None)), Err(ProjectError::NoScript(_))));
    assert_eq!(bench.profile.write(|tx| restore(tx, one)).unwrap(), before);
    assert_eq!(names(&bench, project), ["one", "two"]);
    assert_eq!(bench.profile.read(|tx| pins::of_script(tx, one)).unwrap(), [pin]);
    assert!(matches!(bench.profile.write(|tx| restore(tx, one)), Err(ProjectError::NotRemoved(_))));
}

#[test]
fn a_removed_project_comes_back_with_its_scripts() {
    let bench = bench();
    let (project, _) = project(&bench);
    assert!(matches!(bench.profile.write(|tx| store::restore(tx, project)), Err(ProjectError::NotRemoved(_))));
    bench.profile.write(|tx| store::remove(tx, project)).unwrap();
    assert!(bench.profile.read(store::list).unwrap().is_empty());
    bench.profile.write(|tx| store::restore(tx, project)).unwrap();
    assert_eq!(names(&bench, project), ["one", "two"]);
}

#[test]
fn name_and_tags_change_and_a_recording_must_be_the_file_it_says() {
    let bench = bench();
    let (_, [one, _]) = project(&bench);
    assert_eq!(bench.profile.write(|tx| rename(tx, one, " Vară ")).unwrap().name, "Vară");
    assert!(matches!(bench.profile.write(|tx| rename(tx, one, " ")), Err(ProjectError::BadName)));
    let tags = ["oven".to_owned(), " ".to_owned(), " bread ".to_owned()];
    assert_eq!(bench.profile.write(|tx| set_tags(tx, one, &tags)).unwrap().tags, ["oven", "bread"]);

    std::fs::create_dir_all(bench.profile.root().join("media/narration")).unwrap();
    std::fs::write(bench.profile.root().join("media/narration/a.wav"), "la").unwrap();
    let path = MediaPath::new("media/narration/a.wav").unwrap();
    let good = FileRef { path: path.clone(), hash: blake3::hash(b"la").to_hex().to_string() };
    let other = FileRef { hash: "00".into(), ..good.clone() };
    let missing = FileRef { path: MediaPath::new("media/narration/b.wav").unwrap(), hash: good.hash.clone() };
    for bad in [other, missing] {
        assert!(matches!(set_recording(&bench.profile, one, Some(&bad)), Err(ProjectError::BadRecording(_))));
    }
    assert_eq!(set_recording(&bench.profile, one, Some(&good)).unwrap().recording, Some(good));
    assert_eq!(set_recording(&bench.profile, one, None).unwrap().recording, None);
}
