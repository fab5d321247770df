//! Clips from a real render: made once, kept whole, exported, made again.

use super::*;
use crate::jobs::{JobContext, JobKind};
use crate::library::testmedia::{self, QUICK};
use crate::render::{bench, run};
use crate::testkit::{self, Bench};

/// A rendered clip of one short shot.
async fn rendered() -> (Bench, JobContext, VariantId, ClipId) {
    let bench = testkit::bench();
    let video = testmedia::make(&bench.desk, "a.mp4", "testsrc2=s=320x180:r=25:d=2", QUICK);
    let timeline = bench::real(&bench, &[video], &[20]).await;
    let (context, variant) = bench::planned(&bench, &timeline);
    let made = run::run(&context, variant, None).await.unwrap();
    let id = made["clip"].as_str().unwrap().parse().unwrap();
    (bench, context, variant, id)
}

fn forget_rows(bench: &Bench) {
    bench
        .profile
        .write::<_, ClipError>(|tx| {
            tx.execute("DELETE FROM shot_uses", [])?;
            Ok(tx.execute("DELETE FROM clips", [])?)
        })
        .unwrap();
}

fn counts(bench: &Bench) -> (i64, i64) {
    let count = |table: &str| {
        bench
            .profile
            .read::<_, ClipError>(|tx| Ok(tx.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))?))
            .unwrap()
    };
    (count("clips"), count("shot_uses"))
}

#[tokio::test]
async fn a_job_makes_one_clip_however_often_it_is_started() {
    let (bench, context, variant, id) = rendered().await;
    assert_eq!(counts(&bench), (1, 1));
    let encodes = |bench: &Bench| bench.profile.toolbox().last_commands().len();
    let before = encodes(&bench);
    let again = run::run(&context, variant, None).await.unwrap();
    assert_eq!((again["clip"].as_str(), counts(&bench)), (Some(&*id.to_string()), (1, 1)));
    // As if the process had died after the files got their place and before the rows were stored.
    forget_rows(&bench);
    run::run(&context, variant, None).await.unwrap();
    assert_eq!((counts(&bench), encodes(&bench)), ((1, 1), before), "nothing was rendered for it");

    // A folder that is not whole is made anew.
    let clip = bench.profile.read(|tx| get(tx, id)).unwrap();
    let video = bench.profile.folder().path(&clip.folder).join(format!("{}.mp4", clip.name));
    forget_rows(&bench);
    std::fs::write(&video, b"half").unwrap();
    run::run(&context, variant, None).await.unwrap();
    assert_eq!(crate::render::files::hash(&video).unwrap(), clip.hash);
    assert_eq!(counts(&bench), (1, 1));
}

#[tokio::test]
async fn a_clip_has_all_its_files_and_its_receipt_names_no_place_of_this_machine() {
    let (bench, _context, variant, id) = rendered().await;
    let clip = bench.profile.read(|tx| get(tx, id)).unwrap();
    assert_eq!((clip.name.as_str(), clip.variant, clip.duration_ms), ("Vară 100%-1", variant, 666));
    let folder = bench.profile.folder().path(&clip.folder);
    let mut names: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let own = |ending: &str| format!("Vară 100%-1.{ending}");
    assert_eq!(names, [own("json"), own("mp4"), own("srt"), own("vtt"), "still.jpg".into(), "voice.wav".into()]);

    let text = std::fs::read_to_string(folder.join(own("json"))).unwrap();
    let receipt: crate::render::receipt::Receipt = serde_json::from_str(&text).unwrap();
    assert!(!text.contains(bench.profile.root().to_str().unwrap()) && !text.contains(bench.desk.to_str().unwrap()));
    assert_eq!(serde_json::to_value(&receipt).unwrap(), bench.profile.read(|tx| super::receipt(tx, id)).unwrap());
    assert_eq!(receipt.shots[0].source.name, "a.mp4");
    assert_eq!((receipt.hashes.mp4, receipt.seed, receipt.frames), (clip.hash, 7, 20));
    assert!((receipt.loudness.measured.lufs + 14.0).abs() <= 0.5);
    assert!(receipt.programs.x264.is_some_and(|x| x.starts_with("core ")));
}

