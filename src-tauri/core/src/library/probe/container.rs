//! What the first bytes of a file say, and whether its outermost boxes end inside it. Reads headers only, so it is as
//! quick for a file of 50 GB as for one of 5 KB.

use std::io::{Read, Seek, SeekFrom};

/// What a file looks like from its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Looks {
    /// MP4, MOV, 3GP.
    Boxes,
    /// AVI.
    Riff,
    /// Matroska, WebM.
    Ebml,
    /// PNG, JPEG, HEIC, …
    Picture,
    /// Some other container of video, known by its magic.
    OtherVideo,
    /// Nothing we know.
    Unknown,
}

pub(super) fn looks(head: &[u8]) -> Looks {
    let at = |from: usize, magic: &[u8]| head.get(from..from + magic.len()) == Some(magic);
    if at(4, b"ftyp") {
        let brand = head.get(8..12).unwrap_or_default();
        let still = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"avif"];
        return if still.iter().any(|b| b.as_slice() == brand) { Looks::Picture } else { Looks::Boxes };
    }
    let pictures: [&[u8]; 9] =
        [b"\x89PNG", b"\xff\xd8\xff", b"BM", b"II*\0", b"MM\0*", b"8BPS", b"\0\0\x01\0", b"\xff\x0a", b"<svg"];
    match () {
        () if [b"moov", b"mdat", b"wide", b"free", b"skip"].iter().any(|b| at(4, *b)) => Looks::Boxes,
        () if at(0, b"RIFF") && at(8, b"WEBP") => Looks::Picture,
        () if at(0, b"RIFF") && at(8, b"AVI ") => Looks::Riff,
        () if at(0, b"\x1a\x45\xdf\xa3") => Looks::Ebml,
        () if at(0, b"FLV") || at(0, b"OggS") || at(0, b"\x30\x26\xb2\x75") || at(0, b"\0\0\x01\xba") => {
            Looks::OtherVideo
        }
        () if at(0, b"G") && at(188, b"G") && at(376, b"G") => Looks::OtherVideo,
        () if pictures.iter().any(|p| at(0, p)) => Looks::Picture,
        () => Looks::Unknown,
    }
}

/// Why the outermost structure shows that the end of the file is missing; `None` when it does not.
pub(super) fn missing_end(file: &mut (impl Read + Seek), len: u64) -> std::io::Result<Option<String>> {
    let mut head = [0; 400];
    let got = read_up_to(file, &mut head)?;
    match looks(&head[..got]) {
        Looks::Boxes => boxes(file, len),
        Looks::Riff => riff(&head[..got], len),
        Looks::Ebml => Ok(ebml(&head[..got], len)),
        _ => Ok(None),
    }
}

fn short(part: &str, end: u64, len: u64) -> Option<String> {
    (end > len).then(|| format!("its {part} should end at byte {end}, but the file has {len} bytes"))
}

fn boxes(file: &mut (impl Read + Seek), len: u64) -> std::io::Result<Option<String>> {
    let mut at = 0;
    let (mut has_index, mut has_media) = (false, false);
    while at + 8 <= len {
        file.seek(SeekFrom::Start(at))?;
        let mut header = [0; 16];
        let got = read_up_to(file, &mut header)?;
        if got < 8 {
            break;
        }
        let kind = [header[4], header[5], header[6], header[7]];
        let size = match be(&header[..4]) {
            0 => len - at,
            1 if got == 16 => be(&header[8..16]),
            size => size,
        };
        let media = matches!(&kind, b"moov" | b"mdat" | b"moof");
        has_index |= &kind == b"moov";
        has_media |= &kind == b"mdat";
        if size < 8 || (!media && !kind.iter().all(u8::is_ascii_graphic)) {
            break;
        }
        let end = at.saturating_add(size);
        if media && end > len {
            return Ok(short("media data", end, len));
        }
        at = end;
    }
    Ok(match (has_index, has_media) {
        (false, _) => Some("its index (the \"moov\" box) is missing".to_owned()),
        (true, false) => Some("its media data is missing".to_owned()),
        (true, true) => None,
    })
}

