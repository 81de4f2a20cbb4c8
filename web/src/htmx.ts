// htmx under a strict policy: no evaluation, no injected style, our own origin only.
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";
import { showTemplate } from "./toast";

/** Applies the settings and adds the token, the morph swap and the words for failures. */
export function startHtmx(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
    attributesToSettle: ["class", "width", "height"],
    // Pages hold people's data: none of it stays in the browser's session storage.
    historyCacheSize: 0,
    refreshOnHistoryMiss: true,
  });
  htmx.defineExtension("morph", {
    isInlineSwap: (style) => style === "morph" || style === "morph:outerHTML",
    handleSwap: morph,
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const token = csrfToken();
    if (token) (event as CustomEvent).detail.headers["X-CSRF-Token"] = token;
  });
  for (const lost of ["htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(lost, () => showTemplate("toast-offline"));
  }
  document.addEventListener("htmx:responseError", () => showTemplate("toast-failed"));
}

/** The anti-forgery token the server wrote in the page, or an empty string. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}

/** hx-swap="morph" or "morph:innerHTML" under hx-ext="morph": keeps focus, scroll and the text being typed. */
function morph(style: string, target: Node, fragment: Node): boolean | Node[] {
  if (!(target instanceof Element) || !(fragment instanceof DocumentFragment)) return false;
  if (style === "morph" || style === "morph:outerHTML") {
    return Idiomorph.morph(target, fragment.children, { morphStyle: "outerHTML", ignoreActiveValue: true }) as Node[];
  }
  if (style !== "morph:innerHTML") return false;
  return Idiomorph.morph(target, fragment.children, { morphStyle: "innerHTML", ignoreActiveValue: true }) as Node[];
}
