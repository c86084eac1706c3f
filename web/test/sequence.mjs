// The page of sequences: map and text follow each other, rules are judged while one types, and tables are the operations'.
import { ask, check, data, downloaded, open, pick, same, same_picture, sent } from './house.mjs';

const design = 'dna/cloning/construct.gb';
const bases = data(design).split('ORIGIN')[1].replace(/[^acgt]/g, '').toUpperCase();
const gene = bases.slice(60, 240);
const card = (page, id) => page.locator('section', { has: page.locator(`#${id}`) });
const column = (scope, id) => scope.locator(`td[data-column="${id}"]`).allInnerTexts();
/** The marked bases of a text, joined, and where the first of them stands. */
const marked = (text, kind) =>
  text.locator(`.bases .${kind}`).evaluateAll((list) => ({ at: list.length > 0 ? Number(list[0].dataset.at) : null, text: list.map((one) => one.textContent).join('') }));

async function start(page) {
  await pick(page, 'molecule', design);
  await card(page, 'map').locator('svg .feature').first().waitFor();
}

export async function show_sequence(page) {
  await start(page);
  await card(page, 'features').locator('tbody button').nth(1).click();
  await card(page, 'recode').locator('.verdicts .chip').first().waitFor();
  await card(page, 'recode').locator('button.main').click();
  await card(page, 'recode').locator('.best').waitFor();
  await page.locator('#f-min').fill('100');
  await page.locator('#f-max').fill('200');
  await card(page, 'fragments').locator('button.main').click();
  await card(page, 'fragments').locator('table').waitFor();
  await card(page, 'reads').locator('input[type=file]').setInputFiles(['dna/cloning/clone_2.fastq', 'dna/cloning/clone_3.fastq'].map((path) => ({ name: path.split('/').at(-1), mimeType: 'text/plain', buffer: Buffer.from(data(path)) })));
  await card(page, 'reads').locator('button.main').click();
  await card(page, 'reads').locator('img').waitFor();
  await page.locator('#from').fill('100');
  await page.locator('#from').press('Tab');
  await page.locator('#to').fill('160');
  await page.locator('#to').press('Tab');
}

async function map_and_text(page) {
  const text = card(page, 'text');
  same(await text.locator('.bases').allInnerTexts().then((lines) => bases.startsWith(lines.join(''))), true, 'sequence: the text is the molecule');
  // A feature on the map: its bases in the text.
  const at = await card(page, 'map').locator('svg.ring').evaluate((svg) => {
    const angle = ((60 + 240) / 2 / 480) * 2 * Math.PI - Math.PI / 2;
    const point = new DOMPoint(210 + 142 * Math.cos(angle), 210 + 142 * Math.sin(angle)).matrixTransform(svg.getScreenCTM());
    return [point.x, point.y];
  });
  await page.mouse.click(...at);
  same(await marked(text, 'feature'), { at: 60, text: gene }, 'sequence: a feature of the map is marked in the text');
  // Bases that are dragged over: an arc on the map.
  const line = text.locator('.line').first();
  const box = await line.locator('.bases').boundingBox();
  const letter = box.width / (await line.locator('.bases').innerText()).length;
  await page.mouse.move(box.x + 5.1 * letter, box.y + 14);
  await page.mouse.down();
  await page.mouse.move(box.x + 25.1 * letter, box.y + 14, { steps: 4 });
  await page.mouse.up();
  await card(page, 'map').locator('.selected').waitFor();
  same(await marked(text, 'chosen'), { at: 5, text: bases.slice(5, 25) }, 'sequence: bases that are dragged over are selected');
  same([await page.locator('#from').inputValue(), await page.locator('#to').inputValue()], ['6', '25'], 'sequence: the range as people count');
  // The same by the keyboard; a quarter of the circle is a quarter of the ring.
  await page.locator('#from').fill('121');
  await page.locator('#from').press('Tab');
  await page.locator('#to').fill('240');
  await page.locator('#to').press('Tab');
  const arc = await card(page, 'map').locator('.selected').evaluate((path) => path.getTotalLength());
  check(Math.abs(arc - (2 * Math.PI * 128) / 4) < 1, `sequence: an arc as long as the selection: ${arc}`);
  same(await marked(text, 'chosen'), { at: 120, text: bases.slice(120, 240) }, 'sequence: a range that is typed');
  // A line in place of the ring keeps what is chosen.
  await card(page, 'map').locator('button', { hasText: 'Line' }).click();
  check((await card(page, 'map').locator('rect.selected').count()) === 1, 'sequence: the line has the selection');
  await card(page, 'map').locator('button', { hasText: 'Ring' }).click();
  const { pieces } = await ask(page.origin, 'seq/extract', { file: sent(design) });
  same(await column(card(page, 'features'), 'location'), pieces.map((one) => one.location), 'sequence: locations of the features');
}

