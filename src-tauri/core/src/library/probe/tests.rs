//! Every kind of footage and every kind of bad file, made for real and probed for real.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::*;
use crate::error::Failure;
use crate::ffmpeg::Toolbox;
use crate::library::testmedia::{self, QUICK, cut_off, ffmpeg, make};
use crate::testkit;

async fn look(path: &Path) -> Result<Probed, ProbeError> {
    probe(&Toolbox::new(testkit::tools()), path, &CancellationToken::new()).await
}

async fn refused(path: &Path) -> Code {
    let failure = Failure::from(look(path).await.unwrap_err());
    assert!(failure.message.contains(&name(path)), "the message names the file: {}", failure.message);
    failure.code
}

#[tokio::test]
async fn ordinary_footage_is_described() {
    let dir = tempfile::tempdir().unwrap();
    let found = look(&testmedia::with_sound(dir.path(), "a.mp4")).await.unwrap();
    assert_eq!((found.width, found.height, found.has_sound), (320, 180, true));
    assert_eq!(found.duration_ms, 2000);
    assert_eq!(found.probe.frame_rate, (30, 1));
    assert_eq!(found.probe.sound, Some(("aac".into(), 44_100, 1)));
    assert!(!found.probe.variable_rate && !found.probe.interlaced && found.probe.hdr.is_none());
    assert!(found.probe.changed_at.is_some());
    assert!(!look(&testmedia::plain(dir.path(), "silent.mkv")).await.unwrap().has_sound);
}

#[tokio::test]
async fn a_phone_held_upright_gives_an_upright_picture() {
    let dir = tempfile::tempdir().unwrap();
    testmedia::plain(dir.path(), "a.mp4");
    ffmpeg(dir.path(), "-i a.mp4 -c copy -metadata:s:v rotate=90 turned.mp4");
    let found = look(&dir.path().join("turned.mp4")).await.unwrap();
    assert_eq!((found.width, found.height), (180, 320));
    assert_eq!((found.probe.coded_width, found.probe.coded_height), (320, 180));
    // What ffmpeg itself makes of it has the size we say.
    ffmpeg(dir.path(), "-i turned.mp4 -frames:v 1 shown.png");
    let shown = std::fs::read(dir.path().join("shown.png")).unwrap();
    let size = |at: usize| u32::from_be_bytes([shown[at], shown[at + 1], shown[at + 2], shown[at + 3]]);
    assert_eq!((size(16), size(20)), (180, 320));
}

#[tokio::test]
async fn frames_at_uneven_times_are_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let output = format!("-vf select='not(mod(n\\,3))+lt(n\\,20)' -fps_mode vfr {QUICK}");
    let found = look(&make(dir.path(), "vfr.mp4", "testsrc2=s=320x180:r=30:d=2", &output)).await.unwrap();
    assert!(found.probe.variable_rate);
    assert!(found.duration_ms.abs_diff(1933) <= 2, "{}", found.duration_ms);
}

#[tokio::test]
async fn interlaced_is_noticed() {
    let dir = tempfile::tempdir().unwrap();
    let output = format!("-vf tinterlace=interleave_top,setfield=tff -flags +ilme+ildct {QUICK}");
    let found = look(&make(dir.path(), "i.mp4", "testsrc2=s=320x180:r=50:d=2", &output)).await.unwrap();
    assert!(found.probe.interlaced);
    assert!(!found.probe.variable_rate);
    assert!(found.probe.normalise_filters()[0].starts_with("bwdif"));
}

#[tokio::test]
async fn ten_bit_hdr_is_noticed_and_its_filters_run() {
    let dir = tempfile::tempdir().unwrap();
    let output = "-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params \
                  log-level=none:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc \
                  -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc";
    let found = look(&make(dir.path(), "hdr.mp4", "testsrc2=s=320x180:r=30:d=1", output)).await.unwrap();
    assert_eq!(found.probe.hdr.as_deref(), Some("smpte2084"));
    assert_eq!(found.probe.pixel_format, "yuv420p10le");
    let filters = found.probe.normalise_filters().join(",");
    ffmpeg(dir.path(), &format!("-i hdr.mp4 -vf {filters} -frames:v 3 {QUICK} out.mp4"));
    let plain = look(&dir.path().join("hdr.mp4")).await.unwrap();
    assert_eq!((plain.width, plain.height), (320, 180));
}

#[tokio::test]
async fn odd_sizes_and_oblong_pixels_are_shown_as_they_should_be() {
    let dir = tempfile::tempdir().unwrap();
    let odd = make(dir.path(), "odd.mkv", "testsrc=s=321x181:r=30:d=1", "-c:v ffv1 -pix_fmt yuv420p");
    let odd = look(&odd).await.unwrap();
    assert_eq!((odd.width, odd.height), (321, 181));
    let oblong = make(dir.path(), "dv.mp4", "testsrc2=s=360x288:r=25:d=1", &format!("-vf setsar=16/11 {QUICK}"));
    let oblong = look(&oblong).await.unwrap();
    assert_eq!((oblong.width, oblong.height), (524, 288));
    let filters = oblong.probe.normalise_filters().join(",");
    ffmpeg(dir.path(), &format!("-i dv.mp4 -vf {filters} {QUICK} square.mp4"));
    let square = look(&dir.path().join("square.mp4")).await.unwrap();
    assert_eq!((square.width, square.height, square.probe.pixel_aspect), (524, 288, (1, 1)));
}

