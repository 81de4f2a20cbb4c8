// The palette: Ctrl K or / opens it, the server answers what matches, arrows and Enter go there.
import { isTyping } from "./dom";

const DEBOUNCE_MS = 120;

/** Starts the palette if the page holds `<dialog id="palette">`; else the keys focus the search field. */
export function startPalette(): void {
  const dialog = document.getElementById("palette");
  const results = document.getElementById("palette-results");
  const input = dialog?.querySelector<HTMLInputElement>('input[name="q"]');
  if (!(dialog instanceof HTMLDialogElement) || !results || !input) {
    onKeys(() => document.querySelector<HTMLInputElement>('input[type="search"]')?.focus());
    return;
  }
  new Palette(dialog, input, results).start();
}

function onKeys(open: () => void): void {
  document.addEventListener("keydown", (event) => {
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (!command && !slash) return;
    event.preventDefault();
    open();
  });
}

class Palette {
  private timer = 0;
  private request: AbortController | null = null;
  private returnTo: Element | null = null;

  constructor(
    private readonly dialog: HTMLDialogElement,
    private readonly input: HTMLInputElement,
    private readonly results: HTMLElement,
  ) {}

  start(): void {
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-controls", this.results.id);
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.autocomplete = "off";
    onKeys(() => this.open());
    document.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("[data-palette]") : null;
      if (button) this.open();
    });
    this.input.addEventListener("input", () => this.later());
    this.dialog.addEventListener("keydown", (event) => this.onKey(event));
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.dialog.addEventListener("close", () => this.onClose());
    this.results.addEventListener("pointermove", (event) => {
      const option = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
      if (option) this.choose(option);
    });
  }

  private open(): void {
    if (this.dialog.open) {
      this.input.select();
      return;
    }
    this.returnTo = document.activeElement;
    this.dialog.showModal();
    this.input.select();
    void this.load();
  }

  private onClose(): void {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.returnTo instanceof HTMLElement) this.returnTo.focus();
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.load(), DEBOUNCE_MS);
  }

  /** Asks the server; a newer question cancels the one under way, a failed one leaves what is shown. */
  private async load(): Promise<void> {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      const reply = await fetch(`/palette?q=${encodeURIComponent(this.input.value.trim())}`, {
        signal: request.signal,
        headers: { Accept: "text/html", "HX-Request": "true" },
      });
      if (!reply.ok || reply.redirected) return;
      const html = await reply.text();
      if (request.signal.aborted) return;
      this.results.innerHTML = html;
    } catch {
      return;
    }
    const options = this.options();
    for (const [i, option] of options.entries()) {
      option.id ||= `palette-option-${i}`;
      option.setAttribute("tabindex", "-1");
    }
    this.input.setAttribute("aria-expanded", String(options.length > 0));
    this.choose(options[0] ?? null);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const options = this.options();
    const at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    const moves: Record<string, number> = {
      ArrowDown: (at + 1) % options.length,
      ArrowUp: (at - 1 + options.length) % options.length,
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      this.choose(options[next] ?? null);
      return;
    }
    const active = options[at];
    if (event.key !== "Enter" || !(active instanceof HTMLAnchorElement) || event.target !== this.input) return;
    event.preventDefault();
    active.click();
  }

  private options(): Element[] {
    return [...this.results.querySelectorAll('[role="option"]')];
  }

  private choose(option: Element | null): void {
    for (const other of this.options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}
