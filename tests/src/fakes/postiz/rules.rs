//! What the public API asks of a call that makes posts, by its published description: fields, types, and what each platform's
//! settings may be. A setting that is not described is refused, too: the real one would pass over it without a word, and a
//! misspelt "privacy" would post to everybody.

use serde_json::Value;

/// What a value must be.
enum Rule {
    Flag,
    Text {
        min: usize,
        max: usize,
    },
    OneOf(&'static [&'static str]),
    /// `[{value, label}]`
    Tags,
    /// `{id, path}`
    File,
    List,
}

/// A setting: its name, whether it has to be there, what it is.
type Field = (&'static str, bool, Rule);

/// A call to make posts, as far as it could be read.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub(super) kind: String,
    pub(super) at_ms: i64,
    pub(super) posts: Vec<WantedPost>,
}

#[derive(Debug)]
pub(super) struct WantedPost {
    pub(super) account: String,
    pub(super) group: Option<String>,
    pub(super) content: String,
    /// Ids and addresses.
    pub(super) files: Vec<(String, String)>,
    pub(super) settings: Value,
}

/// As the API writes moments.
pub(super) fn iso(ms: i64) -> String {
    jiff::Timestamp::from_millisecond(ms).unwrap().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A moment in UTC, with `Z`.
pub(super) fn moment(value: &Value) -> Option<i64> {
    let text = value.as_str().filter(|text| text.ends_with('Z'))?;
    Some(text.parse::<jiff::Timestamp>().ok()?.as_millisecond())
}

/// Reads a call; what is wrong with it goes into `bad`.
pub(super) fn read(body: &Value, bad: &mut Vec<String>) -> Wanted {
    let mut wanted = Wanted::default();
    one("type", &body["type"], &Rule::OneOf(&["draft", "schedule", "now"]), bad);
    one("shortLink", &body["shortLink"], &Rule::Flag, bad);
    one("tags", &body["tags"], &Rule::Tags, bad);
    match moment(&body["date"]) {
        Some(at) => wanted.at_ms = at,
        None => bad.push("date must be a valid ISO 8601 date string".into()),
    }
    wanted.kind = body["type"].as_str().unwrap_or_default().to_owned();
    match body["posts"].as_array() {
        Some(posts) if !posts.is_empty() => {
            wanted.posts = posts.iter().enumerate().filter_map(|(at, post)| read_post(at, post, bad)).collect();
        }
        _ if wanted.kind == "draft" => {}
        _ => bad.push("posts should not be empty".into()),
    }
    wanted
}

fn read_post(at: usize, post: &Value, bad: &mut Vec<String>) -> Option<WantedPost> {
    let mut wrong = |what: &str| bad.push(format!("posts.{at}.{what}"));
    let account = post["integration"]["id"].as_str();
    let values = post["value"].as_array().map(Vec::as_slice).unwrap_or_default();
    let content = values.first().and_then(|value| value["content"].as_str());
    if account.is_none() {
        wrong("integration.id must be a string");
    }
    if content.is_none() {
        wrong("value.0.content must be a string");
    }
    if !matches!(post["group"], Value::Null | Value::String(_)) {
        wrong("group must be a string");
    }
    if !post["settings"]["__type"].is_string() {
        wrong("settings.__type must be a string");
    }
    let mut files = Vec::new();
    for file in values.iter().flat_map(|value| value["image"].as_array().into_iter().flatten()) {
        match (file["id"].as_str(), file["path"].as_str()) {
            (Some(id), Some(path)) => files.push((id.to_owned(), path.to_owned())),
            _ => wrong("value.0.image must be a list of files with id and path"),
        }
    }
    Some(WantedPost {
        account: account?.to_owned(),
        group: post["group"].as_str().map(str::to_owned),
        content: content?.to_owned(),
        files,
        settings: post["settings"].clone(),
    })
}

/// Holds the settings and files of a post against what its platform takes.
pub(super) fn platform(platform: &str, post: &WantedPost, bad: &mut Vec<String>) {
    let settings = &post.settings;
    if settings["__type"] != platform {
        bad.push(format!("settings.__type must be {platform}"));
    }
    let Some(fields) = fields(platform) else {
        return bad.push(format!("{platform} is no platform of this copy"));
    };
    for (name, needed, rule) in &fields {
        match &settings[*name] {
            Value::Null if !needed => {}
            value => one(&format!("settings.{name}"), value, rule, bad),
        }
    }
    for name in settings.as_object().into_iter().flatten().map(|(name, _)| name.as_str()) {
        if name != "__type" && !fields.iter().any(|(known, ..)| *known == name) {
            bad.push(format!("settings.{name} should not exist"));
        }
    }
    // A video is what these are for.
    if matches!(platform, "tiktok" | "youtube" | "instagram" | "instagram-standalone") && post.files.is_empty() {
        bad.push(format!("{platform} should have at least one attachment"));
    }
}

fn fields(platform: &str) -> Option<Vec<Field>> {
    let text = |max| Rule::Text { min: 0, max };
    Some(match platform {
        "tiktok" => {
            let privacy = &["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "FOLLOWER_OF_CREATOR", "SELF_ONLY"];
            vec![
                ("title", false, text(90)),
                ("privacy_level", true, Rule::OneOf(privacy)),
                ("duet", true, Rule::Flag),
                ("stitch", true, Rule::Flag),
                ("comment", true, Rule::Flag),
                ("autoAddMusic", true, Rule::OneOf(&["yes", "no"])),
                ("brand_content_toggle", true, Rule::Flag),
                ("brand_organic_toggle", true, Rule::Flag),
                ("video_made_with_ai", false, Rule::Flag),
                ("content_posting_method", true, Rule::OneOf(&["DIRECT_POST", "UPLOAD"])),
            ]
        }
        "youtube" => vec![
            ("title", true, Rule::Text { min: 2, max: 100 }),
            ("type", true, Rule::OneOf(&["public", "private", "unlisted"])),
            ("selfDeclaredMadeForKids", false, Rule::OneOf(&["yes", "no"])),
            ("thumbnail", false, Rule::File),
            ("tags", false, Rule::Tags),
        ],
        "instagram" | "instagram-standalone" => vec![
            ("post_type", true, Rule::OneOf(&["post", "story"])),
            ("is_trial_reel", false, Rule::Flag),
            ("graduation_strategy", false, Rule::OneOf(&["MANUAL", "SS_PERFORMANCE"])),
            ("collaborators", false, Rule::List),
        ],
        "facebook" => vec![("url", false, text(2000))],
        "threads" | "mastodon" | "bluesky" | "telegram" | "nostr" | "vk" | "kick" => Vec::new(),
        _ => return None,
    })
}

fn one(name: &str, value: &Value, rule: &Rule, bad: &mut Vec<String>) {
    let texts = |value: &Value, names: &[&str]| names.iter().all(|name| value[*name].is_string());
    let (good, must) = match rule {
        Rule::Flag => (value.is_boolean(), "be a boolean value".to_owned()),
        Rule::Text { min, max } => {
            let length = value.as_str().map(|text| text.chars().count());
            (length.is_some_and(|n| (*min..=*max).contains(&n)), format!("be a text of {min} to {max} characters"))
        }
        Rule::OneOf(all) => {
            (value.as_str().is_some_and(|word| all.contains(&word)), format!("be one of: {}", all.join(", ")))
        }
        Rule::Tags => {
            let all = value.as_array();
            let good = all.is_some_and(|all| all.iter().all(|tag| texts(tag, &["value", "label"])));
            (good, "be a list of tags".to_owned())
        }
        Rule::File => (texts(value, &["id", "path"]), "be a file".to_owned()),
        Rule::List => (value.is_array(), "be an array".to_owned()),
    };
    if !good {
        bad.push(format!("{name} must {must}"));
    }
}
