//! Small footage for unit tests, made with the real ffmpeg; each kind as a camera would make it.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs ffmpeg in `folder`; arguments are split at blanks.
pub(crate) fn ffmpeg(folder: &Path, args: &str) {
    let tool = crate::testkit::tools().ffmpeg.expect("these tests need ffmpeg in the PATH");
    let done = Command::new(tool)
        .current_dir(folder)
        .args(["-hide_banner", "-nostdin", "-v", "error", "-y"])
        .args(args.split_whitespace().map(OsStr::new))
        .output()
        .unwrap();
    assert!(done.status.success(), "ffmpeg {args}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Makes `name` in `folder` and gives its path. `lavfi` is the picture's source.
pub(crate) fn make(folder: &Path, name: &str, lavfi: &str, output: &str) -> PathBuf {
    ffmpeg(folder, &format!("-f lavfi -i {lavfi} {output} {name}"));
    folder.join(name)
}

/// H.264 that is quick to make.
pub(crate) const QUICK: &str = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

/// Two seconds at 320x180, 30 frames a second, no sound.
pub(crate) fn plain(folder: &Path, name: &str) -> PathBuf {
    make(folder, name, "testsrc2=s=320x180:r=30:d=2", QUICK)
}

/// The same with a tone.
pub(crate) fn with_sound(folder: &Path, name: &str) -> PathBuf {
    ffmpeg(
        folder,
        &format!(
            "-f lavfi -i testsrc2=s=320x180:r=30:d=2 -f lavfi -i sine=f=440:d=2:r=44100 {QUICK} -c:a aac -shortest {name}"
        ),
    );
    folder.join(name)
}

/// Four scenes of different kinds, joined by hard cuts at 2000, 3000 and 8000 ms; 10 s in all, 25 frames a second.
pub(crate) fn four_scenes(folder: &Path, name: &str) -> PathBuf {
    let scene = |i: u32, source: &str, length: f32| {
        format!("{source}=s=320x180:r=25,trim=duration={length},setpts=PTS-STARTPTS,setsar=1,format=yuv420p[s{i}];")
    };
    let graph = [
        scene(0, "testsrc2", 2.0),
        scene(1, "smptebars", 1.0),
        scene(2, "mandelbrot", 5.0),
        scene(3, "testsrc", 2.0),
        "[s0][s1][s2][s3]concat=n=4[out]".to_owned(),
    ]
    .concat();
    ffmpeg(folder, &format!("-filter_complex {graph} -map [out] {QUICK} {name}"));
    folder.join(name)
}

/// The first `bytes` of a file, under another name.
pub(crate) fn cut_off(whole: &Path, name: &str, share: f64) -> PathBuf {
    let bytes = std::fs::read(whole).unwrap();
    let path = whole.with_file_name(name);
    std::fs::write(&path, &bytes[..(bytes.len() as f64 * share) as usize]).unwrap();
    path
}