async function rules(page) {
  await card(page, 'features').locator('tbody button', { hasText: 'geneA' }).click();
  if ((await card(page, 'recode').count()) === 0) await card(page, 'features').locator('tbody button', { hasText: 'geneA' }).click();
  const recode = card(page, 'recode');
  const problem = (constraints) => ({ name: 'p.json', content: JSON.stringify({ sequence: gene, left_flank: bases.slice(48, 60), right_flank: bases.slice(240, 252), constraints, objectives: [{ id: 'o', kind: 'change' }] }) });
  const protein = { id: 'protein', kind: 'translation', table: 11 };
  const avoid = (pattern) => ({ id: pattern, kind: 'avoid', pattern });
  // Judged while one types: each answer is that of dna evaluate.
  for (const patterns of [['BsaI'], ['BsaI', 'AAAA'], ['BsaI', 'AAAA', 'GGNCC']]) {
    await page.locator('#r-avoid').fill(patterns.join(', '));
    const { constraints } = await ask(page.origin, 'dna/evaluate', { problem: problem([protein, ...patterns.map(avoid)]) });
    const wanted = constraints.flatMap((one) => one.violations);
    await recode.locator('.verdicts .chip').nth(patterns.length).waitFor();
    await recode.locator('.verdicts[aria-busy=false]').waitFor();
    same(await recode.locator('.violations code').allInnerTexts(), wanted.map((one) => `${one.start + 1}..${one.end}`), `sequence: violations of ${patterns}`);
    check(wanted.length > 0, `sequence: ${patterns} is violated`);
    const under = new Set(wanted.flatMap((one) => Array.from({ length: one.end - one.start }, (_, i) => one.start + i)).filter((i) => i >= 0 && i < gene.length));
    same((await marked(recode, 'wrong')).text, [...under].sort((a, b) => a - b).map((i) => gene[i]).join(''), `sequence: bases marked in the gene for ${patterns}`);
    same((await marked(card(page, 'text'), 'wrong')).text.length, under.size, `sequence: as many in the molecule for ${patterns}`);
  }
  // The best sequence, taken over, is judged anew.
  await page.locator('#r-avoid').fill('BsaI, AAAA');
  await recode.locator('button.main').click();
  await recode.locator('.best').waitFor();
  const best = await ask(page.origin, 'dna/optimise', { problem: problem([protein, avoid('BsaI'), avoid('AAAA')]) });
  same(await recode.locator('code.result').innerText(), best.sequence, 'sequence: the best sequence');
  check((await recode.locator('.best').innerText()).includes(`${best.changes.length} place`), 'sequence: number of changes');
  await recode.locator('button', { hasText: 'Take it' }).click();
  await recode.locator('.verdicts .good', { hasText: 'keeps all rules' }).waitFor();
  same((await marked(recode, 'changed')).text.length, best.changes.reduce((sum, one) => sum + one.to.length, 0), 'sequence: changed bases are marked');
  same((await marked(card(page, 'text'), 'wrong')).text, '', 'sequence: no marks of another sequence in the molecule');
  check((await page.locator('#f-which').innerText()).includes('geneA_recoded'), 'sequence: the recoded gene can be cut into fragments');
  // Typed into: a stop in the frame is a violation of the protein at once.
  await page.locator('#r-sequence').fill('ATGTAA' + gene.slice(6));
  await recode.locator('.chip.bad', { hasText: 'protein' }).waitFor();
  // Contradictions are named; what cannot be read is said.
  await page.locator('#r-sequence').fill(gene);
  await page.locator('#r-avoid').fill('ATG');
  await recode.locator('button.main').click();
  await recode.locator('.best', { hasText: 'contradict' }).waitFor();
  const said = await recode.locator('.best strong').innerText();
  check(said.includes('protein') && said.includes('ATG'), `sequence: the rules that contradict each other: ${said}`);
  await page.locator('#r-avoid').fill('BsaX');
  await recode.locator('[role=alert]').first().waitFor();
  check((await recode.locator('[role=alert]').first().innerText()).includes('BsaX'), 'sequence: an unknown enzyme is said');
  await page.locator('#r-avoid').fill('');
  await recode.locator('[role=alert]').first().waitFor({ state: 'detached' });
}

