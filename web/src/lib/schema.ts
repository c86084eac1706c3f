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

/** The schema that has the members: of an object, or of the objects in a list. */
export function partOf(schema: Schema | undefined): Schema | undefined {
  if (!schema) return undefined;
  const one = plain(schema);
  return one.items ? plain(one.items) : one;
}
