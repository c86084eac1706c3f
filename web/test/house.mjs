// The house that the checks of the pages share: a server, a page that notes its problems, a count of what holds.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export const counts = { passed: 0, failures: [] };

export function check(holds, what) {
  if (holds) counts.passed += 1;
  else counts.failures.push(what);
}

export async function serve(program, root) {
  const server = spawn(program, ['serve', '--port', '0', '--root', root], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: server.stdout })) {
    const address = /http:\S+/.exec(line);
    if (address) return { server, address: address[0] };
  }
  throw new Error('the server did not start');
}

export async function open(browser, address, path, { lang = 'en', look = 'light', width = 1280 } = {}) {
  const context = await browser.newContext({ colorScheme: look, viewport: { width, height: 900 }, locale: lang === 'zh' ? 'zh-CN' : 'en-GB' });
  const page = await context.newPage();
  page.problems = [];
  page.on('request', (request) => /^(data|blob):/.test(request.url()) || request.url().startsWith(address) || page.problems.push(`asks ${request.url()}`));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && !/status of 4\d\d/.test(message.text()) && page.problems.push(message.text()));
  await page.goto(address + path);
  return page;
}

/** A file of the project's own data. */
export const data = (path) => readFileSync(new URL(`../../data/${path}`, import.meta.url), 'utf8');
export const sent = (path) => ({ name: path.split('/').at(-1), content: data(path) });
export const upload = (path) => ({ name: path.split('/').at(-1), mimeType: 'text/plain', buffer: Buffer.from(data(path)) });

/** Opens a file of the project's data in the field of a page. */
export const pick = (page, id, ...paths) => page.locator('.pick', { has: page.locator(`#${id}`) }).locator('input[type=file]').setInputFiles(paths.map(upload));

/** The operation, asked without a page: what the page has to show. */
export async function ask(address, operation, parameters) {
  const response = await fetch(`${address}api/v1/${operation}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(parameters) });
  const body = await response.json();
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(body)}`);
  return body;
}

/** A picture that an operation draws, and that of the page: loaded, and the same. */
export async function same_picture(address, operation, parameters, image, what) {
  const response = await fetch(`${address}api/v1/${operation}?as=svg`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(parameters) });
  const [shown, wanted] = [decodeURIComponent((await image.getAttribute('src')).split(/,(.*)/s)[1]), await response.text()];
  check(wanted.startsWith('<svg') && shown === wanted, `${what}: the picture is not the operation's`);
  check(await image.evaluate((one) => one.decode().then(() => one.naturalWidth > 0, () => false)), `${what}: the picture cannot be drawn`);
}

/** Are the values alike? A failure shows both. */
export function same(found, wanted, what) {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)];
  check(a === b, `${what}: ${a?.slice(0, 300)} is not ${b?.slice(0, 300)}`);
}

/** The text of a file that a button gives. */
export async function downloaded(page, button) {
  const [file] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}
