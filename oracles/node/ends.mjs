// What V8's answers mean, in the words of the test scripts. A message that may mean several traps
// means all of them.

const null_references = [
  "null reference", "null function reference", "null structure reference", "null array reference", "null i31 reference",
  "null exception reference",
];

const traps = [
  ["unreachable", ["unreachable"]],
  ["divide by zero", ["integer divide by zero"]],
  ["remainder by zero", ["integer divide by zero"]],
  ["divide result unrepresentable", ["integer overflow"]],
  ["float unrepresentable in integer range", ["integer overflow", "invalid conversion to integer"]],
  ["memory access out of bounds", ["out of bounds memory access"]],
  ["table index is out of bounds", ["undefined element", "out of bounds table access"]],
  ["function signature mismatch", ["uninitialized element", "indirect call type mismatch"]],
  ["null function or function signature mismatch", ["uninitialized element", "indirect call type mismatch"]],
  ["dereferencing a null pointer", null_references],
  ["illegal cast", ["cast failure"]],
  ["array element access out of bounds", ["out of bounds array access"]],
  ["data segment out of bounds", ["out of bounds memory access"]],
  ["element segment out of bounds", ["out of bounds table access"]],
];

const instantiation_traps = [
  [/data segment \d+ is out of bounds/, ["out of bounds memory access"]],
  [/table initializer \d+: table_size|element segment \d+ is out of bounds|table index is out of bounds/, ["out of bounds table access"]],
];

function trapped(message) {
  const exact = traps.find(([text]) => message === text);
  if (exact)
    return { end: "trapped", traps: exact[1], detail: message };
  for (const [pattern, kinds] of instantiation_traps)
    if (pattern.test(message))
      return { end: "trapped", traps: kinds, detail: message };
  const inner = traps.find(([text]) => message.endsWith(`: ${text}`));
  return { end: "trapped", ...(inner && { traps: inner[1] }), detail: message };
}

const limit_words = /implementation limit|internal limit|exceeds? maximum|maximum .* exceeded|too large|out of memory|could not allocate|cannot allocate/i;

/** How a call or an instantiation ended that threw this into JavaScript. */
export function end_of(thrown) {
  const message = String(thrown?.message ?? thrown);
  if (thrown instanceof RangeError)
    return { end: message.includes("call stack") ? "exhausted" : "refused", detail: message };
  if (thrown instanceof WebAssembly.RuntimeError)
    return message.includes("requested new array is too large") ? { end: "exhausted", detail: message } : trapped(message);
  if (thrown instanceof WebAssembly.LinkError)
    return { end: "unlinkable", detail: message };
  if (thrown instanceof WebAssembly.CompileError)
    return { end: limit_words.test(message) ? "refused" : "rejected", detail: message };
  return { end: "refused", detail: `${thrown?.name ?? "thrown"}: ${message}` };
}
