// What no page may do: write an error in the console, or ask anything of another host.

/** What the browser itself says of an answer that a test asks for on purpose (a 404, a refused form). */
const EXPECTED = /^Failed to load resource: the server responded with a status of 4\d\d/;

/** Follows every page of a context. `faults` grows as they happen. */
export function watch(context, origin) {
  const faults = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(data|blob|about):$/.test(url.protocol) || url.origin === origin) return;
    faults.push(`request to ${url.origin}`);
  });
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    if (EXPECTED.test(message.text())) return;
    faults.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on('weberror', (error) => faults.push(`exception: ${error.error().message} (${error.page()?.url()})`));
  context.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  return faults;
}
