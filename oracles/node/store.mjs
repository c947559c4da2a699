// Instances that live on between calls, and what can be seen of them.

import { make_adapter, make_catcher, needs_adapter, passes, slots } from "./adapter.mjs";
import { read_module, top_of } from "./binary.mjs";
import { end_of } from "./ends.mjs";
import { direct_value, put_slot, reference_text, slot_text, value_text } from "./values.mjs";

/** One memory, however many instances see it: what it held when it was last looked at. */
class MemoryShadow {
  constructor(memory) {
    this.memory = memory;
    this.version = 0;
    this.seen = null;
    this.step = -1;
    this.report = null;
  }
  look(step) {
    if (this.step === step)
      return;
    this.step = step;
    const now = Buffer.from(this.memory.buffer);
    if (this.seen !== null && this.seen.equals(now))
      return;
    this.seen = Buffer.from(now);
    this.version++;
    this.report = { pages: now.length / 65536, data: filled_blocks(this.seen) };
  }
}

const block_bytes = 1024;
const zeros = Buffer.alloc(block_bytes);

/** [offset, base64] of all that is not zero, in runs of blocks. */
function filled_blocks(bytes) {
  const runs = [];
  let start = -1;
  for (let at = 0; at <= bytes.length; at += block_bytes) {
    const filled = at < bytes.length && bytes.compare(zeros, 0, block_bytes, at, at + block_bytes) !== 0;
    if (filled && start < 0)
      start = at;
    if (!filled && start >= 0) {
      runs.push([start, bytes.toString("base64", start, at)]);
      start = -1;
    }
  }
  return runs;
}

/** What one module became: its instance if there is one, and what it sees. */
class Instance {
  constructor(number, info) {
    this.number = number;
    this.info = info;
    this.exports = null;
    this.adapter = null;
    this.numbers = []; // globals that only the adapter reads
    this.reported = "";
    this.memory_versions = [];
  }
}

export class Store {
  constructor() {
    this.instances = [];
    this.names = new Map();
    this.functions = new WeakMap();
    this.shadows = new Map();
    this.tags = [];
    this.step = 0;
    this.function_name = (f) => this.identity(f);
  }

  register(name, number) {
    this.names.set(name, this.instances[number]);
  }

  /** Instantiates module `number`; imports are found by registered names. */
  instantiate(bytes, number) {
    let module;
    try {
      module = new WebAssembly.Module(bytes);
    } catch (e) {
      return end_of(e);
    }
    const instance = new Instance(number, read_module(bytes));
    const imports = Object.create(null);
    for (const i of instance.info.imports) {
      const from = this.names.get(i.module);
      if (!from || !Object.hasOwn(from.exports, i.name))
        return { end: "unlinkable", detail: `unknown import ${JSON.stringify(i.module)} ${JSON.stringify(i.name)}` };
      imports[i.module] ??= Object.create(null);
      imports[i.module][i.name] = from.exports[i.name];
    }
    this.instances[number] = instance;
    try {
      instance.exports = new WebAssembly.Instance(module, imports).exports;
    } catch (e) {
      return this.thrown(e);
    }
    this.enter(instance, imports);
    return { end: "returned" };
  }

  /** Learns what the instance shows: its index spaces as far as they are exported or imported. */
  enter(instance, imports) {
    const { info } = instance;
    instance.spaces = { functions: [], tables: [], memories: [], globals: [], tags: [] };
    for (const i of info.imports)
      instance.spaces[i.space][i.index] = imports[i.module][i.name];
    for (const e of info.exports)
      instance.spaces[e.space][e.index] = instance.exports[e.name];
    instance.spaces.functions.forEach((f, i) => {
      if (!this.functions.has(f))
        this.functions.set(f, `func:${instance.number.toString(16)}:${i.toString(16)}`);
    });
    instance.spaces.tags.forEach((tag, i) => {
      if (!this.tags.some((t) => t.tag === tag))
        this.tags.push({ tag, type: info.tags[i], types: info.section, catcher: null });
    });
    instance.numbers = Object.entries(instance.spaces.globals)
      .map(([i, value]) => ({ index: Number(i), type: info.globals[i], value }))
      .filter(({ type }) => needs_adapter([type.value], info.section));
  }

  /** A function that no one exports is known by its index, if that can be of one module only. */
  identity(f) {
    const known = this.functions.get(f);
    if (known)
      return known;
    const index = Number(f.name);
    const fits = (i) => i && index >= i.info.imported_functions && index < i.info.functions.length &&
      i.spaces?.functions[index] === undefined;
    const candidates = this.instances.filter(fits);
    return candidates.length === 1 ? `func:${candidates[0].number.toString(16)}:${index.toString(16)}` : "func:unknown";
  }