#[tokio::test]
async fn times_count_from_where_the_container_starts() {
    let dir = tempfile::tempdir().unwrap();
    testmedia::with_sound(dir.path(), "a.mp4");
    ffmpeg(dir.path(), "-i a.mp4 -c copy a.ts");
    let found = look(&dir.path().join("a.ts")).await.unwrap();
    assert!(found.duration_ms.abs_diff(2000) <= 60, "{}", found.duration_ms);
}

#[tokio::test]
async fn what_is_not_a_video_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    assert_eq!(refused(&write("notes.txt", b"just some notes\n")).await, Code::NotAVideo);
    assert_eq!(refused(&write("named.mp4", &b"not really a video ".repeat(500))).await, Code::NotAVideo);
    assert_eq!(refused(&write("empty.mp4", b"")).await, Code::EmptyFile);
    assert_eq!(refused(&dir.path().join("absent.mp4")).await, Code::Unreadable);
    assert_eq!(refused(dir.path()).await, Code::Unreadable);
}

#[tokio::test]
async fn a_playlist_is_never_followed() {
    let dir = tempfile::tempdir().unwrap();
    testmedia::plain(dir.path(), "a.mp4");
    for (name, text) in [
        ("list.m3u8", "#EXTM3U\n#EXTINF:2,\na.mp4\n#EXT-X-ENDLIST\n"),
        ("list.mp4", "ffconcat version 1.0\nfile a.mp4\n"),
    ] {
        std::fs::write(dir.path().join(name), text).unwrap();
        assert_eq!(refused(&dir.path().join(name)).await, Code::NotAVideo, "{name}");
    }
}

#[tokio::test]
async fn sound_alone_and_cover_art_are_not_footage() {
    let dir = tempfile::tempdir().unwrap();
    let still = make(dir.path(), "still.png", "testsrc2=s=320x180:d=1", "-frames:v 1");
    assert_eq!(refused(&still).await, Code::StillPicture);
    assert_eq!(refused(&make(dir.path(), "tone.wav", "sine=d=1", "")).await, Code::AudioOnly);
    ffmpeg(dir.path(), "-i tone.wav -i still.png -map 0 -map 1 -c:v png -disposition:v attached_pic cover.mp3");
    assert_eq!(refused(&dir.path().join("cover.mp3")).await, Code::AudioOnly);
    let one = make(dir.path(), "one.mp4", "testsrc2=s=320x180:d=1", &format!("-frames:v 1 {QUICK}"));
    assert_eq!(refused(&one).await, Code::StillPicture);
    let gif = make(dir.path(), "one.gif", "testsrc2=s=64x64:d=1", "-frames:v 1");
    assert_eq!(refused(&gif).await, Code::StillPicture);
}

#[tokio::test]
async fn too_short_is_refused_with_its_length() {
    let dir = tempfile::tempdir().unwrap();
    let short = make(dir.path(), "short.mp4", "testsrc2=s=320x180:r=30:d=0.3", QUICK);
    assert!(matches!(look(&short).await, Err(ProbeError::TooShort { ms: 300, .. })));
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_refused_whatever_its_container() {
    let dir = tempfile::tempdir().unwrap();
    let whole = testmedia::with_sound(dir.path(), "a.mp4");
    ffmpeg(dir.path(), "-i a.mp4 -c copy -movflags +faststart front.mp4");
    ffmpeg(dir.path(), "-i a.mp4 -c copy a.mkv");
    ffmpeg(dir.path(), "-i a.mp4 -c copy a.avi");
    for (file, share) in [("a.mp4", 0.7), ("front.mp4", 0.7), ("front.mp4", 0.97), ("a.mkv", 0.6), ("a.avi", 0.6)] {
        let cut = cut_off(&whole.with_file_name(file), &format!("cut-{share}-{file}"), share);
        assert_eq!(refused(&cut).await, Code::TruncatedFile, "{}", cut.display());
    }
}

#[cfg(unix)]
#[tokio::test]
async fn no_name_is_too_odd() {
    use std::os::unix::ffi::OsStrExt;
    let dir = tempfile::tempdir().unwrap();
    let plain = testmedia::plain(dir.path(), "a.mp4");
    let long = format!("{}.mp4", "x".repeat(246));
    let names: [&[u8]; 11] = [
        b"with space.mp4",
        b"it's \"quoted\".mp4",
        b"100%d %05d.mp4",
        b"concat:a|b.mp4",
        b"http:x.mp4",
        b"new\nline.mp4",
        "emoji 🎬.mp4".as_bytes(),
        b"-i.mp4",
        long.as_bytes(),
        b"not-utf8-\xff\xfe.mp4",
        b"no extension",
    ];
    for odd in names {
        let path = dir.path().join(std::ffi::OsStr::from_bytes(odd));
        std::fs::copy(&plain, &path).unwrap();
        assert_eq!(look(&path).await.unwrap().duration_ms, 2000, "{}", path.display());
    }
}

#[tokio::test]
async fn without_ffprobe_the_message_says_what_to_install() {
    let dir = tempfile::tempdir().unwrap();
    let plain = testmedia::plain(dir.path(), "a.mp4");
    let bare = Toolbox::new(crate::host::Tools::default());
    let failure = Failure::from(probe(&bare, &plain, &CancellationToken::new()).await.unwrap_err());
    assert_eq!(failure.code, Code::ToolMissing);
    assert!(failure.message.contains("ffprobe"), "{}", failure.message);
}
