// details.menu behaves like a menu: Escape and a click elsewhere close it, one is open at a time.

/** Starts closing and placing of every `details.menu`. */
export function startMenus(): void {
  document.addEventListener("click", (event) => closeAll(event.target as Node));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector<HTMLDetailsElement>("details.menu[open]");
    if (!open) return;
    open.open = false;
    if (open.contains(document.activeElement)) open.querySelector("summary")?.focus();
  });
  // "toggle" does not bubble: it is caught on its way down.
  document.addEventListener("toggle", (event) => place(event.target), true);
}

function closeAll(except: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!except || !menu.contains(except)) menu.open = false;
  }
}

/** Turns the box to the side where it fits the window. */
function place(target: EventTarget | null): void {
  if (!(target instanceof HTMLDetailsElement) || !target.matches(".menu") || !target.open) return;
  closeAll(target);
  const box = target.querySelector<HTMLElement>(".menu__box");
  if (!box) return;
  const { left, right } = box.getBoundingClientRect();
  if (left < 0) box.classList.add("menu__box--start");
  if (right > document.documentElement.clientWidth) box.classList.add("menu__box--end");
}