  adapter(instance) {
    if (instance.adapter === null) {
      const { section, functions } = instance.info;
      const adapted = instance.info.exports
        .filter((e) => e.space === "functions")
        .map((e) => ({ label: `f${e.index}`, type: functions[e.index], value: instance.exports[e.name] }))
        .filter((f, i, all) => all.findIndex((g) => g.label === f.label) === i)
        .filter(({ type }) => {
          const t = section.types[type];
          return needs_adapter([...t.params, ...t.results], section);
        });
      instance.adapter = make_adapter(section, adapted, instance.numbers);
    }
    return instance.adapter;
  }

  /** Calls an exported function with arguments as text. */
  invoke(number, name, args) {
    const instance = this.instances[number];
    const target = instance?.info.exports.find((e) => e.name === name && e.space === "functions");
    if (!instance?.exports || !target)
      return { end: "not-run", detail: "no such function" };
    const { section, functions } = instance.info;
    const { params, results } = section.types[functions[target.index]];
    const adapted = needs_adapter([...params, ...results], section);
    const f = adapted ? this.adapter(instance)[`f${target.index}`] : instance.exports[name];
    slots.reserve(Math.max(params.length, results.length));
    const direct = [];
    args.forEach((text, i) => {
      if (adapted && !passes(params[i], section))
        put_slot(text, i);
      else
        direct.push(direct_value(text));
    });
    try {
      const answer = f(...direct);
      return { end: "returned", values: this.results(answer, results, section, adapted) };
    } catch (e) {
      return this.thrown(e);
    }
  }

  results(answer, types, section, adapted) {
    const is_direct = (t) => !adapted || passes(t, section);
    const direct = types.filter(is_direct).length;
    const came = direct === 0 ? [] : direct === 1 ? [answer] : [...answer];
    return types.map((t, i) =>
      is_direct(t) ? value_text(came.shift(), t, section, this.function_name) : slot_text(t, i));
  }

  thrown(e) {
    if (!(e instanceof WebAssembly.Exception))
      return end_of(e);
    const known = this.tags.find(({ tag }) => e.is(tag));
    if (!known)
      return { end: "threw" };
    this.in_flight = e;
    known.catcher ??= make_catcher(known.types, known.type, known.tag, () => {
      throw this.in_flight;
    });
    const { params } = known.types.types[known.type];
    slots.reserve(params.length);
    return { end: "threw", values: this.results(known.catcher(), params, known.types, true) };
  }

  /** The value of an exported global. */
  get(number, name) {
    const instance = this.instances[number];
    const target = instance?.info.exports.find((e) => e.name === name && e.space === "globals");
    if (!instance?.exports || !target)
      return { end: "not-run", detail: "no such global" };
    return { end: "returned", values: [this.globals(instance)[target.index]] };
  }

  globals(instance) {
    const { globals, section } = instance.info;
    const seen = new Array(globals.length).fill(null);
    instance.spaces.globals.forEach((g, i) => {
      const type = globals[i].value;
      if (!needs_adapter([type], section))
        seen[i] = value_text(g.value, type, section, this.function_name);
    });
    if (instance.numbers.length > 0) {
      slots.reserve(instance.numbers.length);
      this.adapter(instance).globals();
      instance.numbers.forEach(({ index, type }, slot) => {
        seen[index] = slot_text(type.value, slot);
      });
    }
    return seen;
  }

  tables(instance) {
    const { tables, section } = instance.info;
    return tables.map(({ element, is64 }, i) => {
      const table = instance.spaces.tables[i];
      if (!table || top_of(element, section) === "exn")
        return null;
      const size = Number(table.length);
      const elements = [];
      for (let at = 0; at < size; ++at) {
        const value = table.get(is64 ? BigInt(at) : at);
        if (value !== null)
          elements.push([at, reference_text(value, top_of(element, section), this.function_name)]);
      }
      return { size, elements };
    });
  }

  memories(instance) {
    return instance.info.memories.map((_, i) => {
      const memory = instance.spaces.memories[i];
      if (!memory)
        return null;
      if (!this.shadows.has(memory))
        this.shadows.set(memory, new MemoryShadow(memory));
      const shadow = this.shadows.get(memory);
      shadow.look(this.step);
      const known = instance.memory_versions[i] === shadow.version;
      instance.memory_versions[i] = shadow.version;
      return known ? "same" : shadow.report;
    });
  }

  /** One entry a module that was tried: what is seen of its instance, or that nothing changed. */
  state(modules) {
    this.step++;
    const all = [];
    for (let i = 0; i < modules; ++i) {
      const instance = this.instances[i];
      if (!instance?.exports) {
        all.push(null);
        continue;
      }
      const memories = this.memories(instance);
      const rest = { tables: this.tables(instance), globals: this.globals(instance) };
      const text = JSON.stringify(rest);
      const same = text === instance.reported && memories.every((m) => m === "same" || m === null);
      instance.reported = text;
      all.push(same ? "same" : { memories, ...rest });
    }
    return all;
  }
}
