//! What the pages of a window may call. Each command turns what a page sent into a step of the [`crate::shell`] or a
//! call of core; `build.rs` lists them for the capabilities.

pub mod calls;
pub mod desk;
pub mod profiles;

use edit_factory_core::error::Failure;

use crate::shell::broken;

/// Does the work on a task of its own, so that a panic in it becomes an answer: without one, the page would wait for
/// ever.
async fn guarded<T: Send + 'static>(
    work: impl Future<Output = Result<T, Failure>> + Send + 'static,
) -> Result<T, Failure> {
    tokio::spawn(work).await.map_err(|error| broken(&error))?
}

#[cfg(test)]
mod tests {
    use edit_factory_core::error::{Code, Failure};

    use super::guarded;

    #[tokio::test]
    async fn a_panic_is_an_answer() {
        let answer: Result<(), Failure> = guarded(async { panic!("a mistake") }).await;
        assert_eq!(answer.map_err(|failure| failure.code), Err(Code::Internal));
    }
}
