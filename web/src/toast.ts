// Toasts leave by themselves after a while; errors stay until someone closes them.
import { delegate } from "./dom";

const STAY_MS = 8000;

/** Watches the `.toasts` corner and gives `[data-dismiss]` its meaning everywhere. */
export function startToasts(): void {
  const corner = document.querySelector(".toasts");
  if (corner) {
    for (const toast of corner.querySelectorAll<HTMLElement>(".toast")) hideLater(toast);
    new MutationObserver((records) => {
      for (const node of records.flatMap((r) => [...r.addedNodes])) {
        if (node instanceof HTMLElement && node.matches(".toast")) hideLater(node);
      }
    }).observe(corner, { childList: true });
  }
  delegate("click", "[data-dismiss]", (_event, button) => {
    button.closest(".toast, .notice")?.remove();
  });
}

/** Shows the toast the server wrote in `<template id="…">`, once at a time. */
export function showTemplate(id: string): void {
  const template = document.getElementById(id);
  const corner = document.querySelector(".toasts");
  if (!(template instanceof HTMLTemplateElement) || !corner) return;
  corner.querySelector(`[data-from="${id}"]`)?.remove();
  const toast = template.content.firstElementChild?.cloneNode(true);
  if (!(toast instanceof HTMLElement)) return;
  toast.dataset.from = id;
  corner.append(toast);
}

function hideLater(toast: HTMLElement): void {
  if (toast.matches(".toast--late, [data-keep]")) return;
  let timer = 0;
  const start = () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => toast.remove(), STAY_MS);
  };
  const pause = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", pause);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", pause);
  toast.addEventListener("focusout", start);
  start();
}
