// Small tools shared by the behaviours.

/** Runs `fn` on the document now, and on every fragment htmx brings in later. */
export function onContent(fn: (root: ParentNode) => void): void {
  fn(document);
  document.addEventListener("htmx:load", (event) => {
    // htmx also announces the body once at start: that content is already done.
    if (event.target instanceof Element && event.target !== document.body) fn(event.target);
  });
}

/** Listens on the document for `type` events whose target sits inside `selector`. */
export function delegate<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  fn: (event: DocumentEventMap[K], element: HTMLElement) => void,
): void {
  document.addEventListener(type, (event) => {
    const element = event.target instanceof Element ? event.target.closest(selector) : null;
    if (element instanceof HTMLElement) fn(event, element);
  });
}

/** True while the focus is where letters are text, not shortcuts. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** The language of the page, for numbers and plurals. */
export function language(): string {
  return document.documentElement.lang || "fr";
}

/** Says `text` to screen readers without moving the focus. */
export function announce(text: string): void {
  let region = document.getElementById("live");
  if (!region) {
    region = document.createElement("div");
    region.id = "live";
    region.className = "vh";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = text;
}

/** The element a `#id` selector in an attribute names, or null. */
export function named(selector: string | undefined): HTMLElement | null {
  return selector?.startsWith("#") ? document.getElementById(selector.slice(1)) : null;
}