#[tokio::test]
async fn the_picture_of_a_clip_is_a_frame_of_the_finished_video() {
    let (bench, _context, _variant, id) = rendered().await;
    let listed = |bench: &Bench| {
        let (filter, sort) = (page::ClipFilter::default(), page::ClipSort::default());
        let rows = bench.profile.read(|tx| page::page(&bench.profile, tx, &filter, sort, (1, 0))).unwrap().clips;
        rows[0].thumb.clone()
    };
    let clip = bench.profile.read(|tx| get(tx, id)).unwrap();
    let still = listed(&bench).unwrap();
    assert_eq!(still.as_str(), format!("{}/still.jpg", clip.folder));
    let file = bench.profile.folder().path(&still);
    let head = std::fs::read(&file).unwrap();
    assert!(head.starts_with(&[0xff, 0xd8]) && head.len() > 1000, "{} bytes of a JPEG", head.len());

    trash::remove(&bench.profile, id).unwrap();
    let gone = bench.profile.read(|tx| page::trash(&bench.profile, tx)).unwrap();
    assert_eq!(gone[0].thumb.as_ref().unwrap().as_str(), format!("trash/{}/still.jpg", clip.folder));
    trash::restore(&bench.profile, id).unwrap();

    // One that was made before there were pictures shows its first shot, where that has one.
    std::fs::remove_file(file).unwrap();
    assert_eq!(listed(&bench), None);
}

#[tokio::test]
async fn a_rerender_gives_every_frame_again_or_names_what_differs() {
    let (bench, _context, _variant, id) = rendered().await;
    let context = bench.running(&JobKind::Render { variant: VariantId::new(), platform: None });
    let again = rerender(&context, id).await.unwrap();
    assert_eq!(again, Rerender { equal: true, differs: Vec::new() });

    // Another hash of the fonts in the receipt, as if they had been others then: said, though the frames are equal.
    bench
        .profile
        .write::<_, ClipError>(|tx| {
            Ok(tx.execute("UPDATE clips SET receipt = json_set(receipt, '$.programs.ffmpeg', '4.2')", [])?)
        })
        .unwrap();
    let again =
        rerender(&bench.running(&JobKind::Render { variant: VariantId::new(), platform: None }), id).await.unwrap();
    assert!(again.equal && again.differs[0].starts_with("ffmpeg: 4.2 then, "), "{again:?}");

    // Another plan is another picture.
    bench
        .profile
        .write::<_, ClipError>(|tx| {
            Ok(tx.execute(
                "UPDATE clips SET receipt = json_set(receipt, '$.timeline.segments[0].pick.in_ms', 400)",
                [],
            )?)
        })
        .unwrap();
    let again =
        rerender(&bench.running(&JobKind::Render { variant: VariantId::new(), platform: None }), id).await.unwrap();
    assert!(!again.equal && again.differs.iter().any(|d| d.contains("frames of the picture differ")), "{again:?}");

    // Footage that is gone is named.
    let footage = std::fs::read_dir(bench.profile.root().join("media")).unwrap();
    for file in footage.flatten().filter(|f| f.path().extension().is_some_and(|e| e == "mp4")) {
        std::fs::remove_file(file.path()).unwrap();
    }
    let again =
        rerender(&bench.running(&JobKind::Render { variant: VariantId::new(), platform: None }), id).await.unwrap();
    assert!(!again.equal && again.differs.iter().any(|d| d.contains("a.mp4")), "{again:?}");
}

#[tokio::test]
async fn an_export_overwrites_nothing_and_refuses_a_damaged_video() {
    let (bench, _context, _variant, id) = rendered().await;
    let out = bench.desk.join("out");
    let names = |paths: Vec<std::path::PathBuf>| -> Vec<String> {
        paths.iter().map(|p| p.file_name().unwrap().to_str().unwrap().to_owned()).collect()
    };
    let first = names(export(&bench.profile, id, &out, Some("My/clip")).unwrap());
    assert_eq!(first, ["My clip.mp4", "My clip.srt", "My clip.vtt", "My clip.json"]);
    let second = names(export(&bench.profile, id, &out, Some("My/clip")).unwrap());
    assert_eq!(second[0], "My clip (2).mp4");
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 8);

    let clip = bench.profile.read(|tx| get(tx, id)).unwrap();
    assert_eq!(crate::render::files::hash(&out.join("My clip.mp4")).unwrap(), clip.hash);
    let video = bench.profile.folder().path(&clip.folder).join(format!("{}.mp4", clip.name));
    std::fs::write(video, b"other").unwrap();
    assert!(matches!(export(&bench.profile, id, &out, None), Err(ClipError::Damaged(_))));
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 8, "nothing half-written");
}

