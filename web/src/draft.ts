// What is typed in form[data-draft="key"] survives a reload, a crash, a closed tab, for a day.
const PREFIX = "bocal-draft:";
const KEEP_MS = 24 * 60 * 60 * 1000;
const SKIPPED = new Set(["password", "hidden", "file", "submit", "button", "reset", "image"]);

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
/** Each field as [name, rank among the fields of that name, value or whether it is ticked]. */
type Saved = { at: number; fields: [string, number, string | boolean][] };

/** Forgets what is old or sent, then restores and follows every form that asks for it. */
export function startDrafts(): void {
  forgetOld();
  for (const mark of document.querySelectorAll<HTMLElement>("[data-draft-clear]")) {
    clear(mark.dataset.draftClear ?? "");
  }
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) restore(form);
  document.addEventListener("input", (event) => save(event.target));
  document.addEventListener("change", (event) => save(event.target));
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-draft-forget]") : null;
    const form = button?.closest<HTMLFormElement>("form[data-draft]");
    if (!form) return;
    clear(form.dataset.draft ?? "");
    form.reset();
    note(form, false);
  });
}

function fieldsOf(form: HTMLFormElement): [Field, number][] {
  const seen = new Map<string, number>();
  const kept: [Field, number][] = [];
  for (const element of form.elements) {
    const field = element as Field;
    // What a form was shown with goes along with what was typed into it, where the form asks for it.
    const isKept = element instanceof HTMLElement && "draftKeep" in element.dataset;
    if (!field.name || (SKIPPED.has(field.type) && !isKept) || !("value" in field)) continue;
    const rank = seen.get(field.name) ?? 0;
    seen.set(field.name, rank + 1);
    kept.push([field, rank]);
  }
  return kept;
}

function isTick(field: Field): field is HTMLInputElement {
  return field.type === "checkbox" || field.type === "radio";
}

function save(target: EventTarget | null): void {
  const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-draft]") : null;
  if (!form?.dataset.draft) return;
  const saved: Saved = { at: Date.now(), fields: [] };
  for (const [field, rank] of fieldsOf(form)) {
    saved.fields.push([field.name, rank, isTick(field) ? field.checked : field.value]);
  }
  try {
    localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify(saved));
  } catch {
    // Storage is full or forbidden: the page works on, only without this comfort.
  }
}

function restore(form: HTMLFormElement): void {
  const saved = read(PREFIX + (form.dataset.draft ?? ""));
  // What the server kept since is newer; what it was just sent and shows again is the same, or put together anew.
  if (!saved || saved.at < Number(form.dataset.draftSince ?? 0) || "draftShown" in form.dataset) return;
  const values = new Map(saved.fields.map(([name, rank, value]) => [`${rank} ${name}`, value]));
  const differing = fieldsOf(form).flatMap(([field, rank]) => {
    const value = values.get(`${rank} ${field.name}`);
    return value === undefined || value === (isTick(field) ? field.checked : field.value) ? [] : [{ field, value }];
  });
  // A form that shows what was typed already is as it should be, whatever it was first shown with.
  if (!differing.some(({ field }) => field.type !== "hidden")) return;
  for (const { field, value } of differing) {
    if (isTick(field)) field.checked = value === true;
    else field.value = String(value);
  }
  const fold = form.closest("details");
  if (fold) fold.open = true;
  note(form, true);
  form.dispatchEvent(new Event("draft:restored", { bubbles: true }));
}

/** Shows or hides the form's own words saying that a draft was taken up. */
function note(form: HTMLFormElement, shown: boolean): void {
  const words = form.querySelector<HTMLElement>("[data-draft-note]");
  if (words) words.hidden = !shown;
}

function read(key: string): Saved | null {
  try {
    const saved = JSON.parse(localStorage.getItem(key) ?? "null") as Saved | null;
    return saved && Array.isArray(saved.fields) && Date.now() - saved.at < KEEP_MS ? saved : null;
  } catch {
    return null;
  }
}

/** Removes one draft, or all of them for `*` (the sign-in page, once someone has left). */
function clear(key: string): void {
  try {
    if (key === "*") for (const each of keys()) localStorage.removeItem(each);
    else localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing was stored either.
  }
}

function forgetOld(): void {
  try {
    for (const key of keys()) if (!read(key)) localStorage.removeItem(key);
  } catch {
    // Nothing was stored either.
  }
}

function keys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}
