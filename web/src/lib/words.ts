// Words of results and of the catalogue's choices, as people say them. A word that is not here, such as a choice that a
// rules file declares, is shown as it stands.
import { t, ui } from './ui.svelte';

const words: Record<string, [string, string]> = {
  enterprise: ['company', '企业'],
  startup_team: ['start-up team', '创业团队'],
  university: ['university', '高校'],
  research_institute: ['research institute', '科研院所'],
  hospital: ['hospital', '医疗机构'],
  investment_institution: ['investor', '投资机构'],
  other: ['other', '其他'],
  micro: ['micro', '微型'],
  small: ['small', '小型'],
  medium: ['medium', '中型'],
  large: ['large', '大型'],
  none: ['none', '无'],
  first: ['first time', '首次'],
  renewed: ['renewed', '重新认定'],
  held: ['still valid', '有效期内'],
  sme: ['SRDI company', '专精特新中小企业'],
  little_giant: ['“little giant”', '“小巨人”'],
  municipal: ['municipal', '市级'],
  national: ['national', '国家级'],
  common_platform: ['common platform', '共性技术平台'],
  pilot_platform: ['pilot platform', '中试平台'],
  open_equipment: ['open equipment', '仪器设备开放'],
  innovation_center: ['innovation centre', '创新中心'],
  park_facilities: ['park facilities', '园区配套设施'],
  park_operation: ['park operation', '园区运营'],
  space_renovation: ['renovation of space', '空间改造'],
  green_retrofit: ['green retrofit', '绿色化改造'],
  industrialisation: ['industrialisation', '产业化'],
  first_market_entry: ['first market entry', '首次进入市场'],
  intl_event: ['international event', '国际活动'],
  rnd_assignment: ['assigned R&D', '研发任务'],
  tech_upgrade: ['technical upgrade', '技术改造'],
  ai_scene: ['AI scene', '人工智能场景'],
  drug_device: ['drug or device', '药品或器械'],
  tech_innovation: ['technical innovation', '技术创新'],
  food_ingredient: ['food ingredient', '食品原料'],
  food_additive: ['food additive', '食品添加剂'],
  food_contact: ['food contact', '食品接触材料'],
  api: ['active ingredient', '原料药'],
  biomedical_material: ['biomedical material', '生物医用材料'],
  cosmetic_ingredient: ['cosmetic ingredient', '化妆品原料'],
  agricultural_input: ['farm input', '农业投入品'],
  drug: ['drug', '药品'],
  device: ['device', '医疗器械'],
  medical_food: ['medical food', '特医食品'],
  material: ['material', '材料'],
  fuel: ['fuel', '燃料'],
  bulk_chemical: ['bulk chemical', '大宗化学品'],
  lab: ['laboratory', '实验室'],
  pilot: ['pilot', '中试'],
  production: ['production', '生产'],
  no_data: ['no data', '无数据'],
  met: ['met', '已达成'],
  missed: ['missed', '未达成'],
  no_trend: ['no trend', '无趋势'],
  on_track: ['on track', '符合进度'],
  behind: ['behind', '落后'],
  far_behind: ['far behind', '严重落后'],
  moving_away: ['moving away', '背离'],
  expires: ['ends', '到期'],
  starts: ['starts', '起始'],
  target_due: ['target due', '目标到期'],
  team: ['teams', '个团队'],
  strain: ['strains', '株'],
  platform: ['platforms', '个平台'],
  company: ['companies', '家企业'],
  cluster: ['clusters', '个集群'],
  result: ['results', '项成果'],
  patent: ['patents', '项专利'],
  paper: ['papers', '篇论文'],
  person: ['people', '人'],
  park: ['parks', '个园区'],
  project: ['projects', '个项目'],
  CNY: ['CNY', '元'],
  knockout: ['knockout', '敲除'],
  interference: ['interference', '转录抑制'],
  activation: ['activation', '转录激活'],
  base_edit: ['base editing', '碱基编辑'],
  prime: ['prime editing', '先导编辑'],
  trna: ['parted by tRNAs', 'tRNA 间隔'],
  repeat: ['CRISPR array', 'CRISPR 重复阵列'],
  promoters: ['a promoter each', '各自启动子'],
  rule_set_1: ['Rule Set 1', 'Rule Set 1'],
  learned: ['learned', '学习模型'],
  bacteria: ['bacteria', '细菌'],
  yeast: ['yeast', '酵母'],
  auto: ['auto', '自动'],
  all: ['all', '全部'],
  never: ['never', '从不'],
  always: ['always', '总是'],
  true: ['yes', '是'],
  false: ['no', '否'],
  optimal: ['optimal, proven', '最优（已证明）'],
  feasible: ['feasible', '可行'],
  infeasible: ['infeasible', '无解'],
  unbounded: ['unbounded', '无界'],
  limit: ['stopped by the time', '到达时限'],
  golden_gate: ['Golden Gate', 'Golden Gate'],
  gibson: ['Gibson', 'Gibson'],
  fidelity: ['fidelity', '保真度'],
  cost: ['cost', '费用'],
  correct: ['correct', '正确'],
  silent: ['silent changes', '仅同义变异'],
  minor: ['minor changes', '仅特征外变异'],
  wrong: ['wrong', '错误'],
  mixed: ['mixed', '混合'],
  incomplete: ['incomplete', '不完整'],
  absent: ['not this design', '不是该设计'],
  synonymous: ['synonymous', '同义'],
  missense: ['missense', '错义'],
  nonsense: ['nonsense', '无义'],
  frameshift: ['frameshift', '移码'],
  inframe: ['in frame', '框内'],
  deletion: ['deletion', '缺失'],
  insertion: ['insertion', '插入'],
  noncoding: ['not coding', '非编码'],
  intergenic: ['between features', '特征之间'],
  search: ['search: most guaranteed', '搜索：保证产量最大'],
  optknock: ['OptKnock', 'OptKnock'],
  robustknock: ['RobustKnock', 'RobustKnock'],
  optcouple: ['OptCouple', 'OptCouple'],
  mcs: ['minimal cut sets', '最小割集'],
  genes: ['genes', '基因'],
  reactions: ['reactions', '反应'],
  strong: ['strong', '强'],
  weak: ['weak', '弱'],
  applicant: ['applicant', '申请者'],
  projects: ['the list of projects', '项目清单'],
  contracts: ['the list of contracts', '合同清单'],
};

