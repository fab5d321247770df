//! The filter graph of a chunk: pure text, the same for the same chunk.
//!
//! Order matters. The frame rate is set first and the frames are counted out exactly; only then is the picture made
//! ordinary, framed, signed with the logo and captioned. Reading with `fps` later, or counting with `-frames:v`, loses a
//! frame here and there at the joints.

use std::path::Path;

use super::chunk::{Canvas, Chunk};
use super::escape;
use super::inputs::Mark;
use crate::variants::timeline::{Corner, Framing, Logo};

/// Frames that may be repeated at the end of a chunk when a source's last frame rounds away. More than that missing
/// means the source ended early, which is reported and never hidden.
const SPARE_FRAMES: u32 = 3;

/// The graph: reads `[0:V:0]` (and `[1:v]`, the logo), gives `[v]`. `ass` is the name of the document in the folder
/// ffmpeg runs in. `last` is what an encoder needs at the end (uploading to a device).
#[must_use]
pub fn chunk(chunk: &Chunk, canvas: &Canvas, ass: &str, fonts: &Path, last: Option<&str>) -> String {
    let (size, fps) = ((canvas.frame.width, canvas.frame.height), canvas.fps);
    let mut head: Vec<String> = chunk.reel.probe.deinterlace().into_iter().collect();
    head.push(format!("fps={fps}"));
    head.push(format!("tpad=stop_mode=clone:stop={SPARE_FRAMES}"));
    head.push(format!("trim=end_frame={}", chunk.frames));
    head.push(format!("setpts=N/({fps}*TB)"));
    let mut graph = format!("[0:V:0]{}", head.join(","));
    graph.push_str(&framing(chunk, size));
    if let Some(overlay) = &chunk.overlay {
        graph.push_str(&format!("[pic];{};[pic][logo]{}", logo(&overlay.logo, size.0), place(&overlay.logo, canvas)));
    }
    if chunk.ass.is_some() {
        let fonts = escape::value(&fonts.to_string_lossy());
        graph.push_str(&format!(",ass=filename={}:fontsdir={fonts}", escape::value(ass)));
    }
    // Nothing of the source's own notes (fields, HDR, closed captions) may reach the encoder: chunks of different
    // sources must have the same headers.
    graph.push_str(",setfield=prog,sidedata=mode=delete,format=yuv420p,setsar=1");
    if let Some(last) = last {
        graph.push(',');
        graph.push_str(last);
    }
    graph.push_str("[v]");
    graph
}

fn framing(chunk: &Chunk, (w, h): (u32, u32)) -> String {
    let shown = chunk.reel.probe.shown();
    let whole = within(shown, (w, h));
    match chunk.framing {
        // A picture of the frame's own shape has nothing to pad, so it is simply scaled.
        Framing::BlurFit | Framing::Fit if whole == (w, h) => format!(",{}", scaled(chunk, whole)),
        Framing::Fill { x, y } => {
            let cover = covering(shown, (w, h));
            let (left, top) = (around(cover.0, w, x), around(cover.1, h, y));
            let crop = if cover == (w, h) { String::new() } else { format!(",crop={w}:{h}:{left}:{top}") };
            format!(",{}{crop}", scaled(chunk, cover))
        }
        Framing::Fit => format!(",{},pad={w}:{h}:(ow-iw)/2:(oh-ih)/2:black", scaled(chunk, whole)),
        // Blurred at a quarter of the size: the eye cannot tell, and it costs a sixteenth.
        Framing::BlurFit => {
            let (bw, bh) = (even(w / 4), even(h / 4));
            let far = covering(shown, (bw, bh));
            format!(
                ",{},split[near][far];[far]scale={}:{},crop={bw}:{bh},boxblur=8:3,scale={w}:{h},setsar=1[ground];\
                 [ground][near]overlay=(W-w)/2:(H-h)/2",
                scaled(chunk, whole),
                far.0,
                far.1
            )
        }
    }
}

/// Scaled to `size` and made ordinary in one go, the costly colour work at that size.
fn scaled(chunk: &Chunk, size: (u32, u32)) -> String {
    let probe = &chunk.reel.probe;
    // Deinterlaced before the frame rate was set.
    let skip = usize::from(probe.interlaced);
    probe.small_filters(size.0, size.1).into_iter().skip(skip).collect::<Vec<_>>().join(",")
}

/// The size of a picture scaled until it covers the frame; even, never smaller than the frame.
fn covering((pw, ph): (u32, u32), (w, h): (u32, u32)) -> (u32, u32) {
    let scale = (ratio(w, pw)).max(ratio(h, ph));
    let side = |side: u32, least: u32| even((f64::from(side) * scale).round() as u32 + 1).max(least);
    (side(pw, w), side(ph, h))
}

/// The size of a picture scaled until it fits the frame; even, never larger than the frame.
fn within((pw, ph): (u32, u32), (w, h): (u32, u32)) -> (u32, u32) {
    let scale = (ratio(w, pw)).min(ratio(h, ph));
    let side = |side: u32, most: u32| even((f64::from(side) * scale).round() as u32 + 1).min(most);
    (side(pw, w), side(ph, h))
}

fn ratio(of: u32, to: u32) -> f64 {
    f64::from(of) / f64::from(to.max(1))
}

/// Where a crop of `size` out of `whole` starts so that the anchor is in its middle, as far as the picture reaches.
fn around(whole: u32, size: u32, anchor: f32) -> u32 {
    let anchor = if anchor.is_finite() { f64::from(anchor.clamp(0.0, 1.0)) } else { 0.5 };
    let start = (f64::from(whole) * anchor - f64::from(size) / 2.0).max(0.0) as u32;
    start.min(whole.saturating_sub(size)) & !1
}

