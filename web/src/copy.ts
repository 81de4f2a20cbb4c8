// [data-copy="#id"] copies the text or value of that element, [data-copy-text] its own text; both say so in data-copied.
import { announce, delegate, named } from "./dom";

const SAID_MS = 2000;

/** Starts every copy button, present and to come. */
export function startCopy(): void {
  delegate("click", "[data-copy], [data-copy-text]", (_event, button) => void copy(button));
}

async function copy(button: HTMLElement): Promise<void> {
  const source = named(button.dataset.copy);
  const text = button.dataset.copyText ?? textOf(source);
  if (!text) return;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No permission or no secure connection: leave the text chosen, ready for Ctrl C.
    getSelection()?.selectAllChildren(source ?? written(button, text));
    return;
  }
  const words = button.dataset.copied;
  if (!words) return;
  announce(words);
  const label = button.querySelector("span") ?? button;
  const before = label.textContent;
  if (before === words) return;
  label.textContent = words;
  setTimeout(() => {
    label.textContent = before;
  }, SAID_MS);
}

function textOf(source: HTMLElement | null): string {
  if (!source) return "";
  return "value" in source ? String(source.value) : (source.textContent ?? "").trim();
}

/** Writes `text` beside the button, for those who must copy it by hand. */
function written(button: HTMLElement, text: string): HTMLElement {
  const beside = button.nextElementSibling;
  const code = beside instanceof HTMLElement && beside.matches("code") ? beside : document.createElement("code");
  code.textContent = text;
  button.after(code);
  return code;
}
