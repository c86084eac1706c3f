// What only a browser can tell about the workbench.
//
//     node test/pages.mjs LEAVEN [PICTURES]     CHROMIUM names another browser than /usr/bin/chromium
//
// Starts `LEAVEN serve`. For each page, in both languages, light and dark, at 360 and 1280 px: no axe finding (WCAG 2.2 AA
// and best practice), nothing wider than the window or its card, `lang` in step, no English left on a Chinese page's buttons and
// heads, no request to another place, no error on the console. Then what a person does: verdicts follow the typing, a
// fault is said at its field, values of targets are opened, an operation is run; for designs, guides and sequences in files
// of their own, numbers shown are those of the operation asked directly. PAGE=crispr checks that page alone. PICTURES: a folder for screenshots.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { crispr, show_crispr } from './crispr.mjs';
import { design, show_design } from './design.mjs';
import { sequence, show_sequence } from './sequence.mjs';
import { check, counts, open, same, serve } from './house.mjs';

const [program, pictures] = process.argv.slice(2);
const only = process.env.PAGE ?? ''; // such as crispr: that page alone
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const values = ['indicator\tdate\tvalue\tunit\tsource\tnote', 'bj-synbio/i2\t2025-06-30\t7\t万株\tinvented\t', 'bj-synbio/i2\t2025-12-31\t80000\t\tinvented\t',
  'bj-synbio/i2\t2026-06-30\t88000\t\tinvented\t', 'bj-synbio/i6\t2026-06-30\t1\t\tinvented\t', ''].join('\n');
/** Shows what a page has to show. */
const ready = {
  '#/support': async (page) => {
    await page.locator('#on').fill('2026-03-02');
    await page.locator('.row button').first().click();
    await page.locator('[data-total="ceiling"]').filter({ hasText: /^(¥13,100,000|1,310万元)$/ }).waitFor();
    await page.locator('table').first().waitFor();
  },
  '#/targets': async (page) => {
    await page.locator('#on').fill('2026-11-21');
    await page.locator('input[type=file]').setInputFiles({ name: 'values.tsv', mimeType: 'text/plain', buffer: Buffer.from(values) });
    await page.locator('progress').first().waitFor();
    await page.locator('tr', { hasText: 'bj-synbio/i2' }).locator('button').click();
    await page.locator('figure svg').waitFor();
  },
  '#/design': show_design,
  '#/crispr': show_crispr,
  '#/sequence': show_sequence,
  '#/operations': async (page) => {
    await page.locator('#operation').selectOption('data/list');
    await page.locator('form button.main').click();
    await page.locator('.card table').first().waitFor();
  },
};

async function look_at(browser, address, path, options) {
  const name = `${path} ${options.lang} ${options.look} ${options.width}px`;
  const page = await open(browser, address, path, options);
  await ready[path](page);
  check((await page.locator('html').getAttribute('lang')).startsWith(options.lang), `${name}: lang`);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  check(width <= options.width, `${name}: ${width} px wide`);
  // What is not meant to be moved sideways ends within its card, and on a phone rows are not moved sideways either.
  const cut = await page.locator('.card').evaluateAll((cards) =>
    cards.flatMap((card) => {
      const right = card.getBoundingClientRect().right;
      const over = [...card.querySelectorAll('*')].filter((one) => !one.closest('.scroll, .box, svg') && one.getBoundingClientRect().right > right + 1);
      const moved = innerWidth > 640 ? [] : [...card.querySelectorAll('.scroll:has(> .stack)')].filter((one) => one.scrollWidth > one.clientWidth);
      return [...over, ...moved].map((one) => `${one.tagName}.${one.className} ${one.textContent.trim().slice(0, 30)}`);
    }),
  );
  same(cut, [], `${name}: cut at the side`);
  if (options.lang === 'zh') {
    const heads = await page.locator('h1, h2, thead th, nav a, .row button').allInnerTexts();
    for (const head of heads.filter(Boolean)) check(/[\u4e00-\u9fff]|^[A-Z0-9-]+$/.test(head), `${name}: "${head}" is not Chinese`);
  }
  // From the top: what has been scrolled half under the head of the page is not small.
  await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  check(violations.length === 0, `${name}: ${violations.map((one) => `${one.id} ${one.nodes.slice(0, 3).map((node) => node.target).join(' | ')}`).join('; ')}`);
  check(page.problems.length === 0, `${name}: ${page.problems.join('; ')}`);
  if (pictures) await page.screenshot({ path: join(pictures, `${path.slice(2)}-${options.lang}-${options.look}-${options.width}.png`), fullPage: true });
  await page.context().close();
}

