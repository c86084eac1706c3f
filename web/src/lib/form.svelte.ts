// The parameters of an operation as a person fills them in: text, until they are sent.
import { parametersOf, typed } from './operations';
import type { Schema } from './schema';

export class Form {
  schemas = $state.raw<Record<string, Schema>>({});
  given = $state<Record<string, string>>({});

  constructor(operation: string) {
    parametersOf(operation).then((found) => (this.schemas = found)).catch(() => undefined); // a form without fields: the call says what is wrong
  }
  /** What was filled in of these, as the operation wants it. */
  typed = (names: readonly string[]): Record<string, unknown> => typed(this.schemas, Object.fromEntries(names.map((name) => [name, this.given[name] ?? ''])));
  /** What holds where nothing was filled in. */
  default = (name: string): string => String(this.schemas[name]?.default ?? '');
}
