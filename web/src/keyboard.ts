// Keys: [data-shortcut="g c"] is pressed by typing g then c; ? opens the help on keys.
import { isTyping } from "./dom";

const SEQUENCE_MS = 1000;

/** Starts shortcuts. `<html data-shortcuts="off">` turns them off for who finds them in the way. */
export function startKeyboard(): void {
  let typed: string[] = [];
  let at = 0;
  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event)) return;
    if (event.timeStamp - at > SEQUENCE_MS) typed = [];
    at = event.timeStamp;
    typed = [...typed, event.key].slice(-2);
    const found = lookUp(typed.join(" ")) ?? lookUp(event.key);
    if (found) {
      event.preventDefault();
      typed = [];
      press(found);
      return;
    }
    const help = document.querySelector<HTMLDialogElement>("dialog[data-help]");
    if (event.key === "?" && help) help.showModal();
  });
}

function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return false;
  if (document.documentElement.dataset.shortcuts === "off" || isTyping(event.target)) return false;
  return event.key.length === 1 && !document.querySelector("dialog[open]");
}

function lookUp(keys: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(keys)}"]`);
}

/** A field takes the focus, a link or button is followed. */
function press(element: HTMLElement): void {
  if (isTyping(element)) element.focus();
  else element.click();
}