fn riff(head: &[u8], len: u64) -> std::io::Result<Option<String>> {
    let size = head.get(4..8).map_or(0, |b| u64::from(u32::from_le_bytes([b[0], b[1], b[2], b[3]])));
    // Written by a program that could not go back to fill it in: says nothing.
    let unknown = size == 0 || size == u64::from(u32::MAX);
    Ok(if unknown { None } else { short("media data", size + 8, len + 1) })
}

/// Matroska: the EBML header, then one segment that says how long it is.
fn ebml(head: &[u8], len: u64) -> Option<String> {
    let (header_size, n) = variable(head.get(4..)?)?;
    let segment = usize::try_from(header_size?).ok()? + 4 + n;
    if head.get(segment..segment + 4)? != b"\x18\x53\x80\x67" {
        return None;
    }
    let (size, n) = variable(head.get(segment + 4..)?)?;
    let start = u64::try_from(segment + 4 + n).ok()?;
    short("segment", start.saturating_add(size?), len)
}

/// An EBML length and how many bytes it took; the length is `None` when it is "unknown".
fn variable(bytes: &[u8]) -> Option<(Option<u64>, usize)> {
    let first = *bytes.first()?;
    let n = usize::try_from(first.leading_zeros()).ok()? + 1;
    let all = bytes.get(..n).filter(|_| n <= 8)?;
    let mask = u64::MAX >> (64 - 7 * n);
    let value = be(all) & mask;
    Some(((value != mask).then_some(value), n))
}

fn be(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |all, b| (all << 8) | u64::from(*b))
}

fn read_up_to(file: &mut impl Read, into: &mut [u8]) -> std::io::Result<usize> {
    let mut got = 0;
    while got < into.len() {
        match file.read(&mut into[got..])? {
            0 => break,
            n => got += n,
        }
    }
    Ok(got)
}

/// The first bytes of a file, for [`looks`].
pub(super) fn head(file: &mut impl Read) -> std::io::Result<Vec<u8>> {
    let mut head = vec![0; 400];
    let got = read_up_to(file, &mut head)?;
    head.truncate(got);
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    fn box_of(kind: &[u8; 4], size: u32) -> Vec<u8> {
        let mut all = size.to_be_bytes().to_vec();
        all.extend_from_slice(kind);
        all.resize(size as usize, 0);
        all
    }

    fn end_of(bytes: &[u8]) -> Option<String> {
        missing_end(&mut Cursor::new(bytes), bytes.len() as u64).unwrap()
    }

    #[test]
    fn a_whole_file_is_whole_and_a_cut_one_is_not_wherever_its_index_lies() {
        for order in [[b"moov", b"mdat"], [b"mdat", b"moov"]] {
            let mut file = box_of(b"ftyp", 24);
            file.extend(box_of(order[0], 100));
            file.extend(box_of(order[1], 200));
            assert_eq!(end_of(&file), None);
            for cut in [30, 123, 130, 310] {
                assert!(end_of(&file[..cut]).is_some(), "{order:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn junk_after_the_last_box_is_not_a_cut() {
        let mut file = box_of(b"ftyp", 24);
        file.extend(box_of(b"moov", 100));
        file.extend(box_of(b"mdat", 100));
        file.extend([0; 64]);
        assert_eq!(end_of(&file), None);
    }

    #[test]
    fn pictures_are_told_from_videos() {
        assert_eq!(looks(b"\x89PNG\r\n\x1a\n"), Looks::Picture);
        assert_eq!(looks(b"\0\0\0\x18ftypheic"), Looks::Picture);
        assert_eq!(looks(b"\0\0\0\x18ftypisom"), Looks::Boxes);
        assert_eq!(looks(b"hello world"), Looks::Unknown);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_harm(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), kind in 0..4usize) {
            let magic: &[u8] = [b"\0\0\0\x18ftypisom".as_slice(), b"\x1a\x45\xdf\xa3", b"RIFF....AVI ", b""][kind];
            let n = magic.len().min(bytes.len());
            bytes[..n].copy_from_slice(&magic[..n]);
            missing_end(&mut Cursor::new(&bytes), bytes.len() as u64).unwrap();
        }
    }
}
