// Files into the page and out of it.
import { ApiError, type SentFile } from './api';
import { t } from './ui.svelte';

/** A path below the server's folders, or a file that goes with the call; empty where none was given. */
export type Source = string | SentFile;

/** What is the same for the same file: a key for what was found out about it. */
export const keyOf = (source: Source): string => (typeof source === 'string' ? `/${source}` : `${source.name}:${source.content.length}:${source.content}`);

/** The name as people know the file. */
export const nameOf = (source: Source): string => (typeof source === 'string' ? source : source.name);

/** The text of a file, unpacked where it ends in .gz. */
export async function readText(file: File): Promise<SentFile> {
  const packed = file.name.endsWith('.gz');
  const bytes = packed ? await new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer() : await file.arrayBuffer();
  const plain = (packed ? file.name.slice(0, -3) : file.name).replace(/[^A-Za-z0-9._-]/g, '_').replace(/^\.+/, '').slice(-100);
  try {
    return { name: plain || 'file', content: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new ApiError({
      code: 'bad_input',
      message: t('this file is not text', '该文件不是文本'),
      where: file.name,
      hint: t('put it below the folder of the server, and give its path', '请放入服务器的文件夹，并填写其路径'),
    });
  }
}

/** What a file may be called that is named after something of a person's. */
export const fileName = (text: string): string => text.replace(/[^\w.-]/g, '_');

/** A picture that an operation drew, for an <img>. */
export const imageOf = (svg: string): string => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

export function download(name: string, content: string, type = 'text/csv') {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Comma-separated values by RFC 4180; a cell that a spreadsheet would take for a formula is text. */
export function csv(rows: readonly (readonly unknown[])[]): string {
  const cell = (value: unknown) => {
    const text = value === null || value === undefined ? '' : String(value);
    const safe = typeof value === 'string' && /^[=+@\t\r].|^-(?![\d.]*$)/s.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => row.map(cell).join(',') + '\r\n').join('');
}

/** Positions of a plate of 96, along the rows (A1, A2, …) or down the columns (A1, B1, …); after H12 comes another plate. */
export function wellAt(i: number, down: boolean): { plate: number; row: number; column: number; well: string } {
  const place = i % 96;
  const row = down ? place % 8 : Math.floor(place / 12);
  const column = down ? Math.floor(place / 8) : place % 12;
  return { plate: Math.floor(i / 96) + 1, row, column, well: `${'ABCDEFGH'[row]}${column + 1}` };
}
