//! Tests of plans without renders: what is planned, how it is shown side by side, and that each is rendered once.

use super::*;
use crate::analysis::Shot;
use crate::generate::{self, Order};
use crate::ids::{ShotId, SourceId};
use crate::jobs::{JobContext, JobState};
use crate::project::{Look, store::NewScript};
use crate::testkit::{Bench, bench};

/// A project with a script and enough shots that need no file: planning never opens one.
fn ground(bench: &Bench) -> ProjectId {
    let made = bench.profile.write::<_, GenerateError>(|tx| {
        for n in 0..12 {
            let source = SourceId::new();
            tx.execute(
                "INSERT INTO sources (id, name, hash, bytes, path, duration_ms, width, height, has_sound, probe, created_at)
                 VALUES (?1, ?2, ?1, 1, 'media/a', 60000, 1920, 1080, 0, '{}', ?3)",
                (source, format!("{n}.mp4"), n),
            )?;
            tx.execute(
                "INSERT INTO shots (id, source_id, start_ms, end_ms, scene, motion, sharpness, contrast, brightness, phash,
                                    anchor_x, anchor_y)
                 VALUES (?1, ?2, 0, 9000, 0, 0.5, 0.5, 0.5, 0.5, ?3, 0.5, 0.5)",
                (ShotId::new(), source, 0x1111_1111_1111_1111_i64.wrapping_mul(n + 1)),
            )?;
        }
        let project = projects::create(tx, "Bakery", &Look::default(), &[])?.id;
        let text = "Fresh bread is baked every day. The oven is hot.";
        let new = NewScript { name: "bread".into(), text: text.into(), language: Some("en".into()), ..NewScript::default() };
        projects::add_script(tx, project, &new)?;
        Ok(project)
    });
    made.unwrap()
}

/// Plans two videos without rendering them.
async fn planned(bench: &Bench, project: ProjectId, order: &Order) -> Vec<VariantId> {
    let batch = bench.profile.write(|tx| generate::queue(tx, project, order, &[])).unwrap();
    let job = bench.profile.write(|tx| jobs::take_next(tx, jobs::Lane::Machine)).unwrap().unwrap();
    assert_eq!(job.id, batch.0);
    let context = JobContext::new(&bench.profile, job.id, tokio_util::sync::CancellationToken::new()).unwrap();
    let made = generate::run(&context, project, order).await.unwrap();
    made["variants"].as_array().unwrap().iter().map(|v| v.as_str().unwrap().parse().unwrap()).collect()
}

fn order(seed: u64) -> Order {
    Order {
        variants: 2,
        platform: None,
        seed,
        scripts: vec![],
        render: false,
        avoid: vec![],
        avoid_published_days: None,
    }
}

fn open_jobs(bench: &Bench) -> usize {
    bench.profile.read(|tx| jobs::list(tx, &[JobState::Queued], 100)).unwrap().len()
}

#[tokio::test]
async fn an_order_without_renders_plans_and_each_plan_is_rendered_once() {
    let bench = bench();
    let project = ground(&bench);
    planned(&bench, project, &order(1)).await;
    let variants = planned(&bench, project, &order(2)).await;
    assert_eq!(open_jobs(&bench), 0, "nothing is rendered");
    let shown = bench.profile.read(|tx| of_project(tx, project)).unwrap();
    assert_eq!(shown.batches.len(), 1, "the newest batch of the script alone");
    let batch = &shown.batches[0];
    assert_eq!(batch.variants.iter().map(|v| v.planned.id).collect::<Vec<_>>(), variants);
    let apart = distance::between(&batch.variants[0].planned.timeline, &batch.variants[1].planned.timeline);
    assert_eq!(batch.distance, Some(apart));
    assert!(apart > 0.0 && batch.variants.iter().all(|v| v.clip.is_none() && v.job.is_none()));

    let (first, new) = bench.profile.write(|tx| render(tx, &variants[..1])).unwrap();
    assert_eq!((&first.jobs, new.len(), first.batch), (&new, 1, batch.batch));
    let (all, new) = bench.profile.write(|tx| render(tx, &variants)).unwrap();
    assert_eq!((all.jobs[0], all.jobs.len(), new.len(), open_jobs(&bench)), (first.jobs[0], 2, 1, 2));
    let shown = bench.profile.read(|tx| of_project(tx, project)).unwrap();
    assert_eq!(shown.batches[0].variants[1].job, Some(all.jobs[1]));
    assert_eq!(bench.profile.read(|tx| jobs::get(tx, all.jobs[1])).unwrap().title, "Bakery – video 2");
    assert!(matches!(bench.profile.write(|tx| render(tx, &[])), Err(GenerateError::NothingToRender)));
    assert!(matches!(bench.profile.write(|tx| render(tx, &[VariantId::new()])), Err(GenerateError::NoVariant(_))));
}

