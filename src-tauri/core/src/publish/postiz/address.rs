//! Where a workspace's public API is, from what a person copies out of a browser.

use reqwest::Url;

use super::{HOSTED, PostizError};

/// Longer than this is no address.
const LONGEST: usize = 500;

/// The address without a slash at its end. One without a path is taken for the service that is there: the hosted one, or
/// one's own, whose API lies below `/api/public/v1`.
///
/// # Errors
/// [`PostizError::Address`] for anything but `https:` (`http:` on this machine alone: what is sent holds the key), and for
/// one with a password or a query in it.
pub fn address(text: &str) -> Result<String, PostizError> {
    let text = text.trim();
    let bad = || PostizError::Address(text.chars().take(200).collect());
    if text.len() > LONGEST {
        return Err(bad());
    }
    let mut url = Url::parse(text).map_err(|_| bad())?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let here = matches!(host.as_str(), "127.0.0.1" | "localhost" | "[::1]");
    let sound = url.scheme() == "https" || url.scheme() == "http" && here;
    let bare =
        url.username().is_empty() && url.password().is_none() && url.query().is_none() && url.fragment().is_none();
    if host.is_empty() || !sound || !bare {
        return Err(bad());
    }
    if url.path().trim_matches('/').is_empty() {
        if HOSTED.starts_with(&format!("https://{host}/")) {
            return Ok(HOSTED.to_owned());
        }
        url.set_path("/api/public/v1");
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_as_it_is_copied_and_only_over_an_encrypted_way() {
        for (given, taken) in [
            (HOSTED, HOSTED),
            (" https://api.postiz.com ", HOSTED),
            ("https://api.postiz.com/public/v1/", HOSTED),
            ("https://posts.example.com/", "https://posts.example.com/api/public/v1"),
            ("https://posts.example.com:8443/api/public/v1", "https://posts.example.com:8443/api/public/v1"),
            ("http://127.0.0.1:5000/api/public/v1", "http://127.0.0.1:5000/api/public/v1"),
        ] {
            assert_eq!(address(given).unwrap(), taken, "{given}");
        }
        for bad in [
            "",
            "posts.example.com",
            "http://posts.example.com",
            "ftp://posts.example.com",
            "https://a:b@posts.example.com",
            "https://posts.example.com/?key=x",
            "https://",
        ] {
            assert!(matches!(address(bad), Err(PostizError::Address(_))), "{bad}");
        }
    }
}
