//! Is the text of a post one the platform takes?

use serde_json::json;
use unicode_segmentation::UnicodeSegmentation;

use super::super::caption::count_hashtags;
use super::Finding;
use super::figures::{CaptionRule, Counted, Figures};

/// Length of a text as a platform counts it.
fn length(text: &str, counted: Counted) -> usize {
    match counted {
        Counted::Characters => text.chars().count(),
        Counted::Utf16 => text.encode_utf16().count(),
        Counted::Bytes => text.len(),
        Counted::Graphemes => text.graphemes(true).count(),
    }
}

/// What is wrong with a caption on this platform.
pub(super) fn check(caption: &str, figures: &Figures) -> Vec<Finding> {
    let (name, rule) = (&figures.name, &figures.caption);
    let mut found = Vec::new();
    if caption.trim().is_empty() {
        found.push(Finding::warning("no_caption", "The post has no text.", json!({ "platform": name })));
        return found;
    }
    let count = length(caption, rule.counted);
    let details = |most: u32| json!({ "platform": name, "length": count, "most": most, "counted": unit(rule) });
    if count > rule.most as usize {
        let says = format!(
            "The text has {count} {}; {name} takes at most {}. Shorten it by {}.",
            unit(rule),
            rule.most,
            count - rule.most as usize
        );
        found.push(Finding::error("caption_too_long", says, details(rule.most)));
    } else if let Some(good) = rule.good_most.filter(|good| count > *good as usize) {
        let says =
            format!("The text has {count} {}; {name} takes more than {good} from some accounts only.", unit(rule));
        found.push(Finding::warning("caption_long", says, details(good)));
    }
    found.extend(hashtags(caption, figures));
    if let Some(mark) = rule.forbidden.iter().find(|mark| caption.contains(mark.as_str())) {
        let says = format!("{name} takes no \"{mark}\" in its text. Take it out.");
        found.push(Finding::error("caption_mark", says, json!({ "platform": name, "mark": mark })));
    }
    found
}

fn hashtags(caption: &str, figures: &Figures) -> Option<Finding> {
    let (name, rule) = (&figures.name, &figures.caption);
    let tags = count_hashtags(caption);
    let details = |most: u32| json!({ "platform": name, "count": tags, "most": most });
    if let Some(most) = rule.most_hashtags.filter(|most| tags > *most as usize) {
        let says = format!("The text has {tags} hashtags; {name} takes at most {most}. Take some out.");
        return Some(Finding::error("too_many_hashtags", says, details(most)));
    }
    let good = rule.good_hashtags.filter(|good| tags > *good as usize)?;
    let says = format!("The text has {tags} hashtags; {name} wants at most {good}, and may leave the others out.");
    Some(Finding::warning("many_hashtags", says, details(good)))
}

fn unit(rule: &CaptionRule) -> &'static str {
    match rule.counted {
        Counted::Bytes => "bytes",
        Counted::Characters | Counted::Utf16 | Counted::Graphemes => "characters",
    }
}

#[cfg(test)]
mod tests {
    use super::super::Level;
    use super::super::figures::{Known, of_platform};
    use super::*;

    fn codes(identifier: &str, caption: &str) -> Vec<(String, Level)> {
        let Known::Figures(figures) = of_platform(identifier) else { panic!("{identifier}") };
        check(caption, &figures).into_iter().map(|f| (f.code, f.level)).collect()
    }

    fn error(code: &str) -> Vec<(String, Level)> {
        vec![(code.to_owned(), Level::Error)]
    }

    fn warning(code: &str) -> Vec<(String, Level)> {
        vec![(code.to_owned(), Level::Warning)]
    }

    #[test]
    fn each_platform_counts_in_its_own_way_to_its_own_limit() {
        // One character and two units of UTF-16.
        assert_eq!(codes("tiktok", &"😀".repeat(1100)), []);
        assert_eq!(codes("tiktok", &"😀".repeat(1101)), error("caption_too_long"));
        assert_eq!(codes("instagram", &"😀".repeat(2200)), []);
        assert_eq!(codes("instagram", &"ă".repeat(2201)), error("caption_too_long"));
        // Two bytes.
        assert_eq!(codes("youtube", &"ă".repeat(2500)), []);
        assert_eq!(codes("youtube", &"ă".repeat(2501)), error("caption_too_long"));
        // One grapheme of many characters.
        let family = "👨\u{200d}👩\u{200d}👧";
        assert_eq!(codes("bluesky", &family.repeat(300)), []);
        assert_eq!(codes("bluesky", &family.repeat(301)), error("caption_too_long"));
    }

    #[test]
    fn what_only_some_accounts_may_post_is_told_and_not_refused() {
        assert_eq!(codes("x", &"a".repeat(281)), warning("caption_long"));
        assert_eq!(codes("x", &"a".repeat(25_001)), error("caption_too_long"));
    }

    #[test]
    fn hashtags_are_counted() {
        let tags = |n: usize| (0..n).map(|i| format!("#t{i} ")).collect::<String>();
        assert_eq!(codes("instagram", &tags(5)), []);
        assert_eq!(codes("instagram", &tags(6)), warning("many_hashtags"));
        assert_eq!(codes("instagram", &tags(31)), error("too_many_hashtags"));
        assert_eq!(codes("tiktok", &tags(6)), warning("many_hashtags"));
        assert_eq!(codes("linkedin", &tags(40)), []);
    }

    #[test]
    fn marks_a_platform_refuses_and_a_missing_text_are_found() {
        assert_eq!(codes("youtube", "a <b>"), error("caption_mark"));
        assert_eq!(codes("tiktok", "a <b>"), []);
        assert_eq!(codes("tiktok", " \n"), warning("no_caption"));
    }
}
