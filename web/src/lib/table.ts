export interface Column<Row> {
  id: string; // as the operation calls it: the head of the CSV
  name: string;
  value: (row: Row) => string | number | boolean | null;
  shown?: (row: Row) => string;
  n?: boolean; // numbers, to the right
  mono?: boolean; // letters of a sequence
}
