// A sequence file as the pages of sequences use it.
import { call } from './api';
import type { Piece } from './crispr';
import type { Source } from './files';
import { lengthOf, placeOf, type Place } from './location';

export interface Feature {
  label: string;
  type: string;
  location: string;
  place: Place;
  length: number;
  sequence: string;
}
export interface Molecule {
  id: string;
  circular: boolean;
  bases: string;
  features: Feature[];
}
interface Info {
  records: { id: string; length: number; topology: 'linear' | 'circular' }[];
}

/** A mark on the bases: 0-based half-open. */
export interface Mark {
  start: number;
  end: number;
  kind: 'feature' | 'chosen' | 'wrong' | 'changed';
  text?: string;
}

export async function readMolecules(file: Source, lang: string, signal: AbortSignal): Promise<Molecule[]> {
  const [info, pieces, fasta] = await Promise.all([
    call<Info>('seq/info', { files: [file], lang }, signal),
    call<{ pieces: Piece[] }>('seq/extract', { file, lang }, signal),
    call<{ text: string }>('seq/convert', { file, to: 'fasta', lang }, signal),
  ]);
  const bases = fasta.text.split(/^>/m).slice(1).map((one) => one.slice(one.indexOf('\n') + 1).replace(/\s/g, ''));
  return info.records.map((record, i) => ({
    id: record.id,
    circular: record.topology === 'circular',
    bases: bases[i] ?? '',
    features: pieces.pieces
      .filter((one) => one.record === record.id && one.type !== 'source')
      .map((one) => {
        const place = placeOf(one.location);
        return { label: one.label || one.type, type: one.type, location: one.location, place, length: lengthOf(place.spans), sequence: one.sequence };
      }),
  }));
}

/** Families of features, each with a colour that those who see colours otherwise can tell from the rest. */
export function familyOf(type: string): string {
  if (type === 'CDS' || type === 'mat_peptide') return 'coding';
  if (type === 'gene' || type === 'operon' || type === 'mRNA') return 'gene';
  if (/promoter|RBS|regulatory|enhancer|5'UTR|protein_bind/.test(type)) return 'control';
  if (/terminator|polyA|3'UTR/.test(type)) return 'end';
  if (/origin|oriT/.test(type)) return 'origin';
  return 'other';
}

export const fasta = (name: string, bases: string): string => `>${name.replace(/\s/g, '_') || 'sequence'}\n${bases.replace(/(.{70})(?=.)/g, '$1\n')}\n`;

export interface Violation {
  start: number;
  end: number;
  strand: string;
  message: string;
}
export interface Evaluated {
  pass: boolean;
  constraints: { id: string; kind: string; pass: boolean; violations: Violation[] }[];
  objectives: { id: string; value: number | null }[];
}
export interface Optimised {
  status: string;
  sequence: string;
  objective: number | null;
  bound: number | null;
  gap: number | null;
  changes: { start: number; end: number; from: string; to: string }[];
  violations: (Violation & { id: string })[];
  conflict: string[];
  warnings: string[];
}
export interface Fragments {
  fragments: { index: number; start: number; end: number; sequence: string; order_sequence: string; rules: string; price: number | null; problems: string[] }[];
  junctions: { position: number; overhang: string; level: number }[];
  fidelity: number | null;
  cost: number | null;
  bound: number | null;
  gap: number | null;
  status: string;
}
export interface Sample {
  sample: string;
  verdict: string;
  reads: number;
  used: number;
  depth_mean: number;
  depth_min: number;
  identity: number;
  variants: { position: number; ref: string; alt: string; fraction: number; depth: number; feature: string; effect: string }[];
  features: { label: string; type: string; verdict: string; depth_min: number }[];
}