#[tokio::test]
async fn a_removed_clip_is_off_the_list_and_its_files_are_in_the_trash() {
    let (bench, _context, _variant, id) = rendered().await;
    assert_eq!(bench.profile.read(|tx| list(tx, 10, 0)).unwrap().len(), 1);
    remove(&bench.profile, id).unwrap();
    assert!(bench.profile.read(|tx| list(tx, 10, 0)).unwrap().is_empty());
    assert!(matches!(bench.profile.read(|tx| get(tx, id)), Err(ClipError::NotFound(_))));
    assert!(matches!(remove(&bench.profile, id), Err(ClipError::NotFound(_))));
    assert!(bench.profile.root().join(format!("trash/clips/{id}/voice.wav")).is_file());
    assert!(!bench.profile.root().join(format!("clips/{id}")).exists());
}

#[tokio::test]
async fn a_removed_clip_comes_back_whole_and_an_erased_one_is_gone() {
    let (bench, _context, _variant, id) = rendered().await;
    let before = bench.profile.read(|tx| get(tx, id)).unwrap();
    let whole = |folder: &str| {
        let mut files: Vec<_> = std::fs::read_dir(bench.profile.root().join(folder))
            .unwrap()
            .map(|e| e.unwrap().path())
            .map(|p| (p.file_name().unwrap().to_owned(), std::fs::read(p).unwrap()))
            .collect();
        files.sort();
        files
    };
    let files = whole(&format!("clips/{id}"));
    assert!(matches!(restore(&bench.profile, id), Err(ClipError::NotInTrash(_))));
    assert!(matches!(erase(&bench.profile, id), Err(ClipError::NotInTrash(_))), "only from the trash");
    remove(&bench.profile, id).unwrap();
    assert_eq!(restore(&bench.profile, id).unwrap(), before);
    assert_eq!(bench.profile.read(|tx| get(tx, id)).unwrap(), before);
    assert_eq!((whole(&format!("clips/{id}")), counts(&bench)), (files, (1, 1)));

    remove(&bench.profile, id).unwrap();
    erase(&bench.profile, id).unwrap();
    assert_eq!(counts(&bench), (0, 0));
    assert!(!bench.profile.root().join(format!("trash/clips/{id}")).exists());
    assert!(matches!(restore(&bench.profile, id), Err(ClipError::NotInTrash(_))));
}

#[tokio::test]
async fn a_clip_whose_trash_was_emptied_by_somebody_else_says_so() {
    let (bench, _context, _variant, id) = rendered().await;
    remove(&bench.profile, id).unwrap();
    std::fs::remove_dir_all(bench.profile.root().join("trash/clips")).unwrap();
    assert!(matches!(restore(&bench.profile, id), Err(ClipError::Gone(_))));
    assert!(matches!(bench.profile.read(|tx| get(tx, id)), Err(ClipError::NotFound(_))));
}

#[tokio::test]
async fn another_video_is_ordered_with_another_seed_and_without_the_shots_of_this_one() {
    let (bench, _context, _variant, id) = rendered().await;
    let (job, batch) = bench.profile.write(|tx| regenerate(tx, id)).unwrap();
    let job = bench.profile.read(|tx| crate::jobs::store::get(tx, job)).unwrap();
    let JobKind::Generate { order, .. } = &job.kind else { panic!("{job:?}") };
    let receipt = bench.profile.read(|tx| receipt(tx, id)).unwrap();
    assert_eq!((order.variants, order.platform.as_deref(), job.batch), (1, receipt["platform"].as_str(), Some(batch)));
    assert_ne!(Some(order.seed), receipt["seed"].as_u64());
    assert_eq!(serde_json::to_value(&order.avoid).unwrap()[0], receipt["shots"][0]["shot"]);
    assert!(order.render && order.scripts.len() == 1);
    let page = bench.profile.read(|tx| page::page(&bench.profile, tx, &Default::default(), Default::default(), (9, 0)));
    let row = &page.unwrap().clips[0];
    assert_eq!((row.platform.as_deref(), row.project_name.as_str()), (Some("draft"), "Project"));
}

