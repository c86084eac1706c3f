// The page of guides: what it shows is what the operations answer, and the cart goes with a person from page to page.
import { ask, check, downloaded, open, pick, same, sent } from './house.mjs';

const asked = { genome: sent('crispr/strain.fna'), annotation: sent('crispr/strain.gff3'), circular: 'all', targets: ['ldhX', 'istA+istB', 'istA'], per_target: 5, mismatches: 6 };

async function fill(page, targets = 'ldhX, istA+istB, istA') {
  await pick(page, 'genome', 'crispr/strain.fna');
  await pick(page, 'annotation', 'crispr/strain.gff3');
  await page.locator('#p-targets').fill(targets);
  await page.locator('#p-per_target').fill('5');
  await page.locator('#p-mismatches').fill('6');
  await page.locator('details', { has: page.locator('#p-circular') }).locator('summary').click();
  await page.locator('#p-circular').selectOption('all');
}
const target = (page, name) => page.locator('section', { has: page.locator('h2', { hasText: new RegExp(`^Target|^目标`) }).filter({ hasText: ` ${name} ` }) });
const submit = (page) => page.locator('form button.main').first().click();
const column = (table, id) => table.locator(`td[data-column="${id}"]`).allInnerTexts();

export async function show_crispr(page) {
  await fill(page);
  await submit(page);
  const card = target(page, 'ldhX');
  await card.locator('svg path.own').waitFor();
  for (const i of [0, 1]) await card.locator('tbody tr').nth(i).locator('.lead button').first().click();
  await card.locator('tbody tr').first().locator('.lead button').nth(1).click();
  await page.locator('section', { has: page.locator('#cart') }).locator('button.main').click();
  await page.locator('.plate td.full').first().waitFor();
}

