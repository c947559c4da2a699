// Values as text: the kind, a colon, and the bits in hexadecimal.

import { slot_bytes, slots } from "./adapter.mjs";
import { top_of } from "./binary.mjs";

/** What `ref.extern n` and `ref.host n` of a case are here: one object a number. */
class HostReference {
  constructor(number) {
    this.number = number;
  }
}
const hosts = new Map();

function host(number) {
  if (!hosts.has(number))
    hosts.set(number, new HostReference(number));
  return hosts.get(number);
}

// (func (export "f") (param anyref) (result i32)): 0 i31, 1 struct, 2 array, 3 something else
const classifier_bytes = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 6, 1, 0x60, 1, 0x6e, 1, 0x7f, 3, 2, 1, 0, 7, 5, 1, 1, 0x66, 0, 0,
  10, 39, 1, 37, 0,
  0x20, 0, 0xfb, 0x14, 0x6c, 0x04, 0x40, 0x41, 0, 0x0f, 0x0b,
  0x20, 0, 0xfb, 0x14, 0x6b, 0x04, 0x40, 0x41, 1, 0x0f, 0x0b,
  0x20, 0, 0xfb, 0x14, 0x6a, 0x04, 0x40, 0x41, 2, 0x0f, 0x0b, 0x41, 3, 0x0b,
]);
const classes = ["i31", "struct", "array", "unknown"];
let classifier = null;

function class_of(value) {
  if (typeof value === "number")
    return "i31";
  classifier ??= new WebAssembly.Instance(new WebAssembly.Module(classifier_bytes)).exports.f;
  return classes[classifier(value)];
}

/** Objects of the engine's heap get a number each, the same one as long as they live. */
const objects = new WeakMap();
let object_count = 0;

function object_number(value) {
  if (!objects.has(value))
    objects.set(value, object_count++);
  return objects.get(value);
}

const hex = (n) => n.toString(16);

/** A reference as the harness reads it; `function_name` tells the identity of a function. */
export function reference_text(value, top, function_name) {
  if (value === null)
    return "null";
  if (top === "func")
    return function_name(value);
  const wrapped = top === "extern" ? "extern-" : "";
  if (value instanceof HostReference)
    return `${wrapped}host:${value.number}`;
  const kind = class_of(value);
  if (kind === "i31")
    return `${wrapped}i31:${hex(value & 0x7fffffff)}`;
  return kind === "unknown" ? "unknown" : `${wrapped}${kind}:${hex(object_number(value))}`;
}

/** What is in a slot. */
export function slot_text(type, i) {
  const at = i * slot_bytes;
  const { view } = slots;
  switch (type.kind) {
    case "i32":
    case "f32": return `${type.kind}:${hex(view.getUint32(at, true))}`;
    case "i64":
    case "f64": return `${type.kind}:${hex(view.getBigUint64(at, true))}`;
    case "v128": {
      const low = hex(view.getBigUint64(at, true)).padStart(16, "0");
      return `v128:${hex(view.getBigUint64(at + 8, true))}${low}`;
    }
    default: return view.getUint32(at, true) ? "null" : "exn:0";
  }
}

/** An integer or a reference that came directly. */
export function value_text(value, type, types, function_name) {
  if (type.kind === "i32")
    return `i32:${hex(value >>> 0)}`;
  if (type.kind === "i64")
    return `i64:${hex(BigInt.asUintN(64, value))}`;
  return reference_text(value, top_of(type, types), function_name);
}

/** The argument for JavaScript, or into a slot. */
export function put_slot(text, i) {
  const at = i * slot_bytes;
  const [kind, digits] = text.split(":");
  const { view } = slots;
  if (kind === "i32" || kind === "f32") {
    view.setUint32(at, parseInt(digits, 16), true);
  } else if (kind !== "null") {
    const bits = BigInt(`0x${digits}`);
    view.setBigUint64(at, BigInt.asUintN(64, bits), true);
    view.setBigUint64(at + 8, bits >> 64n, true);
  }
}

export function direct_value(text) {
  const [kind, digits] = text.split(":");
  switch (kind) {
    case "null": return null;
    case "i32": return parseInt(digits, 16) | 0;
    case "i64": return BigInt.asIntN(64, BigInt(`0x${digits}`));
    case "i31":
    case "extern-i31": return (parseInt(digits, 16) << 1) >> 1;
    default: return host(digits);
  }
}