/// A publication of a clip in this state.
fn published(bench: &Bench, clip: ClipId, state: &str) {
    bench
        .profile
        .write::<_, ClipError>(|tx| {
            tx.execute("DELETE FROM publications", [])?;
            tx.execute(
                "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device,
                                           created_at)
                 VALUES (?1, ?2, 'h', '{}', 'tiktok', ?3, '', '{}', 'here', 1)",
                (crate::ids::PublicationId::new(), clip, state),
            )?;
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn a_clip_that_a_publication_needs_is_neither_removed_nor_erased_and_says_what_to_do() {
    let (bench, _context, _variant, id) = rendered().await;
    let file = bench.profile.root().join(format!("clips/{id}"));
    for state in ["waiting", "uploading", "sending", "unknown", "scheduled"] {
        published(&bench, id, state);
        let refused = remove(&bench.profile, id).unwrap_err();
        assert!(matches!(refused, ClipError::Needed { count: 1, .. }), "{state}: {refused}");
        assert!(refused.to_string().contains("Take them back") && file.is_dir(), "{state}: {refused}");
    }
    published(&bench, id, "published");
    remove(&bench.profile, id).unwrap();
    // It was put on its way on another machine.
    published(&bench, id, "scheduled");
    assert!(matches!(erase(&bench.profile, id), Err(ClipError::Needed { .. })));
    assert!(bench.profile.root().join(format!("trash/clips/{id}")).is_dir());
    published(&bench, id, "published");
    erase(&bench.profile, id).unwrap();
    let history = bench.profile.read(crate::publish::ledger::history).unwrap();
    assert_eq!(history.iter().map(|video| video.clip).collect::<Vec<_>>(), [id], "what was shown stays known");
}

#[tokio::test]
async fn the_same_video_is_made_for_another_platform_as_a_clip_of_its_own() {
    let (bench, _context, variant, id) = rendered().await;
    let (job, batch) = bench.profile.write(|tx| refit(tx, id, "square")).unwrap();
    assert_eq!(bench.profile.write(|tx| refit(tx, id, "square")).unwrap(), (job, batch), "not queued twice");
    let kind = bench.profile.read(|tx| crate::jobs::store::get(tx, job)).unwrap().kind;
    assert_eq!(kind, JobKind::Render { variant, platform: Some("square".into()) });
    let unknown = bench.profile.write(|tx| refit(tx, id, "vine")).unwrap_err();
    assert!(unknown.to_string().contains("square"), "{unknown}");
    assert!(bench.profile.write(|tx| refit(tx, ClipId::new(), "square")).is_err());

    // It is kept like the one it was made after; a plain render of the plan is still to be looked at.
    bench.profile.write(|tx| triage(tx, &[id], Triage::Accepted)).unwrap();
    let made = run::run(&bench.running(&kind), variant, Some("square")).await.unwrap();
    let square: ClipId = made["clip"].as_str().unwrap().parse().unwrap();
    let of = |id| bench.profile.read(|tx| get(tx, id)).unwrap().triage;
    assert_eq!((of(id), of(square)), (Triage::Accepted, Triage::Accepted));
    let plain = JobKind::Render { variant, platform: None };
    let made = run::run(&bench.running(&plain), variant, None).await.unwrap();
    assert_eq!(of(made["clip"].as_str().unwrap().parse().unwrap()), Triage::New);
    let (first, second) =
        bench.profile.read(|tx| Ok::<_, ClipError>((receipt(tx, id)?, receipt(tx, square)?))).unwrap();
    assert_ne!(id, square);
    assert_eq!((first["platform"].as_str(), second["platform"].as_str()), (Some("draft"), Some("square")));
    assert_eq!((&second["timeline"]["width"], &second["timeline"]["height"]), (&1080.into(), &1080.into()));
    assert_eq!((&first["shots"][0]["shot"], &first["variant"]), (&second["shots"][0]["shot"], &second["variant"]));
    assert!(second["name"].as_str().unwrap().ends_with("-square"), "{}", second["name"]);
}
