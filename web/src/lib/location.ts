// Locations as GenBank writes them, 1-based, as intervals on the record, 0-based half-open.

export interface Span {
  start: number;
  end: number;
}
export interface Place {
  spans: Span[]; // in the order of reading on the forward strand
  reverse: boolean; // of the last part read
}

/** complement(join(52..60,1..6)), <1..>9, 5^6, 7; parts on other records are left out. */
export function placeOf(text: string): Place {
  const spans: (Span & { reverse: boolean })[] = [];
  const read = (part: string, reverse: boolean): void => {
    const inner = /^(complement|join|order)\((.*)\)$/.exec(part);
    if (inner?.[1] === 'complement') return read(inner[2]!, !reverse);
    if (inner) {
      const parts = split(inner[2]!);
      for (const one of reverse ? parts.reverse() : parts) read(one, reverse);
      return;
    }
    const range = /^[<>]?(\d+)(?:(\.\.|\^|\.)[<>]?(\d+))?$/.exec(part);
    if (!range) return;
    const from = Number(range[1]);
    const to = range[3] === undefined ? from : Number(range[3]);
    spans.push(range[2] === '^' ? { start: from, end: from, reverse } : { start: from - 1, end: to, reverse });
  };
  read(text.replace(/\s/g, ''), false);
  const reverse = spans.at(-1)?.reverse ?? false;
  // Read backwards, the last part of the strand comes first.
  const forward = reverse ? [...spans].reverse() : spans;
  return { spans: forward.map(({ start, end }) => ({ start, end })), reverse };
}

function split(list: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < list.length; ++i) {
    if (list[i] === '(') ++depth;
    if (list[i] === ')') --depth;
    if (list[i] === ',' && depth === 0) {
      parts.push(list.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(list.slice(from));
  return parts;
}

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, one) => sum + one.end - one.start, 0);

/** Where positions of what was read lie on the record: of a piece from `start` to `end` of the reading, its parts. */
export function onRecord(place: Place, start: number, end: number): Span[] {
  const parts = place.reverse ? [...place.spans].reverse() : place.spans;
  const found: Span[] = [];
  let before = 0;
  for (const part of parts) {
    const length = part.end - part.start;
    const from = Math.max(start - before, 0);
    const to = Math.min(end - before, length);
    if (from < to) found.push(place.reverse ? { start: part.end - to, end: part.end - from } : { start: part.start + from, end: part.start + to });
    before += length;
  }
  return found;
}

const pairs: Record<string, string> = { A: 'T', C: 'G', G: 'C', T: 'A', R: 'Y', Y: 'R', K: 'M', M: 'K', B: 'V', V: 'B', D: 'H', H: 'D' };
export const reversed = (bases: string): string => [...bases].reverse().map((one) => pairs[one] ?? one).join('');