export function word(name: string): string {
  const found = words[name];
  return found ? t(...found) : name;
}

/** 1.2亿元 in Chinese, CNY 120,000,000 in English: whole yuan, nothing rounded away. */
export function yuan(amount: number): string {
  const all = amount.toLocaleString('en');
  if (ui.lang === 'en') return `¥${all}`;
  if (amount >= 1e8 && amount % 1e6 === 0) return `${amount / 1e8}亿元`;
  if (amount >= 1e4 && amount % 100 === 0) return `${(amount / 1e4).toLocaleString('en')}万元`;
  return `${all}元`;
}

/** "project:P1" as people say it, "project:?" where no project is known yet; of the applicant nothing is said. */
export function subjectName(subject: string): string {
  const [kind = '', id = ''] = subject.split(':');
  if (kind === 'project') return id === '?' ? t('a project', '某项目') : `${t('project', '项目')} ${id}`;
  if (kind === 'contract') return id === '?' ? t('a contract', '某合同') : `${t('contract', '合同')} ${id}`;
  return subject === 'applicant' ? '' : subject;
}

export const number = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: 2 });
export const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)}\u00a0%`;
/** Six digits: what a solver answers, without the noise of its last ones. */
export const exact = (value: number | null): string => (value === null ? '–' : Number(value.toPrecision(6)).toString());

/** The noun for so many: English has two, Chinese a measure word. */
export const noun = (n: number, one: string, many: string, zh: string): string => t(n === 1 ? one : many, zh);
export const count = (n: number, one: string, many: string, zh: string): string => `${number(n)} ${noun(n, one, many, zh)}`;