async function typing(browser, address) {
  const page = await open(browser, address, '#/support');
  const summary = page.locator('.summary');
  await page.locator('#on').fill('2026-03-02');
  await page.locator('[id="applicant.region"]').fill('beijing/haidian');
  await page.locator('[id="applicant.kind"]').selectOption('enterprise');
  await page.locator('[data-fact="applicant.synbio"] input').nth(1).check();
  await page.locator('[id="applicant.hnte"]').selectOption('first');
  await page.locator('#fit ~ .scroll', { hasText: 'bj-synbio/m6.1' }).waitFor();
  check(/1\s+fits now/.test(await summary.innerText()), 'typing: summary');
  // The next best question leads to its field.
  await summary.locator('button').click();
  check(await page.evaluate(() => document.activeElement.closest('[data-fact]') !== null), 'typing: the question leads to a field');
  // Money that cannot be read is said at its field; the answer before it stays.
  await page.locator('summary', { hasText: 'Amounts' }).click();
  await page.locator('[id="applicant.output_yuan"]').fill('10万');
  await page.locator('[role=alert]').waitFor();
  check((await page.locator('[id="applicant.output_yuan"]').getAttribute('aria-invalid')) === 'true', 'typing: the field is marked');
  await page.locator('[id="applicant.output_yuan"]').fill('10万元');
  await page.locator('[role=alert]').waitFor({ state: 'detached' });
  // The keyboard reaches the content first, and the language changes in place.
  await page.locator('.segments button', { hasText: '中文' }).click();
  await page.locator('h1', { hasText: '支持政策' }).waitFor();
  check((await page.locator('[id="applicant.output_yuan"]').inputValue()) === '10万元', 'typing: the language keeps what was typed');
  check(page.problems.length === 0, `typing: ${page.problems.join('; ')}`);
  await page.context().close();
}

async function empty_targets(browser, address) {
  const page = await open(browser, address, '#/targets');
  await page.locator('.counts .chip').first().waitFor();
  check((await page.locator('.counts').innerText()).includes('no data 27'), 'targets: no data 27 times');
  check((await page.locator('progress').count()) === 0, 'targets: no bar without a value');
  await page.context().close();
}

const root = mkdtempSync(join(tmpdir(), 'leaven-workbench-'));
const { server, address } = await serve(program, root);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  for (const [path, behaves] of [['#/support', typing], ['#/targets', empty_targets], ['#/design', design], ['#/crispr', crispr], ['#/sequence', sequence]])
    if (path.includes(only)) await behaves(browser, address);
  for (const path of Object.keys(ready).filter((one) => one.includes(only)))
    for (const lang of ['en', 'zh'])
      for (const [look, width] of [['light', 1280], ['dark', 360]]) await look_at(browser, address, path, { lang, look, width });
} finally {
  await browser.close();
  server.kill('SIGINT');
  const status = await new Promise((resolve) => server.once('exit', resolve));
  check(status === 0, `the server ends with ${status} on Ctrl-C`);
  rmSync(root, { recursive: true });
}
for (const one of counts.failures) console.error(`FAILED ${one}`);
console.log(`${counts.passed} passed, ${counts.failures.length} failed`);
process.exit(counts.failures.length === 0 ? 0 : 1);
