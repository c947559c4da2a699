// V8 behind the worker protocol (docs/protocol.md): run by node, which asks its own WebAssembly.

import fs from "node:fs";
import v8 from "node:v8";

import { Store } from "./store.mjs";
import { end_of } from "./ends.mjs";

const protocol = 1;
const oldest_node = 22;

function read_exactly(n) {
  const bytes = Buffer.allocUnsafe(n);
  for (let at = 0; at < n;) {
    const got = fs.readSync(0, bytes, at, n - at, null);
    if (got === 0)
      process.exit(0); // the harness is gone
    at += got;
  }
  return bytes;
}

function read_frame() {
  return JSON.parse(read_exactly(read_exactly(4).readUInt32LE(0)).toString("utf8"));
}

function write_frame(message) {
  const text = Buffer.from(JSON.stringify(message), "utf8");
  const frame = Buffer.allocUnsafe(4 + text.length);
  frame.writeUInt32LE(text.length, 0);
  text.copy(frame, 4);
  for (let at = 0; at < frame.length;)
    at += fs.writeSync(1, frame, at);
}

function hello() {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < oldest_node)
    return { protocol, error: `node ${process.versions.node} is too old: ${oldest_node} or newer is needed` };
  return {
    protocol, name: "node", version: `${process.versions.node} (V8 ${process.versions.v8})`, code_base: "v8",
    shows: "exports", sessions: true,
  };
}

/** V8 keeps these two limits itself; growth beyond them answers -1. */
function keep_limits({ pages, elements }) {
  v8.setFlagsFromString(`--wasm-max-mem-pages=${pages}`);
  v8.setFlagsFromString(`--wasm-max-table-size=${elements}`);
}

function run_case({ limits, modules, calls, careful }) {
  keep_limits(limits);
  const store = new Store();
  let steps = [];
  const flush = () => {
    write_frame({ steps });
    steps = [];
  };
  const add = (step, tried) => steps.push({ ...step, store: store.state(tried) });
  modules.forEach(({ name, bytes }, i) => {
    if (careful && steps.length > 0)
      flush();
    const step = store.instantiate(Buffer.from(bytes, "base64"), i);
    if (step.end === "returned")
      store.register(name, i);
    add(step, i + 1);
  });
  for (const { module, function: name, args } of calls) {
    if (careful && steps.length > 0)
      flush();
    add(store.invoke(module, name, args), modules.length);
  }
  flush();
}

function validate(bytes) {
  try {
    new WebAssembly.Module(bytes);
    return { end: "returned" };
  } catch (e) {
    return end_of(e);
  }
}

let session = null;

const requests = {
  hello: () => write_frame(hello()),
  case: run_case,
  open({ limits }) {
    keep_limits(limits);
    session = new Store();
    write_frame({});
  },
  instantiate({ bytes, instance }) {
    write_frame({ step: session.instantiate(Buffer.from(bytes, "base64"), instance) });
  },
  validate({ bytes }) {
    write_frame({ step: validate(Buffer.from(bytes, "base64")) });
  },
  register({ name, instance }) {
    session.register(name, instance);
    write_frame({});
  },
  invoke({ instance, function: name, args }) {
    write_frame({ step: session.invoke(instance, name, args) });
  },
  get({ instance, global }) {
    write_frame({ step: session.get(instance, global) });
  },
  bye: () => process.exit(0),
};

for (;;) {
  const request = read_frame();
  requests[request.do](request);
}
