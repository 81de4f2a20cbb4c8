// [data-theme-set="light|dark|system"] shows the choice at once; its own form lets the server keep it.
import { delegate } from "./dom";

/** Starts every theme button. */
export function startTheme(): void {
  delegate("click", "[data-theme-set]", (_event, button) => {
    const theme = button.dataset.themeSet ?? "system";
    const root = document.documentElement;
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
    for (const other of document.querySelectorAll<HTMLElement>("[data-theme-set]")) {
      other.setAttribute("aria-pressed", String(other.dataset.themeSet === theme));
    }
  });
}
