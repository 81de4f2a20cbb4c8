// Leaving a form[data-guard] with changes asks first, in the browser's own words.

/** Follows changes, and forgets them once sent. */
export function startUnsaved(): void {
  const changed = new Set<HTMLFormElement>();
  const guarded = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLFormElement>("form[data-guard]") : null;
  const mark = (event: Event) => {
    const form = guarded(event.target);
    if (form) changed.add(form);
  };
  document.addEventListener("input", mark);
  document.addEventListener("draft:restored", mark);
  document.addEventListener("reset", (event) => changed.delete(event.target as HTMLFormElement));
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) changed.delete(event.target as HTMLFormElement);
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = guarded(event.target);
    if (form && (event as CustomEvent).detail?.successful) changed.delete(form);
  });
  window.addEventListener("beforeunload", (event) => {
    // A form taken out of the page took its changes along.
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
