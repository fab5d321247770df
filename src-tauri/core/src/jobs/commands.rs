//! The last commands of a job and what they said, kept so that they can be read after it has ended.
//!
//! Commands carry paths and filters, never a credential: those go to providers in headers, not to tools.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::store::{JobError, get};
use crate::ffmpeg::Ran;
use crate::ids::JobId;
use crate::profile::db::{Reader, Writer};

/// How many commands of a job are kept.
pub const KEPT: u32 = 30;

/// A command that a job ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JobCommand {
    /// When it was started, UTC milliseconds.
    pub at: i64,
    /// As it would be typed.
    pub command: String,
    /// The end of what it wrote on its error output.
    pub stderr_tail: String,
}

/// Adds commands to those of a job; the oldest make way.
///
/// # Errors
/// [`JobError::Db`].
pub fn keep(tx: &Writer<'_>, job: JobId, ran: &[Ran]) -> Result<(), JobError> {
    // A folder of the job's may exist without a row: somebody waits for an answer and nothing of it stays.
    let mut add = tx.prepare_cached(
        "INSERT INTO job_commands (job_id, number, at, command, stderr)
         SELECT id, (SELECT coalesce(max(number), 0) + 1 FROM job_commands WHERE job_id = ?1), ?2, ?3, ?4
         FROM jobs WHERE id = ?1",
    )?;
    for one in ran {
        add.execute((job, one.at, &one.command, &one.stderr))?;
    }
    tx.execute(
        "DELETE FROM job_commands WHERE job_id = ?1
         AND number <= (SELECT max(number) FROM job_commands WHERE job_id = ?1) - ?2",
        (job, KEPT),
    )?;
    Ok(())
}

/// The last commands of a job, oldest first.
///
/// # Errors
/// [`JobError::NotFound`] when this profile has no such job.
pub fn of(tx: &Reader<'_>, job: JobId) -> Result<Vec<JobCommand>, JobError> {
    get(tx, job)?;
    let mut query =
        tx.prepare_cached("SELECT at, command, stderr FROM job_commands WHERE job_id = ?1 ORDER BY number")?;
    let all = query
        .query_map([job], |r| Ok(JobCommand { at: r.get(0)?, command: r.get(1)?, stderr_tail: r.get(2)? }))?
        .collect::<Result<_, _>>()?;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args;
    use crate::ids::SourceId;
    use crate::jobs::{JobContext, JobKind, store};
    use crate::testkit::{Bench, bench};

    fn said(bench: &Bench, job: JobId) -> Vec<JobCommand> {
        bench.profile.read(|tx| of(tx, job)).unwrap()
    }

    async fn run(context: &JobContext, input: &str) {
        let list = args!["-v", "error", "-f", "lavfi", "-i", input, "-frames:v", "1", "-f", "null", "-"];
        drop(context.profile().toolbox().ffmpeg(&list, context.cancel()).await);
    }

    #[tokio::test]
    async fn what_a_job_ran_can_be_read_after_it_has_failed() {
        let bench = bench();
        let context = bench.running(&JobKind::Analyse { source: SourceId::new() });
        let job = context.job();
        run(&context, "nonsense=1").await;
        context.keep_commands();
        let end = store::Ending::Failed(crate::error::Failure::new(crate::error::Code::ToolFailed, "no"));
        bench.profile.write(|tx| store::finish(tx, job, &end)).unwrap();
        drop(context);
        let commands = said(&bench, job);
        assert_eq!(commands.len(), 1);
        assert!(commands[0].command.starts_with("ffmpeg ") && commands[0].command.contains("nonsense=1"));
        assert!(commands[0].stderr_tail.contains("nonsense"), "{commands:?}");
    }

    #[tokio::test]
    async fn commands_of_one_job_are_not_those_of_another_and_only_the_last_are_kept() {
        let bench = bench();
        let [one, other] = [(); 2].map(|()| bench.running(&JobKind::Analyse { source: SourceId::new() }));
        run(&one, "color=red:s=16x16").await;
        run(&other, "color=blue:s=16x16").await;
        one.keep_commands();
        other.keep_commands();
        assert!(said(&bench, one.job())[0].command.contains("red") && said(&bench, one.job()).len() == 1);
        assert!(said(&bench, other.job())[0].command.contains("blue"));
        let many: Vec<Ran> =
            (0..40).map(|n| Ran { at: n, command: format!("ffmpeg {n}"), stderr: String::new() }).collect();
        bench.profile.write(|tx| keep(tx, one.job(), &many)).unwrap();
        let kept = said(&bench, one.job());
        assert_eq!((kept.len(), kept[0].command.as_str()), (KEPT as usize, "ffmpeg 10"));
    }
}
