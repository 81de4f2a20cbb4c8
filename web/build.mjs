// Builds everything the binary embeds into web/dist/: styles, scripts, the icon
// sprite and the mark, each under a name that carries its content hash, with
// .br and .gz twins and a manifest. Same input, same bytes out.
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, "dist");

/** Browsers of staff are recent; customers answer on whatever phone they own. */
const STAFF = ["chrome120", "firefox121", "safari17.5"];
const PUBLIC = ["chrome90", "firefox90", "safari15"];

/** Each place where htmx would compile a string into code, and what stands there instead. */
const EVALS = [
  [/return eval\(str\)/, "return undefined"],
  [/Function\(conditionalSource\)\(\)/, "undefined"],
  [/new Function\('event', code\)/, "() => {}"],
  [/Function\('event', 'return \(' \+ str \+ '\)'\)\.call\(elt, event\)/, "undefined"],
  [/Function\('return \(' \+ str \+ '\)'\)\.call\(elt\)/, "undefined"],
];

/** Takes string evaluation out of htmx: our policy forbids it, and a bundle without it minifies better. */
const htmxWithoutEval = {
  name: "htmx-without-eval",
  setup(b) {
    b.onLoad({ filter: /htmx\.esm\.js$/ }, async ({ path }) => {
      let code = await readFile(path, "utf8");
      for (const [found, instead] of EVALS) {
        if (!found.test(code)) throw new Error(`htmx changed: ${found} is gone, review build.mjs`);
        code = code.replace(found, instead);
      }
      return { contents: code, loader: "js" };
    });
  },
};

/** Gives browsers without light-dark() the light values, so an old phone still shows colours and borders. */
const lightFirst = {
  name: "light-first",
  setup(b) {
    b.onLoad({ filter: /styles\/tokens\.css$/ }, async ({ path }) => {
      const css = await readFile(path, "utf8");
      const light = [...css.matchAll(/(--[\w-]+): light-dark\(([^,()]+), [^()]+\);/g)];
      const plain = light.map(([, name, value]) => `${name}: ${value};`).join(" ");
      const modern = light.map(([declaration]) => declaration).join(" ");
      const rest = css.replace(/--[\w-]+: light-dark\([^()]+\);/g, "");
      const both = `:root { ${plain} } @supports (color: light-dark(#000, #fff)) { :root { ${modern} } }`;
      return { contents: `${rest}\n${both}`, loader: "css" };
    });
  },
};

/** Leaves out custom properties nobody reads in this bundle, until none is left. */
function withoutUnusedTokens(css) {
  const kept = css.replace(/(--[\w-]+): ?[^;{}]+(;|(?=\}))/g, (whole, name) =>
    css.includes(`var(${name})`) || css.includes(`var(${name},`) ? whole : "",
  );
  return kept === css ? css : withoutUnusedTokens(kept);
}

/** One block per layer instead of one per file, and no space after a token's colon. */
function tightened(css) {
  const start = css.indexOf("@layer components{") + 1;
  const rest = css.slice(start).replaceAll("}@layer components{", "");
  return (css.slice(0, start) + rest).replace(/(--[\w-]+): (?=\S)/g, "$1:");
}

async function bundle(entry, target) {
  const result = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    minify: true,
    write: false,
    target,
    format: "iife",
    legalComments: "none",
    charset: "utf8",
    loader: { ".css": "css" },
    absWorkingDir: root,
    plugins: [htmxWithoutEval, lightFirst],
    logLevel: "warning",
  });
  const text = result.outputFiles[0].text;
  return Buffer.from(entry.endsWith(".css") ? tightened(withoutUnusedTokens(text)) : text);
}

/** One symbol per file of web/icons, named i-<file>, in alphabetical order. */
async function sprite() {
  const files = (await readdir(join(root, "icons"))).filter((f) => f.endsWith(".svg")).sort();
  const symbols = await Promise.all(
    files.map(async (file) => {
      const svg = await readFile(join(root, "icons", file), "utf8");
      const inner = /<svg[^>]*>([\s\S]*)<\/svg>/.exec(svg);
      if (!inner) throw new Error(`${file} is not an SVG`);
      const body = inner[1].replace(/\s*\n\s*/g, "").trim();
      return `<symbol id="i-${basename(file, ".svg")}" viewBox="0 0 20 20">${body}</symbol>`;
    }),
  );
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

function hashed(name, bytes) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8).toUpperCase();
  const dot = name.lastIndexOf(".");
  return `${name.slice(0, dot)}-${hash}${name.slice(dot)}`;
}

async function writeWithTwins(name, bytes) {
  const brotli = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const gzip = gzipSync(bytes, { level: 9 });
  await writeFile(join(dist, name), bytes);
  await writeFile(join(dist, `${name}.br`), brotli);
  await writeFile(join(dist, `${name}.gz`), gzip);
  return { bytes: bytes.length, br: brotli.length, gz: gzip.length };
}

const assets = {
  "app.css": await bundle("styles/app.css", STAFF),
  "app.js": await bundle("src/app.ts", STAFF),
  "favicon.svg": await readFile(join(root, "favicon.svg")),
  "icons.svg": await sprite(),
  "public.css": await bundle("styles/public.css", PUBLIC),
  "public.js": await bundle("src/public.ts", PUBLIC),
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
const manifest = {};
for (const [name, bytes] of Object.entries(assets)) {
  manifest[name] = hashed(name, bytes);
  const size = await writeWithTwins(manifest[name], bytes);
  console.log(`${manifest[name].padEnd(24)} ${size.bytes} B, br ${size.br}, gz ${size.gz}`);
}
await writeFile(join(dist, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
