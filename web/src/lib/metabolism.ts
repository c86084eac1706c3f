// What the operations of metabolism take and give.

export interface Certificate {
  kind: string;
  primal_residual: number;
  dual_residual: number;
  gap: number;
  exact: boolean;
}
export interface StrainDesign {
  rank: number;
  interventions: { kind: 'knockout' | 'insertion'; id: string; name: string }[];
  insertions: string[];
  cost: number;
  growth: number | null;
  guaranteed: number | null;
  maximum: number | null;
  growth_lost: number | null;
  yield_mol: number | null;
  coupling: string | null;
  verified: boolean;
  certificate: Certificate & Record<'growth' | 'minimum' | 'maximum' | 'without', Certificate> & { regions: Certificate[] };
}
export interface DesignAnswer {
  status: string;
  strategy: string;
  wild_type: { growth: number; target_minimum: number | null; target_maximum: number | null };
  designs: StrainDesign[];
  count: number;
  complete: boolean;
  proof: { kind: string; nodes: number; lps: number; witnessed: number; bound: number; gap: number };
  conflict: { reaction: string; bound: string; value: number }[];
  ray: string[];
}
export interface Envelope {
  status: string;
  vertices: { x: number; y: number }[];
}
export interface FluxTarget {
  reaction: string;
  name: string;
  subsystem: string;
  genes: string[];
  action: 'up' | 'down' | 'delete';
  score: number;
  flux_start: number;
  flux_end: number;
}
