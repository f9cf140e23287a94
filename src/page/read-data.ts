import { cellId } from '../model/cell.ts';
import { unpackCells } from '../render/html/packed-cells.ts';
import { type PackedPage, type PageCell, type PageData, pageFormat } from '../render/html/page-data.ts';

/**
 * Reads what the page was made with: it was written by the program itself, and nothing is loaded. Null for data of another
 * version of the program than this script.
 */
export function readData(json: string): PageData | null {
  const page: PackedPage = JSON.parse(json);
  if (page.format !== pageFormat) return null;
  const evidence = new Map(page.evidence);
  return { ...page, cells: unpackCells(page.packed).map((cell, place) => ({ ...cell, evidence: evidence.get(place) ?? null })) };
}

/** The name of a cell in addresses, equal in every report that has it. */
export function addressedId(cell: PageCell, { runtimes }: PageData): string {
  return cellId({ ...cell, runtime: runtimes[cell.runtime]?.id ?? '' });
}
