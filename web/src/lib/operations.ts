// The declarations of all operations, asked for once.
import { get } from './api';
import { plain, type Schema } from './schema';

export interface Operation {
  module: string;
  verb: string;
  doc: { en: string; zh: string };
  parameters: Schema;
  result: Schema;
}

let asked: Promise<Operation[]> | null = null;

export function operations(): Promise<Operation[]> {
  asked ??= get<Operation[]>('/api/v1/operations').catch((error: unknown) => {
    asked = null; // another visit may find the server
    throw error;
  });
  return asked;
}

export async function parametersOf(path: string): Promise<Record<string, Schema>> {
  const [module, verb] = path.split('/');
  return (await operations()).find((one) => (verb === undefined ? one.module === '' && one.verb === module : one.module === module && one.verb === verb))?.parameters.properties ?? {};
}

/** What was typed, as the schema wants it; what cannot be read so goes as it is, and the answer says what is wrong. */
export function valueOf(schema: Schema, text: string): unknown {
  const type = plain(schema).type;
  if (type === 'boolean') return text === 'true';
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  if (type !== 'array' && type !== 'object') return text;
  try {
    return JSON.parse(text);
  } catch {
    return type === 'array' ? text.split(',').map((one) => one.trim()).filter(Boolean) : text;
  }
}

/** The parameters that were filled in. */
export function typed(schemas: Record<string, Schema>, given: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name, text]) => text !== '' && schemas[name]).map(([name, text]) => [name, valueOf(schemas[name]!, text)]));
}
