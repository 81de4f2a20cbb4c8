// [data-print] prints the page.
import { delegate } from "./dom";

/** Starts every print button. */
export function startPrint(): void {
  delegate("click", "[data-print]", () => window.print());
}
