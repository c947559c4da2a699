// Generates WebAssembly that carries numbers and vectors between memory and functions, globals and
// exceptions, bit by bit: JavaScript has no v128, and never holds a NaN on the way. References that
// it can hold pass directly.

import { top_of } from "./binary.mjs";

export const slot_bytes = 16;

/** Memory that all adapters share: one slot a value. */
export const slots = {
  memory: new WebAssembly.Memory({ initial: 1 }),
  view: null,
  reserve(n) {
    const missing = n * slot_bytes - this.memory.buffer.byteLength;
    if (missing > 0)
      this.memory.grow(Math.ceil(missing / 65536));
    if (this.view === null || this.view.buffer !== this.memory.buffer)
      this.view = new DataView(this.memory.buffer);
  },
};

const number_ops = {
  i32: { load: [0x28, 2], store: [0x36, 2] },
  i64: { load: [0x29, 3], store: [0x37, 3] },
  f32: { load: [0x2a, 2], store: [0x38, 2] },
  f64: { load: [0x2b, 3], store: [0x39, 3] },
  v128: { load: [0xfd, 0, 4], store: [0xfd, 11, 4] },
};

const exnref = 0x69;
const not_null = 0x64;

function leb(n) {
  const out = [];
  do {
    const low = n % 128;
    n = Math.floor(n / 128);
    out.push(n > 0 ? low + 128 : low);
  } while (n > 0);
  return out;
}

function name(text) {
  const bytes = new TextEncoder().encode(text);
  return [...leb(bytes.length), ...bytes];
}

function list(items) {
  return [...leb(items.length), ...items.flat()];
}

function section(id, payload) {
  return [id, ...leb(payload.length), ...payload];
}

const local_get = (i) => [0x20, ...leb(i)];
const local_set = (i) => [0x21, ...leb(i)];
const zero = [0x41, 0];
const at_slot = (op, i) => [...op, ...leb(i * slot_bytes)];

/** May the value pass between JavaScript and WebAssembly as it is? */
export function passes(type, types) {
  return type.kind === "ref" && top_of(type, types) !== "exn";
}

/** Is an adapter needed for values of these types? */
export function needs_adapter(value_types, types) {
  return value_types.some((t) => t.kind !== "i32" && t.kind !== "i64" && !passes(t, types));
}

/** A module under construction, with the type section of another so that its type indices hold. */
class Builder {
  constructor(types) {
    this.types = types;
    this.added = [];
    this.imports = [[...name(""), ...name("memory"), 2, 0, 1]];
    this.functions = [];
    this.exports = [];
    this.bodies = [];
    this.imported_functions = 0;
  }
  type(params, results) {
    this.added.push([0x60, ...list(params.map((t) => t.raw)), ...list(results.map((t) => t.raw))]);
    return this.types.types.length + this.added.length - 1;
  }
  import(label, description) {
    this.imports.push([...name(""), ...name(label), ...description]);
  }
  import_function(label, type) {
    this.import(label, [0, ...leb(type)]);
    return this.imported_functions++;
  }
  function(label, type, locals, code) {
    const body = [...list(locals.map((t) => [1, ...t.raw])), ...code, 0x0b];
    this.exports.push([...name(label), 0, this.functions.length]);
    this.functions.push(leb(type));
    this.bodies.push([...leb(body.length), ...body]);
  }
  /** Imports stay in front: exports are numbered once all are known. */
  bytes() {
    const exports = this.exports.map((e) => [...e.slice(0, -1), ...leb(e.at(-1) + this.imported_functions)]);
    const types = [...leb(this.types.groups + this.added.length), ...this.types.raw, ...this.added.flat()];
    return new Uint8Array([
      0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
      ...section(1, types), ...section(2, list(this.imports)), ...section(3, list(this.functions)),
      ...section(7, list(exports)), ...section(10, list(this.bodies)),
    ]);
  }
}

/** Takes the values on the stack: numbers into slots, references that pass back on the stack. */
function put_results(results, types, first_local) {
  const code = [];
  for (let i = results.length; i-- > 0;)
    code.push(...local_set(first_local + i));
  results.forEach((t, i) => {
    if (passes(t, types))
      return;
    const is_null = t.kind === "ref" ? [0xd1] : [];
    code.push(...zero, ...local_get(first_local + i), ...is_null, ...at_slot(number_ops[is_null.length ? "i32" : t.kind].store, i));
  });
  results.forEach((t, i) => {
    if (passes(t, types))
      code.push(...local_get(first_local + i));
  });
  return code;
}

function add_call(b, label, type_index) {
  const { params, results } = b.types.types[type_index];
  const callee = b.import_function(label, type_index);
  const passing = (all) => all.filter((t) => passes(t, b.types));
  const code = [];
  let local = 0;
  params.forEach((t, i) => {
    if (passes(t, b.types))
      code.push(...local_get(local++));
    else if (t.kind === "ref") // nobody can pass one that is not null
      code.push(0xd0, exnref, ...(t.raw[0] === not_null ? [0xd4] : []));
    else
      code.push(...zero, ...at_slot(number_ops[t.kind].load, i));
  });
  code.push(0x10, ...leb(callee), ...put_results(results, b.types, local));
  b.function(label, b.type(passing(params), passing(results)), results, code);
}

function add_globals(b, globals) {
  const code = [];
  globals.forEach(({ type }, i) => {
    b.import(`g${i}`, [3, ...type.value.raw, type.mutable]);
    const is_null = type.value.kind === "ref" ? [0xd1] : [];
    code.push(...zero, 0x23, ...leb(i), ...is_null, ...at_slot(number_ops[is_null.length ? "i32" : type.value.kind].store, i));
  });
  b.function("globals", b.type([], []), [], code);
}

/**
 * One adapter for all of an instance: a function a function in `functions` ({label, type, value}), and
 * one that stores the bits of `globals` ({type, value}) into the slots.
 */
export function make_adapter(types, functions, globals) {
  const b = new Builder(types);
  const imports = { memory: slots.memory };
  for (const { label, type, value } of functions) {
    add_call(b, label, type);
    imports[label] = value;
  }
  add_globals(b, globals);
  globals.forEach(({ value }, i) => {
    imports[`g${i}`] = value;
  });
  slots.reserve(globals.length);
  return new WebAssembly.Instance(new WebAssembly.Module(b.bytes()), { "": imports }).exports;
}

/** A function that throws what `thrower` throws, catches it by its tag, and takes its payload apart. */
export function make_catcher(types, type_index, tag, thrower) {
  const b = new Builder(types);
  const payload = types.types[type_index].params;
  const nothing = b.type([], []);
  const block = b.type([], payload);
  const callee = b.import_function("thrower", nothing);
  b.import("tag", [4, 0, ...leb(type_index)]);
  const code = [
    0x02, ...leb(block), 0x1f, 0x40, 1, 0, 0, 0, 0x10, ...leb(callee), 0x0b, 0x00, 0x0b,
    ...put_results(payload, types, 0),
  ];
  b.function("catch", b.type([], payload.filter((t) => passes(t, types))), payload, code);
  return new WebAssembly.Instance(new WebAssembly.Module(b.bytes()), { "": { memory: slots.memory, tag, thrower } })
    .exports.catch;
}
