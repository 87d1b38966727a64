// Reads a style sheet or a script, writes it shorter. Uses what the bundler brought: node minify.mjs css|js <folder>
import { createRequire } from "node:module";
import { readFileSync, writeSync } from "node:fs";

const [kind, folder] = process.argv.slice(2);
const bundler = createRequire(`${folder}/package.json`);
const text = readFileSync(0, "utf-8");
const short =
  kind === "css"
    ? bundler("lightningcss").transform({ filename: "in.css", code: Buffer.from(text), minify: true }).code.toString()
    : bundler("rolldown/utils").minifySync("in.js", text).code;
writeSync(1, short);
