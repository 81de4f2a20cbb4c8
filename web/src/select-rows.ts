// Choosing rows of a table inside [data-select]: one by one, a range with Shift, or the whole page.
import { delegate, language, onContent } from "./dom";

const ROW = "tbody .pick input[type=checkbox]";
const ALL = "thead .pick input[type=checkbox]";
const last = new WeakMap<HTMLElement, HTMLInputElement>();

/** Starts row choosing on every `[data-select]` block, present and to come. */
export function startSelectRows(): void {
  onContent((root) => {
    for (const block of root.querySelectorAll<HTMLElement>("[data-select]")) refresh(block);
    const around = root instanceof Element ? root.closest<HTMLElement>("[data-select]") : null;
    if (around) refresh(around);
  });
  delegate("click", `[data-select] ${ROW}`, (event, box) => {
    const block = box.closest<HTMLElement>("[data-select]");
    if (!block || !(box instanceof HTMLInputElement)) return;
    if (event.shiftKey) chooseRange(block, last.get(block), box);
    last.set(block, box);
    refresh(block);
  });
  delegate("change", `[data-select] ${ALL}`, (_event, box) => {
    setAll(box, (box as HTMLInputElement).checked);
  });
  delegate("click", "[data-select-none]", (event, button) => {
    event.preventDefault();
    setAll(button, false);
  });
}

function rows(block: HTMLElement): HTMLInputElement[] {
  return [...block.querySelectorAll<HTMLInputElement>(ROW)].filter((box) => !box.disabled);
}

function setAll(inside: HTMLElement, checked: boolean): void {
  const block = inside.closest<HTMLElement>("[data-select]");
  if (!block) return;
  for (const box of rows(block)) box.checked = checked;
  refresh(block);
}

function chooseRange(block: HTMLElement, from: HTMLInputElement | undefined, to: HTMLInputElement): void {
  const boxes = rows(block);
  const start = from ? boxes.indexOf(from) : -1;
  const end = boxes.indexOf(to);
  if (start < 0 || end < 0) return;
  for (const box of boxes.slice(Math.min(start, end), Math.max(start, end) + 1)) box.checked = to.checked;
}

/** Brings rows, the head's box, the bar and its count in line with the boxes. */
function refresh(block: HTMLElement): void {
  const boxes = rows(block);
  const chosen = boxes.filter((box) => box.checked).length;
  for (const box of boxes) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
  const all = block.querySelector<HTMLInputElement>(ALL);
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
  const bar = block.querySelector<HTMLElement>(".selbar");
  if (bar) bar.hidden = chosen === 0;
  const count = block.querySelector<HTMLElement>("[data-select-count]");
  if (count) count.textContent = sentence(count, chosen);
}

/** Fills `{n}` of the sentence the server wrote in data-one or data-other, or gives the bare number. */
function sentence(count: HTMLElement, n: number): string {
  const one = new Intl.PluralRules(language()).select(n) === "one";
  const words = (one ? count.dataset.one : count.dataset.other) ?? "{n}";
  return words.replace("{n}", new Intl.NumberFormat(language()).format(n));
}
