// The page of strain designs: designs, certificates, envelopes and targets are those of the operations asked directly.
import { ask, check, downloaded, open, pick, same, same_picture, sent } from './house.mjs';

const model = 'metabolism/fermenter.json';
const card = (page, id) => page.locator('section', { has: page.locator(`#${id}`) });
const column = (scope, id) => scope.locator(`td[data-column="${id}"]`).allInnerTexts();
const exact = (value) => (value === null ? '–' : Number(value.toPrecision(6)).toString());

async function find(page, interventions = 'genes', most = '2') {
  await page.locator('#p-target').fill('EX_lac_e');
  await page.locator('#p-interventions').selectOption(interventions);
  await page.locator('#p-max_interventions').fill(most);
  await page.locator('form button.main').first().click();
  await card(page, 'designs').locator('table').waitFor();
}

export async function show_design(page) {
  await pick(page, 'model', model);
  await find(page);
  await card(page, 'designs').locator('.lead button').first().click();
  await card(page, 'envelope').locator('svg path.design').first().waitFor();
  await card(page, 'designs').locator('td[data-column=verified] button').first().click();
  await card(page, 'targets').locator('button.main').click();
  await card(page, 'targets').locator('table').waitFor();
  await pick(page, 'flux-map', 'metabolism/fermenter.map.json');
  await card(page, 'flux').locator('button.main').click();
  await card(page, 'flux').locator('img').waitFor();
}

export async function design(browser, address) {
  const page = await open(browser, address, '#/design');
  await pick(page, 'model', model);
  for (const interventions of ['genes', 'reactions']) {
    await find(page, interventions);
    const answer = await ask(address, 'metabolism/design', { model: sent(model), target: 'EX_lac_e', interventions, max_interventions: 2 });
    const part = card(page, 'designs');
    same(await column(part, 'guaranteed'), answer.designs.map((one) => exact(one.guaranteed)), `design: guaranteed, ${interventions}`);
    same(await column(part, 'growth'), answer.designs.map((one) => exact(one.growth)), `design: growth, ${interventions}`);
    same(await part.locator('.delta').allInnerTexts(), answer.designs.flatMap((one) => one.interventions.map((each) => `Δ${interventions === 'genes' ? each.name || each.id : each.id}`)), `design: interventions, ${interventions}`);
    check((await part.locator('.proof').innerText()).includes(`${answer.proof.nodes} sets looked at, ${answer.proof.lps} linear programs`), `design: the proof, ${interventions}`);
    same((await column(part, 'verified')).filter((one) => one === '✓ verified').length, answer.designs.filter((one) => one.verified).length, `design: verified, ${interventions}`);
    // Its envelope beside that of the wild type.
    await part.locator('.lead button').first().click();
    await card(page, 'envelope').locator('path.design').first().waitFor();
    const shown = (name) => card(page, 'envelope').locator(`tr.${name}-corner`).evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td.n')].map((one) => one.textContent)));
    const corners = async (knockouts) => (await ask(address, 'metabolism/envelope', { model: sent(model), x: ['GROW'], y: 'EX_lac_e', knockouts })).vertices.map((one) => [exact(one.x), exact(one.y)]);
    same(await shown('wild'), await corners([]), `design: envelope of the wild type, ${interventions}`);
    same(await shown('design'), await corners(answer.designs[0].interventions.map((one) => one.id)), `design: envelope of the first, ${interventions}`);
    // The certificate behind the mark.
    await part.locator('td[data-column=verified] button').first().click();
    const { certificate } = answer.designs[0];
    const rows = await part.locator('.certificate tbody tr').first().locator('td').allInnerTexts();
    same(rows.slice(0, 4), ['optimal, proven', ...[certificate.growth.primal_residual, certificate.growth.dual_residual, certificate.growth.gap].map((one) => (one === 0 ? '0' : one.toExponential(1)))], `design: certificate, ${interventions}`);
  }
  const { text } = await downloaded(page, card(page, 'designs').locator('button', { hasText: 'CSV' }));
  check(text.startsWith('rank,interventions,growth,guaranteed'), 'design: designs as CSV');
  await card(page, 'targets').locator('button.main').click();
  await card(page, 'targets').locator('table').waitFor();
  const targets = await ask(address, 'metabolism/targets', { model: sent(model), target: 'EX_lac_e' });
  same(await column(card(page, 'targets'), 'reaction'), targets.rows.map((one) => one.reaction), 'design: targets');
  same(await column(card(page, 'targets'), 'action'), targets.rows.map((one) => ({ up: '▲ up', down: '▼ down', delete: '✕ delete' })[one.action]), 'design: which way');
  await pick(page, 'flux-map', 'metabolism/fermenter.map.json');
  await card(page, 'flux').locator('button.main').click();
  await card(page, 'flux').locator('img').waitFor();
  const off = (await ask(address, 'metabolism/design', { model: sent(model), target: 'EX_lac_e', interventions: 'reactions', max_interventions: 2 })).designs[0].interventions.map((one) => `reaction:${one.id}`);
  await same_picture(address, 'metabolism/map', { model: sent(model), map: sent('metabolism/fermenter.map.json'), knockouts: off, lang: 'en' }, card(page, 'flux').locator('img'), 'design: flux map');
  // What cannot be: said with a way out; a scenario without a solution has its conflict.
  await page.locator('#p-target').fill('EX_lca_e');
  await page.locator('form button.main').first().click();
  await page.locator('[role=alert]').waitFor();
  const said = await page.locator('[role=alert]').innerText();
  check(said.includes('not_found') && said.includes('EX_lac_e'), `design: an unknown reaction: ${said}`);
  check((await page.locator('#designs').count()) === 0, 'design: no older designs beside a fault');
  await page.locator('#p-target').fill('EX_lac_e');
  await page.locator('summary', { hasText: 'Scenario' }).click();
  await page.locator('#p-bounds').fill('GROW=5:10');
  await page.locator('form button.main').first().click();
  await page.locator('.warning', { hasText: 'no solution' }).waitFor();
  check(page.problems.length === 0, `design: ${page.problems.join('; ')}`);
  await page.context().close();
}
