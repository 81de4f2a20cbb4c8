// What is embedded keeps its promises: names, sizes, no evaluation, no outside address.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

const dist = new URL("./dist/", import.meta.url);
const read = (name) => readFileSync(new URL(name, dist));
const build = () => execFileSync(process.execPath, ["build.mjs"], { cwd: new URL(".", import.meta.url) });
const asset = (name) => read(JSON.parse(read("manifest.json"))[name]);
const brotli = (name) => read(`${JSON.parse(read("manifest.json"))[name]}.br`).length;

before(build);

test("a second build gives the same bytes under the same names", () => {
  const all = () => readdirSync(dist).map((name) => [name, read(name).toString("base64")]);
  const first = all();
  build();
  assert.deepEqual(all(), first);
});

test("each compressed twin unfolds to its file", () => {
  for (const name of Object.values(JSON.parse(read("manifest.json")))) {
    assert.deepEqual(brotliDecompressSync(read(`${name}.br`)), read(name));
    assert.deepEqual(gunzipSync(read(`${name}.gz`)), read(name));
  }
});

test("sizes stay within their budgets", () => {
  assert.ok(asset("public.css").length < 20_000, `public.css ${asset("public.css").length}`);
  assert.ok(asset("public.js").length < 4_000, `public.js ${asset("public.js").length}`);
  const staff = brotli("app.css") + brotli("app.js");
  assert.ok(staff < 60_000, `app.css and app.js ${staff}`);
});

test("scripts evaluate no string", () => {
  for (const name of ["app.js", "public.js"]) {
    assert.doesNotMatch(asset(name).toString(), /\beval\(|\bFunction\(/, name);
  }
});

test("nothing names an outside address", () => {
  for (const name of ["app.css", "public.css", "public.js", "icons.svg", "favicon.svg"]) {
    const found = (
      asset(name)
        .toString()
        .match(/https?:\/\/[^"')\s]+/g) ?? []
    ).filter((url) => url !== "http://www.w3.org/2000/svg");
    assert.deepEqual(found, [], name);
  }
});

test("the sprite holds every icon once", () => {
  const ids = [
    ...asset("icons.svg")
      .toString()
      .matchAll(/id="i-([\w-]+)"/g),
  ].map(([, id]) => id);
  const files = readdirSync(new URL("./icons/", import.meta.url)).map((file) => file.replace(".svg", ""));
  assert.deepEqual(ids, files.sort());
});