export async function crispr(browser, address) {
  const page = await open(browser, address, '#/crispr');
  await fill(page);
  await submit(page);
  const answer = await ask(address, 'crispr/design', asked);
  const card = target(page, 'ldhX');
  const table = card.locator('table').first();
  await table.waitFor();
  const guides = answer.targets[0].guides;
  same(await column(table, 'sequence'), guides.map((one) => one.sequence), 'crispr: guides');
  same(await column(table, 'cut'), guides.map((one) => String(one.cut)), 'crispr: cuts');
  same(await column(table, 'off_targets'), guides.map((one) => one.off_targets), 'crispr: off-targets by mismatch');
  same(await column(table, 'on_target'), guides.map((one) => one.on_target.toFixed(2)), 'crispr: on-target scores');
  same(await column(table, 'reasons'), guides.map((one) => one.reasons.join('; ')), 'crispr: reasons');
  // The genome row has the gene, and a tick for each guide at the height of its strand.
  await card.locator('svg path.own').waitFor();
  same((await card.locator('svg .guide text').allTextContents()).sort(), guides.map((one) => String(one.rank)).sort(), 'crispr: a tick a guide');
  const places = await card.locator('svg .guide').evaluateAll((ticks) => ticks.map((one) => [Number(one.querySelector('line').getAttribute('x1')), Number(one.querySelector('text').textContent)]));
  same(places.sort((a, b) => a[0] - b[0]).map((one) => one[1]), [...guides].sort((a, b) => a.cut - b.cut).map((one) => one.rank), 'crispr: ticks in the order of the cuts');
  // Sorted by a column, up, then down, then as ranked.
  const head = table.locator('th', { hasText: 'on-target' });
  await head.locator('button').click();
  same(await column(table, 'on_target'), guides.map((one) => one.on_target).sort((a, b) => a - b).map((one) => one.toFixed(2)), 'crispr: sorted');
  same(await head.getAttribute('aria-sort'), 'ascending', 'crispr: sorted, and said so');
  await head.locator('button').click();
  same(await column(table, 'on_target'), guides.map((one) => one.on_target).sort((a, b) => b - a).map((one) => one.toFixed(2)), 'crispr: sorted down');
  await head.locator('button').click();
  // Off-targets, mismatches marked, and only those of the guide whose details are asked for.
  const copies = target(page, 'istA+istB');
  const both = answer.targets[1].guides;
  const sites = answer.off_targets.filter((one) => both.some((guide) => guide.sequence === one.guide));
  check(sites.length > 0, 'crispr: the example has an off-target');
  same(await copies.locator('h3 .chip').innerText(), String(sites.length), 'crispr: number of off-targets');
  same(await copies.locator('td[data-column=site]').allInnerTexts(), sites.map((one) => one.site), 'crispr: off-target sites');
  same(await copies.locator('mark').count(), [...sites.map((one) => one.site).join('')].filter((letter) => letter >= 'a').length, 'crispr: mismatch letters marked');
  const clean = both.findIndex((guide) => !sites.some((one) => one.guide === guide.sequence));
  await copies.locator('table').first().locator('tbody tr').nth(clean).locator('.lead button').nth(1).click();
  same(await copies.locator('h3 .chip').innerText(), '0', 'crispr: off-targets of one guide');
  check((await copies.locator('.outcome').innerText()).includes(both[clean].outcome.what), 'crispr: what the guide does');
  same(await page.locator('h2', { hasText: /^Target / }).count(), answer.targets.length, 'crispr: a card for each target that has guides');
  same(await page.locator('section', { has: page.locator('#unserved') }).locator('td').allInnerTexts(), answer.unserved.map((one) => one.reason), 'crispr: why there is no guide');
  const { text } = await downloaded(page, card.locator('button', { hasText: 'Guides (CSV)' }));
  same(text.split('\r\n').slice(1, -1).map((line) => line.split(',')[1]), guides.map((one) => one.sequence), 'crispr: guides as CSV');
  // The other language asks for its reasons.
  await page.locator('.switches button', { hasText: '中文' }).click();
  const spoken = await ask(address, 'crispr/design', { ...asked, lang: 'zh' });
  await table.locator('td', { hasText: spoken.targets[0].guides[0].reasons[0] }).waitFor();
  same(await column(table, 'reasons'), spoken.targets[0].guides.map((one) => one.reasons.join('；')), 'crispr: reasons in Chinese');
  await page.locator('.switches button', { hasText: 'English' }).click();
  await table.locator('td', { hasText: guides[0].reasons[0] }).waitFor();
  // Into the cart by the keyboard, to another page and back, and the browser opened again.
  for (const i of [0, 1, 2]) {
    await table.locator('tbody tr').nth(i).locator('.lead button').first().focus();
    await page.keyboard.press('Enter');
  }
  same(await page.locator('nav .count').innerText(), '3', 'crispr: guides in the cart');
  await page.locator('nav a[href="#/support"]').click();
  await page.locator('#on').waitFor();
  await page.reload();
  await page.locator('nav a[href="#/crispr"]').click();
  const cart = page.locator('section', { has: page.locator('#cart') });
  const chosen = guides.slice(0, 3).map((one) => one.sequence);
  same(await cart.locator('li code').allInnerTexts(), chosen, 'crispr: the cart stays');
  // An array of them, and its oligos in wells.
  await cart.locator('#cart-architecture').selectOption('trna');
  await cart.locator('button.main').click();
  await cart.locator('.plate td.full').first().waitFor();
  const array = await ask(address, 'crispr/multiplex', { guides: chosen, architecture: 'trna', nuclease: 'SpCas9' });
  same(await cart.locator('.list code').allInnerTexts(), array.oligos.map((one) => one.sequence), 'crispr: oligos of the array');
  check((await cart.locator('h3').first().innerText()).includes(`${array.array.length} bases, ${array.parts.length} parts, fidelity ${array.fidelity.toFixed(3)}`), 'crispr: the array');
  await cart.locator('button', { hasText: 'A1, B1' }).click();
  const order = await downloaded(page, cart.locator('button.order'));
  const rows = order.text.split('\r\n').slice(0, -1).map((line) => line.split(','));
  same(rows[0], ['plate', 'well', 'name', 'sequence', 'length'], 'crispr: head of the order');
  const well = (i) => `${'ABCDEFGH'[i % 8]}${Math.floor(i / 8) + 1}`;
  same(rows.slice(1), array.oligos.map((one, i) => ['1', well(i), one.name, one.sequence, String(one.sequence.length)]), 'crispr: order, down the columns');
  // Each into a vector.
  await cart.locator('button', { hasText: 'A vector for each' }).click();
  check((await cart.locator('.plate').count()) === 0, 'crispr: an order of another kind is gone');
  await cart.locator('#cart-vector').fill('px330');
  await cart.locator('button.main').click();
  await cart.locator('.plate td.full').first().waitFor();
  const { oligos } = await ask(address, 'crispr/oligos', { guides: chosen, vector: 'px330' });
  same(await cart.locator('.list code').allInnerTexts(), oligos.flatMap((one) => [one.top, one.bottom]), 'crispr: oligos of the vector');
  // What cannot be is said: code, where, what to do.
  await fill(page, 'ldhY');
  await submit(page);
  const fault = page.locator('[role=alert]');
  await fault.waitFor();
  const said = await fault.innerText();
  check(said.includes('not_found') && said.includes('ldhY') && said.includes('ldhX'), `crispr: a gene that is not there: ${said}`);
  await page.locator('#p-targets').fill('ldhX');
  await page.locator('#p-mode').selectOption('base_edit');
  await page.locator('#p-edit').fill('stop');
  await submit(page);
  await fault.waitFor({ state: 'detached' });
  const edits = await ask(address, 'crispr/design', { ...asked, targets: ['ldhX'], mode: 'base_edit', edit: 'stop' });
  await page.locator('td[data-column=sequence]').first().waitFor();
  await page.locator('tbody tr').first().locator('.lead button').nth(1).click();
  const { outcome } = edits.targets[0].guides[0];
  const protein = await page.locator('.protein').innerText();
  check(protein.includes(outcome.protein_before) && protein.includes(outcome.protein_after), `crispr: the protein before and after: ${protein}`);
  // A call is let go by the button and by leaving the page, and the server stops it (its own tests see to that).
  const given_up = () => page.waitForEvent('requestfailed', (request) => request.url().endsWith('crispr/design')).then(() => true, () => false);
  await page.route('**/api/v1/crispr/design', () => undefined); // never answered
  await submit(page);
  const [stopped] = await Promise.all([given_up(), page.locator('button', { hasText: 'Stop' }).click()]);
  await page.locator('form [role=status]').first().waitFor({ state: 'detached' });
  check(stopped && (await page.locator('[role=alert]').count()) === 0, 'crispr: a call is given up without a fault');
  await submit(page);
  await page.locator('button', { hasText: 'Stop' }).waitFor();
  const [left] = await Promise.all([given_up(), page.locator('nav a[href="#/targets"]').click()]);
  await page.locator('.counts').waitFor();
  check(left, 'crispr: who leaves the page lets the call go');
  check(page.problems.length === 0, `crispr: ${page.problems.join('; ')}`);
  await page.context().close();
}
