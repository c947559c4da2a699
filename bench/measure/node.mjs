// Calls run(N) of a module in V8: node node.mjs FILE N
import {readFileSync} from "node:fs";

const [file, n] = process.argv.slice(2);
const {instance} = await WebAssembly.instantiate(readFileSync(file));
console.log(String(instance.exports.run(Number(n))));
