// What only a browser can tell about report pages.
//
//     npm ci && node axe.mjs report.html… [dossier.json…]     CHROMIUM names another browser than /usr/bin/chromium
//
// For each page, in both languages, light and dark, at 360 and 1280 px: no axe finding (WCAG 2.2 AA and best practice),
// nothing wider than the window, one language seen, `lang` in step. Once a page: the switch without JavaScript, no
// request but for the page itself, no error on the console, every scrolling frame within reach of the keyboard, A4.
// The page of an operation is in one language: without a switch, and on whatever paper the reader prints.
// A file that ends in .json is checked against docs/dossier.schema.json. Ends with counts; exit 0 only if none failed.
import { readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import Ajv from 'ajv/dist/2020.js';
import puppeteer from 'puppeteer-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const schema = JSON.parse(readFileSync(new URL('../../docs/dossier.schema.json', import.meta.url)));
const languages = { en: 'en', zh: 'zh-Hans' };
let passed = 0;
const failures = [];

function check(holds, what) {
  if (holds) passed += 1;
  else failures.push(what);
}

async function open(browser, file, { script = true, theme = 'light', width = 1280 } = {}) {
  const page = await browser.newPage();
  page.requests = [];
  page.problems = [];
  page.on('request', (request) => page.requests.push(request.url()));
  page.on('pageerror', (error) => page.problems.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  await page.setJavaScriptEnabled(script);
  await page.setViewport({ width, height: 800 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme }]);
  await page.goto(pathToFileURL(resolve(file)).href);
  return page;
}

const shown = (page) =>
  page.$$eval('body .t', (texts) => {
    const seen = texts.filter((text) => text.getClientRects().length > 0 || getComputedStyle(text).display !== 'none');
    return [...new Set(seen.map((text) => text.getAttribute('lang')))];
  });

const hasSwitch = async (page) => (await page.$('label[for=lang-en]')) !== null;

async function checkLooks(browser, file) {
  for (const theme of ['light', 'dark'])
    for (const width of [360, 1280]) {
      const page = await open(browser, file, { theme, width });
      const switched = await hasSwitch(page);
      for (const [key, lang] of switched ? Object.entries(languages) : [['', 'one language']]) {
        const name = `${file} ${lang} ${theme} ${width} px`;
        if (switched) {
          await page.click(`label[for=lang-${key}]`);
          await page.$$eval('details', (parts) => parts.forEach((part) => (part.open = true)));
          check(String(await shown(page)) === lang, `${name}: languages seen ${await shown(page)}`);
          check((await page.evaluate(() => document.documentElement.lang)) === lang, `${name}: lang`);
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        check(wide <= width, `${name}: ${wide} px wide`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
        check(violations.length === 0,
          `${name}: ${violations.map((v) => `${v.id} at ${v.nodes.slice(0, 3).map((n) => n.target).join(' ')}`).join('; ')}`);
      }
      await page.close();
    }
}

async function checkWithoutScript(browser, file) {
  const page = await open(browser, file, { script: false });
  if (!(await hasSwitch(page))) return page.close();
  for (const [key, lang] of Object.entries(languages)) {
    await page.click(`label[for=lang-${key}]`);
    check(String(await shown(page)) === lang, `${file} without JavaScript: ${lang} asked for, ${await shown(page)} seen`);
  }
  await page.close();
}

async function checkReach(browser, file) {
  const page = await open(browser, file, { width: 360 });
  check(page.requests.length === 1, `${file}: requests ${page.requests.slice(1)}`);
  check(page.problems.length === 0, `${file}: ${page.problems}`);
  const unreachable = await page.$$eval('body *', (all) =>
    all.filter((e) => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX) && e.tabIndex < 0)
      .map((e) => e.className));
  check(unreachable.length === 0, `${file}: frames that scroll, out of the keyboard's reach: ${unreachable}`);
  if (!(await hasSwitch(page))) return page.close();
  await page.focus('input[name=lang]:checked');
  await page.keyboard.press('ArrowRight');
  check((await page.evaluate(() => document.activeElement.name)) === 'lang', `${file}: the switch by keyboard`);
  const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const sizes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/g)].map((m) => `${Math.round(m[1])}x${Math.round(m[2])}`);
  check(sizes.length > 0 && sizes.every((size) => ['595x842', '596x842', '595x841'].includes(size)), `${file}: pages ${[...new Set(sizes)]}`);
  await page.close();
}

const files = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), 'leaven-report-'));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  userDataDir: profile,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
try {
  const valid = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
  for (const file of files) {
    if (file.endsWith('.json')) {
      check(valid(JSON.parse(readFileSync(file))), `${file}: ${valid.errors?.map((e) => `${e.instancePath} ${e.message}`).join('; ')}`);
      continue;
    }
    await checkLooks(browser, file);
    await checkWithoutScript(browser, file);
    await checkReach(browser, file);
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
failures.forEach((failure) => console.error(`FAILED  ${failure}`));
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 && files.length > 0 ? 0 : 1);
