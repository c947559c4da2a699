// Reads of a module that the engine has taken what JavaScript does not tell: types and index spaces.

const ref_codes = new Map([
  [0x70, "func"], [0x73, "func"], [0x6f, "extern"], [0x72, "extern"], [0x69, "exn"], [0x74, "exn"],
  [0x6e, "any"], [0x6d, "any"], [0x6c, "any"], [0x6b, "any"], [0x6a, "any"], [0x71, "any"],
]);
const number_codes = new Map([[0x7f, "i32"], [0x7e, "i64"], [0x7d, "f32"], [0x7c, "f64"], [0x7b, "v128"]]);
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  u32() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const b = this.byte();
      value += (b & 0x7f) * 2 ** shift;
      if (b < 0x80)
        return value;
    }
  }
  skip_leb() {
    while (this.byte() >= 0x80);
  }
  name() {
    const length = this.u32();
    this.at += length;
    return utf8.decode(this.bytes.subarray(this.at - length, this.at));
  }
  list(read) {
    const all = [];
    for (let n = this.u32(); n > 0; --n)
      all.push(read(this));
    return all;
  }
}

/** A value type: its kind, its bytes, and for a reference the hierarchy or the type index it is of. */
function value_type(r) {
  const start = r.at;
  const code = r.byte();
  const number = number_codes.get(code);
  if (number)
    return { kind: number, raw: [code] };
  let type;
  let top = ref_codes.get(code);
  if (code === 0x63 || code === 0x64) {
    top = ref_codes.get(r.bytes[r.at]);
    if (top) {
      r.at++;
    } else {
      type = r.u32(); // a type index is not negative, so that its bytes are those of an unsigned one
    }
  }
  return { kind: "ref", top, type, raw: [...r.bytes.subarray(start, r.at)] };
}

function field_type(r) {
  const packed = r.bytes[r.at] === 0x78 || r.bytes[r.at] === 0x77;
  if (packed)
    r.at++;
  else
    value_type(r);
  r.at++; // mutability
}

function composite_type(r, form) {
  if (form === 0x60)
    return { kind: "func", params: r.list(value_type), results: r.list(value_type) };
  if (form === 0x5f)
    r.list(field_type);
  else
    field_type(r);
  return { kind: "any" };
}

function sub_type(r) {
  let form = r.byte();
  if (form === 0x50 || form === 0x4f) {
    r.list((x) => x.u32());
    form = r.byte();
  }
  return composite_type(r, form);
}

function type_section(r, end) {
  const groups = r.u32();
  const first = r.at;
  const types = [];
  for (let n = groups; n > 0; --n) {
    if (r.bytes[r.at] === 0x4e) {
      r.at++;
      types.push(...r.list(sub_type));
    } else {
      types.push(sub_type(r));
    }
  }
  return { groups, raw: r.bytes.subarray(first, end), types };
}

function limits(r) {
  const flags = r.byte();
  r.skip_leb();
  if (flags & 1)
    r.skip_leb();
  return { is64: (flags & 4) !== 0 };
}

function table_type(r) {
  const element = value_type(r);
  return { element, ...limits(r) };
}

function global_type(r) {
  const value = value_type(r);
  return { value, mutable: r.byte() };
}

/** Skips a constant expression. */
function skip_expression(r) {
  for (;;) {
    const op = r.byte();
    if (op === 0x0b)
      return;
    if (op === 0x41 || op === 0x42 || op === 0x23 || op === 0xd0 || op === 0xd2) {
      r.skip_leb();
    } else if (op === 0x43) {
      r.at += 4;
    } else if (op === 0x44) {
      r.at += 8;
    } else if (op === 0xfd) {
      r.skip_leb();
      r.at += 16;
    } else if (op === 0xfb) {
      const sub = r.u32();
      if (sub <= 1 || (sub >= 6 && sub <= 8))
        r.skip_leb();
      if (sub === 8)
        r.skip_leb();
    }
  }
}

const import_readers = [
  ["functions", (r) => r.u32()],
  ["tables", table_type],
  ["memories", limits],
  ["globals", global_type],
  ["tags", (r) => (r.at++, r.u32())],
];

const spaces = import_readers.map(([space]) => space);

function imported(r, info) {
  const module = r.name();
  const name = r.name();
  const kind = r.byte();
  const [space, read] = import_readers[kind];
  info.imports.push({ module, name, space, index: info[space].length });
  info[space].push(read(r));
}

function table(r) {
  const has_init = r.bytes[r.at] === 0x40;
  if (has_init)
    r.at += 2;
  const type = table_type(r);
  if (has_init)
    skip_expression(r);
  return type;
}

function global(r) {
  const type = global_type(r);
  skip_expression(r);
  return type;
}

/** The index spaces of a valid module, imports first, and its type section. */
export function read_module(bytes) {
  const info = {
    section: { groups: 0, raw: new Uint8Array(0), types: [] },
    imports: [], exports: [], functions: [], tables: [], memories: [], globals: [], tags: [], imported_functions: 0,
  };
  const r = new Reader(bytes, 8);
  while (r.at < bytes.length) {
    const id = r.byte();
    const size = r.u32();
    const end = r.at + size;
    switch (id) {
      case 1: info.section = type_section(r, end); break;
      case 2: r.list((x) => imported(x, info)); break;
      case 3: info.imported_functions = info.functions.length; info.functions.push(...r.list((x) => x.u32())); break;
      case 4: info.tables.push(...r.list(table)); break;
      case 5: info.memories.push(...r.list(limits)); break;
      case 6: info.globals.push(...r.list(global)); break;
      case 13: info.tags.push(...r.list((x) => (x.at++, x.u32()))); break;
      case 7:
        info.exports = r.list((x) => ({ name: x.name(), space: spaces[x.byte()], index: x.u32() }));
        break;
    }
    r.at = end;
  }
  return info;
}

/** The hierarchy that a reference type is of: func, extern, any, exn. */
export function top_of(type, section) {
  return type.top ?? section.types[type.type].kind;
}
