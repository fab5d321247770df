//! The filters that turn any footage into the one kind the rest of the program works on: progressive, square pixels,
//! 8-bit 4:2:0, limited range, BT.709. Rotation is not among them: ffmpeg turns the picture upright by itself before
//! the first filter, and doing it twice is a known trap.

use super::Probe;

/// BT.2408: reference white of HDR at 203 nits; what is brighter is rolled off by the tone curve.
const HDR_WHITE: u32 = 203;

impl Probe {
    /// The filters, in order, for full-size work (proxies, renders); empty when the footage is of that kind already.
    #[must_use]
    pub fn normalise_filters(&self) -> Vec<String> {
        let mut filters: Vec<String> = self.deinterlace().into_iter().collect();
        filters.extend(self.upright_colours(self.square()));
        filters
    }

    /// The same picture made small for looking at: scaled before the costly colour work, and one field of an interlaced
    /// picture instead of both, which is all a small picture has room for.
    #[must_use]
    pub fn small_filters(&self, width: u32, height: u32) -> Vec<String> {
        let mut filters: Vec<String> = self.one_field().into_iter().collect();
        filters.extend(self.upright_colours(Some((width, height))));
        filters
    }

    /// Takes every second line of interlaced footage, which costs nothing.
    #[must_use]
    pub fn one_field(&self) -> Option<String> {
        self.interlaced.then(|| "field=type=top".to_owned())
    }

    /// One frame for two fields, so that the frame rate stays what it is.
    #[must_use]
    pub fn deinterlace(&self) -> Option<String> {
        self.interlaced.then(|| "bwdif=mode=send_frame:parity=auto:deint=all".to_owned())
    }

    /// The size to scale to when pixels are not square.
    fn square(&self) -> Option<(u32, u32)> {
        (self.pixel_aspect.0 != self.pixel_aspect.1).then(|| self.shown())
    }

    /// Scales (when a size is given) and brings range, matrix, depth and transfer to the common kind.
    fn upright_colours(&self, size: Option<(u32, u32)>) -> Vec<String> {
        let mut scale: Vec<String> = size.map(|(w, h)| format!("w={w}:h={h}")).into_iter().collect();
        let mut filters = Vec::new();
        if let Some(transfer) = &self.hdr {
            if !scale.is_empty() {
                filters.push(format!("scale={}", scale.join(":")));
            }
            let primaries = self.known_primaries();
            let matrix = if self.colour_matrix == "bt2020c" { "bt2020c" } else { "bt2020nc" };
            let range = if self.full_range { "pc" } else { "tv" };
            filters.push(format!(
                "zscale=tin={transfer}:pin={primaries}:min={matrix}:rin={range}:t=linear:npl={HDR_WHITE}"
            ));
            filters.push("format=gbrpf32le".into());
            filters.push("zscale=p=bt709".into());
            filters.push("tonemap=tonemap=hable:desat=0".into());
            filters.push("zscale=t=bt709:m=bt709:r=tv".into());
            filters.push("format=yuv420p".into());
        } else {
            if self.full_range {
                scale.push("in_range=pc:out_range=tv".into());
            }
            if let Some(matrix) = self.foreign_matrix() {
                scale.push(format!("in_color_matrix={matrix}:out_color_matrix=bt709"));
            }
            if !scale.is_empty() {
                filters.push(format!("scale={}", scale.join(":")));
            }
            if !scale.is_empty() || self.pixel_format != "yuv420p" {
                filters.push("format=yuv420p".into());
            }
        }
        if self.pixel_aspect.0 != self.pixel_aspect.1 || size.is_some() {
            filters.push("setsar=1".into());
        }
        filters
    }

    /// Primaries zscale can start from. Phones leave them out at times; HDR is BT.2020 then.
    fn known_primaries(&self) -> &str {
        match self.colour_primaries.as_str() {
            p @ ("bt709" | "smpte432" | "smpte431" | "bt2020") => p,
            _ => "bt2020",
        }
    }

