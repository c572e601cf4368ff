import { readFile } from 'node:fs/promises';

/** What a file holds, or why it cannot be read. */
export type FileText = { readonly text: string } | { readonly unreadable: string };

export async function fileText(path: string): Promise<FileText> {
  try {
    return { text: await readFile(path, 'utf8') };
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

/** Its text; throws why it cannot be read. */
export function textOf(file: FileText): string {
  if ('unreadable' in file) throw new Error(file.unreadable);
  return file.text;
}