fn even(n: u32) -> u32 {
    (n & !1).max(2)
}

fn logo_width(logo: &Logo, w: u32) -> u32 {
    even((f64::from(w) * f64::from(logo.width.clamp(0.02, 0.5))).round() as u32)
}

/// How high a logo is drawn on a frame of this width, pixels.
#[must_use]
pub fn logo_height(logo: &Logo, mark: &Mark, w: u32) -> u32 {
    (f64::from(logo_width(logo, w)) * ratio(mark.height, mark.width)).ceil() as u32
}

fn logo(logo: &Logo, w: u32) -> String {
    let width = logo_width(logo, w);
    let opacity = logo.opacity.clamp(0.0, 1.0);
    format!("[1:v]format=rgba,scale={width}:-1,colorchannelmixer=aa={opacity:.3}[logo]")
}

fn place(logo: &Logo, canvas: &Canvas) -> String {
    let safe = canvas.frame.safe;
    let margin = |share: f32, size: u32| (f64::from(share) * f64::from(size)).round() as u32;
    let (w, h) = (canvas.frame.width, canvas.frame.height);
    let (left, right) = (margin(safe.left, w), margin(safe.right, w));
    let (top, bottom) = (margin(safe.top, h), margin(safe.bottom, h));
    let (x, y) = match logo.corner {
        Corner::TopLeft => (format!("{left}"), format!("{top}")),
        Corner::TopRight => (format!("W-w-{right}"), format!("{top}")),
        Corner::BottomLeft => (format!("{left}"), format!("H-h-{bottom}")),
        Corner::BottomRight => (format!("W-w-{right}"), format!("H-h-{bottom}")),
        Corner::TopCentre => ("(W-w)/2".into(), format!("{top}")),
    };
    format!("overlay={x}:{y}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::bench;
    use crate::variants::timeline::FileRef;
    use proptest::prelude::*;

    fn graph(change: impl FnOnce(&mut Chunk)) -> String {
        let timeline = bench::timeline(&[20]);
        let canvas = bench::canvas(&timeline);
        let mut chunks = super::super::chunk::cut(&timeline, &canvas, &bench::inputs(&timeline));
        change(&mut chunks[0]);
        super::chunk(&chunks[0], &canvas, "0000.ass", Path::new("/home/it's/fonts"), None)
    }

    #[test]
    fn a_filled_chunk_is_rated_counted_scaled_cropped_and_nothing_else() {
        assert_eq!(
            graph(|c| c.framing = Framing::Fill { x: 0.25, y: 0.5 }),
            "[0:V:0]fps=30,tpad=stop_mode=clone:stop=3,trim=end_frame=20,setpts=N/(30*TB),\
             scale=w=854:h=480,format=yuv420p,setsar=1,crop=270:480:78:0,setfield=prog,sidedata=mode=delete,format=yuv420p,setsar=1[v]"
        );
    }

    #[test]
    fn a_picture_of_the_frames_shape_is_only_scaled_however_it_is_framed() {
        for framing in [Framing::Fit, Framing::BlurFit, Framing::Fill { x: 0.1, y: 0.9 }] {
            let graph = graph(|c| {
                c.framing = framing;
                (c.reel.probe.coded_width, c.reel.probe.coded_height) = (1080, 1920);
            });
            assert!(graph.contains("TB),scale=w=270:h=480,format=yuv420p,setsar=1,setfield"), "{graph}");
        }
    }

    proptest! {
        #[test]
        fn a_covering_picture_covers_and_a_fitting_one_fits(
            pw in 16_u32..4000, ph in 16_u32..4000, w in 8_u32..1000, h in 8_u32..1000, anchor in 0.0_f32..=1.0
        ) {
            let (w, h) = (w * 2, h * 2);
            let (cw, ch) = covering((pw, ph), (w, h));
            prop_assert!(cw >= w && ch >= h && cw % 2 == 0 && ch % 2 == 0);
            prop_assert!(around(cw, w, anchor) + w <= cw);
            let (fw, fh) = within((pw, ph), (w, h));
            prop_assert!(fw <= w && fh <= h && (fw == w || fh == h) && fw % 2 == 0 && fh % 2 == 0);
        }
    }

    #[test]
    fn captions_come_last_with_the_fonts_folder_quoted() {
        let graph = graph(|c| c.ass = Some("text".into()));
        assert!(graph.ends_with(r",ass=filename=0000.ass:fontsdir=/home/it\\\'s/fonts,setfield=prog,sidedata=mode=delete,format=yuv420p,setsar=1[v]"));
    }

    #[test]
    fn deinterlacing_comes_before_the_frame_rate_and_tone_mapping_after() {
        let graph = graph(|c| {
            c.reel.probe.interlaced = true;
            c.reel.probe.hdr = Some("smpte2084".into());
        });
        let at = |what: &str| graph.find(what).unwrap();
        assert!(at("bwdif") < at("fps=30") && at("setpts") < at("scale=") && at("scale=") < at("tonemap"));
    }

    #[test]
    fn the_logo_stands_inside_the_safe_zone() {
        let graph = graph(|c| {
            let file = FileRef { path: "media/brand/l.png".to_owned().try_into().unwrap(), hash: "00".into() };
            let logo = Logo { file, corner: Corner::BottomRight, width: 0.2, opacity: 0.8 };
            c.overlay = Some(super::super::chunk::Overlay { path: "/l.png".into(), logo });
        });
        // TikTok covers 15% at the right and 28% at the bottom: 40 and 134 pixels of 270x480.
        assert!(graph.contains("[1:v]format=rgba,scale=54:-1,colorchannelmixer=aa=0.800[logo]"), "{graph}");
        assert!(graph.contains("[pic][logo]overlay=W-w-41:H-h-134,setfield=prog"), "{graph}");
    }
}
