//! For tests of the window: an answer is held back for as long as the test wants.
//!
//! While `<home>/test-holds/<profile id>.<call>` exists, the answer to that call of that profile waits.

use std::time::Duration;

use edit_factory_core::home::Home;
use edit_factory_core::ids::ProfileId;

/// Waits while the test holds this call.
pub async fn wait(home: &Home, profile: ProfileId, call: &str) {
    let file = home.root().join("test-holds").join(format!("{profile}.{call}"));
    while file.exists() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