    /// The matrix to convert from, when it is not BT.709. A file that does not say is taken as players take it: SD
    /// sizes are BT.601, larger ones BT.709.
    fn foreign_matrix(&self) -> Option<&'static str> {
        let is_rgb =
            ["rgb", "bgr", "gbr", "pal8", "gray", "argb", "abgr"].iter().any(|p| self.pixel_format.starts_with(p));
        match self.colour_matrix.as_str() {
            _ if is_rgb => None,
            "smpte170m" | "bt470bg" | "fcc" => Some("bt601"),
            "smpte240m" => Some("smpte240m"),
            "bt2020nc" | "bt2020c" => Some("bt2020"),
            "" if self.coded_height < 720 && self.coded_width < 1280 => Some("bt601"),
            _ => None,
        }
    }
}

#[cfg(test)]
pub(crate) fn plain() -> Probe {
    Probe {
        container: "mov,mp4,m4a,3gp,3g2,mj2".into(),
        codec: "h264".into(),
        pixel_format: "yuv420p".into(),
        coded_width: 1920,
        coded_height: 1080,
        pixel_aspect: (1, 1),
        rotation: 0,
        frame_rate: (30, 1),
        variable_rate: false,
        interlaced: false,
        hdr: None,
        sound: None,
        colour_matrix: "bt709".into(),
        colour_primaries: "bt709".into(),
        full_range: false,
        changed_at: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_footage_is_left_alone() {
        assert_eq!(plain().normalise_filters(), Vec::<String>::new());
    }

    #[test]
    fn rotation_adds_no_filter_because_ffmpeg_turns_the_picture_itself() {
        let probe = Probe { rotation: 90, ..plain() };
        assert_eq!(probe.shown(), (1080, 1920));
        assert!(probe.normalise_filters().is_empty());
    }

    #[test]
    fn oblong_pixels_grow_to_square_in_the_direction_they_are_shown() {
        let probe = Probe { coded_width: 1440, pixel_aspect: (4, 3), ..plain() };
        assert_eq!(probe.normalise_filters(), ["scale=w=1920:h=1080", "format=yuv420p", "setsar=1"]);
        let turned = Probe { rotation: 270, ..probe };
        assert_eq!(turned.shown(), (1080, 1920));
        assert_eq!(turned.normalise_filters()[0], "scale=w=1080:h=1920");
        let tall = Probe { coded_width: 720, coded_height: 480, pixel_aspect: (8, 9), ..plain() };
        assert_eq!(tall.shown(), (720, 540));
    }

    #[test]
    fn interlaced_comes_first_and_hdr_is_tone_mapped() {
        let probe = Probe {
            interlaced: true,
            hdr: Some("smpte2084".into()),
            colour_matrix: "bt2020nc".into(),
            colour_primaries: "bt2020".into(),
            pixel_format: "yuv420p10le".into(),
            ..plain()
        };
        let filters = probe.normalise_filters();
        assert!(filters[0].starts_with("bwdif"), "{filters:?}");
        assert!(filters.iter().any(|f| f.starts_with("tonemap=")), "{filters:?}");
        assert_eq!(filters.last().map(String::as_str), Some("format=yuv420p"));
        assert!(probe.small_filters(320, 180)[1].starts_with("scale=w=320"), "small first, then the costly part");
    }

    #[test]
    fn phone_range_and_sd_colours_are_converted_in_one_scale() {
        let probe = Probe {
            full_range: true,
            coded_width: 720,
            coded_height: 480,
            colour_matrix: String::new(),
            pixel_format: "yuvj420p".into(),
            ..plain()
        };
        assert_eq!(
            probe.normalise_filters(),
            ["scale=in_range=pc:out_range=tv:in_color_matrix=bt601:out_color_matrix=bt709", "format=yuv420p"]
        );
    }
}
