// [data-copy="#id"] copies the text or value of that element and says so in data-copied.
import { announce, delegate, named } from "./dom";

const SAID_MS = 2000;

/** Starts every copy button, present and to come. */
export function startCopy(): void {
  delegate("click", "[data-copy]", (_event, button) => void copy(button));
}

async function copy(button: HTMLElement): Promise<void> {
  const source = named(button.dataset.copy);
  if (!source) return;
  const text = "value" in source ? String(source.value) : (source.textContent ?? "").trim();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // No permission or no secure connection: leave the text chosen, ready for Ctrl C.
    getSelection()?.selectAllChildren(source);
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