async function fragments(page) {
  const part = card(page, 'fragments');
  await page.locator('#f-which').selectOption('all');
  await page.locator('#f-min').fill('100');
  await page.locator('#f-max').fill('200');
  await part.locator('button.main').click();
  await part.locator('table').waitFor();
  const file = { name: 'molecule.fasta', content: `>construct\n${bases}\n` };
  const plan = await ask(page.origin, 'dna/fragment', { file, min: 100, max: 200 });
  same(await column(part, 'length'), plan.fragments.map((one) => String(one.order_sequence.length)), 'sequence: lengths to order');
  same(await column(part, 'problems'), plan.fragments.map((one) => one.problems.join('; ') || '–'), 'sequence: problems of the fragments');
  check((await part.locator('.summary').innerText()).includes(`fidelity ${plan.fidelity.toFixed(4)}`), 'sequence: fidelity of the plan');
  const { text } = await downloaded(page, part.locator('button.order'));
  same(text.split('\r\n').slice(1, -1).map((line) => line.split(',')[1]), plan.fragments.map((one) => one.order_sequence), 'sequence: fragments to order as CSV');
}

async function reads(page) {
  const part = card(page, 'reads');
  await pick(page, 'reads-files', 'dna/cloning/clone_1.fastq', 'dna/cloning/clone_2.fastq', 'dna/cloning/clone_3.fastq');
  await part.locator('button.main').click();
  await part.locator('img').waitFor();
  const { samples } = await ask(page.origin, 'dna/verify', { design: sent(design), reads: [1, 2, 3].map((i) => sent(`dna/cloning/clone_${i}.fastq`)) });
  const [table, changes] = [part.locator('table').nth(0), part.locator('table').nth(1)];
  same(await column(table, 'verdict'), ['correct', 'silent changes', 'wrong'], 'sequence: verdicts');
  same(await column(table, 'depth_min'), samples.map((one) => String(one.depth_min)), 'sequence: least depths');
  const variants = samples.flatMap((one) => one.variants);
  same(await column(changes, 'position'), variants.map((one) => String(one.position + 1)), 'sequence: positions of the changes as people count');
  same(await column(changes, 'effect'), variants.map((one) => one.effect), 'sequence: effects of the changes');
  await same_picture(page.origin, 'dna/verify', { design: sent(design), reads: [1, 2, 3].map((i) => sent(`dna/cloning/clone_${i}.fastq`)), lang: 'en' }, part.locator('img'), 'sequence: depth');
  await changes.locator('button', { hasText: '◎' }).first().click();
  same(await marked(card(page, 'text'), 'chosen'), { at: variants[0].position, text: variants[0].ref }, 'sequence: a change leads to its base');
}

export async function sequence(browser, address) {
  const page = await open(browser, address, '#/sequence');
  page.origin = address;
  await start(page);
  await map_and_text(page);
  await rules(page);
  await fragments(page);
  await reads(page);
  // Over the origin of a ring: the parts in order, and the whole gene.
  await page.locator('.pick button', { hasText: 'Put away' }).first().click();
  await pick(page, 'molecule', 'seq/ring.gb');
  await card(page, 'map').locator('[data-label=wrap]').first().waitFor();
  await card(page, 'features').locator('tr', { hasText: 'CDS' }).locator('button').first().click();
  const text = card(page, 'text');
  same(await text.locator('.bases .feature').evaluateAll((list) => list.map((one) => [Number(one.dataset.at), one.textContent])), [[0, 'AAATAA'], [51, 'ATGCGTACC']], 'sequence: a gene over the origin');
  same(await page.locator('#r-sequence').inputValue(), 'ATGCGTACCAAATAA', 'sequence: as it reads');
  check(page.problems.length === 0, `sequence: ${page.problems.join('; ')}`);
  await page.context().close();
}
