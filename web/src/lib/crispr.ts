// What the operations of crispr take and give.

export interface Guide {
  rank: number;
  sequence: string;
  pam: string;
  contig: string;
  start: number;
  end: number;
  strand: '+' | '-';
  cut: number;
  fraction: number | null;
  on_target: number | null;
  mit: number | null;
  cfd: number | null;
  by_mismatch: number[];
  off_targets: string;
  self_fold: number | null;
  flags: string[];
  reasons: string[];
  outcome: {
    what: string;
    protein_before: string | null;
    protein_after: string | null;
    bystanders: string[];
    products: { edits: string; protein: string; intended: boolean }[];
    polar: string[];
    prime: {
      nick: number;
      pbs: string;
      pbs_tm: number;
      template: string;
      extension: string;
      destroys_pam: boolean;
      variant_change: string;
      variant_extension: string;
      nicking_guide: string;
      nicking_pam: string;
      nicking_distance: number;
    } | null;
  };
}
export interface Target {
  target: string;
  contig: string;
  strand: string | null;
  guides: Guide[];
  warnings: string[];
}
export interface OffTarget {
  guide: string;
  contig: string;
  start: number;
  end: number;
  strand: string;
  site: string;
  pam: string;
  mismatches: number;
  cfd: number | null;
  gene: string | null;
}
export interface Design {
  targets: Target[];
  unserved: { target: string; reason: string }[];
  rejected: { target: string; reason: string; guides: number; examples: string[] }[];
  off_targets: OffTarget[];
}
export interface Piece {
  record: string;
  type: string;
  location: string;
  label: string;
  sequence: string;
  protein: string | null;
  warnings: string[];
}
export interface Multiplex {
  array: string;
  order: { name: string; start: number; end: number }[];
  parts: { name: string; sequence: string; left: string; right: string }[];
  fidelity: number;
  oligos: { name: string; sequence: string }[];
  warnings: string[];
}
export interface Oligos {
  oligos: { guide: string; top: string; bottom: string; overhang_top: string; overhang_bottom: string; warnings: string[] }[];
}

export const nucleases = ['SpCas9', 'SpCas9-NG', 'SpRY', 'SaCas9', 'SaCas9-KKH', 'St1Cas9', 'NmCas9', 'CjCas9', 'AsCas12a', 'LbCas12a', 'FnCas12a', 'AacCas12b'];
export const vectors = ['px330', 'lentiguide', 'pcas9', 'pjoe8999', 'py108'];
