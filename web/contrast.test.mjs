// Text and field borders keep WCAG AA contrast in both themes, on every ground they are used on.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("./styles/tokens.css", import.meta.url), "utf8");
const tokens = new Map(
  [...css.matchAll(/--([\w-]+): light-dark\((#\w+), (#\w+)\);/g)].map(([, name, light, dark]) => [name, [light, dark]]),
);

/** Relative luminance of #rrggbb, WCAG 2.2. */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((i) => Number.parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const grounds = ["paper", "sheet", "sunk", "glass"];
const text = 4.5;
const shape = 3;
const pairs = [
  ...["ink", "ink-2", "ink-3", "accent", "accent-2"].flatMap((t) => grounds.map((g) => [t, g, text])),
  ["on-accent", "accent", text],
  ["on-accent", "accent-2", text],
  ["on-over", "over", text],
  ["over-accent", "over", text],
  ...["late", "soon", "good"].flatMap((s) => [`${s}-bg`, "sheet", "paper"].map((g) => [s, g, text])),
  ["ink", "late-bg", text],
  ["ink", "soon-bg", text],
  ["ink", "good-bg", text],
  ["ink", "water", text],
  ["accent", "soon-bg", text],
  ["edge", "sheet", shape],
  ["edge", "paper", shape],
  ["accent", "line", shape],
];

for (const [front, back, least] of pairs) {
  test(`${front} on ${back} reaches ${least}:1 in both themes`, () => {
    for (const theme of [0, 1]) {
      const ratio = contrast(tokens.get(front)[theme], tokens.get(back)[theme]);
      assert.ok(ratio >= least, `${theme ? "dark" : "light"}: ${ratio.toFixed(2)}`);
    }
  });
}
