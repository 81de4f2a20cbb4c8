// Shows the gallery under the policy of the real pages: node gallery/serve.mjs [port].
// {{name}} becomes the hashed file, {{i:name}} an icon, {{bowl:share[:state]}} a bowl.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "..", "dist");
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";
const types = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", html: "text/html; charset=utf-8" };

/** The water of a bowl filled to `share` (0 to 1), seen from the side. */
function bowl(share, state = "") {
  const r = 5.85;
  const level = Math.max(4.9, 10.6 + r - 2 * r * Number(share));
  const half = Math.sqrt(Math.max(0, r * r - (level - 10.6) ** 2));
  const large = level < 10.6 ? 1 : 0;
  const water = `M${(10 - half).toFixed(2)} ${level.toFixed(2)}A${r} ${r} 0 ${large} 0 ${(10 + half).toFixed(2)} ${level.toFixed(2)}Z`;
  return `<svg class="bowl ${state}" viewBox="0 0 20 20" aria-hidden="true"><path class="bowl__water" d="${water}"/><path class="bowl__glass" d="M6.2 4.35A7.3 7.3 0 1 0 13.8 4.35M5 3.6h10"/></svg>`;
}

async function page(name) {
  const manifest = JSON.parse(await readFile(join(dist, "manifest.json"), "utf8"));
  const html = await readFile(join(here, name), "utf8");
  return html
    .replace(
      /\{\{i:([\w-]+)( s)?\}\}/g,
      (_, i, s) =>
        `<svg class="icon${s ? " icon--s" : ""}" aria-hidden="true"><use href="/assets/${manifest["icons.svg"]}#i-${i}"/></svg>`,
    )
    .replace(/\{\{bowl:([\d.]+):?([\w-]*)\}\}/g, (_, share, state) => bowl(share, state))
    .replace(/\{\{([\w.]+)\}\}/g, (_, file) => `/assets/${manifest[file]}`);
}

const palette = `<div role="presentation">Clients</div>
<a role="option" href="/?client">Ronan Keradec<small>Le Port</small></a>
<a role="option" href="/?client2">Kerguen, indivision<small>La Halle</small></a>
<div role="presentation">Pages</div>
<a role="option" href="/?imports">Imports<small>Connaître</small></a>`;

const port = Number(process.argv[2] ?? 4173);
createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  response.setHeader("Content-Security-Policy", policy);
  try {
    if (request.method === "POST") {
      request.resume();
      await new Promise((done) => request.on("end", done));
      response.writeHead(303, { Location: "/public.html" }).end();
      return;
    }
    if (path === "/palette") {
      response.setHeader("Content-Type", types.html);
      response.end(palette);
      return;
    }
    const body = path.startsWith("/assets/")
      ? await readFile(join(dist, path.slice("/assets/".length)))
      : await page(path === "/" ? "index.html" : path.slice(1));
    response.setHeader("Content-Type", path === "/" ? types.html : (types[path.split(".").pop()] ?? types.html));
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(port, () => console.log(`http://localhost:${port}/`));
