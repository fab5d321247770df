//! What finding shots costs, against decoding the file and doing nothing with it.

use std::path::Path;
use std::process::Command;

use crate::product::Product;
use crate::table::{Aim, Row};
use crate::{BenchError, Place, footage, process};

const TIMES: usize = 3;

/// Imports a minute of full HD, and twenty minutes of a small picture for the memory.
pub fn measure(place: &Place) -> Result<Vec<Row>, BenchError> {
    let minute = footage::one_minute(place)?;
    let long = footage::twenty_minutes(place)?;
    let (mut bare, mut ours, mut memory) = (f64::MAX, f64::MAX, 0.0_f64);
    // By turns, so that a busy moment of the machine meets both.
    for _ in 0..TIMES {
        bare = bare.min(decode(place, &minute)?);
        let product = Product::fresh(place, "analysis")?;
        let cost = product.run(&["source", "add"], &[&minute])?;
        memory = memory.max(cost.memory);
        ours = ours.min(product.seconds_of_jobs("analyse")?);
    }
    let product = Product::fresh(place, "analysis-long")?;
    let cost = product.run(&["source", "add"], &[&long])?;
    Ok(vec![
        Row {
            what: "analysis of 60 s of 1080p against `ffmpeg -i F -f null -`".into(),
            aim: Aim::AtMost(1.3),
            seen: ours / bare,
            unit: "x",
            behind: format!("{ours:.1} s against {bare:.1} s, best of {TIMES} each, by turns"),
        },
        Row {
            what: "largest memory of our process, importing 20 minutes".into(),
            aim: Aim::AtMost(150.0),
            seen: cost.memory,
            unit: "MB",
            behind: format!("{memory:.0} MB for 60 s of 1080p; ffmpeg's own memory left out"),
        },
    ])
}

fn decode(place: &Place, file: &Path) -> Result<f64, BenchError> {
    let mut command = Command::new("ffmpeg");
    command.args(["-nostdin", "-v", "error", "-i"]).arg(file).args(["-f", "null", "-"]);
    Ok(process::run(&mut command, &place.work.join("decode.log"))?.wall)
}
