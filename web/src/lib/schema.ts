// JSON Schema as the server writes it.

export interface Schema {
  type?: string;
  format?: string;
  enum?: string[];
  default?: unknown;
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  description?: string;
  'x-doc-zh'?: string;
  'x-unit'?: string;
}

/** What a value may be besides null and a file. */
export const plain = (schema: Schema): Schema => schema.anyOf?.find((one) => one.type !== 'null' && one.properties?.content === undefined) ?? schema;

/** What a declaration says, as a short name and what it adds behind the first colon or semicolon outside brackets; a mere abbreviation is no name. */
export function headOf(text: string): { head: string; note: string } {
  let depth = 0;
  for (let i = 0; i < text.length; ++i) {
    if ('(（'.includes(text[i]!)) ++depth;
    if (')）'.includes(text[i]!)) --depth;
    if (depth === 0 && /^([:;]\s|[：；])/.test(text.slice(i, i + 2)) && !/^\w{1,3}$/.test(text.slice(0, i))) return { head: text.slice(0, i), note: text.slice(i + 1).trim() };
  }
  return { head: text, note: '' };
}

/** The schema that has the members: of an object, or of the objects in a list. */
export function partOf(schema: Schema | undefined): Schema | undefined {
  if (!schema) return undefined;
  const one = plain(schema);
  return one.items ? plain(one.items) : one;
}
