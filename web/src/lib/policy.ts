// What the operations of policy and indicators take and give.

export interface Fact {
  name: string;
  scope: 'applicant' | 'project' | 'contract';
  key: string;
  type: 'bool' | 'choice' | 'set' | 'money' | 'integer' | 'text' | 'region';
  choices: string[];
  label_zh: string;
  label_en: string;
  measures: string[];
}

export type Value = boolean | number | string | string[] | undefined;
export type Facts = Record<string, Value>;
export interface Named {
  id: string;
  facts: Facts;
}

export interface Draft {
  on: string;
  applicant: Facts;
  projects: Named[];
  noProjects: boolean;
  contracts: Named[];
  noContracts: boolean;
  rest: Record<string, unknown>; // of an opened profile, what the form does not show
}

export interface MatchRow {
  measure: string;
  subject: string;
  verdict: 'yes' | 'no' | 'needs_facts';
  standing: string;
  missing: string[];
  failed: string[];
  if_issued: string | null;
  amount: { kind: string; yuan: number | null; cap_yuan: number | null; missing: string[] };
  citation: { document: string; article: string; number: string; quote: string; agencies: string[] };
  days_left: number | null;
  why: string;
}

interface Claim {
  measure: string;
  subject: string;
  year: number | null;
}
export interface Chosen extends Claim {
  yuan: number;
  kind: string;
}
export interface Combination {
  on: string;
  through: string;
  chosen: Chosen[];
  unvalued: Claim[];
  total_yuan: number;
  exact_yuan: number;
  ceiling_yuan: number;
  undecided: (Claim & { take_instead_if_above_yuan: number })[];
  conflicts: {
    matter: string;
    subject: string;
    kept: string | null;
    dropped: { option: string; reason: string }[];
    basis: string;
  }[];
  if_drafts_issued: { total_yuan: number; chosen: Chosen[] };
  proof: { upper_bound_yuan: number; method: string };
}

export interface CalendarEvent {
  date: string;
  days: number;
  kind: 'expires' | 'starts' | 'target_due';
  document: string;
  id: string;
  draft: boolean;
  what: string;
}
export interface Calendar {
  events: CalendarEvent[];
  undated: { document: string; reason: string }[];
}

export interface Listed {
  documents: { id: string; title_zh: string; title_en: string }[];
  measures: { id: string; name_zh: string; name_en: string }[];
}

export interface Target {
  id: string;
  name_zh: string;
  name_en: string;
  type: 'number' | 'milestone';
  comparator: string;
  low: number;
  high: number | null;
  unit: string;
  start: string;
  deadline: string;
  responsible: string | null;
  quote: string;
}
export interface Status {
  id: string;
  name: string;
  n: number;
  latest: { date: string; value: number; source: string } | null;
  progress: number | null;
  gap: number | null;
  pace_ratio: number | null;
  status: string;
  projection: {
    date: string;
    value: number;
    low: number | null;
    high: number | null;
    level: number;
    probability: number | null;
  } | null;
  notes: string[];
}
export interface Plot {
  row: { id: string };
  unit: string;
  start: string;
  deadline: string;
  points: { date: string; value: number }[];
}

/** The profile file: a fact that was not given is left out, for it is not known. */
export function profileOf(draft: Draft) {
  const given = (facts: Facts) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''));
  const list = (items: Named[], none: boolean) => (items.length > 0 ? items.map((one) => ({ id: one.id, ...given(one.facts) })) : none ? [] : undefined);
  return {
    schema: 'leaven.policy.profile/1',
    ...draft.rest,
    on: draft.on,
    applicant: given(draft.applicant),
    projects: list(draft.projects, draft.noProjects),
    contracts: list(draft.contracts, draft.noContracts),
  };
}

export function draftOf(profile: Record<string, unknown>): Draft {
  const items = (list: unknown): Named[] =>
    Array.isArray(list) ? list.map(({ id, ...facts }) => ({ id: String(id), facts: factsOf(facts) })) : [];
  const factsOf = (facts: unknown): Facts => ({ ...(facts as Facts) });
  const { on, applicant, projects, contracts, ...rest } = profile;
  return {
    on: String(on ?? today()),
    applicant: factsOf(applicant),
    projects: items(projects),
    noProjects: Array.isArray(projects) && projects.length === 0,
    contracts: items(contracts),
    noContracts: Array.isArray(contracts) && contracts.length === 0,
    rest,
  };
}

export function today(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** An invented applicant. */
export const example = {
  applicant: { kind: 'enterprise', region: 'beijing/haidian', synbio: true, health: false, size: 'small', hnte: 'first' },
  projects: [{ id: 'P1', kinds: ['pilot_platform', 'open_equipment'], total_investment_yuan: '4000万元' }],
  contracts: [],
};
