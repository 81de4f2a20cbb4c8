// A form is sent once: the button shows it waits, a second click changes nothing.
const LOCK_MS = 15_000;
const timers = new WeakMap<HTMLFormElement, number>();

/** Guards every POST form without `data-repeat`, sent by the browser or by htmx. */
export function startSubmitOnce(): void {
  document.addEventListener("submit", refuseSecond, true);
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) lock(event.target, event.submitter);
  });
  document.addEventListener("htmx:beforeRequest", (event) => isSubmission(event) && lock(event.target, null));
  document.addEventListener("htmx:afterRequest", (event) => isSubmission(event) && unlock(event.target));
  // Back to a page kept in memory: its forms can be sent again.
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll<HTMLFormElement>("form[aria-busy]")) unlock(form);
  });
}

/** Not what a form keeps while one types: it must never hold back the click that sends it. */
function isSubmission(event: Event): boolean {
  const detail = (event as CustomEvent<{ requestConfig?: { triggeringEvent?: Event } }>).detail;
  return detail?.requestConfig?.triggeringEvent?.type === "submit";
}

function refuseSecond(event: SubmitEvent): void {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.getAttribute("aria-busy") !== "true") return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function lock(target: EventTarget | null, submitter: HTMLElement | null): void {
  if (!(target instanceof HTMLFormElement) || "repeat" in target.dataset) return;
  const sendsByHtmx = target.hasAttribute("hx-post");
  if ((target.method !== "post" && !sendsByHtmx) || target.target === "_blank") return;
  const button = submitter ?? target.querySelector<HTMLElement>('button[type="submit"], button:not([type])');
  target.setAttribute("aria-busy", "true");
  button?.setAttribute("aria-busy", "true");
  // If the browser's own stop button ends the sending, the form must not stay shut.
  timers.set(
    target,
    window.setTimeout(() => unlock(target), LOCK_MS),
  );
}

function unlock(target: EventTarget | null): void {
  if (!(target instanceof HTMLFormElement)) return;
  clearTimeout(timers.get(target));
  target.removeAttribute("aria-busy");
  for (const button of target.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}
