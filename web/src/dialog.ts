// [data-open="#id"] opens a dialog, [data-close] closes the one around it.
// Without script the same link or button goes to a page that asks the same thing.
import { delegate, named, onContent } from "./dom";

/** Starts dialogs; one brought by htmx with data-auto-open opens itself. */
export function startDialogs(): void {
  delegate("click", "[data-open]", (event, opener) => {
    const dialog = named(opener.dataset.open);
    if (!(dialog instanceof HTMLDialogElement)) return;
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
  });
  delegate("click", "[data-close]", (event, button) => {
    const dialog = button.closest("dialog");
    if (!dialog) return;
    event.preventDefault();
    dialog.close();
  });
  onContent((root) => {
    const found = [...root.querySelectorAll<HTMLDialogElement>("dialog[data-auto-open]")];
    if (root instanceof HTMLDialogElement && "autoOpen" in root.dataset) found.push(root);
    for (const dialog of found) if (!dialog.open) dialog.showModal();
  });
}
