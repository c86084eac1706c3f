// Tables by their columns: what DataTable shows, and the file of the same rows.
import { csv } from './files';

export interface Column<Row> {
  id: string; // as the operation calls it: the head of the CSV
  name: string;
  value: (row: Row) => string | number | boolean | null;
  shown?: (row: Row) => string;
  n?: boolean; // numbers, to the right
  mono?: boolean; // letters of a sequence
}

export const csvOf = <Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string => csv([columns.map((one) => one.id), ...rows.map((row) => columns.map((one) => one.value(row)))]);