#[tokio::test]
async fn shots_to_avoid_are_shown_only_when_there_are_no_others() {
    let bench = bench();
    let project = ground(&bench);
    let all: Vec<Shot> = bench
        .profile
        .read::<_, DbError>(|tx| crate::analysis::store::usable(tx, &[]))
        .unwrap()
        .into_iter()
        .map(|s| s.shot)
        .collect();
    let avoid: Vec<ShotId> = all.iter().take(6).map(|s| s.id).collect();
    let some = Order { variants: 1, avoid: avoid.clone(), ..order(3) };
    planned(&bench, project, &some).await;
    let shown = bench.profile.read(|tx| of_project(tx, project)).unwrap();
    let segments = &shown.batches[0].variants[0].planned.timeline.segments;
    assert!(segments.iter().all(|s| !avoid.contains(&s.pick.shot)), "{segments:#?}");
    let every = Order { variants: 1, avoid: all.iter().map(|s| s.id).collect(), ..order(4) };
    assert_eq!(planned(&bench, project, &every).await.len(), 1, "too few others are no reason to fail");
}

#[tokio::test]
async fn shots_that_went_out_in_the_last_days_are_left_out_also_when_their_clip_was_erased() {
    let bench = bench();
    let project = ground(&bench);
    let shots: Vec<ShotId> = bench
        .profile
        .read::<_, DbError>(|tx| crate::analysis::store::usable(tx, &[]))
        .unwrap()
        .into_iter()
        .map(|s| s.shot.id)
        .collect();
    // All but the last six were published five days ago.
    let (out, left) = shots.split_at(shots.len() - 6);
    bench
        .profile
        .write::<_, DbError>(|tx| {
            let clip = crate::ids::ClipId::new();
            tx.execute("INSERT INTO published_videos VALUES (?1, ?2, 'gone', '{}')", (clip, VariantId::new()))?;
            for shot in out {
                tx.execute("INSERT INTO published_shots VALUES (?1, ?2)", (clip, shot))?;
            }
            tx.execute(
                "INSERT INTO publications (id, clip_id, clip_hash, account, platform, state, caption, settings, device,
                                           publish_at, created_at)
                 VALUES (?1, ?2, 'h', '{}', 'tiktok', 'published', '', '{}', 'here', ?3, 1)",
                (crate::ids::PublicationId::new(), clip, crate::time::now_ms() - 5 * 24 * 3_600_000),
            )?;
            Ok(())
        })
        .unwrap();
    let shown = |id: VariantId| -> Vec<ShotId> {
        let planned = bench.profile.read(|tx| super::variant(tx, id)).unwrap();
        planned.timeline.segments.iter().map(|s| s.pick.shot).collect()
    };
    let within = |days| Order { variants: 1, avoid_published_days: Some(days), ..order(3) };
    let fresh = shown(planned(&bench, project, &within(10)).await[0]);
    assert!(fresh.iter().all(|shot| left.contains(shot)), "{fresh:?}");
    // Asked for with too few others, there is a plan all the same.
    let put = "INSERT INTO published_shots SELECT v.clip_id, s.id FROM published_videos v, shots s WHERE true ON CONFLICT DO NOTHING";
    bench.profile.write::<_, DbError>(|tx| Ok(tx.execute(put, [])?)).unwrap();
    assert_eq!(planned(&bench, project, &Order { seed: 9, ..within(10) }).await.len(), 1);
}

#[tokio::test]
async fn what_else_could_be_shown_is_listed_with_the_reason_the_best_first() {
    let bench = bench();
    let project = ground(&bench);
    bench
        .profile
        .write::<_, DbError>(|tx| {
            tx.execute("INSERT INTO tags SELECT id, 'oven' FROM sources WHERE name = '7.mp4'", [])?;
            Ok(())
        })
        .unwrap();
    let variant = planned(&bench, project, &Order { variants: 1, ..order(5) }).await[0];
    let script = bench.profile.read(|tx| projects::scripts(tx, project)).unwrap()[0].id;
    let of = |sentence, limit| {
        bench.profile.read(|tx| generate::for_sentence(&bench.profile, tx, (script, sentence), variant, limit))
    };
    let all = of(1, 100).unwrap();
    assert_eq!(all.len(), 12);
    let shown = bench.profile.read(|tx| super::variant(tx, variant)).unwrap().timeline;
    let elsewhere = |shot| shown.segments.iter().any(|s| s.pick.shot == shot);
    assert!(all.iter().all(|c| (c.reason == "shown elsewhere in this video") == elsewhere(c.shot)), "{all:#?}");
    let oven = all.iter().find(|c| c.source_name == "7.mp4").unwrap();
    // The planner has given it to this sentence already, or it comes first.
    assert!(elsewhere(oven.shot) || (all[0].shot == oven.shot && oven.reason.starts_with("tag: oven")), "{all:#?}");
    let fresh: Vec<f32> = all.iter().filter(|c| !elsewhere(c.shot)).map(|c| c.score).collect();
    assert!(fresh.is_sorted_by(|a, b| a >= b) && all.iter().all(|c| (0.0..=1.0).contains(&c.score)));
    assert_eq!(of(0, 3).unwrap().len(), 3);
    assert!(matches!(of(9, 3), Err(GenerateError::NoSentence { sentence: 9, .. })));
}
