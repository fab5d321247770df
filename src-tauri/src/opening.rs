//! The home is opened when the first window asks for its session, and not before: so that whatever is wrong with it is
//! said in a window, which can be tried again.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use edit_factory_core::error::Failure;
use edit_factory_core::home::Home;
use edit_factory_core::host::Host;

use crate::outside::Outside;
use crate::shell::Shell;

/// Finds what core is given.
type Prepare = Box<dyn Fn() -> Result<Host, Failure> + Send + Sync>;

/// The way to the open [`Shell`].
pub struct Opening {
    prepare: Prepare,
    outside: Arc<Outside>,
    started: Instant,
    shell: Mutex<Option<Arc<Shell>>>,
}

impl Opening {
    /// Nothing is opened yet.
    #[must_use]
    pub fn new(prepare: impl Fn() -> Result<Host, Failure> + Send + Sync + 'static, outside: Outside) -> Self {
        Self {
            prepare: Box::new(prepare),
            outside: Arc::new(outside),
            started: Instant::now(),
            shell: Mutex::new(None),
        }
    }

    /// The shell; opened now if it is not. After a failure the next call tries again.
    ///
    /// # Errors
    /// What [`Home::open`] says, or what finding the home did.
    pub fn shell(&self) -> Result<Arc<Shell>, Failure> {
        let mut shell = self.shell.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shell) = &*shell {
            return Ok(shell.clone());
        }
        let home = Home::open((self.prepare)()?).map_err(|error| {
            let failure = Failure::from(error);
            Failure { message: format!("Your profiles cannot be opened: {}", failure.message), ..failure }
        })?;
        let opened = Arc::new(Shell::new(home, self.outside.clone()));
        *shell = Some(opened.clone());
        Ok(opened)
    }

    /// The shell, if it is open.
    pub fn opened(&self) -> Option<Arc<Shell>> {
        self.shell.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// When the program started.
    pub fn started(&self) -> Instant {
        self.started
    }
}
