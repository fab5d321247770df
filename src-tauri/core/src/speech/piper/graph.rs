//! A Piper model, made to tell how long it held each sound.
//!
//! The model rounds the length of every phoneme up to whole frames in its one `Ceil` node (VITS, "duration predictor"),
//! but does not give the result away. Naming that node's output among the outputs of the graph is enough. The model is
//! an ONNX file, which is a protobuf message, so this is a few bytes more at the end of its graph; no number of the
//! model changes.
//!
//! Field numbers are those of `onnx.proto3`: ModelProto.graph = 7; GraphProto.node = 1, .output = 12; NodeProto.output =
//! 2, .op_type = 4; ValueInfoProto.name = 1, .type = 2; TypeProto.tensor_type = 1; TypeProto.Tensor.elem_type = 1 (1 is
//! float).

use std::ops::Range;

const MODEL_GRAPH: u64 = 7;
const GRAPH_NODE: u64 = 1;
const GRAPH_OUTPUT: u64 = 12;
const NODE_OUTPUT: u64 = 2;
const NODE_OP_TYPE: u64 = 4;

/// Adds the lengths to a model as its last output, and gives that output's name; `None`, and the model is as it was, when
/// it is not a model or has not exactly one such node. In place, for a model is large.
pub(super) fn add_lengths(model: &mut Vec<u8>) -> Option<String> {
    let (graph, name) = find(model)?;
    let output = output(&name);
    let mut head = Vec::new();
    push_number(&mut head, MODEL_GRAPH << 3 | 2);
    push_number(&mut head, (graph.value.len() + output.len()) as u64);
    // The end first: what stands before it does not move then.
    drop(model.splice(graph.value.end..graph.value.end, output));
    drop(model.splice(graph.start..graph.value.start, head));
    Some(name)
}

/// The graph, and the name of what its one `Ceil` gives.
fn find(model: &[u8]) -> Option<(Field, String)> {
    let graph = Fields::of(model, 0..model.len()).find(|field| field.number == MODEL_GRAPH)?;
    let mut lengths = None;
    for node in Fields::of(model, graph.value.clone()).filter(|field| field.number == GRAPH_NODE) {
        let part = |number| Fields::of(model, node.value.clone()).find(|field| field.number == number);
        let is_ceil = part(NODE_OP_TYPE).is_some_and(|op| model.get(op.value) == Some(&b"Ceil"[..]));
        if is_ceil && lengths.replace(part(NODE_OUTPUT)?.value).is_some() {
            return None;
        }
    }
    let name = std::str::from_utf8(model.get(lengths?)?).ok()?.to_owned();
    Some((graph, name))
}

/// A graph output of floats with this name and any shape.
fn output(name: &str) -> Vec<u8> {
    let tensor = message(1, &[0x08, 1]);
    let mut value = message(1, name.as_bytes());
    value.extend(message(2, &tensor));
    message(GRAPH_OUTPUT, &value)
}

/// A field that holds bytes.
fn message(number: u64, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() + 4);
    push_number(&mut out, number << 3 | 2);
    push_number(&mut out, bytes.len() as u64);
    out.extend_from_slice(bytes);
    out
}

fn push_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// One field of a message.
struct Field {
    /// Where it begins, its tag included.
    start: usize,
    number: u64,
    /// Where its bytes are; empty for a number.
    value: Range<usize>,
}

/// The fields of a message, in order; ends early where the bytes make no sense.
struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Fields<'a> {
    fn of(bytes: &'a [u8], inside: Range<usize>) -> Self {
        Self { bytes, at: inside.start, end: inside.end }
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = *self.bytes[..self.end].get(self.at)?;
            self.at += 1;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

impl Iterator for Fields<'_> {
    type Item = Field;

    fn next(&mut self) -> Option<Field> {
        let start = self.at;
        let tag = self.number()?;
        let value = match tag & 7 {
            0 => {
                self.number()?;
                self.at..self.at
            }
            kind @ (1 | 2 | 5) => {
                let length = match kind {
                    1 => 8,
                    5 => 4,
                    _ => usize::try_from(self.number()?).ok()?,
                };
                let from = self.at;
                self.at = from.checked_add(length).filter(|end| *end <= self.end)?;
                from..self.at
            }
            _ => return None,
        };
        Some(Field { start, number: tag >> 3, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(op: &str, output: &str) -> Vec<u8> {
        let mut node = message(1, b"in");
        node.extend(message(NODE_OUTPUT, output.as_bytes()));
        node.extend(message(NODE_OP_TYPE, op.as_bytes()));
        message(GRAPH_NODE, &node)
    }

    fn model(nodes: &[Vec<u8>]) -> Vec<u8> {
        let mut model = vec![0x08, 8];
        model.extend(message(MODEL_GRAPH, &nodes.concat()));
        model.extend(message(8, b"opset"));
        model
    }

    #[test]
    fn the_output_of_the_one_ceil_becomes_an_output_of_the_graph_and_nothing_else_changes() {
        let plain = model(&[node("Mul", "a"), node("Ceil", "/Ceil_output_0"), node("Mul", &"long".repeat(60))]);
        let mut timed = plain.clone();
        let name = add_lengths(&mut timed).unwrap();
        assert_eq!(name, "/Ceil_output_0");
        let graph = |bytes: &[u8]| Fields::of(bytes, 0..bytes.len()).find(|f| f.number == MODEL_GRAPH).unwrap().value;
        let (before, after) = (graph(&plain), graph(&timed));
        assert_eq!(timed[after.clone()][..before.len()], plain[before.clone()]);
        let added = Fields::of(&timed, after.clone()).last().unwrap();
        assert_eq!((added.number, &timed[added.value]), (GRAPH_OUTPUT, &output("/Ceil_output_0")[2..]));
        assert_eq!(timed[after.end..], plain[before.end..]);
    }

    #[test]
    fn without_exactly_one_such_node_there_are_no_lengths() {
        assert!(add_lengths(&mut model(&[node("Mul", "a")])).is_none());
        assert!(add_lengths(&mut model(&[node("Ceil", "a"), node("Ceil", "b")])).is_none());
    }

    #[test]
    fn what_is_no_model_is_left_alone() {
        let whole = model(&[node("Ceil", "a")]);
        for bytes in [&b""[..], b"<html>no</html>", &[0xFF; 40], &whole[..whole.len() / 2]] {
            let mut same = bytes.to_vec();
            assert!(add_lengths(&mut same).is_none() && same == bytes);
        }
    }
}
