// .file-drop shows what was chosen; form[data-upload] sends it with its progress.
import { delegate, language } from "./dom";
import { csrfToken } from "./htmx";

/** Starts upload fields. Choosing and sending work without it; it adds name, size and progress. */
export function startFileDrop(): void {
  delegate("change", ".file-drop input[type=file]", (_event, input) => show(input as HTMLInputElement));
  delegate("dragover", ".file-drop", (event, zone) => {
    // Over the zone the input takes the drop; between its children nothing must open the file.
    event.preventDefault();
    zone.classList.add("is-over");
  });
  delegate("dragleave", ".file-drop", (_event, zone) => zone.classList.remove("is-over"));
  delegate("drop", ".file-drop", (event, zone) => take(event, zone));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !("upload" in form.dataset) || event.defaultPrevented) return;
    const bar = form.querySelector("progress");
    if (!bar) return;
    event.preventDefault();
    send(form, bar, event.submitter);
  });
}

function take(event: DragEvent, zone: HTMLElement): void {
  event.preventDefault();
  zone.classList.remove("is-over");
  const input = zone.querySelector<HTMLInputElement>("input[type=file]");
  const files = event.dataTransfer?.files;
  if (!input || !files?.length) return;
  const kept = new DataTransfer();
  for (const file of input.multiple ? files : [files[0] as File]) kept.items.add(file);
  input.files = kept.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function show(input: HTMLInputElement): void {
  const zone = input.closest<HTMLElement>(".file-drop");
  const label = zone?.querySelector<HTMLElement>("[data-file-name]");
  const files = [...(input.files ?? [])];
  zone?.classList.toggle("has-file", files.length > 0);
  if (!label) return;
  label.hidden = files.length === 0;
  label.textContent = files.map((file) => `${file.name}, ${size(file.size)}`).join(" · ");
}

/** A size in the reader's language: 1,2 Mo in French, 1.2 MB in English. */
function size(bytes: number): string {
  const [unit, divisor] = bytes < 1e6 ? (["kilobyte", 1e3] as const) : (["megabyte", 1e6] as const);
  const format = { style: "unit", unit, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(language(), format).format(Math.max(bytes / divisor, 0.1));
}

function send(form: HTMLFormElement, bar: HTMLProgressElement, submitter: HTMLElement | null): void {
  const request = new XMLHttpRequest();
  const button = submitter ?? form.querySelector("button");
  request.open("POST", form.action);
  const token = csrfToken();
  if (token) request.setRequestHeader("X-CSRF-Token", token);
  request.setRequestHeader("Accept", "text/html");
  bar.hidden = false;
  button?.setAttribute("aria-busy", "true");
  form.setAttribute("aria-busy", "true");
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("load", () => follow(form, request));
  request.addEventListener("error", () => {
    // The network gave way: let the browser send it the ordinary way and say what it finds.
    form.removeAttribute("aria-busy");
    form.submit();
  });
  bar.max = 1;
  bar.value = 0;
  request.send(new FormData(form, submitter));
}

/** Goes where the server redirected; when it answered in place, shows the page it sent. */
function follow(form: HTMLFormElement, request: XMLHttpRequest): void {
  const there = request.responseURL;
  if (there && there.split("#")[0] !== form.action.split("#")[0]) {
    location.assign(there);
    return;
  }
  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  const fresh = page.querySelector("main");
  const here = document.querySelector("main");
  if (!fresh || !here) {
    location.reload();
    return;
  }
  here.replaceWith(document.adoptNode(fresh));
  document.title = page.title || document.title;
  fresh.querySelector<HTMLElement>('[role="alert"]')?.focus();
}
